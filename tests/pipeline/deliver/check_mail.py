# SPDX-License-Identifier: Apache-2.0
"""Reads mails (files named on the command line) with Python's own mail and HTML parsers and says what is
wrong with them: anything that an article's text could have done to the message, its readers or their screens."""
import email
import email.policy
import html.parser
import re
import sys
import unicodedata

HEADERS = ["Date", "From", "To", "Subject", "Message-ID", "List-Id", "Auto-Submitted", "MIME-Version", "Content-Type"]
TAGS = set("html head meta title body table tr td h1 p a b span br blockquote".split())
ATTRIBUTES = set("lang charset name content style role width cellpadding cellspacing border align href rel".split())
UNSEEN = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
STYLE = re.compile(r"[a-z0-9 #%:;,.'()-]*\Z", re.I)


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.wrong, self.open = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.wrong.append("tag " + tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.wrong.append("attribute " + name)
            if name == "href" and not re.match(r"https?://[^\s]+\Z", value):
                self.wrong.append("link to " + value)
            if name == "style" and ("url" in value or "expression" in value or not STYLE.match(value)):
                self.wrong.append("style " + value)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append("unbalanced " + tag)

    def handle_comment(self, data):
        self.wrong.append("comment " + data)

    def handle_pi(self, data):
        self.wrong.append("instruction " + data)


def towers(text):
    run = 0
    for letter in text:
        run = run + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        if run > 4:
            return True
    return False


def text_faults(name, text):
    found = UNSEEN.search(text)
    if found:
        yield "%s holds U+%04X" % (name, ord(found.group()))
    if towers(text):
        yield name + " holds a tower of marks"


def faults(raw):
    if not raw.isascii():
        yield "not ASCII"
    if re.search(rb"\r(?!\n)|(?<!\r)\n|\0", raw):
        yield "a bare CR, LF or NUL"
    longest = max(len(line) for line in raw.split(b"\r\n"))
    if longest > 76:
        yield "a line of %d bytes" % longest
    message = email.message_from_bytes(raw, policy=email.policy.SMTP)
    if message.keys() != HEADERS:
        yield "headers are %s" % message.keys()
    for name, value in message.items():
        for defect in value.defects:
            yield "%s: %r" % (name, defect)
        yield from text_faults(name, str(value))
    if len(str(message["Subject"])) > 200:
        yield "a subject of %d characters" % len(str(message["Subject"]))
    if [str(one.addr_spec) for one in message["To"].addresses] != ["desk@example.com"]:
        yield "goes to %s" % message["To"]
    if [str(one.addr_spec) for one in message["From"].addresses] != ["press@example.com"]:
        yield "comes from %s" % message["From"]
    parts = [part for part in message.walk() if part is not message]
    if [part.get_content_type() for part in parts] != ["text/plain", "text/html"]:
        yield "parts are %s" % [part.get_content_type() for part in parts]
        return
    for part in [message] + parts:
        for defect in part.defects:
            yield "%r" % defect
    for part in parts:
        yield from text_faults(part.get_content_type(), part.get_content())
    page = Page()
    page.feed(parts[1].get_content())
    page.close()
    yield from page.wrong
    if page.open:
        yield "left open: %s" % page.open


status = 0
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        for fault in faults(file.read()):
            print("%s: %s" % (path.rsplit("/", 1)[-1], fault))
            status = 1
sys.exit(status)
