#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The daemon in a control group with the memory that its unit allows: the largest pages that it takes, from many hosts at once,
stay below MemoryHigh=. And in one that is too small for them: it is killed by the kernel, starts again, and has lost nothing.
Beside it `byline source test` reads the longest sitemap there may be.
"""
import contextlib
import gzip
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import unittest

import world
from world import Case, article, old, outlet

import audit
import laboratory
import results
from loopback_server import NOTHING, Server, read_head, server_context

HOSTS = 32
MOST = HOSTS + HOSTS // 2  # pages that they give; then they are gone
PAGE = 15 << 20    # bytes, unpacked; 16 MiB are taken
ROOM_TO_START = 48 << 20  # bytes: enough for a daemon, not for its pages
ARTICLES = 6
UNIT = (laboratory.ROOT / "systemd" / "bylined.service").read_text()


def allowed(key):
    """What the unit's line says, in bytes."""
    return int(re.search(rf"^{key}=(\d+)M$", UNIT, re.M)[1]) << 20


class Group:
    """A control group of memory, of either version. SkipTest where none can be made here."""

    def __init__(self, limit):
        unified, first = pathlib.Path("/sys/fs/cgroup"), pathlib.Path("/sys/fs/cgroup/memory")
        self._v2 = (unified / "cgroup.controllers").exists()
        self._folder = (unified if self._v2 else first) / f"bylined-test-{os.getpid()}"
        try:
            self._folder.mkdir()
        except OSError as refused:
            raise unittest.SkipTest(f"no control group can be made here: {refused}") from None
        try:
            (self._folder / ("memory.max" if self._v2 else "memory.limit_in_bytes")).write_text(str(limit))
            with contextlib.suppress(OSError):  # where the kernel counts swap
                (self._folder / ("memory.swap.max" if self._v2 else "memory.memsw.limit_in_bytes")).write_text("0" if self._v2 else str(limit))
        except OSError as refused:
            self.remove()
            raise unittest.SkipTest(f"no limit of memory can be set here: {refused}") from None

    def take(self, pid):
        (self._folder / "cgroup.procs").write_text(str(pid))

    def peak(self):
        return int((self._folder / ("memory.peak" if self._v2 else "memory.max_usage_in_bytes")).read_text())

    def remove(self):
        with contextlib.suppress(OSError):
            self._folder.rmdir()


def large_page():
    """A list of articles that are no news between as much else as a page may have."""
    rows = "".join(f'<li class="row"><a class="row-link" href="/a/{n}"><strong class="row-title">지난 소식 {n}번째, 오늘 아침 업계 동향</strong></a></li>' for n in range(40))
    piece = '<div class="menu"><p>차림표의 한 줄</p><a href="/menu/7">다른 <b>곳</b>으로</a></div>'
    return f"<html><body><ul class='rows'>{rows}</ul>{piece * (PAGE // len(piece.encode()))}</body></html>".encode()


class LargePages:
    """Hosts that are all asked at once, each with a page that is another at every visit."""

    def __init__(self, lab, folder):
        folder.mkdir()
        hosts = [f"large{n}.example" for n in range(HOSTS)]
        certificates = laboratory.Certificates(folder, hosts)
        lab.certificates.authority = lab.write("both.pem", lab.certificates.authority.read_text() + certificates.authority.read_text())
        self._begin, self._end = gzip.compress(large_page(), 1), b""
        self.served = 0
        self._server = Server(self._serve, server_context(certificates))
        lab.elsewhere = dict.fromkeys(hosts, self._server.port)
        self.sources = "\n".join(f'[[source]]\nid = "l{n}"\nkind = "css_page"\nrecipe = "rows"\nurl = "https://{host}/list"\nevery = "1s"' for n, host in enumerate(hosts))

    def _serve(self, talk):
        while True:
            if read_head(talk).split(" ")[1] != "/list" or self.served == MOST:
                talk.sendall(NOTHING)
                continue
            self.served += 1
            body = self._begin + gzip.compress(f"<!-- {self.served} -->".encode())  # a second member
            talk.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n"
                         b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def close(self):
        self._server.close()


