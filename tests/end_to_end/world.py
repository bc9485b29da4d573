# SPDX-License-Identifier: Apache-2.0
"""What the end-to-end tests share: where the programs are, a daemon in its laboratory, scripts made of a few lines."""
import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "press"))

import demo_config
import laboratory
import ledgers
from laboratory import Laboratory, wait_for

BUILD = pathlib.Path(os.environ.get("BYLINED_BUILD", HERE.parent.parent / "build"))
READY_LIMIT = 30  # a loaded machine is slow, not wrong


def outlet(name, shape="rss", **more):
    host = f"{name}.example"
    return {"id": name, "shape": shape, "name": name, "listing": f"https://{host}/listing", "article_prefix": f"https://{host}/a/", "page_size": 200, **more}


def journalist(page_size=10):
    return {"id": "journalist", "shape": "naver_journalist", "name": "아시아경제", "office": "277", "journalist": "윤가람", "page_size": page_size,
            "listing": "https://media.naver.com/journalist/277/90210", "article_prefix": "https://n.news.naver.com/article/277/"}


ROBOTS = {"n.news.naver.com": "User-agent: *\nDisallow: /\n"}


def article(number, place, appears, title=None, text="한빛전자가 새 공장을 짓는다고 밝혔다.", entities=("hanbit",), **more):
    digits = f"{number:010}"
    alerts = [{"watch": "desk", "entities": list(entities)}] if entities else []
    return {"key": f"{place}-{number}", "title": title or f"{number}번째 소식, 오늘 아침 업계 동향", "author": "윤가람 기자", "paragraphs": [text, "두 번째 문단이다."],
            "places": [{"outlet": place, "number": digits, "appears": appears}], "alerts": alerts, **more}


def old(place, count=3):
    """What stood there before: the baseline."""
    return [article(number, place, f"-{count - number + 1}h", text="오래된 이야기다.", entities=()) for number in range(1, count + 1)]


class Case(unittest.TestCase):
    """A laboratory a test; its folder stays where the test failed."""

    script = {"outlets": [outlet("naru")], "robots": {}, "articles": old("naru")}
    every = "1s"

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bylined-e2e-"))
        path = self.folder / "script.json"
        path.write_text(json.dumps(self.script, ensure_ascii=False), encoding="utf-8")
        self.lab = Laboratory(self.folder, BUILD, path)
        self.addCleanup(self._end)

    def _end(self):
        self.lab.stop()
        outcome = self._outcome.result
        if any(failed is self for failed, _ in outcome.failures + outcome.errors):
            print(f"\nleft behind: {self.folder}", file=sys.stderr)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def configure(self, mail=False, more=""):
        self.lab.write("recipes/rows.toml", demo_config.RECIPE)
        sources = "\n".join(demo_config._source(one, self.every) for one in self.script["outlets"])
        watches = demo_config.WATCHES if mail else demo_config.WATCHES.replace(', "desk-mail"', "")
        parts = [demo_config.daemon_sections(self.lab), sources, demo_config.ENTITIES, watches, demo_config.receivers(self.lab, mail=mail), more]
        return self.lab.write("bylined.toml", "\n".join(parts))

    def begin(self, mail=False, answers=(), more=""):
        """Press, inboxes and daemon; returns once the baseline is stored and the script runs."""
        self.lab.start_press()
        self.lab.start_webhook_inbox(answers)
        if mail:
            self.lab.start_mail_inbox()
        self.configure(mail, more)
        self.start_ready()
        self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT), self.lab.daemon.errors()[-2000:])
        self.lab.press.send(laboratory.signal.SIGUSR1)
        self.assertTrue(wait_for(self.begun, 5), "the press did not begin")

    def start_ready(self):
        daemon = self.lab.start_daemon()
        before = daemon.errors().count("daemon.ready")
        self.assertTrue(wait_for(lambda: daemon.errors().count("daemon.ready") > before or not daemon.running(), READY_LIMIT), daemon.errors()[-2000:])
        self.assertTrue(daemon.running(), daemon.errors()[-2000:])
        return daemon

    def baseline_stored(self):
        return self.rows("SELECT count(*) FROM source WHERE has_baseline = 0") == [(0,)]

    def begun(self):
        return next((ledgers.moment(line["at"]) for line in self.press_lines() if line["event"] == "begun"), None)

    def press_lines(self):
        return ledgers.read(self.lab.ledgers["press"])

    def webhooks(self):
        return ledgers.read(self.lab.ledgers["webhook"])

    def mails(self):
        return ledgers.read(self.lab.ledgers["mail"])

    def rows(self, sql, *values):
        return database_rows(self.lab.state / "bylined.db", sql, *values)


def database_rows(path, sql, *values):
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as database:
        return database.execute(sql, values).fetchall()
