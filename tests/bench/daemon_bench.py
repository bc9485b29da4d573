#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How soon the built daemon is ready, and how long its loop lets a question wait: at rest, while 32 pages of 2 MB are read, and
while each sync of the disk takes a fifth of a second. One JSON document, as the other benchmarks print it (bench.h)."""
import contextlib
import json
import multiprocessing
import os
import pathlib
import shutil
import socket
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(os.environ.get("BYLINED_BUILD", HERE.parent.parent / "build"))
sys.path[:0] = [str(HERE.parent / "press"), str(HERE.parent / "end_to_end")]

import demo_config
import laboratory
from laboratory import Laboratory, wait_for
from loopback_server import NOTHING, Server, read_head, server_context
from world import article, old, outlet

READY_GOAL = 1.0  # seconds
STALL_GOAL = 20.0  # milliseconds, of 99 questions in 100
PAUSE = 0.004  # between two questions
SECONDS = 15
HEAVY_PAGES, HEAVY_BYTES = 32, 2_000_000
SLOW_SYNC_MS = 200


class Report:
    def __init__(self):
        self.rows = []

    def figure(self, what, value, unit, goal=None):
        row = {"what": what, "value": float(f"{value:.4g}"), "unit": unit}
        if goal is not None:
            row |= {"goal": f"<= {goal:g}", "met": value <= goal}
        self.rows.append(row)

    def text(self):
        rows = ",\n".join("  " + json.dumps(row) for row in self.rows)
        return f'{{"bench": "daemon", "rows": [\n{rows}\n]}}'


class Bench:
    """A laboratory that goes away."""

    def __init__(self, script):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bylined-bench-"))
        path = self.folder / "script.json"
        path.write_text(json.dumps(script, ensure_ascii=False), encoding="utf-8")
        self.lab = Laboratory(self.folder, BUILD, path)
        self.lab.daemon_environment = {"LD_PRELOAD": str(BUILD / "tests" / "loop_turns.so"), "LOOP_TURNS": str(self.folder / "turns")}
        self.script = script

    def __enter__(self):
        self.lab.start_press()
        self.lab.start_webhook_inbox()
        return self

    def __exit__(self, *_):
        self.lab.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def configure(self, more="", every="1s"):
        sources = "\n".join(demo_config._source(one, every) for one in self.script["outlets"])
        watches = demo_config.WATCHES.replace(', "desk-mail"', "")
        self.lab.write("bylined.toml", "\n".join([demo_config.daemon_sections(self.lab), sources, demo_config.ENTITIES, watches,
                                                  demo_config.receivers(self.lab, mail=False), more]))

    def start(self):
        """Seconds from the start of the process to its first answer that it is ready."""
        started = time.monotonic()
        daemon = self.lab.start_daemon()
        if not wait_for(lambda: not daemon.running() or ready(self.lab.http_port), 60, step=0.005) or not daemon.running():
            raise RuntimeError(f"not ready: {daemon.errors()[-1000:]}")
        return time.monotonic() - started

    def longest_turn(self, began):
        """Of the daemon's loop since then: milliseconds on a core between two looks for events. Those below one are not told."""
        ledger = self.folder / "turns"
        turns = [[float(word) for word in line.split()] for line in ledger.read_text().splitlines()] if ledger.exists() else []
        return max((core for ended, _, core in turns if ended >= began), default=1.0)


