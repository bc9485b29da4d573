#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The inboxes and the judge: a verdict that cannot be bad is worth nothing."""
import base64
import json
import smtplib
import ssl
import sys
import tempfile
import unittest
import urllib.error
import urllib.request

import judge
import laboratory
import ledgers
import results
import webhook_signature

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
AT = "2025-02-04T00:30:10.000Z"
SCRIPT = {
    "outlets": [{"id": "f", "shape": "rss", "listing": "https://press.example/rss", "article_prefix": "https://press.example/"}],
    "articles": [
        {"key": "one", "places": [{"outlet": "f", "number": "1", "appears": "5s"}], "alerts": [{"watch": "desk", "entities": ["hanbit", "lee"]}]},
        {"key": "decoy", "places": [{"outlet": "f", "number": "2", "appears": "6s"}]}],
}


def alert(identifier="a1", url="https://press.example/1", entities=("hanbit", "lee"), watch="desk"):
    return {"type": "alert.created", "data": {"id": identifier, "watch": watch, "article": {"url": url}, "entities": list(entities)}}


def attempt(event, number=1, status=200, webhook_id=None, at=AT, secret=SECRET, answer_headers=None):
    body = json.dumps(event).encode()
    webhook_id = webhook_id or "d-" + event["data"]["id"]
    timestamp = str(int(ledgers.moment(at)))
    headers = {"webhook-id": webhook_id, "webhook-timestamp": timestamp, "webhook-signature": webhook_signature.sign(secret, webhook_id, timestamp, body)}
    return {"at": at, "number": number, "headers": headers, "body": base64.b64encode(body).decode(), "status": status, "answer_headers": answer_headers or {}}


def mail(url="https://press.example/1", identifier="<1@press.example>", to="desk@press.example", tls=True):
    text = f"From: press@press.example\r\nTo: {to}\r\nSubject: x\r\nMessage-ID: {identifier}\r\nAuto-Submitted: auto-generated\r\n\r\nsee {url} .\r\n"
    return {"at": AT, "kind": "mail", "to": [to], "reply": "250 ok", "tls": tls, "bytes": base64.b64encode(text.encode()).decode()}


def faults(webhooks, mails=(), until=60, deaths=0, watches=None):
    return judge.judge(SCRIPT, until, list(webhooks), list(mails), secret=SECRET, mail_watches=watches or {}, deaths=deaths).faults


class Judge(unittest.TestCase):
    def test_is_content_with_every_expected_alert_once(self):
        self.assertEqual(faults([attempt(alert())]), [])
        self.assertEqual(faults([attempt(alert())], [mail()], watches={"desk": ["desk@press.example"]}), [])

    def test_takes_a_headline_first_and_the_rest_later(self):
        self.assertEqual(faults([attempt(alert(entities=["lee"])), attempt(alert("a2", entities=["hanbit"]), 2)]), [])

    def test_misses_an_alert_only_when_its_time_has_come(self):
        self.assertIn("no alert of watch desk", faults([])[0])
        self.assertEqual(faults([], until=16), [])
        self.assertIn("not told of lee", faults([attempt(alert(entities=["hanbit"]))])[0])

    def test_sees_what_nobody_asked_for(self):
        decoy = attempt(alert("a2", "https://press.example/2", ["hanbit"]), 2)
        self.assertIn("nobody expects", faults([attempt(alert()), decoy])[0])
        self.assertIn("told of gaon too", faults([attempt(alert(entities=["hanbit", "lee", "gaon"]))])[0])
        self.assertIn("never published", faults([attempt(alert()), attempt(alert("a3", "https://other.example/"), 2)])[0])

    def test_sees_an_alert_told_twice(self):
        self.assertIn("told twice of hanbit, lee", faults([attempt(alert()), attempt(alert("a2"), 2)])[0])
        self.assertIn("two webhook ids", faults([attempt(alert()), attempt(alert(), 2, webhook_id="d-other")])[0])

    def test_allows_a_repeat_under_the_same_id_only_after_a_kill(self):
        twice = [attempt(alert()), attempt(alert(), 2)]
        self.assertIn("repeated", faults(twice)[0])
        self.assertEqual(faults(twice, deaths=1), [])

    def test_sees_other_bytes_under_the_same_id_and_a_bad_signature(self):
        changed = attempt({**alert(), "timestamp": "x"}, 2, webhook_id="d-a1")
        self.assertIn("two different bodies", faults([attempt(alert()), changed], deaths=1)[0])
        self.assertIn("no signature fits", faults([attempt(alert(), secret="whsec_" + "A" * 32)])[0])

    def test_sees_impatience_after_a_refusal(self):
        refused = attempt(alert(), 1, 503, answer_headers={"Retry-After": "2"})
        self.assertEqual(faults([refused, attempt(alert(), 2, at="2025-02-04T00:30:12.000Z")]), [])
        self.assertIn("Retry-After said 2", faults([refused, attempt(alert(), 2, at="2025-02-04T00:30:11.000Z")])[0])
        self.assertIn("never sent again", " ".join(faults([refused])))

    def test_counts_mails_against_alerts(self):
        watches = {"desk": ["desk@press.example"]}
        self.assertIn("0 mails", faults([attempt(alert())], watches=watches)[0])
        self.assertIn("2 mails", faults([attempt(alert())], [mail(), mail(identifier="<2@press.example>")], watches=watches)[0])
        self.assertIn("not over TLS", faults([attempt(alert())], [mail(tls=False)], watches=watches)[0])


