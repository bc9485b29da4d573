#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The dark side of those who are told: every row is a receiver that refuses, lies, stalls or floods, beside one that is well
and gets everything on time. Nothing is lost, nothing is sent again once it was taken, and memory stays bounded."""
import contextlib
import gzip
import pathlib
import re
import signal
import socket
import sqlite3
import struct
import sys
import threading
import time
from dataclasses import dataclass, field

from world import Case, READY_LIMIT, article, old, outlet, wait_for

import judge
import ledgers
import results
import webhook_signature
from loopback_server import Server, read_head, read_line, server_context

ALERTS = 6               # one each second
WINDOW = 16              # seconds from the first alert on
ON_TIME = 6              # seconds from publication to the receiver that is well
MEMORY = 256 << 10       # KiB


@dataclass
class Row:
    name: str
    serve: object         # (row, connection) → None; may keep what it took in row.taken
    outcomes: set         # of its attempts: all of them are among these, and each is met
    statuses: set         # of its attempts, 0 where none was read
    state: str            # of the receiver afterwards
    most: int = ALERTS    # attempts in the window
    recipients: int = 1
    mail: bool = False
    tls_none: bool = True
    taken: list = field(default_factory=list)
    secret: str = ""      # with which webhooks are signed
    port: int = 0         # of the daemon's own HTTP


ROWS = []


def read_message(talk):
    """(headers, body) of a request."""
    head = read_head(talk)
    before, _, body = head.partition("\r\n\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in before.split("\r\n")[1:])}
    body = body.encode("latin-1")
    while len(body) < int(headers["content-length"]):
        piece = talk.recv(65536)
        if not piece:
            raise OSError("gone")
        body += piece
    return headers, body


def read_request(talk):
    headers, body = read_message(talk)
    return headers["webhook-id"], body


def webhook(name, outcomes, statuses, state="ok", **more):
    def add(serve):
        ROWS.append(Row(name, serve, set(outcomes), set(statuses), state, **more))
        return serve
    return add


def answers(name, status, outcomes, state="ok", headers=(), body=b"", **more):
    """A webhook that reads the whole request and gives one answer."""
    lines = "".join(f"{line}\r\n" for line in headers)
    answer = f"HTTP/1.1 {status} x\r\n{lines}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body

    def serve(row, talk):
        row.taken.append(read_request(talk))
        talk.sendall(answer)
    ROWS.append(Row(name, serve, set(outcomes), {status}, state, **more))


for status in (200, 201, 204):
    answers(f"d11-{status}", status, {"delivered"})
for status in (301, 302, 307):
    answers(f"d11-{status}", status, {"retry"}, "failing", ["Location: http://169.254.169.254/latest/"], most=1)
for status in (400, 405, 409, 413, 422):  # a no to one message; here to all of them, so it is the receiver's
    answers(f"d11-{status}", status, {"retry"}, "failing")
for status in (401, 403):
    answers(f"d11-{status}", status, {"retry"}, "failing", most=1)
for status in (404, 410):
    answers(f"d11-{status}", status, {"paused"}, "paused", most=1)
for status in (408, 500, 502, 503):
    answers(f"d11-{status}", status, {"retry"}, "failing", most=8)
answers("d12-hour", 429, {"retry"}, "ok", ["Retry-After: 3600"], most=1)
answers("d12-garbage", 503, {"retry"}, "failing", ["Retry-After: soon"], most=8)
answers("d13-bomb", 200, {"delivered"}, headers=["Content-Encoding: gzip"], body=gzip.compress(bytes(64 << 20)))


@webhook("d11-slow", {"delivered"}, {200})
def slow(row, talk):
    row.taken.append(read_request(talk))
    time.sleep(2)
    talk.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def reset_it(talk):
    talk.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@webhook("d11-reset", {"ambiguous"}, {0}, "failing", most=8)
def reset(row, talk):
    read_request(talk)
    reset_it(talk)


@webhook("d13-flood", {"delivered"}, {200})
def flood(row, talk):
    row.taken.append(read_request(talk))
    talk.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n")
    for _ in range(16384):
        talk.sendall(b"x" * 65536)


@webhook("d13-nonsense", {"ambiguous"}, {0}, "failing", most=8)
def nonsense(row, talk):
    read_request(talk)
    talk.sendall(bytes(range(256)) * 4)


def say(talk, status):
    talk.sendall(f"HTTP/1.1 {status} x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())


def verifies(name, skew, outcomes, statuses, state="ok"):
    """A webhook that believes what is signed and not older than five minutes, by its own clock."""
    def serve(row, talk):
        headers, body = read_message(talk)
        wrong = webhook_signature.fault(row.secret, headers, body, time.time() + skew)
        if wrong:
            say(talk, 400 if "not of now" in wrong else 500)
        else:
            row.taken.append((headers["webhook-id"], body))
            say(talk, 200)
    ROWS.append(Row(name, serve, outcomes, statuses, state))


verifies("d16-four-minutes-ahead", 240, {"delivered"}, {200})
verifies("d16-four-minutes-behind", -240, {"delivered"}, {200})
verifies("d16-ten-minutes-ahead", 600, {"retry"}, {400}, "failing")


@webhook("d16-drops-what-it-has", {"ambiguous", "delivered"}, {0, 200}, most=ALERTS + 1)
def drops(row, talk):
    """Takes the first and says nothing; when that comes again under its id, freshly signed, it is dropped and said to be taken."""
    headers, body = read_message(talk)
    wrong = webhook_signature.fault(row.secret, headers, body, time.time())
    first = not row.taken
    if (headers["webhook-id"], body) not in row.taken:
        row.taken.append((headers["webhook-id"], body))
    reset_it(talk) if first else say(talk, 500 if wrong else 200)


# ---- mail: a server that keeps to a script, word by word ----------------------------------------------

def mail(name, outcomes, statuses, state="ok", greeting=b"220 ready\r\n", recipients=1, most=ALERTS, tls_none=True, **replies):
    def serve(row, talk):
        talk.sendall(greeting)
        data = to = None
        while True:
            line = read_line(talk)
            word = line.split(" ")[0].split(":")[0].lower()
            reply = replies.get(word)
            if callable(reply):
                reply = reply(line, talk)
            if word == "rcpt":
                to = line[line.index("<") + 1:line.index(">")]
            if word == "data" and reply is None:
                talk.sendall(b"354 go on\r\n")
                data = b""
                while not data.endswith(b"\r\n.\r\n"):
                    data += talk.recv(65536) or b"\r\n.\r\n"
                reply = replies.get("end", b"250 2.0.0 taken\r\n")
                reply = reply(data, talk) if callable(reply) else reply
                if reply.startswith(b"250"):
                    row.taken.append((re.search(rb"Message-ID: <([^@>]+)", data)[1].decode() + to, data))
            talk.sendall(reply if reply is not None else {"ehlo": b"250-dark\r\n250 8BITMIME\r\n", "quit": b"221 bye\r\n"}.get(word, b"250 fine\r\n"))
            if word == "quit":
                return
    ROWS.append(Row(name, serve, set(outcomes), set(statuses), state, most * recipients, recipients, True, tls_none))


def hang_up(_, talk):
    reset_it(talk)
    talk.close()
    raise OSError("hung up")


mail("d1-greeting", {"retry"}, {421}, "failing", greeting=b"421 4.3.2 later\r\n", most=8)
mail("d1-closing-at-sender", {"retry"}, {421}, "failing", mail=b"421 4.3.2 closing\r\n", most=8)
mail("d1-closing-at-recipient", {"retry"}, {421}, "failing", rcpt=b"421 4.3.2 closing\r\n", most=8)
mail("d1-closing-at-data", {"retry"}, {421}, "failing", data=b"421 4.3.2 closing\r\n", most=8)
mail("d1-closing-at-message", {"retry"}, {421}, "failing", end=b"421 4.3.2 closing\r\n", most=8)
mail("d1-sender", {"retry"}, {450}, "failing", mail=b"450 4.7.1 later\r\n")
mail("d1-recipient", {"retry"}, {451}, rcpt=b"451 4.7.1 greylisted\r\n")
mail("d1-message", {"retry"}, {452}, end=b"452 4.3.1 no room\r\n")
mail("d3-one-of-three", {"delivered", "retry"}, {250, 550}, recipients=3, rcpt=lambda line, _: b"550 5.1.1 nobody\r\n" if "<b@" in line else b"250 fine\r\n")
mail("d4-sender", {"retry"}, {550}, "failing", mail=b"550 5.7.1 not you\r\n")
mail("d4-message", {"retry"}, {554}, "failing", end=b"554 5.7.1 spam\r\n")
mail("d4-sequence", {"retry"}, {503}, "failing", data=b"503 5.5.1 need RCPT first\r\n", most=1)
mail("d4-login", {"retry"}, {530}, "failing", mail=b"530 5.7.0 log in first\r\n", most=1)
mail("d5-reset", {"ambiguous"}, {0}, "failing", end=hang_up)
mail("d6-banner", {"retry"}, {0}, "failing", greeting=b"220-" + b"x" * (10 << 20) + b"\r\n220 ready\r\n")
mail("d6-lines", {"retry"}, {0}, "failing", ehlo=b"250-x\r\n" * 100_000 + b"250 y\r\n")
mail("d6-codes", {"delivered"}, {250}, ehlo=b"999 what\r\n")  # then HELO
mail("d6-early", {"retry"}, {0}, "failing", mail=b"250 fine\r\n250 fine\r\n250 fine\r\n")
mail("d7-stripped", {"retry"}, {0}, "failing", tls_none=False)
mail("d7-injected", {"retry"}, {0}, "failing", tls_none=False, ehlo=b"250-dark\r\n250 STARTTLS\r\n", starttls=b"220 go\r\n250 injected\r\n250 injected\r\n")


def bounce(row):
    """A message of nobody's, for each that was sent, at the only port that the sender listens on."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", row.port), timeout=2) as talk:
        talk.sendall(b"HELO bounces\r\nMAIL FROM:<>\r\nRCPT TO:<press@press.example>\r\nDATA\r\nAuto-Submitted: auto-replied\r\n\r\nnobody\r\n.\r\n")
        return talk.recv(4096)
    return b""


