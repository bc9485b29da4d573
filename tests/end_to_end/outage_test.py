#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Everybody is away for a while of real time, and comes back.

The receivers: alerts wait on disk and not in memory; then each goes out once, the oldest first, a few at a time, and none of them
holds up what is found meanwhile. The sources: what they still list is found, and they are not asked all at once.
"""
import base64
import collections
import contextlib
import json
import os
import pathlib
import signal
import socket
import sys
import threading
import time

import world
from world import Case, article, old, outlet

import audit
import judge
import ledgers
import results

FULL = os.environ.get("BYLINED_TEST_MODE") == "full"
GROWTH = 16 << 10  # kB of resident memory, whatever waits

WATCHES = 5        # each makes an alert of every article
PRESSES, EACH = (20, 100) if FULL else (5, 20)
ALERTS = WATCHES * PRESSES * EACH
SPAN = 25_000 if FULL else 5_000   # milliseconds in which the articles appear
ANSWER = 0.02 if FULL else 0.1     # seconds that the receiver takes for each, so that the backlog goes out for a while
AT_ONCE = 4        # attempts under way for one receiver
BACK = 125         # seconds after its return until it is told: the promise is two minutes
FRESH = 20 if FULL else 5          # articles, one each second, once it is told again
ON_TIME = 8        # seconds from publication to the receiver, behind whatever waits
OUT_OF_ORDER = 60  # places

SOURCES = 60 if FULL else 20
AWAY = 45 if FULL else 20          # seconds
FOUND = 75         # seconds after their return until all is told: they are asked further and further apart while they fail


def resident(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise RuntimeError("no VmRSS")


def say(text):
    print(text, file=sys.stderr)


class Outage(Case):
    """Of everything that is told and found the ledgers decide."""

    def until(self, condition, limit, what):
        """Waits for it; the most memory that was in use meanwhile."""
        most, end = 0, time.monotonic() + limit
        while not condition():
            self.assertLess(time.monotonic(), end, what())
            most = max(most, resident(self.lab.daemon.pid))
            time.sleep(0.2)
        return max(most, resident(self.lab.daemon.pid))

    def state(self):
        return f"{self.waiting()} wait, {self.taken()} were taken"

    def waiting(self):
        return self.rows("SELECT count(*) FROM delivery WHERE state = 'pending'")[0][0]

    def taken(self):
        return self.rows("SELECT count(*) FROM delivery WHERE state = 'delivered'")[0][0]

    def judge_ledgers(self, alerts):
        self.assertEqual(self.lab.daemon.stop(), 0)
        self.assertEqual(audit.audit(self.lab.state / "bylined.db", self.script, self.press_lines(), self.webhooks(), []), [])
        verdict = judge.judge(self.script, 1e9, self.webhooks(), [], secret=self.lab.secret, mail_watches={})
        self.assertEqual(verdict.faults, [])
        self.assertEqual((verdict.alerts, verdict.repeated), (alerts, 0))


# ---- receivers ----------------------------------------------------------------------------------------

def watch_names():
    return ["desk", *(f"desk-{number}" for number in range(1, WATCHES))]


def backlog():
    every_watch = [{"watch": name, "entities": ["hanbit"]} for name in watch_names()]
    return [article(100 + number, f"naru{number % PRESSES}", f"{1000 + SPAN * number // (PRESSES * EACH)}ms", alerts=every_watch) for number in range(PRESSES * EACH)]


def fresh():
    alerts = [{"watch": "ai", "entities": ["lumina"]}]
    return [article(10 + number, "bada", f"{1 + number}s", f"루미나AI {number}번째 소식", "루미나AI가 새 모형을 내놓았다.", alerts=alerts) for number in range(FRESH)]


class OfReceivers(Outage):
    script = {"outlets": [outlet(f"naru{number}") for number in range(PRESSES)] + [outlet("bada")], "robots": {},
              "articles": [one for number in range(PRESSES) for one in old(f"naru{number}")] + old("bada") + backlog() + fresh()}

    def begin_closed(self):
        """The inbox refuses as long as a file is there; what is fresh stands in a press of its own, which has not begun."""
        self.closed = self.lab.write("closed", "")
        self.lab.webhook_more = ["--refuse-while", self.closed, "--delay", str(ANSWER)]
        self.ledger = self.folder / "fresh.jsonl"
        self.press = self.lab.start("fresh", [self.lab.build / "press", "--hold", "--script", self.lab.script_path, "--ledger", self.ledger,
                                              "--certificate", self.lab.certificates.certificate, "--key", self.lab.certificates.key])
        self.lab.elsewhere = {"bada.example": self.press.first_line()["tls"]}
        self.begin(more="".join(f'\n[[watch]]\nid = "{name}"\nquery = "entity:hanbit"\nreceivers = ["ops"]\n' for name in watch_names()[1:]))

    def press_lines(self):
        return super().press_lines() + ledgers.read(self.ledger)

    def test_for_a_while_leaves_everything_on_disk_and_tells_it_once(self):
        self.begin_closed()
        self.until(lambda: self.waiting() > ALERTS // 10, 60, self.state)
        early = resident(self.lab.daemon.pid)
        outage = self.until(lambda: self.waiting() == ALERTS, 240, self.state) - early
        self.assertEqual(self.taken(), 0)
        self.closed.unlink()
        back = time.time()
        recovery = self.until(self.taken, BACK + 5, self.state) - early
        self.press.send(signal.SIGUSR1)
        recovery = max(recovery, self.until(lambda: self.taken() == ALERTS + FRESH, 60 + ALERTS * 0.05, self.state) - early)
        self.judge_ledgers(ALERTS + FRESH)
        self.judge_pace(back)
        lateness = self.judge_fresh()
        say(f"{ALERTS} waited; resident {early} kB at a tenth of them, {outage:+} kB at all, {recovery:+} kB at most while they went out; "
            f"what was fresh came after {max(lateness):.1f} s at most")
        self.assertLess(max(outage, recovery), GROWTH)

    def came(self, fresh):
        """(line, alert) of what was taken."""
        taken = [(line, json.loads(base64.b64decode(line["body"]))["data"]) for line in self.webhooks() if line["status"] == 200]
        return [(line, alert) for line, alert in taken if (alert["watch"] == "ai") == fresh]

    def judge_pace(self, back):
        self.assertLessEqual(max(line["under_way"] for line in self.webhooks()), AT_ONCE)
        refused = {line["headers"]["webhook-id"] for line in self.webhooks() if line["status"] == 503}
        came = self.came(fresh=False)
        self.assertLess(ledgers.moment(came[0][0]["at"]) - back, BACK)
        created = [alert["created"] for line, alert in came if line["headers"]["webhook-id"] not in refused]
        places = sorted(range(len(created)), key=created.__getitem__)
        worst = max(abs(place - was) for place, was in enumerate(places))
        self.assertLess(worst, OUT_OF_ORDER, "the oldest come first")
        say(f"{len(refused)} were tried in vain; {worst} places out of order at most; "
            f"{len(came)} went out in {ledgers.moment(came[-1][0]['at']) - ledgers.moment(came[0][0]['at']):.0f} s, four at a time")

    def judge_fresh(self):
        began = next(ledgers.moment(line["at"]) for line in ledgers.read(self.ledger) if line["event"] == "begun")
        places = {alert["article"]["url"]: line for line, alert in self.came(fresh=True)}
        urls = {f"https://bada.example/a/{one['places'][0]['number']}": judge.length(one["places"][0]["appears"]) for one in fresh()}
        lateness = [ledgers.moment(places[url]["at"]) - began - appears for url, appears in urls.items()]
        self.assertLess(max(lateness), ON_TIME)
        self.assertLess(max(line["number"] for line in places.values()), self.came(fresh=False)[-1][0]["number"], "the backlog was gone too soon for this test")
        return lateness


# ---- sources ------------------------------------------------------------------------------------------

class Gate:
    """Leads connections on to a port, or refuses them."""

    def __init__(self, beyond):
        self.port = 0
        self._beyond, self._live = beyond, set()
        self.open()

    def open(self):
        self._listener = socket.create_server(("127.0.0.1", self.port), backlog=128)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def close(self):
        for one in [self._listener, *self._live]:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self, listener):
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.create_connection(("127.0.0.1", self._beyond))
                self._live |= {near, far}
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=self._lead, args=pair, daemon=True).start()

    def _lead(self, one, other):
        with contextlib.suppress(OSError):
            while piece := one.recv(65536):
                other.sendall(piece)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._live.discard(one)
        one.close()


def while_away():
    """Two articles a source, over the time in which nobody can be reached."""
    first, last = 5_000, AWAY * 1000
    count = 2 * SOURCES
    return [article(100 + number, f"naru{number % SOURCES}", f"{first + (last - first) * number // count}ms") for number in range(count)]


class OfSources(Outage):
    every = "5s"
    script = {"outlets": [outlet(f"naru{number}") for number in range(SOURCES)], "robots": {},
              "articles": [one for number in range(SOURCES) for one in old(f"naru{number}")] + while_away()}

    def failing(self):
        return self.rows("SELECT count(*) FROM source WHERE state = 'failing'")[0][0]

    def configure(self, mail=False, more=""):
        self.gate = Gate(self.lab.ports["press_tls"])
        self.addCleanup(self.gate.close)
        self.lab.elsewhere = dict.fromkeys(self.lab.hosts, self.gate.port)
        return super().configure(mail, more)

    def test_for_a_while_ends_without_a_stampede_and_with_all_that_they_list(self):
        self.begin()
        time.sleep(2)
        early = resident(self.lab.daemon.pid)
        self.gate.close()
        away = self.until(lambda: time.time() - self.begun() > AWAY + 2, AWAY + 30, self.state) - early
        self.assertEqual((self.failing(), self.taken()), (SOURCES, 0))
        back = time.time()
        self.gate.open()
        recovery = self.until(lambda: self.taken() == 2 * SOURCES, FOUND, self.state) - early
        self.assertTrue(world.wait_for(lambda: self.failing() == 0, FOUND))
        self.judge_ledgers(2 * SOURCES)
        seconds = self.seconds_of_return(back)
        say(f"{SOURCES} sources came back; resident {early} kB before, {away:+} kB while they were away, {recovery:+} kB after; "
            f"first asked in {len(seconds)} different seconds up to the {max(seconds)}th, {max(seconds.values())} in one at most")
        self.assertLess(max(away, recovery), GROWTH)
        self.assertLessEqual(max(seconds.values()), SOURCES // 3)

    def seconds_of_return(self, back):
        """second after the return → sources that were first asked in it"""
        listings = {f"{one['id']}.example": one for one in self.script["outlets"]}
        first = {}
        for line in self.press_lines():
            if line["event"] == "served" and line["target"] == "/listing" and line["host"] in listings and ledgers.moment(line["at"]) > back:
                first.setdefault(line["host"], ledgers.moment(line["at"]))
        self.assertEqual(len(first), SOURCES)
        return collections.Counter(int(at - back) for at in first.values())


if __name__ == "__main__":
    results.main("Outage", sys.modules[__name__])
