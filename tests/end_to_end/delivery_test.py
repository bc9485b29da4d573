#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Pages over TLS in, webhooks and mails out: read by other people's libraries."""
import base64
import json
import pathlib
import shutil
import ssl
import subprocess
import sys
import time

import world
from world import Case, READY_LIMIT, article, journalist, old, outlet, wait_for

import judge
import laboratory
import ledgers
import results
import webhook_signature

TITLE = "한빛전자, 추론 칩 '새벽' 양산…\"전력 절반\" & 값은 그대로, 연내 국내 데이터센터 세 곳에 먼저 들어간다"
TEXT = ("이서준 한빛전자 회장은 4일 경기 평택 공장에서 기자들과 만나 \"학습보다 추론에 드는 전력이 더 큰 문제가 됐다\"며 \"같은 일을 절반의 전력으로 하겠다\"고 말했다. "
        "첫 물량은 연내 국내 데이터센터 세 곳에 들어가고, 값은 지난해 제품과 같다.")


class Messages(Case):
    script = {"outlets": [outlet("naru")], "robots": {}, "articles": old("naru") + [
        article(10, "naru", "1s", TITLE, TEXT, ("hanbit", "lee-seojun"))]}

    def deliver(self, **more):
        self.begin(mail=True, **more)
        self.assertTrue(wait_for(lambda: self.webhooks() and self.mails(), READY_LIMIT), self.lab.daemon.errors()[-2000:])
        return self.webhooks()[-1], self.mails()[-1]

    def test_reach_both_inboxes_in_the_shapes_of_the_contract(self):
        webhook, mail = self.deliver()
        event = json.loads(base64.b64decode(webhook["body"]))
        alert = event["data"]
        self.assertEqual((event["type"], alert["watch"], alert["severity"], alert["state"]), ("alert.created", "desk", "high", "open"))
        self.assertEqual(alert["entities"], ["hanbit", "lee-seojun"])
        self.assertEqual((alert["article"]["title"], alert["article"]["read"], alert["article"]["source"]), (TITLE, "full", "naru"))
        self.assertIsNone(webhook_signature.fault(self.lab.secret, webhook["headers"], base64.b64decode(webhook["body"]), time.time()))
        self.mentions_point_at_their_text(alert)
        self.mail_is_right_to_the_byte(mail)

    def mentions_point_at_their_text(self, alert):
        body = self.rows("SELECT body FROM version JOIN article ON article.n = version.article WHERE article.id = ?", alert["article"]["id"])[0][0]
        for mention in alert["mentions"]:
            text = TITLE if mention["in"] == "title" else body
            self.assertEqual(text[mention["start"]:mention["end"]], mention["text"])
            self.assertIn(mention["text"], mention["sentence"])

    def mail_is_right_to_the_byte(self, line):
        raw = base64.b64decode(line["bytes"])
        self.assertTrue(line["tls"])
        self.assertEqual((line["user"], line["sender"], line["to"]), ("press", "press@press.example", ["desk@press.example"]))
        self.assertNotIn(b"\n", raw.replace(b"\r\n", b""))
        self.assertTrue(all(len(part) <= 998 for part in raw.split(b"\r\n")))
        head = raw.split(b"\r\n\r\n")[0]
        self.assertTrue(head.isascii())
        self.assertTrue(all(len(part) <= 78 for part in head.split(b"\r\n")), head.decode())
        message = judge.read_mail(line)
        self.assertIn("한빛전자", message["Subject"])
        self.assertIn("언론 모니터", message["From"])
        self.assertEqual(message["Auto-Submitted"], "auto-generated")
        self.assertEqual([part.get_content_type() for part in message.walk()][1:], ["text/plain", "text/html"])
        for kind in ("plain", "html"):
            self.assertIn("naru.example/a/0000000010", message.get_body((kind,)).get_content())
        self.assertNotIn("전력 절반\" &", message.get_body(("html",)).get_content())

    def test_verify_with_the_reference_library(self):
        modules = pathlib.Path(__file__).parent / "node_modules"
        if not (modules / "standardwebhooks").is_dir() or not shutil.which("node"):
            self.skipTest("npm's standardwebhooks is not installed (tools/prepare-tests needs the network once)")
        webhook, _ = self.deliver()
        asked = json.dumps({"secret": self.lab.secret, "headers": webhook["headers"], "body": base64.b64decode(webhook["body"]).decode()})
        program = pathlib.Path(__file__).parent / "verify_webhook.mjs"
        self.assertEqual(subprocess.run(["node", program], input=asked, text=True, capture_output=True).returncode, 0)
        forged = asked.replace("hanbit", "hanbot")
        self.assertEqual(subprocess.run(["node", program], input=forged, text=True, capture_output=True).returncode, 1)

    def test_carry_the_same_id_and_bytes_and_a_new_time_on_every_attempt(self):
        self.begin(answers=[{"status": 429, "headers": {"Retry-After": "8"}}])
        self.assertTrue(wait_for(lambda: len(self.webhooks()) >= 2, 60), self.lab.daemon.errors()[-2000:])
        lines = self.webhooks()
        self.assertEqual(len({line["headers"]["webhook-id"] for line in lines}), 1)
        self.assertEqual(len({line["body"] for line in lines}), 1)
        self.assertEqual(len({line["headers"]["webhook-timestamp"] for line in lines}), 2)
        self.assertGreaterEqual(ledgers.moment(lines[1]["at"]) - ledgers.moment(lines[0]["at"]), 8)
        for line in lines:
            self.assertIsNone(webhook_signature.fault(self.lab.secret, line["headers"], base64.b64decode(line["body"]), ledgers.moment(line["at"])))

    def test_are_signed_with_both_secrets_while_rotating(self):
        self.lab.start_press()
        self.lab.start_webhook_inbox()
        next_secret = laboratory.new_secret()
        self.lab.write("next.webhook", next_secret, private=True)
        configuration = self.configure()
        text = configuration.read_text()
        one = f'{{ file = "{self.folder}/ops.webhook" }}'
        configuration.write_text(text.replace(f"secret = {one}", f'secret = [{one}, {{ file = "{self.folder}/next.webhook" }}]'))
        self.start_ready()
        self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT))
        self.lab.press.send(laboratory.signal.SIGUSR1)
        self.assertTrue(wait_for(self.webhooks, READY_LIMIT))
        line = self.webhooks()[0]
        for secret in (self.lab.secret, next_secret):
            self.assertIsNone(webhook_signature.fault(secret, line["headers"], base64.b64decode(line["body"]), time.time()))