BOUNCED = []  # what was said to them


def bounces(data, _):
    BOUNCED.append(b"Auto-Submitted: auto-generated" in data)
    BOUNCED.extend(not bounce(ROWS[-1]).startswith(b"2") for _ in range(20))
    return b"250 2.0.0 taken\r\n"


mail("d19-bounces", {"delivered"}, {250}, end=bounces)


GREY = []  # its server knows nobody as long as something is in here
mail("d2-greylisted", {"retry", "delivered"}, {451, 250}, rcpt=lambda *_: b"451 4.7.1 come back later\r\n" if GREY else b"250 fine\r\n")
GREYLISTED = ROWS.pop()


LAST = [0.0]  # when it took one
PACE = threading.Lock()


@webhook("d12-paced", {"delivered", "retry"}, {200, 429})
def paced(row, talk):
    """Takes one a second, and asks for a second's patience otherwise."""
    request = read_request(talk)
    with PACE:
        taken = time.monotonic() - LAST[0] >= 1
        if taken:
            LAST[0] = time.monotonic()
            row.taken.append(request)
    talk.sendall(b"HTTP/1.1 200 OK\r\n" if taken else b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\n")
    talk.sendall(b"Content-Length: 0\r\nConnection: close\r\n\r\n")


PACED = ROWS.pop()


class WithRows(Case):
    def configure_rows(self, rows):
        tls = server_context(self.lab.certificates)
        parts = []
        for row in rows:
            row.taken.clear()
            row.secret, row.port = self.lab.secret, self.lab.http_port
            server = Server(lambda talk, row=row: row.serve(row, talk), None if row.mail else tls)
            self.addCleanup(server.close)
            parts.append(self.receiver(row, server.port))
        configuration = self.configure(more="".join(parts))
        names = ", ".join(f'"{name}"' for name in ["ops", *(row.name for row in rows)])
        configuration.write_text(configuration.read_text().replace('receivers = ["ops"]', f"receivers = [{names}]", 1))

    def receiver(self, row, port):
        head = f'\n[[receiver]]\nid = "{row.name}"\nallow_private = ["127.0.0.1/32"]\n'
        if not row.mail:
            return head + f'kind = "webhook"\nurl = "https://127.0.0.1:{port}/x"\nsecret = {{ file = "{self.folder}/ops.webhook" }}\n'
        to = ", ".join(f'"{name}@press.example"' for name in "abc"[:row.recipients])
        tls = 'tls = "none"\n' if row.tls_none else ""
        return head + f'kind = "email"\nsmtp = "smtp://127.0.0.1:{port}"\n{tls}from = "press@press.example"\nto = [{to}]\n'


class DarkReceivers(WithRows):
    script = {"outlets": [outlet("naru")], "robots": {}, "articles": old("naru") + [article(10 + number, "naru", f"{1 + number}s") for number in range(ALERTS)]}

    def test_every_row_decides_by_its_own_rule_beside_one_that_is_well(self):
        self.lab.start_press()
        self.lab.start_webhook_inbox()
        self.configure_rows(ROWS)
        self.start_ready()
        self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT))
        self.lab.press.send(signal.SIGUSR1)
        self.assertTrue(wait_for(self.webhooks, READY_LIMIT))
        time.sleep(WINDOW)
        faults = [f"{row.name}: {fault}" for row in ROWS for fault in self.faults_of(row)]
        faults += self.faults_of_the_well()
        if len(BOUNCED) != ALERTS * 21 or not all(BOUNCED):
            faults.append(f"d19-bounces: {len(BOUNCED)} bounces and marks, {BOUNCED.count(False)} of them wrong")
        peak = int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{self.lab.daemon.pid}/status").read_text())[1])
        if peak > MEMORY:
            faults.append(f"memory: {peak} KiB")
        self.assertEqual(faults, [], "\n".join(faults))

    def faults_of(self, row):
        attempts = self.rows("SELECT attempt.outcome, attempt.status, attempt.reply FROM attempt JOIN delivery ON delivery.n = attempt.delivery WHERE receiver = ?", row.name)
        outcomes, statuses = {one[0] for one in attempts}, {one[1] for one in attempts}
        if outcomes != row.outcomes or statuses != row.statuses:
            yield f"outcomes {outcomes}, statuses {statuses}, not {row.outcomes}, {row.statuses} ({[one[2][:80] for one in attempts[:3]]})"
        if len(attempts) > row.most:
            yield f"{len(attempts)} attempts, at most {row.most}"
        states = self.rows("SELECT state, count(*) FROM delivery WHERE receiver = ? GROUP BY state", row.name)
        if sum(count for _, count in states) != ALERTS * row.recipients or {state for state, _ in states} - {"pending", "delivered"}:
            yield f"deliveries {states}"
        health = self.rows("SELECT state FROM receiver WHERE id = ?", row.name)
        if (health or [("ok",)]) != [(row.state,)]:
            yield f"the receiver is {health}, not {row.state}"
        if "delivered" in row.outcomes:
            ids = [identifier for identifier, _ in row.taken]
            if len(ids) != len(set(ids)):
                yield f"took {len(ids)} messages under {len(set(ids))} ids"

    def faults_of_the_well(self):
        verdict = judge.judge(self.script, 1e9, self.webhooks(), [], secret=self.lab.secret, mail_watches={})
        yield from verdict.faults
        arrived = sorted(ledgers.moment(line["at"]) - self.begun() for line in self.webhooks())
        for number, at in enumerate(arrived):
            if at - (1 + number) > ON_TIME:
                yield f"alert {number} came after {at - 1 - number:.1f} s"


