#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The dark side of the press beside twenty healthy outlets: every row decides by its own rule, the healthy are on time,
memory is bounded, and nothing that was published is lost."""
import base64
import collections
import json
import os
import pathlib
import re
import signal
import sys
import time

from world import Case, READY_LIMIT, article, old, outlet, wait_for

import dark_rows
import demo_config
import judge
import laboratory
import ledgers
import results

HEALTHY = [f"naru{number}" for number in range(20)]
EACH = 6                 # articles of a healthy outlet while the others misbehave
FAULT = 14               # seconds that the faults last
ON_TIME = 8              # seconds from publication to the inbox, the poll's period of 2 s in it
MEMORY = 256 << 10       # KiB
EVERY = "2s"


class Dark(Case):
    every = EVERY
    script = {"outlets": [outlet(name) for name in HEALTHY], "robots": {}, "articles":
              [one for name in HEALTHY for one in old(name)] +
              [article(10 + number, name, f"{1 + 2 * number}s") for name in HEALTHY for number in range(EACH)]}

    def begin_dark(self):
        self.lab.start_press()
        self.lab.start_webhook_inbox()
        folder = self.folder / "dark"
        folder.mkdir()
        hosts = [f"{row.name}.dark.example" for row in dark_rows.ROWS]
        certificates = laboratory.Certificates(folder, hosts)
        both = self.lab.write("both.pem", self.lab.certificates.authority.read_text() + certificates.authority.read_text())
        self.lab.certificates.authority = both
        self.ledger = self.folder / "dark.jsonl"
        self.dark = self.lab.start("dark", [laboratory.PYTHON, laboratory.HERE / "dark_press", "--ledger", self.ledger,
                                            "--certificate", certificates.certificate, "--key", certificates.key])
        self.lab.elsewhere = dict.fromkeys(hosts, self.dark.first_line()["port"])
        self.configure(more="\n".join(self.source(row) for row in dark_rows.ROWS))
        self.mislead()
        self.start_ready()
        self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT), self.lab.daemon.errors()[-2000:])

    def mislead(self):
        """What other programs would take from the environment and the home folder (n28, n29): all of it leads nowhere."""
        nowhere = f"http://127.0.0.1:{laboratory.free_port()}"
        home = self.folder / "home"
        self.lab.write("home/.netrc", "default login stranger password stranger\n", private=True)
        self.lab.write("home/.curlrc", f'proxy = "{nowhere}"\n')
        misleading = {name: nowhere for name in ("http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy")} | {"HOME": str(home), "CURL_CA_BUNDLE": "/nowhere"}
        kept = {name: os.environ.get(name) for name in misleading}
        os.environ.update(misleading)
        self.addCleanup(lambda: [os.environ.pop(name) if value is None else os.environ.update({name: value}) for name, value in kept.items()])

    @staticmethod
    def source(row):
        recipe = 'recipe = "rows"' if row.kind == "css_page" else ""
        return f'[[source]]\nid = "{row.name}"\nkind = "{row.kind}"\nurl = "https://{row.name}.dark.example/feed"\nevery = "{EVERY}"\n{recipe}\n'

    def watch_states(self, seconds):
        """row → {(state, reason)} that were seen, as `status` gives them."""
        seen = collections.defaultdict(set)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for name, state, reason in self.rows("SELECT id, state, reason FROM source"):
                seen[name].add((state, reason))
            time.sleep(0.2)
        return seen

    def alerts(self):
        """host → [(seconds of arrival, alert)]"""
        found = collections.defaultdict(list)
        for line in self.webhooks():
            alert = json.loads(base64.b64decode(line["body"]))["data"]
            found[alert["article"]["url"].split("/")[2]].append((ledgers.moment(line["at"]), alert))
        return found

    def told(self, row):
        return self.alerts().get(f"{row.name}.dark.example", [])

    def test_every_row_decides_by_its_own_rule_beside_healthy_outlets(self):
        self.begin_dark()
        self.dark.send(signal.SIGUSR1)
        self.lab.press.send(signal.SIGUSR1)
        self.assertTrue(wait_for(self.begun, 5))
        seen = self.watch_states(FAULT)
        self.dark.send(signal.SIGUSR2)
        waiting = [row for row in dark_rows.ROWS if row.recovers]
        wait_for(lambda: all(self.told(row) for row in waiting), 60, step=0.5)

        faults = [fault for row in dark_rows.ROWS for fault in self.faults_of(row, seen[row.name])]
        faults += self.healthy_faults()
        peak = int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{self.lab.daemon.pid}/status").read_text())[1])
        if peak > MEMORY:
            faults.append(f"memory: {peak} KiB")
        faults += [*self.log_faults(), *self.reuse_faults()]
        self.assertEqual(faults, [], "\n".join(faults))

    def faults_of(self, row, seen):
        if not any(state in row.states and re.search(row.reason, reason, re.I) for state, reason in seen):
            yield f"{row.name}: was {sorted(seen)}, not {sorted(row.states)} with {row.reason!r}"
        asked = [line for line in ledgers.read(self.ledger)
                 if line["event"] == "asked" and line["row"] == row.name and line["phase"] == 2 and not line["target"].startswith(("/robots", "/a/", "/b/", "/s/"))]
        if any(line["login"] for line in asked):
            yield f"{row.name}: was sent a login that nobody configured"
        if not 1 <= len(asked) <= row.most:
            yield f"{row.name}: asked {len(asked)} times while the fault lasted, at most {row.most}"
        told = self.told(row)
        if len(told) > 1 or (row.recovers and not told):
            yield f"{row.name}: {len(told)} alerts ({[one['article']['url'] for _, one in told]})"
        for _, alert in told:
            if alert["article"]["read"] not in row.read or "새 공장" not in alert["article"]["title"]:
                yield f"{row.name}: read {alert['article']['read']}, {alert['article']['title']!r}"
            if any(ord(letter) < 0x20 for letter in alert["article"]["title"]):
                yield f"{row.name}: a control in {alert['article']['title']!r}"

    def healthy_faults(self):
        begun, alerts = self.begun(), self.alerts()
        for one in self.script["articles"]:
            place = one["places"][0]
            if not one["alerts"]:
                continue
            url = f"https://{place['outlet']}.example/a/{place['number']}"
            late = [at - begun - judge.length(place["appears"]) for at, alert in alerts.get(f"{place['outlet']}.example", []) if alert["article"]["url"] == url]
            if len(late) != 1 or late[0] > ON_TIME:
                yield f"{one['key']}: told after {late} s"

    def reuse_faults(self):
        """An address that is used again (c14) is one article's still, which has a second version and keeps its one alert."""
        titles = [title for (title,) in self.rows("SELECT version.title FROM version JOIN article ON article.n = version.article "
                                                  "WHERE article.url = 'https://c14-reused.dark.example/a/9' ORDER BY number")]
        if [title.split(" c14")[0] for title in titles] != ["한빛전자 새 공장", "한빛전자 노사 협상"]:
            yield f"c14-reused: its versions are {titles}"

    def log_faults(self):
        text = self.lab.daemon.log.read_bytes()
        if any(byte in text for byte in (b"\x1b", b"\x07", b"\x00", b"root:x:")):
            yield "the log holds what a stranger wrote for a terminal"
        printed = self.lab.byline("alert", "list", "--limit", "200").stdout
        if any(ord(letter) < 0x20 and letter != "\n" or 0x7F <= ord(letter) < 0xA0 for letter in printed):
            yield "byline printed a control"


if __name__ == "__main__":
    results.main("Dark", sys.modules[__name__])