class Signature(unittest.TestCase):
    def test_gives_the_published_vector(self):
        given = webhook_signature.sign(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}')
        self.assertEqual(given, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")

    def test_refuses_another_time_body_or_id(self):
        good = attempt(alert())
        body = base64.b64decode(good["body"])
        now = ledgers.moment(AT)
        self.assertIsNone(webhook_signature.fault(SECRET, good["headers"], body, now + 300))
        self.assertIn("not of now", webhook_signature.fault(SECRET, good["headers"], body, now + 301))
        self.assertIn("no signature", webhook_signature.fault(SECRET, good["headers"], body + b" ", now))
        self.assertIn("bad webhook-id", webhook_signature.fault(SECRET, {**good["headers"], "webhook-id": "a.b"}, body, now))


class Inboxes(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="inboxes-")
        script = laboratory.pathlib.Path(self.folder.name) / "script.json"
        script.write_text(json.dumps(SCRIPT))
        self.lab = laboratory.Laboratory(self.folder.name, "nowhere", script)
        self.tls = ssl.create_default_context(cafile=str(self.lab.certificates.authority))

    def tearDown(self):
        self.lab.stop()
        self.folder.cleanup()

    def post(self, body):
        request = urllib.request.Request(f"https://127.0.0.1:{self.lab.ports['webhook']}/press", data=body, headers={"webhook-id": "d1"})
        try:
            with urllib.request.urlopen(request, context=self.tls, timeout=10) as answer:
                return answer.status, answer.headers
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.headers

    def test_webhook_inbox_answers_by_its_plan_and_keeps_every_byte(self):
        self.lab.start_webhook_inbox([{"status": 503, "headers": {"Retry-After": "2"}}])
        status, headers = self.post("첫째".encode())
        self.assertEqual((status, headers["Retry-After"]), (503, "2"))
        self.assertEqual(self.post(b"second")[0], 200)
        lines = ledgers.read(self.lab.ledgers["webhook"])
        self.assertEqual([line["status"] for line in lines], [503, 200])
        self.assertEqual(base64.b64decode(lines[0]["body"]), "첫째".encode())
        self.assertEqual(lines[0]["headers"]["webhook-id"], "d1")

    def test_mail_inbox_wants_tls_and_a_login_and_answers_by_its_plan(self):
        self.lab.start_mail_inbox({"data": ["451 4.3.0 busy"]})
        with smtplib.SMTP("127.0.0.1", self.lab.ports["mail"], timeout=10) as client:
            with self.assertRaises(smtplib.SMTPException):
                client.sendmail("press@press.example", ["desk@press.example"], b"Subject: x\r\n\r\nplain\r\n")
            client.rset()
            client.starttls(context=self.tls)
            with self.assertRaises(smtplib.SMTPAuthenticationError):
                client.login("press", "wrong")
            client.login("press", self.lab.mail_password)
            with self.assertRaises(smtplib.SMTPDataError):
                client.sendmail("press@press.example", ["desk@press.example"], b"Subject: x\r\n\r\nfirst\r\n")
            client.sendmail("press@press.example", ["desk@press.example"], b"Subject: x\r\n\r\nsecond\r\n")
        lines = ledgers.read(self.lab.ledgers["mail"])
        self.assertEqual([line["reply"][:3] for line in lines], ["451", "250"])
        self.assertEqual(base64.b64decode(lines[1]["bytes"]), b"Subject: x\r\n\r\nsecond\r\n")
        self.assertTrue(lines[1]["tls"])


if __name__ == "__main__":
    results.main("PressTools", sys.modules[__name__])