class Pacing(WithRows):
    many = 15
    script = {"outlets": [outlet("naru")], "robots": {}, "articles": old("naru") + [article(10 + number, "naru", "1s") for number in range(many)]}

    def test_one_message_a_second_goes_out_one_a_second(self):
        self.lab.start_press()
        self.lab.start_webhook_inbox()
        self.configure_rows([PACED])
        self.start_ready()
        self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT))
        self.lab.press.send(signal.SIGUSR1)
        self.assertTrue(wait_for(lambda: PACED.taken, READY_LIMIT))
        self.assertTrue(wait_for(lambda: len(PACED.taken) == self.many, 2 * self.many), f"{len(PACED.taken)} of {self.many}")
        self.assertEqual(len({identifier for identifier, _ in PACED.taken}), self.many)
        self.assertTrue(wait_for(lambda: self.rows("SELECT DISTINCT state FROM delivery WHERE receiver = ?", PACED.name) == [("delivered",)], READY_LIMIT))
        self.assertEqual(self.rows("SELECT state FROM receiver WHERE id = ?", PACED.name), [("ok",)])
        self.assertNotIn("receiver.degraded", self.lab.daemon.errors())
        attempts = self.rows("SELECT count(*) FROM attempt JOIN delivery ON delivery.n = attempt.delivery WHERE receiver = ?", PACED.name)
        self.assertLessEqual(attempts[0][0], 2 * self.many + 4, "one refused for each that is taken, and those of the first moment")


