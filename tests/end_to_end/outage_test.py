#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A receiver that refuses for a minute and a half of real time, while alerts pile up: they wait on disk and not in memory, and
go out when it is back, each once.
"""
import pathlib
import sys

import world
from world import Case, article, old, outlet

import audit
import judge
import results

ARTICLES = 240
SPACE = 0.3  # seconds between two articles
REFUSALS = 5  # four that are under way, and the first probe half a minute later; the second comes after another minute
GROWTH = 16 << 10  # kB


def resident(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise RuntimeError("no VmRSS")


class Outage(Case):
    script = {"outlets": [outlet("naru"), outlet("bada", "atom")], "robots": {},
              "articles": old("naru") + old("bada") + [article(100 + number, ("naru", "bada")[number % 2], f"{int(SPACE * 1000 * (number + 1))}ms")
                                                        for number in range(ARTICLES)]}

    def test_of_the_receiver_keeps_everything_on_disk_and_tells_it_once(self):
        self.begin(answers=[{"status": 503}] * REFUSALS)
        self.assertTrue(world.wait_for(lambda: self.waiting() > 20, 60, step=0.5))
        before = resident(self.lab.daemon.pid)
        self.assertTrue(world.wait_for(lambda: self.waiting() > ARTICLES * 0.6 or self.taken() > 0, 120, step=0.2))
        self.assertEqual(self.taken(), 0, "the receiver was back too early for this test")
        self.assertLess(resident(self.lab.daemon.pid) - before, GROWTH)
        self.assertTrue(world.wait_for(lambda: self.taken() == ARTICLES, ARTICLES * SPACE + 150, step=0.5), f"{self.waiting()} wait, {self.taken()} were taken")
        self.assertEqual(self.lab.daemon.stop(), 0)
        self.assertEqual(audit.audit(self.lab.state / "bylined.db", self.script, self.press_lines(), self.webhooks(), []), [])
        verdict = judge.judge(self.script, 1e9, self.webhooks(), [], secret=self.lab.secret, mail_watches={})
        self.assertEqual(verdict.faults, [])
        self.assertEqual((verdict.alerts, verdict.refused, verdict.repeated), (ARTICLES, REFUSALS, 0))

    def waiting(self):
        return self.rows("SELECT count(*) FROM delivery WHERE state = 'pending'")[0][0]

    def taken(self):
        return self.rows("SELECT count(*) FROM delivery WHERE state = 'delivered'")[0][0]


if __name__ == "__main__":
    results.main("Outage", sys.modules[__name__])