class Memory(Case):
    script = {"outlets": [outlet("naru")], "robots": {}, "articles": old("naru") + [article(100 + n, "naru", f"{1 + 2 * n}s") for n in range(ARTICLES)]}

    def begin_among_large_pages(self):
        self.pages = LargePages(self.lab, self.folder / "large")
        self.addCleanup(self.pages.close)
        self.lab.write("recipes/rows.toml", world.demo_config.RECIPE)
        self.begin(more=self.pages.sources)

    def group(self, limit):
        group = Group(limit)
        self.addCleanup(group.remove)
        self.addCleanup(self.lab.stop)  # before it
        return group

    def baseline_stored(self):
        return self.rows("SELECT count(*) FROM source WHERE has_baseline = 0 AND id = 'naru'") == [(0,)]

    def all_told(self):
        return self.rows("SELECT count(*) FROM delivery WHERE state = 'delivered'") == [(ARTICLES,)]

    def judge(self, deaths):
        self.assertTrue(world.wait_for(self.all_told, 90, step=0.5), f"{len(self.webhooks())} of {ARTICLES} were told")
        self.assertEqual(self.lab.daemon.stop(), 0)
        faults = audit.audit(self.lab.state / "bylined.db", self.script, self.press_lines(), self.webhooks(), [], deaths=deaths)
        self.assertEqual([fault for fault in faults if "large" not in fault], [], "what the large pages list is in no script")

    def test_of_the_unit_is_enough_for_the_largest_pages_at_once(self):
        group = self.group(allowed("MemoryMax"))
        start = self.lab.start_daemon
        self.lab.start_daemon = lambda: self.kept_in(group, start())
        self.begin_among_large_pages()
        self.assertTrue(world.wait_for(lambda: self.pages.served == MOST, 120), f"{self.pages.served} pages were asked for")
        self.judge(deaths=0)
        print(f"{self.pages.served} pages of {PAGE >> 20} MiB; {group.peak() >> 20} MiB at most, {allowed('MemoryHigh') >> 20} are allowed", file=sys.stderr)
        self.assertLess(group.peak(), allowed("MemoryHigh"))

    def test_that_is_too_little_ends_the_process_and_loses_nothing(self):
        group = self.group(ROOM_TO_START)
        start = self.lab.start_daemon
        self.lab.start_daemon = lambda: self.kept_in(group, start())
        self.begin_among_large_pages()
        self.assertEqual(self.lab.daemon.wait(60), -signal.SIGKILL, f"{group.peak()} bytes were enough: {self.lab.daemon.errors()[-2000:]}")
        self.lab.start_daemon = start
        self.start_ready()
        self.judge(deaths=1)

    @staticmethod
    def kept_in(group, daemon):
        group.take(daemon.pid)
        return daemon


def sitemap(urls):
    entry = ("<url><loc>https://naru.example/news/business/2025/02/04/{0:07d}/a-new-plant-is-to-be-built-in-the-south.html</loc>"
             "<lastmod>2025-02-04T{1:02d}:{2:02d}:{3:02d}+09:00</lastmod></url>\n")
    entries = "".join(entry.format(n, n // 3600 % 24, n // 60 % 60, n % 60) for n in range(urls))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'.encode()


class LongestSitemap(unittest.TestCase):
    URLS = 50_000        # the protocol allows no more
    FEW = 2_000          # as many as are taken
    ROOM = 32_000_000    # bytes, of the whole process as it is installed
    MORE = 8_000_000     # bytes, than a sitemap of a few takes, of any build

    def serve(self, talk):
        while True:
            path = read_head(talk).split(" ")[1]
            body = (self.bodies | self.few).get(path)
            talk.sendall(NOTHING if body is None else b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    def setUp(self):
        whole = sitemap(self.URLS)
        self.bodies = {"/sitemap.xml": whole, "/sitemap.xml.gz": gzip.compress(whole)}
        self.few = {"/few.xml": sitemap(self.FEW)}
        self.server = Server(self.serve)
        self.addCleanup(self.server.close)
        folder = tempfile.TemporaryDirectory(prefix="bylined-e2e-")
        self.addCleanup(folder.cleanup)
        self.configuration = pathlib.Path(folder.name) / "bylined.toml"
        self.configuration.write_text(f'[fetch]\ncontact = "desk@naru.example"\nports = [{self.server.port}]\nallow_private = ["127.0.0.0/8"]\n')

    def peak(self, path):
        """Of a `source test`, in bytes: it waits for whoever reads it, with more to say than the pipe holds."""
        command = [world.BUILD / "byline", "--config", self.configuration, "source", "test", f"http://127.0.0.1:{self.server.port}{path}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as tester:
            shown = tester.stdout.read(1)
            held = re.search(r"VmHWM:\s+(\d+) kB", pathlib.Path(f"/proc/{tester.pid}/status").read_text())
            shown += tester.stdout.read()
        self.assertIn("2000 items, 0 skipped", shown.decode())
        return int(held[1]) << 10

    def test_is_read_within_its_room_packed_or_not(self):
        self.assertGreater(len(self.bodies["/sitemap.xml"]), 8_000_000)
        room = self.peak("/few.xml") + self.MORE
        if "CMAKE_BUILD_TYPE:STRING=RelWithDebInfo" in (world.BUILD / "CMakeCache.txt").read_text():
            room = min(room, self.ROOM)
        for path in self.bodies:
            peak = self.peak(path)
            print(f"{path}: {peak} bytes at most, {room} are allowed", file=sys.stderr)
            with self.subTest(path=path):
                self.assertLess(peak, room)


if __name__ == "__main__":
    results.main("Memory", sys.modules[__name__])