class Greylisting(WithRows):
    script = {"outlets": [outlet("naru")], "robots": {}, "articles": old("naru") + [article(10, "naru", "1s")]}

    def replies(self):
        return [status for (status,) in self.rows("SELECT attempt.status FROM attempt JOIN delivery ON delivery.n = attempt.delivery "
                                                  "WHERE receiver = ? ORDER BY attempt.number", GREYLISTED.name)]

    def pass_minutes(self, minutes):
        """While the daemon is away: what was to be sent at a time is to be sent so much sooner."""
        self.lab.daemon.stop()
        with contextlib.closing(sqlite3.connect(self.lab.state / "bylined.db")) as database, database:
            database.execute("UPDATE delivery SET due = due - ? WHERE state = 'pending'", (minutes * 60_000,))
        self.start_ready()

    def test_a_mail_that_is_put_off_twice_is_taken_once(self):
        """A daemon that gives up, or that asks every few seconds, is never let in; one that forgets what it sent is let in twice."""
        GREY.append(True)
        self.lab.start_press()
        self.lab.start_webhook_inbox()
        self.configure_rows([GREYLISTED])
        self.start_ready()
        self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT))
        self.lab.press.send(signal.SIGUSR1)
        self.assertTrue(wait_for(self.replies, READY_LIMIT))
        self.pass_minutes(2)
        time.sleep(1)
        self.assertEqual(self.replies(), [451])
        self.pass_minutes(5)
        self.assertTrue(wait_for(lambda: len(self.replies()) > 1, READY_LIMIT))
        GREY.clear()
        self.pass_minutes(13)
        self.assertTrue(wait_for(lambda: len(self.replies()) > 2, READY_LIMIT))
        time.sleep(1)
        self.assertEqual(self.replies(), [451, 451, 250])
        self.assertEqual(len(GREYLISTED.taken), 1)


if __name__ == "__main__":
    results.main("DarkReceivers", sys.modules[__name__])
