#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Names and what name servers say of them: lies that lead inside, silence, nonsense, half of the Internet gone; beside outlets
that are well. The daemon asks the system's resolver, in a network of its own, as it does anywhere."""
import base64
import collections
import json
import os
import re
import signal
import sys
import tempfile
import threading
import time
import unittest
import urllib.request
from dataclasses import dataclass

from world import Case, READY_LIMIT, wait_for

import ledgers
import own_names
import results
from own_names import addresses, alternating, refusing, silent
from own_sites import FIRST, Sites

FOUR, SIX, INSIDE = "93.184.216.", "2606:2800:220:1::", "10.9.9.9"
HEALTHY = [f"naru{number}.example" for number in range(10)]
NEWS = 6                 # articles of a healthy outlet, one in two seconds
ON_TIME = 6              # seconds from publication to the inbox, the poll's period of 1 s in it
THREADS = 4              # that look names up
STALL = 0.1              # seconds that /livez may take
EYEBALLS = 1.5           # seconds from a name's answer to the other family's connection
STORM = 500
DEAD_LIMIT = 90          # seconds until all know that names are dead, and that they are back
SILENCE = 3              # seconds, less than a silent name holds its thread


@dataclass
class Row:
    name: str
    answer: object        # of the name server
    reason: str = ""      # what `status` says, a regular expression; "": the source is well
    addresses: tuple = () # that may be dialled

    @property
    def host(self):
        return f"{self.name}.example"


def public(number):
    return addresses(f"{FOUR}{number}", f"{SIX}{number:x}")


def mixed(name, *texts):
    return Row(name, addresses(*texts), r" is (private|loopback|link-local|unspecified): only what allow_private names is asked there$")


ROWS = [
    mixed("n18-first", INSIDE, f"{FOUR}30"),
    mixed("n18-last", f"{FOUR}30", INSIDE),
    mixed("n18-other-family", f"{FOUR}30", "::1"),
    mixed("n18-metadata", f"{SIX}30", "169.254.169.254"),
    mixed("n18-mapped", f"{FOUR}30", "::ffff:127.0.0.1"),
    mixed("n18-nowhere", f"{FOUR}30", "0.0.0.0"),
    # Whoever looks a name up once to judge it and once more to dial it ends inside.
    Row("n17-public-first", alternating(addresses(f"{FOUR}31", ttl=0), addresses("127.0.0.1", ttl=0)), r"127\.0\.0\.1 is loopback", (f"{FOUR}31",)),
    Row("n17-inside-first", alternating(addresses("127.0.0.1", ttl=0), addresses(f"{FOUR}31", ttl=0)), r"127\.0\.0\.1 is loopback", (f"{FOUR}31",)),
    Row("n19-silent", silent, r"no answer|failure in name resolution"),
    Row("n19-garbage", own_names.garbage, r"no answer|failure in name resolution"),
    Row("n19-servfail", refusing(own_names.SERVFAIL), r"failure in name resolution"),
    Row("n19-unknown", refusing(own_names.NXDOMAIN), r"not known"),
    Row("n19-empty", addresses(), r"[Nn]o address|not known"),
    Row("n19-huge", addresses(*[f"{FOUR}{number}" for number in range(200)]), r"too many addresses"),
    Row("n19-circle", own_names.looping, r"not known|failure"),
    Row("n19-slow", own_names.slow(1.5, public(32)), addresses=(f"{FOUR}32", f"{SIX}20")),
    Row("n19-no-lifetime", addresses(f"{FOUR}33", ttl=0), addresses=(f"{FOUR}33",)),
    Row("n21-six-gone", public(34), addresses=(f"{FOUR}34",)),
    Row("n21-four-gone", public(35), addresses=(f"{SIX}23",)),
]
DEAF = (f"{SIX}22", f"{FOUR}35")


def setUpModule():
    """Skipped where the machine allows no namespaces."""
    try:
        with tempfile.TemporaryDirectory() as folder:  # what is mounted outlives it
            own_names.enter(folder, (f"{FOUR}0/24", f"{SIX}/64", "10.0.0.0/8", "169.254.0.0/16"))
    except OSError as error:
        raise unittest.SkipTest(f"no namespaces here: {error}") from error


class Pulse(threading.Thread):
    """Asks /livez ten times a second and keeps how long each answer took."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self._url, self._end, self.lengths = f"http://127.0.0.1:{port}/livez", threading.Event(), []
        self.start()

    def run(self):
        while not self._end.wait(0.1):
            began = time.monotonic()
            urllib.request.urlopen(self._url, timeout=20).read()
            self.lengths.append(time.monotonic() - began)

    def faults(self):
        """One answer in fifty may be late by the machine's fault, none by a second: looking a name up takes ten."""
        self._end.set()
        self.join(30)
        late = [length for length in self.lengths if length > STALL]
        if not self.lengths or len(late) > len(self.lengths) / 50 or max(self.lengths) > 1:
            yield f"/livez took more than {STALL} s in {len(late)} of {len(self.lengths)} answers, {max(self.lengths, default=0):.2f} s at worst"