class Pages(Case):
    """25 articles between two polls, on a page that shows ten and whose articles may not be read."""

    every = "3s"
    script = {"outlets": [journalist(page_size=10)], "robots": world.ROBOTS, "articles": old("journalist", 12) + [
        article(number, "journalist", f"{1000 + number}ms", f"한빛전자 {number}번째 공장 소식") for number in range(100, 125)]}

    def test_are_turned_until_known_ground_and_their_headlines_alert(self):
        self.begin()
        self.assertTrue(wait_for(lambda: len(self.webhooks()) >= 25, READY_LIMIT), self.lab.daemon.errors()[-2000:])
        verdict = judge.judge(self.script, 1e9, self.webhooks(), [], secret=self.lab.secret, mail_watches={})
        self.assertEqual(verdict.faults, [])
        reads = {json.loads(base64.b64decode(line["body"]))["data"]["article"]["read"] for line in self.webhooks()}
        self.assertEqual(reads, {"refused_by_robots"})
        asked = [line["target"] for line in self.press_lines() if line["event"] == "served" and line["host"] == "n.news.naver.com"]
        self.assertEqual(set(asked), {"/robots.txt"})


class Strangers(Case):
    """A server whose certificate our authority did not sign is not believed, and gets no password."""

    script = Messages.script

    def stranger(self):
        folder = self.folder / "stranger"
        folder.mkdir()
        return laboratory.Certificates(folder, self.lab.hosts)

    def test_press_is_not_read(self):
        trusted = self.lab.certificates
        self.lab.certificates = self.stranger()
        self.lab.start_press()
        self.lab.certificates = trusted
        self.lab.start_webhook_inbox()
        self.configure()
        self.start_ready()
        failing = lambda: self.rows("SELECT count(*) FROM source WHERE state = 'failing'") == [(1,)]
        self.assertTrue(wait_for(failing, READY_LIMIT), self.lab.daemon.errors()[-2000:])
        self.assertEqual([line for line in self.press_lines() if line["event"] == "served"], [])

    def test_mail_server_gets_neither_mail_nor_password(self):
        self.lab.start_press()
        self.lab.start_webhook_inbox()
        trusted = self.lab.certificates
        self.lab.certificates = self.stranger()
        self.lab.start_mail_inbox()
        self.lab.certificates = trusted
        self.configure(mail=True)
        self.start_ready()
        self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT))
        self.lab.press.send(laboratory.signal.SIGUSR1)
        tried = lambda: self.rows("SELECT count(*) FROM attempt JOIN delivery ON delivery.n = attempt.delivery WHERE recipient <> ''") != [(0,)]
        self.assertTrue(wait_for(tried, READY_LIMIT), self.lab.daemon.errors()[-2000:])
        self.assertEqual(self.mails(), [])
        self.assertEqual(self.rows("SELECT state FROM delivery WHERE recipient <> ''"), [("pending",)])
        self.assertNotIn(self.lab.mail_password, self.lab.daemon.errors())


if __name__ == "__main__":
    results.main("Delivery", sys.modules[__name__])
