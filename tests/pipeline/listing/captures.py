#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads the captured lists and feeds with Python's json and html.parser, and prints what captures.expected keeps:
file, number of items, SHA-256 of the lines "identity TAB title TAB time". Knows nothing of the program's own reader.

    python3 captures.py FOLDER > captures.expected
"""
import datetime
import email.utils
import hashlib
import html
import html.parser
import json
import os
import re
import sys
import urllib.parse

KST = datetime.timezone(datetime.timedelta(hours=9))
FETCHED = datetime.datetime(2024, 8, 7, 14, 0, tzinfo=KST)  # what the test takes as the time of the capture


def squeeze(text):
    return re.sub(r"[ \t\r\n\u00a0]+", " ", text).strip()


def list_time(text):
    if text.endswith("일전"):
        return (FETCHED - datetime.timedelta(days=int(text[:-2]))).strftime("%Y-%m-%d")
    y, m, d = re.fullmatch(r"(\d{4})\.(\d{2})\.(\d{2})\.", text).groups()
    return f"{y}-{m}-{d}"


def journalist(data):
    seen, lines = set(), []
    for row in json.loads(data):
        office, article = re.search(r"/article/(\d{3})/(\d{10})\?", row["linkUrl"]).groups()
        if (office, article) in seen:
            continue
        seen.add((office, article))
        lines.append("\t".join((f"naver:{office}/{article}", squeeze(html.unescape(row["title"])), list_time(row["serviceTimeForCardList"]))))
    return lines


class Feed(html.parser.HTMLParser):
    """Items of an RSS feed: the text below title, link, guid, pubDate and dc:date, CDATA and all."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.items, self.item, self.field = [], None, None

    def handle_starttag(self, tag, attrs):
        if tag == "item":
            self.item = {}
        elif self.item is not None and tag in ("title", "link", "guid", "pubdate", "dc:date") and self.field is None:
            self.field = tag
            if tag == "guid" and dict(attrs).get("ispermalink", "true").lower() == "false":
                self.field = "id"

    def handle_endtag(self, tag):
        if tag == "item" and self.item is not None:
            self.items.append(self.item)
            self.item = None
        if tag == self.field or (tag == "guid" and self.field == "id"):
            self.field = None

    def handle_data(self, data):
        if self.item is not None and self.field:
            self.item[self.field] = self.item.get(self.field, "") + data

    def unknown_decl(self, data):  # <![CDATA[…]]> arrives as CDATA[…
        if data.startswith("CDATA["):
            self.handle_data(data[6:])


def feed_time(text):
    text = squeeze(text)
    if not text:
        return ""
    m = re.fullmatch(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(Z|[+-]\d\d:\d\d)?", text)
    if m:
        zone = m[3] or "+09:00"
        return f"{m[1]}T{m[2]}{'+00:00' if zone == 'Z' else zone}"
    text = re.sub(r"(\d)([+-]\d{4})$", r"\1 \2", re.sub(r"\b([A-Z][a-z]{2})[a-z]+ (\d{4})", r"\1 \2", text))
    parsed = email.utils.parsedate_to_datetime(text)
    return parsed.replace(tzinfo=parsed.tzinfo or datetime.timezone.utc).isoformat()


def feed(data):
    encoding = re.search(rb'encoding\s*=\s*["\']([\w-]+)', data[:200])[1].decode().lower()
    parser = Feed()
    parser.feed(data.decode("cp949" if encoding == "euc-kr" else encoding, "replace"))
    parser.close()
    seen, lines = set(), []
    for item in parser.items:
        url = squeeze(item.get("link") or item.get("guid") or "")
        title = squeeze(re.sub(r"</?(?:b|i|em|strong|font)\b[^>]*>", "", html.unescape(item.get("title", ""))))
        if not url or not title or url in seen:
            continue
        seen.add(url)
        url = urllib.parse.quote(url, safe="%:/?#[]@!$&'()*+,;=~")
        lines.append("\t".join((url, title, feed_time(item.get("pubdate") or item.get("dc:date") or ""))))
    return lines


def main(folder):
    for name in sorted(os.listdir(folder)):
        read = journalist if name.startswith("naver_journalist_morearticles_") else feed if name.startswith("feed_") else None
        if not read:
            continue
        with open(os.path.join(folder, name), "rb") as file:
            lines = read(file.read())
        print(name, len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest())
        if "--show" in sys.argv:
            print("\n".join(lines))


main(sys.argv[1])