class Resolver(Case):
    script = {"outlets": [], "robots": {}, "articles": []}

    def setUp(self):
        super().setUp()
        self.sites = Sites()
        self.addCleanup(self.sites.close)
        zone = {host: public(100 + number) for number, host in enumerate(HEALTHY)} | {row.host: row.answer for row in ROWS}
        self.names = own_names.NameServer(zone)
        self.addCleanup(self.names.close)

    def begin_with(self, hosts, concurrency=64):
        self.lab.start_webhook_inbox()
        self.lab.ports["press_tls"] = 0
        self.watch(hosts, concurrency)
        self.start_ready()
        self.pulse = Pulse(self.lab.http_port)

    def watch(self, hosts, concurrency):
        sources = "".join(f'[[source]]\nid = "{host}"\nkind = "feed"\nurl = "http://{host}/feed"\nevery = "1s"\n' for host in hosts)
        configuration = self.configure(more=sources)
        text = configuration.read_text().replace('allow_private = ["127.0.0.0/8"]\n', "", 1).replace("concurrency = 16", f"concurrency = {concurrency}", 1)
        configuration.write_text(text)

    def has_baseline(self, hosts):
        ready = {name for (name,) in self.rows("SELECT id FROM source WHERE has_baseline = 1")}
        return ready >= set(hosts)

    def publish(self, hosts, count, pause):
        for _ in range(count):
            for host in hosts:
                self.sites.publish(host)
            time.sleep(pause)

    def delays(self, host):
        """Of each article of the host: seconds from its publication to each of its alerts."""
        arrived = collections.defaultdict(list)
        for line in self.webhooks():
            arrived[json.loads(base64.b64decode(line["body"]))["data"]["article"]["url"]].append(ledgers.moment(line["at"]))
        return [[at - since for at in arrived[f"http://{host}/a/{FIRST + number}"]] for number, since in enumerate(self.sites.published.get(host, []))]

    def lateness_of(self, hosts, limit):
        for host in hosts:
            if any(len(each) != 1 or each[0] > limit for each in self.delays(host)):
                yield f"{host}: told after {[[round(one, 1) for one in each] for each in self.delays(host)]} s"

    def state_of(self, host):
        return self.rows("SELECT state, reason FROM source WHERE id = ?", host)[0]

    def test_every_answer_is_judged_beside_outlets_that_are_well(self):
        for address in DEAF:
            self.addCleanup(own_names.Deaf(address, 80).close)
        self.begin_with(HEALTHY + [row.host for row in ROWS])
        self.assertTrue(wait_for(lambda: self.has_baseline(HEALTHY), READY_LIMIT), self.lab.daemon.errors()[-2000:])
        well = [row.host for row in ROWS if not row.reason]
        wait_for(lambda: self.has_baseline(well), 10)
        self.publish(HEALTHY + well, NEWS, 2)
        seen = {row.host: [self.state_of(row.host)] for row in ROWS}
        self.lab.daemon.send(signal.SIGHUP)  # every name is looked up anew, and those that are asked for have turned
        time.sleep(4)
        for row in ROWS:
            seen[row.host].append(self.state_of(row.host))
        faults = [f"{row.host}: {fault}" for row in ROWS for fault in self.faults_of(row, seen[row.host])]
        faults += [f"{address} was dialled" for _, address, _, _ in self.sites.visits if not address.startswith((FOUR, SIX))]
        faults += [*self.slow_families(), *self.lateness_of(HEALTHY + well, ON_TIME), *self.pulse.faults()]
        self.assertEqual(faults, [], "\n".join(faults))

    def faults_of(self, row, seen):
        dialled = {address for _, address, _, _ in self.sites.visits_of(row.host)}
        if not dialled <= set(row.addresses):
            yield f"was asked for at {dialled}, not at {row.addresses}"
        if row.reason and not any(re.search(row.reason, reason) for _, reason in seen):
            yield f"was {seen}, not {row.reason!r}"
        if not row.reason and {state for state, _ in seen} != {"ok"}:
            yield f"was {seen}, not well"

    def slow_families(self):
        """Where one family says nothing, the other is dialled soon: else the connection's whole limit of ten seconds goes by."""
        for row in (row for row in ROWS if row.name.startswith("n21")):
            took = self.sites.visits_of(row.host)[0][0] - min(self.names.asked(row.host))
            if took > EYEBALLS:
                yield f"{row.host}: was reached after {took:.1f} s"

    def test_a_dozen_silent_names_keep_nobody_from_being_looked_up(self):
        """They come first, and hold each of the threads as long as one waits for a lookup: whoever waits behind them has lost his
        turn by then, time after time."""
        dumb = [f"dumb{number:02}.example" for number in range(16)]
        self.names.zone.update(dict.fromkeys(dumb, silent))
        self.begin_with(HEALTHY + dumb)
        self.assertTrue(wait_for(lambda: self.has_baseline(HEALTHY), READY_LIMIT), self.rows("SELECT id, state, reason FROM source"))
        self.publish(HEALTHY, 1, 1)
        wait_for(lambda: not list(self.lateness_of(HEALTHY, ON_TIME)), ON_TIME)
        self.assertEqual([*self.lateness_of(HEALTHY, ON_TIME), *self.pulse.faults()], [])

    def test_five_hundred_silent_names_keep_nobody_from_being_looked_up_at_a_cold_start(self):
        """Nothing is known of any name then but which hosts had answered the process before."""
        self.begin_with(HEALTHY)
        self.assertTrue(wait_for(lambda: self.has_baseline(HEALTHY), READY_LIMIT), self.rows("SELECT id, state, reason FROM source"))
        stored = len(HEALTHY), len(HEALTHY)  # robots.txt of each, with a later round
        wait_for(lambda: self.rows("SELECT count(*), count(nullif(robots_status, 0)) FROM host") == [stored], READY_LIMIT)
        list(self.pulse.faults())  # ends it; too short to be judged
        self.assertEqual(self.lab.daemon.stop(), 0)
        dumb = [f"dumb{number:03}.example" for number in range(STORM)]
        self.names.zone.update(dict.fromkeys(dumb, silent))
        self.watch(dumb[:STORM // 2] + HEALTHY + dumb[STORM // 2:], concurrency=16)
        self.start_ready()
        self.pulse = Pulse(self.lab.http_port)
        self.publish(HEALTHY, NEWS, 2)
        wait_for(lambda: not list(self.lateness_of(HEALTHY, ON_TIME)), ON_TIME)
        self.assertEqual([*self.lateness_of(HEALTHY, ON_TIME), *self.pulse.faults()], [])
        self.assertLess(len({name for _, name, _ in self.names.questions if name.startswith("dumb")}), STORM)  # they do wait

    def test_n20_a_name_server_that_is_dead_for_all_costs_time_and_nothing_else(self):
        """Each source says so once and not at each try, receivers hear of the articles alone, and the return is no stampede."""
        self.begin_with(HEALTHY)
        self.assertTrue(wait_for(lambda: self.has_baseline(HEALTHY), READY_LIMIT), self.rows("SELECT id, state, reason FROM source"))
        self.names.dead = silent
        self.lab.daemon.send(signal.SIGHUP)  # every name is looked up anew
        self.assertTrue(wait_for(lambda: self.all_are("failing"), DEAD_LIMIT), self.rows("SELECT id, state, reason FROM source"))
        self.publish(HEALTHY, 2, 5)
        reasons = [self.state_of(host)[1] for host in HEALTHY]
        self.assertEqual(self.webhooks(), [])
        back = time.monotonic()
        self.names.dead = None
        wait_for(lambda: not list(self.lateness_of(HEALTHY, DEAD_LIMIT)) and self.all_are("ok"), DEAD_LIMIT)
        faults = [f"failed by {reason!r}" for reason in reasons if not re.search(r"no answer|failure in name resolution", reason)]
        faults += [*self.lateness_of(HEALTHY, DEAD_LIMIT), *self.stampede(back), *self.pulse.faults()]
        log = self.lab.daemon.errors()
        faults += [f"{event}: {log.count(event)} lines" for event in ("source.degraded", "source.recovered") if log.count(event) != len(HEALTHY)]
        self.assertEqual(faults, [], "\n".join(faults))

    def all_are(self, state):
        return self.rows("SELECT count(*) FROM source WHERE state <> ?", state) == [(0,)]

    def stampede(self, back):
        firsts = [min((at for at, _, _, _ in self.sites.visits_of(host, back)), default=back) for host in HEALTHY]
        if max(firsts) - min(firsts) < 1:
            yield f"all were asked {min(firsts) - back:.1f} to {max(firsts) - back:.1f} s after the return"

    def test_a_storm_of_silent_names_makes_no_more_threads_and_stalls_nothing(self):
        dumb = [f"dumb{number:03}.example" for number in range(STORM)]
        self.names.zone.update(dict.fromkeys(dumb, silent))
        self.begin_with(dumb, concurrency=STORM)
        most, end = 0, time.monotonic() + 6
        while time.monotonic() < end:
            most = max(most, len(os.listdir(f"/proc/{self.lab.daemon.pid}/task")))
            time.sleep(0.2)
        began = self.names.questions[0][0]
        at_once = {name for at, name, _ in self.names.questions if at < began + SILENCE}
        self.assertLessEqual(len(at_once), THREADS, at_once)
        self.assertLess(most, 10 * THREADS)  # with those of the loop, the store and the workers
        self.assertEqual(list(self.pulse.faults()), [])


if __name__ == "__main__":
    results.main("Resolver", sys.modules[__name__])
