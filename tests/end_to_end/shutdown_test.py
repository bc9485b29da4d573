#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Stopping and reloading at the worst of times: SIGTERM within five seconds whatever the daemon is at, a hundred reloads in a
row, and a standard error that nobody reads."""
import contextlib
import fcntl
import os
import pathlib
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request

from world import Case, READY_LIMIT, article, old, outlet, wait_for

import laboratory
import results
from loopback_server import NOTHING, Server, read_head, server_context

STOPPED = 0
F_SETPIPE_SZ = 1031
PIPE = 4096  # bytes: the smallest that there is
LIMIT = 5  # seconds that a stop may take
MANY = 12  # sources that are at fault at a time


def asked(talk):
    return read_head(talk).split(" ")[1]


def page(body, kind="text/html"):
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def endless(talk):
    while True:
        if asked(talk) == "/robots.txt":
            talk.sendall(NOTHING)
            continue
        talk.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            talk.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")
            time.sleep(0.02)


def silent(talk):
    time.sleep(60)


HEAVY = page(b"<html><body>" + b"<p a=1 b=2>&amp;<b>x</b>" * 300_000)  # 6.9 MB that read as no listing


def heavy(talk):
    while True:
        talk.sendall(NOTHING if asked(talk) == "/robots.txt" else HEAVY)


class Shutdown(Case):
    script = {"outlets": [outlet("naru")], "robots": {}, "articles": old("naru") + [article(10 + number, "naru", f"{1000 + number * 100}ms") for number in range(40)]}

    def setUp(self):
        super().setUp()
        self.lab.start_press()
        self.lab.start_webhook_inbox()

    def begin_at_fault(self, server, kind="feed", hosts=None):
        """A daemon with many sources on this server, once some of them are being fetched."""
        self.addCleanup(server.close)
        hosts = hosts or [f"stuck{number}.example" for number in range(MANY)]
        self.lab.elsewhere = dict.fromkeys(hosts, server.port)
        more = "".join(f'[[source]]\nid = "s{number}"\nkind = "{kind}"\nurl = "https://{host}/page"\nevery = "1s"\n' for number, host in enumerate(hosts))
        self.configure(more=more)
        self.start_ready()
        self.assertTrue(wait_for(lambda: server.connections >= MANY // 2, READY_LIMIT), "nobody came")

    def tls(self):
        folder = self.folder / "stuck"
        folder.mkdir()
        certificates = laboratory.Certificates(folder, [f"stuck{number}.example" for number in range(MANY)])
        both = self.lab.write("both.pem", self.lab.certificates.authority.read_text() + certificates.authority.read_text())
        self.lab.certificates.authority = both
        return server_context(certificates)

    def stops_in_time(self, daemon=None):
        daemon = daemon or self.lab.daemon
        started = time.monotonic()
        daemon.send(signal.SIGTERM)
        self.assertEqual(daemon.wait(30), STOPPED, daemon.errors()[-2000:])
        took = time.monotonic() - started
        self.assertLess(took, LIMIT)

    def test_while_bodies_never_end(self):
        self.begin_at_fault(Server(endless, self.tls()))
        self.stops_in_time()

    def test_while_servers_say_nothing(self):
        self.begin_at_fault(Server(silent))
        self.stops_in_time()

    def test_while_heavy_pages_are_read(self):
        self.begin_at_fault(Server(heavy, self.tls()), kind="auto")
        time.sleep(1)
        self.stops_in_time()

    def test_while_the_mail_server_hangs(self):
        server = Server(silent)
        self.addCleanup(server.close)
        self.lab.mail_password, self.lab.ports["mail"] = "unused", server.port
        self.configure(mail=True)
        self.start_ready()
        self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT))
        self.lab.press.send(signal.SIGUSR1)
        self.assertTrue(wait_for(lambda: server.connections > 0, READY_LIMIT), "no mail was begun")
        self.stops_in_time()

    def test_while_the_store_writes(self):
        self.configure()
        self.start_ready()
        self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT))
        self.lab.press.send(signal.SIGUSR1)
        self.assertTrue(wait_for(self.webhooks, READY_LIMIT))
        self.stops_in_time()

    def test_while_no_name_is_answered(self):
        """A resolver that takes questions and never answers: in a mount namespace of the daemon's own."""
        try:
            resolver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.addCleanup(resolver.close)
            resolver.bind(("127.0.0.77", 53))
        except PermissionError:
            self.skipTest("not root: nobody may answer on port 53")
        names = "".join(f'[[source]]\nid = "n{number}"\nkind = "feed"\nurl = "https://nobody{number}.example.com/"\nevery = "1s"\n' for number in range(MANY))
        configuration = self.configure(more=names)
        resolv = self.lab.write("resolv.conf", "nameserver 127.0.0.77\noptions timeout:30 attempts:5\n")
        program = f"mount --bind {resolv} /etc/resolv.conf && exec {self.lab.build}/bylined --config {configuration}"
        daemon = self.lab.daemon = self.lab.start("bylined", ["unshare", "--mount", "sh", "-c", program], talks=False)
        wait_for(lambda: "daemon.ready" in daemon.errors() or not daemon.running(), READY_LIMIT)
        if "unshare" in daemon.errors() or "mount" in daemon.errors():
            self.skipTest("this machine gives no mount namespaces")
        resolver.settimeout(READY_LIMIT)
        resolver.recvfrom(512)
        self.assertTrue(wait_for(self.baseline_of_naru, READY_LIMIT), "a dead resolver held up a source that needs none")
        self.stops_in_time(daemon)

    def baseline_of_naru(self):
        return self.rows("SELECT has_baseline FROM source WHERE id = 'naru'") == [(1,)]

    def test_when_it_is_told_twice_and_while_it_reloads(self):
        self.configure()
        daemon = self.start_ready()
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGTERM, signal.SIGHUP, signal.SIGTERM):
            daemon.send(number)
        self.stops_in_time()

    def test_while_many_reloads_wait(self):
        names = "".join(f'[[entity]]\nid = "e{number}"\nnames = ["Acme Widget Company {number} Holdings"]\n' for number in range(2_000))
        self.configure(more=names)
        daemon = self.start_ready()
        for _ in range(100):
            daemon.send(signal.SIGHUP)
            time.sleep(0.005)
        self.stops_in_time()
        self.assertLess(daemon.errors().count("configuration.reloaded"), 50, "each of those that waited was obeyed")

    def test_while_it_reloads_and_the_database_is_locked(self):
        configuration = self.configure()
        daemon = self.start_ready()
        self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT))
        with contextlib.closing(sqlite3.connect(self.lab.state / "bylined.db", isolation_level=None, timeout=READY_LIMIT)) as other:
            other.execute("BEGIN IMMEDIATE")
            configuration.write_text(configuration.read_text().replace("Hanbit Electronics", "Hanbit Electric"))
            daemon.send(signal.SIGHUP)
            time.sleep(0.5)
            self.stops_in_time()
            other.execute("ROLLBACK")
        self.start_ready()

    def test_a_hundred_reloads_leave_nothing_behind(self):
        self.configure()
        daemon = self.start_ready()
        self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT))
        self.reload(daemon, 10)
        before = self.held(daemon)
        self.reload(daemon, 100)
        after = self.held(daemon)
        self.assertLessEqual(after["files"], before["files"] + 4, f"{before} {after}")
        self.assertLessEqual(after["memory"], before["memory"] + (16 << 10), f"{before} {after}")
        self.lab.press.send(signal.SIGUSR1)
        self.assertTrue(wait_for(lambda: len(self.webhooks()) == 40, READY_LIMIT), f"{len(self.webhooks())} of 40 after the storm")
        self.stops_in_time()

    def reload(self, daemon, times):
        """Signals that come while one is being obeyed may be taken for one."""
        for _ in range(times):
            daemon.send(signal.SIGHUP)
            time.sleep(0.005)
        taken = daemon.errors().count("configuration.reloaded")
        daemon.send(signal.SIGHUP)
        self.assertTrue(wait_for(lambda: daemon.errors().count("configuration.reloaded") > taken, READY_LIMIT))
        time.sleep(0.3)

    @staticmethod
    def held(daemon):
        status = pathlib.Path(f"/proc/{daemon.pid}/status").read_text()
        return {"files": len(os.listdir(f"/proc/{daemon.pid}/fd")), "memory": int(re.search(r"VmRSS:\s+(\d+)", status)[1])}

    def test_works_on_where_nobody_reads_its_standard_error(self):
        configuration = self.configure()
        read_end, write_end = os.pipe()
        fcntl.fcntl(write_end, F_SETPIPE_SZ, PIPE)
        os.write(write_end, b"-" * PIPE)  # full before the first line
        child = subprocess.Popen([self.lab.build / "bylined", "--config", configuration], stderr=write_end, stdin=subprocess.DEVNULL)
        self.addCleanup(child.kill)
        os.close(write_end)
        self.assertTrue(wait_for(self.answers, READY_LIMIT), "it waits for whoever reads its log")
        self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT))
        lost = re.search(r'bylined_log_lines_left_out_total\{reason="blocked"\} (\d+)', self.metrics())
        self.assertGreater(int(lost[1]), 0)
        self.assertIn("lines of the log were lost", self.lab.byline("status").stdout)
        started = time.monotonic()
        child.send_signal(signal.SIGTERM)
        self.assertEqual(child.wait(30), STOPPED)
        self.assertLess(time.monotonic() - started, LIMIT)
        os.close(read_end)

    def answers(self):
        with contextlib.suppress(OSError):
            return "bylined_" in self.metrics()

    def metrics(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.lab.http_port}/metrics", timeout=5) as answer:
            return answer.read().decode()


if __name__ == "__main__":
    results.main("Shutdown", sys.modules[__name__])