def ready(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as talk:
        talk.sendall(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return talk.recv(64).startswith(b"HTTP/1.1 200")
    return False


def waits(port, seconds=SECONDS):
    """How long each of many questions waited for its answer, in milliseconds, rising. The answer needs the loop and nothing else."""
    taken = []
    with socket.create_connection(("127.0.0.1", port), timeout=30) as talk:
        talk.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            asked = time.monotonic()
            talk.sendall(b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")
            if not talk.recv(4096).startswith(b"HTTP/1.1 200"):
                raise RuntimeError("/livez did not answer 200")
            taken.append((time.monotonic() - asked) * 1000)
            time.sleep(PAUSE)
    return sorted(taken)


def stall(report, what, bench, goal=STALL_GOAL):
    began = time.monotonic() * 1000
    taken = waits(bench.lab.http_port)
    report.figure(f"{what}: 99 of 100 questions waited at most", taken[len(taken) * 99 // 100], "ms", goal)
    report.figure(f"{what}: the longest wait of {len(taken)}", taken[-1], "ms")
    report.figure(f"{what}: the longest turn of the loop, on a core", bench.longest_turn(began), "ms")


def quiet():
    return {"outlets": [outlet("naru")], "robots": {}, "articles": old("naru")}


def many_sources(count):
    """On a port where nobody listens: the daemon is ready before it has fetched anything."""
    return "\n".join(f'[[source]]\nid = "s{n}"\nkind = "feed"\nurl = "https://host{n % 250}.example/feed/{n}"\nevery = "1h"' for n in range(count))


def readiness(report):
    for count in (10, 1_000, 10_000):
        with Bench(quiet()) as bench:
            bench.lab.elsewhere = {f"host{n}.example": laboratory.free_port() for n in range(250)}
            bench.configure(many_sources(count))
            report.figure(f"start to ready, {count} sources, a new database", bench.start(), "s", READY_GOAL)
            bench.lab.daemon.stop()
            report.figure(f"start to ready, {count} sources, their database", bench.start(), "s", READY_GOAL)


def at_rest(report):
    with Bench(quiet()) as bench:
        bench.configure()
        bench.start()
        time.sleep(2)
        stall(report, "at rest", bench)


def heavy_page(number):
    """A list of articles that are no news, 2 MB of it, and other bytes each time."""
    rows = "".join(f'<li class="row"><a class="row-link" href="/a/{n}"><strong class="row-title">지난 소식 {n}번째, 오늘 아침 업계 동향</strong></a></li>' for n in range(40))
    filling = "".join(f'<div class="m{n % 7}" data-n="{n}"><p>차림 {n}</p><a href="/menu/{n}">다른 <b>곳</b>으로</a></div>' for n in range(HEAVY_BYTES // 92))
    return f"<html><body><!-- {number} --><ul class='rows'>{rows}</ul>{filling}</body></html>".encode()


def serve_heavy(certificates, count, ports):
    body = heavy_page("")

    def serve(talk):
        while True:
            if read_head(talk).split(" ")[1] == "/robots.txt":
                talk.sendall(NOTHING)
                continue
            with count.get_lock():
                count.value += 1
                page = body.replace(b"<!--  -->", f"<!-- {count.value} -->".encode(), 1)
            talk.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n\r\n".encode() + page)

    server = Server(serve, server_context(certificates))
    ports.put(server.port)
    time.sleep(600)


def heavy_pages(report):
    hosts = [f"heavy{n}.example" for n in range(HEAVY_PAGES)]
    with Bench(quiet()) as bench:
        folder = bench.folder / "heavy"
        folder.mkdir()
        certificates = laboratory.Certificates(folder, hosts)
        bench.lab.certificates.authority = bench.lab.write("both.pem", bench.lab.certificates.authority.read_text() + certificates.authority.read_text())
        count, ports = multiprocessing.Value("i", 0), multiprocessing.Queue()
        server = multiprocessing.Process(target=serve_heavy, args=(certificates, count, ports), daemon=True)
        server.start()  # a process of its own: what it computes must not hold up the questions
        try:
            bench.lab.elsewhere = dict.fromkeys(hosts, ports.get(timeout=20))
            bench.lab.write("recipes/rows.toml", demo_config.RECIPE)
            bench.configure("\n".join(f'[[source]]\nid = "h{n}"\nkind = "css_page"\nrecipe = "rows"\nurl = "https://{host}/list"\nevery = "1s"' for n, host in enumerate(hosts)))
            bench.start()
            if not wait_for(lambda: count.value > 0, 20):
                raise RuntimeError("no heavy page was asked for")
            before = count.value
            stall(report, "while pages of 2 MB are read", bench)
            read = count.value - before
            if read < HEAVY_PAGES:
                raise RuntimeError(f"{read} heavy pages were asked for meanwhile")
            report.figure("pages of 2 MB that were fetched meanwhile", read, "pages")
        finally:
            server.terminate()
            server.join()


def slow_disk(report):
    script = quiet()
    script["articles"] += [article(10 + n, "naru", f"{500 + n * 50}ms") for n in range(300)]
    with Bench(script) as bench:
        bench.configure()
        ledger = bench.folder / "syncs"
        environment = bench.lab.daemon_environment
        environment |= {"LD_PRELOAD": f"{BUILD}/tests/slow_disk.so {environment['LD_PRELOAD']}", "SLOW_DISK_MS": str(SLOW_SYNC_MS), "SLOW_DISK_LEDGER": str(ledger)}
        bench.start()
        time.sleep(2)
        bench.lab.press.send(laboratory.signal.SIGUSR1)
        before = ledger.read_text().count("end")
        stall(report, "while the disk is slow", bench)
        report.figure(f"syncs of {SLOW_SYNC_MS} ms meanwhile", ledger.read_text().count("end") - before, "syncs")


def main():
    report = Report()
    readiness(report)
    at_rest(report)
    heavy_pages(report)
    slow_disk(report)
    print(report.text())


if __name__ == "__main__":
    main()
