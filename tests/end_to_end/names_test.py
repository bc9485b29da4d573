#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Who is meant, as a receiver gets it: short forms, namesakes, longer names and uncertain mentions, and what the daemon says of each."""
import base64
import json
import sys

from world import Case, READY_LIMIT, article, old, outlet, wait_for

import results

MORE = """
[[entity]]
id = "daesang"
kind = "organisation"
names = ["대상"]

[[entity]]
id = "yoon-sera"
kind = "person"
names = ["윤세라"]
context_none = ["배우"]

[[watch]]
id = "names"
query = "entity:daesang OR entity:yoon-sera"
receivers = ["ops"]

[[watch]]
id = "every-doubt"
query = "entity:daesang confidence>=0.3"
receivers = ["ops"]
"""


class Names(Case):
    script = {"outlets": [outlet("naru")], "robots": {}, "articles": old("naru") + [
        article(10, "naru", "1s", text="이서준 한빛전자 회장은 4일 광주를 찾았다. 이 회장은 공장을 둘러봤다.", entities=("hanbit", "lee-seojun")),
        article(11, "naru", "1s", text="한빛전자서비스 노조가 4일 파업에 들어갔다.", entities=()),
        article(12, "naru", "1s", text="배우 윤세라가 무대에 올랐다.", entities=()),
        article(13, "naru", "1s", text="윤세라 교수가 강연했다.", entities=()),
        article(14, "naru", "1s", text="정부는 지원 대상을 늘렸다.", entities=()),
        article(15, "naru", "2s", text="한빛전자가 마지막이다.", entities=("hanbit",))]}

    def alerts(self):
        events = [json.loads(base64.b64decode(line["body"])) for line in self.webhooks()]
        return [event["data"] for event in events]

    def told(self):
        return sorted((alert["article"]["url"][-2:], alert["watch"], ",".join(alert["entities"])) for alert in self.alerts())

    def all_read_and_told(self):
        return len(self.rows("SELECT n FROM article")) == 6 and self.alerts() and not self.rows("SELECT n FROM delivery WHERE state = 'pending'")

    def test_arrive_where_somebody_is_meant_and_nowhere_else(self):
        self.begin(more=MORE)
        self.assertTrue(wait_for(self.all_read_and_told, READY_LIMIT), self.told())
        self.assertEqual(self.told(), [("10", "desk", "hanbit,lee-seojun"), ("13", "names", "yoon-sera"), ("14", "every-doubt", "daesang"), ("15", "desk", "hanbit")])
        self.says_how_and_how_sure()
        self.says_why_not()
        tried = self.lab.byline("watch", "test", "--query", "entity:hanbit NEAR/s 광주", "https://naru.example/a/0000000010").stdout
        self.assertIn("yes  entity:hanbit NEAR/s 광주   (in one sentence)", tried)
        self.assertIn("이 회장 (lee-seojun, short_form, 0.9", self.lab.byline("entity", "test", "https://naru.example/a/0000000010").stdout)

    def says_how_and_how_sure(self):
        first = next(alert for alert in self.alerts() if alert["watch"] == "desk" and "lee-seojun" in alert["entities"])
        ways = {(one["text"], one["how"]) for one in first["mentions"] if one["entity"] == "lee-seojun"}
        self.assertEqual(ways, {("이서준", "name"), ("이 회장", "short_form")})
        doubtful = next(alert for alert in self.alerts() if alert["watch"] == "every-doubt")
        self.assertLess(doubtful["mentions"][0]["confidence"], 0.5)
        shown = self.lab.byline("explain", doubtful["id"]).stdout
        self.assertIn("entity:daesang confidence>=0.3", shown)
        self.assertRegex(shown, r"version 1 \(.*bylined\.toml:\d+\)")
        self.assertIn('"이 회장" as short_form, confidence 0.9', self.lab.byline("explain", first["id"]).stdout)

    def says_why_not(self):
        said = self.lab.byline("why", "https://naru.example/a/0000000011", check=False).stdout
        self.assertIn("matched", said)
        self.assertIn("none of its versions mentions a tracked name", said)


if __name__ == "__main__":
    results.main("Names", sys.modules[__name__])
