#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""kill -9, again and again, while articles appear: nothing lost, nothing doubled, and the audit can tell. Press, inbox and
disk are slow, so that kills meet a fetch, a commit, a send and a mark under way; which they met is told afterwards.
"""
import collections
import os
import random
import shutil
import sqlite3
import sys
import time

import world
from world import Case, article, journalist, old, outlet

import audit
import judge
import moments
import results

KILLS, EACH = (100, 10) if os.environ.get("BYLINED_TEST_MODE") == "full" else (20, 1)
ARTICLES = 5 * KILLS
SPACE = 0.35  # seconds between two articles


def busy_script():
    """Articles in a feed, an Atom feed and on a journalist page whose articles may not be read: there the headline tells."""
    articles = old("naru") + old("bada") + old("journalist", 12)
    for number in range(100, 100 + ARTICLES):
        appears = f"{int((number - 99) * SPACE * 1000)}ms"
        place = ("naru", "bada", "journalist")[number % 3]
        title = f"한빛전자 {number}번째 공장 소식" if place == "journalist" else None
        articles.append(article(number, place, appears, title))
    return {"outlets": [outlet("naru"), outlet("bada", "atom"), journalist(page_size=40)], "robots": world.ROBOTS, "articles": articles}


class Kills(Case):
    script = busy_script()
    deaths = 0

    @staticmethod
    def lacking(met):
        return [kind for kind in moments.KINDS if met[kind] < EACH]

    def test_lose_nothing_and_double_nothing(self):
        seed = int(os.environ.get("BYLINED_TEST_SEED", time.time_ns() % 1_000_000))
        chance = random.Random(seed)
        look = moments.Moments(self.lab)
        self.lab.press_more = ["--slow", str(int(moments.FETCH * 1000))]
        self.lab.webhook_more = ["--delay", str(moments.SEND)]
        self.lab.daemon_environment = look.environment()
        self.begin(mail=True)
        met = collections.Counter()
        while self.deaths < KILLS or (self.lacking(met) and self.deaths < 2 * KILLS):
            started, pid = time.time(), self.lab.daemon.pid
            if self.deaths % 5 == 0:
                time.sleep(chance.uniform(0.3, 2.2))
            else:
                time.sleep(chance.uniform(0.1, 1))
                usual = moments.KINDS[self.deaths % 5 - 1]
                look.aim(usual if self.deaths < KILLS else self.lacking(met)[0], chance)
            killed = time.time()
            self.lab.daemon.kill()
            self.deaths += 1
            met.update(look.under_way(pid, started, killed))
            self.start_ready()
        print(f"of {self.deaths} kills met: {dict(met)}", file=sys.stderr)
        for kind in moments.KINDS:
            self.assertGreaterEqual(met[kind], EACH, f"kills amid {kind} (seed {seed}): {met}")
        drained = world.wait_for(self.drained, ARTICLES * SPACE + 60, step=0.5)
        self.assertTrue(drained, f"not drained (seed {seed}): {self.faults()[:10]}")
        self.assertEqual(self.lab.daemon.stop(), 0)
        self.assertEqual(self.faults(), [], f"seed {seed}")
        verdict = judge.judge(self.script, 1e9, self.webhooks(), self.mails(), secret=self.lab.secret, deaths=self.deaths,
                              mail_watches=world.demo_config.MAIL_WATCHES)
        self.assertEqual(verdict.faults, [], f"seed {seed}")
        self.assertEqual(verdict.alerts, ARTICLES)
        self.every_planted_fault_is_found()

    def drained(self):
        if time.time() < self.begun() + ARTICLES * SPACE:
            return False
        return self.rows("SELECT count(*) FROM delivery WHERE state = 'delivered'") == [(2 * ARTICLES,)]

    def faults(self, database=None, webhooks=None, press=None):
        return audit.audit(database or self.lab.state / "bylined.db", self.script, press or self.press_lines(),
                           self.webhooks() if webhooks is None else webhooks, self.mails(), deaths=self.deaths)

    def every_planted_fault_is_found(self):
        """An audit that finds nothing must be one that can."""
        for plant in ("DELETE FROM delivery WHERE n = (SELECT max(n) FROM delivery)",
                      "UPDATE delivery SET state = 'pending' WHERE n = 1",
                      "UPDATE delivery SET payload = CAST(payload || 'x' AS BLOB) WHERE n = 1",
                      "UPDATE item SET address = 'https://naru.example/a/9' WHERE n = (SELECT max(n) FROM item)",
                      "UPDATE alert SET entities = '[\"gaon\"]' WHERE n = 1",
                      "UPDATE read SET state = 'given_up' WHERE n = 1",
                      "UPDATE article SET url = (SELECT url FROM article WHERE n = 1) WHERE n = 2"):
            copy = self.folder / "planted.db"
            shutil.copy(self.lab.state / "bylined.db", copy)
            database = sqlite3.connect(copy)
            database.execute("PRAGMA foreign_keys = OFF")
            database.execute(plant)
            database.commit()
            database.close()
            self.assertTrue(self.faults(copy), plant)
        first = self.webhooks()[0]["headers"]["webhook-id"]  # which may have been sent again after a kill
        others = [line for line in self.webhooks() if line["headers"]["webhook-id"] != first]
        self.assertTrue(self.faults(webhooks=others), "a taken webhook is missing")
        stranger = {"event": "served", "host": "naru.example", "target": "/listing", "status": 200, "listed": ["nobody"], "at": "2025-02-04T00:00:00.000Z"}
        self.assertTrue(self.faults(press=self.press_lines() + [stranger]), "an article that was listed and never recorded")


if __name__ == "__main__":
    results.main("Kills", sys.modules[__name__])
