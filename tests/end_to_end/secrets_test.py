#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Canaries: every place that can hold a secret holds one of its own, servers repeat what they are given, and afterwards
nothing that was written or answered holds any of them."""
import base64
import contextlib
import resource
import secrets
import signal
import subprocess
import sys
import urllib.error
import urllib.request

from world import Case, READY_LIMIT, article, old, outlet, wait_for

import laboratory
import results
from loopback_server import Server, read_head, read_line, server_context


def traces(secret):
    """The ways in which a secret may be written."""
    raw = secret.encode()
    bare = secret.removeprefix("whsec_")
    decoded = base64.b64decode(bare) if secret.startswith("whsec_") else raw
    return {raw, bare.encode(), decoded, base64.b64encode(raw), decoded.hex().encode(), base64.b64encode(b"\0press\0" + raw), base64.b64encode(b"Bearer " + raw)}


def echoing_webhook(talk):
    """Refuses, and repeats everything that it was sent."""
    head = read_head(talk)
    body = head.encode("latin-1")
    talk.sendall(b"HTTP/1.1 500 Internal Server Error\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


def echoing_mail(talk):
    """Refuses a login, and repeats it: as it came, and in clear."""
    talk.sendall(b"220 mail ready\r\n")
    while True:
        line = read_line(talk)
        word = line.split(" ")[0].upper()
        if word == "EHLO":
            talk.sendall(b"250-mail\r\n250 AUTH PLAIN LOGIN\r\n")
        elif word == "AUTH":
            given = line.split(" ")[-1]
            clear = base64.b64decode(given + "==").replace(b"\0", b" ") if len(given) > 8 else b""
            talk.sendall(b"535 5.7.8 no such login: " + given.encode() + b" " + clear + b"\r\n")
        elif word == "QUIT":
            talk.sendall(b"221 bye\r\n")
            return
        else:
            talk.sendall(b"530 5.7.0 log in first\r\n")


class Canaries(Case):
    script = {"outlets": [outlet("naru")], "robots": {}, "articles": old("naru") + [article(10, "naru", "1s", entities=("hanbit",))]}

    def configure_canaries(self):
        token = secrets.token_urlsafe(32)
        self.canaries = {"webhook": laboratory.new_secret(), "rotated": laboratory.new_secret(), "password": secrets.token_urlsafe(18), "token": token,
                         "query": secrets.token_urlsafe(18)}
        for name, secret in self.canaries.items():
            if name != "query":
                self.lab.write(f"secret.{name}", secret + "\n", private=True)
        webhook, mail = Server(echoing_webhook, self.tls), Server(echoing_mail, self.tls)
        self.addCleanup(webhook.close)
        self.addCleanup(mail.close)
        file = lambda name: f'{{ file = "{self.folder}/secret.{name}" }}'
        configuration = self.configure(more=f"""
[[receiver]]
id = "echo"
kind = "webhook"
url = "https://127.0.0.1:{webhook.port}/hook?key={self.canaries['query']}"
secret = [{file('webhook')}, {file('rotated')}]
allow_private = ["127.0.0.1/32"]

[[receiver]]
id = "echo-mail"
kind = "email"
smtp = "smtps://127.0.0.1:{mail.port}"
user = "press"
password = {file('password')}
from = "press@press.example"
to = ["desk@press.example"]
allow_private = ["127.0.0.1/32"]
""")
        text = configuration.read_text().replace('receivers = ["ops"]', 'receivers = ["ops", "echo", "echo-mail"]', 1)
        text = text.replace("[fetch]", f'tokens = [{{ name = "desk", role = "reader", secret = {file("token")} }}]\n\n[fetch]', 1)
        configuration.write_text(text)
        return configuration

    def start_debugging(self, configuration):
        """With the log at its most talkative, and core dumps allowed as far as this machine goes."""
        daemon = self.lab.daemon = self.lab.start("bylined", [self.lab.build / "bylined", "--debug", "--config", configuration], talks=False)
        resource.prlimit(daemon.pid, resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        self.assertTrue(wait_for(lambda: "daemon.ready" in daemon.errors() or not daemon.running(), READY_LIMIT))
        self.assertTrue(daemon.running(), daemon.errors()[-2000:])
        return daemon

    def get(self, path, token=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.lab.http_port}{path}", headers={"Authorization": f"Bearer {token}"} if token else {})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read()

    def test_are_found_nowhere(self):
        self.lab.start_press()
        self.lab.start_webhook_inbox()
        self.tls = server_context(self.lab.certificates)
        configuration = self.configure_canaries()
        daemon = self.start_debugging(configuration)
        self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT), daemon.errors()[-2000:])
        self.lab.press.send(signal.SIGUSR1)
        tried = lambda: self.rows("SELECT count(DISTINCT delivery) FROM attempt JOIN delivery ON delivery.n = attempt.delivery WHERE attempt.outcome <> 'delivered'")
        self.assertTrue(wait_for(lambda: tried() == [(2,)], READY_LIMIT), f"{tried()} {daemon.errors()[-2000:]}")
        self.assertIn("535", daemon.errors())
        written = {"answers": self.ask_everything(configuration)}
        daemon.send(signal.SIGHUP)
        self.assertTrue(wait_for(lambda: "configuration.reloaded" in daemon.errors(), READY_LIMIT))
        daemon.send(signal.SIGABRT)
        daemon.wait(20)
        written |= self.files()
        self.assertGreater(len(written), 4, "nothing was searched")
        self.assertEqual(self.found_in(written), [])

    def ask_everything(self, configuration):
        token = self.canaries["token"]
        answers = [self.get(path) for path in ("/livez", "/readyz", "/metrics", "/api/v1/status", f"/api/v1/alerts?token={'x' * 40}")]
        self.assertEqual(self.get("/api/v1/status")[0], 401)
        self.assertEqual(self.get("/api/v1/status", token)[0], 200)
        answers += [self.get("/api/v1/status", token + "x")]
        answers += [self.get(f"/api/v1/{path}", token) for path in ("status", "sources", "alerts", "articles", "deliveries", "receivers", "entities", "watches", "nothing")]
        said = [part for _, part in answers]
        for words in (("status",), ("alert", "list"), ("delivery", "list"), ("source", "list"), ("--json", "status"), ("--json", "delivery", "list"),
                      ("db", "backup", str(self.folder / "backup.db")), ("db", "audit")):
            ran = self.lab.byline(*words, check=False)
            said += [ran.stdout.encode(), ran.stderr.encode()]
        broken = self.lab.write("broken.toml", configuration.read_text().replace('role = "reader"', 'role = "raeder"') + "\n[nonsense]\n")
        for words in (("--check-config",), ()):
            ran = subprocess.run([self.lab.build / "bylined", "--config", broken, *words], capture_output=True, timeout=READY_LIMIT)
            self.assertEqual(ran.returncode, 78)
            said += [ran.stdout, ran.stderr]
        return b"\n".join(said)

    def files(self):
        """All that lies below the laboratory's folder but the secrets themselves and what holds them by order."""
        ours = {"bylined.toml", "broken.toml", "ops.webhook"}
        written = {}
        for path in self.folder.rglob("*"):
            if path.is_file() and path.name not in ours and not path.name.startswith("secret."):
                with contextlib.suppress(OSError):
                    written[str(path.relative_to(self.folder))] = path.read_bytes()
        return written

    def found_in(self, written):
        return [f"{name} in {place}" for name, secret in self.canaries.items() for place, text in written.items() for trace in traces(secret) if trace in text]


if __name__ == "__main__":
    results.main("Canaries", sys.modules[__name__])
