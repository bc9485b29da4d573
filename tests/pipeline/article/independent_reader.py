#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The body of a Naver article page, read with nothing but html.parser: what naver_test.cpp compares hashes with.

    python3 independent_reader.py PAGE…      prints the SHA-256 of each body; --text prints the bodies
"""
import hashlib
import html.parser
import re
import sys

LEFT_OUT = ("end_photo_org", "nbd_im_w", "img_desc", "media_end_summary", "vod_player_wrap")
VOID = ("br", "img", "input", "hr", "meta", "link")
BLOCKS = ("div", "p", "table", "tr", "td", "article", "tbody")


class Body(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = []          # names of the elements open inside the body, None before it
        self.skipped_at = None  # depth at which something left out was opened
        self.inside = False
        self.out = []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if not self.inside:
            self.inside = values.get("id") == "dic_area" and not self.out
            self.open = [tag] if self.inside else []
            return
        if tag == "br" and self.skipped_at is None:
            self.out.append("\n")
        if tag in BLOCKS and self.skipped_at is None:
            self.out.append("\n\n")
        if tag in VOID:
            return
        classes = (values.get("class") or "").split()
        photo = tag == "table" and "nbd_table" in classes
        if self.skipped_at is None and (photo or any(c in LEFT_OUT for c in classes)):
            self.skipped_at = len(self.open)
        self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.inside or tag not in self.open:
            return
        while self.open.pop() != tag:
            pass
        if self.skipped_at is not None and len(self.open) <= self.skipped_at:
            self.skipped_at = None
            if tag in BLOCKS:
                self.out.append("\n\n")
        self.inside = bool(self.open)

    def handle_data(self, data):
        if self.inside and self.skipped_at is None:
            self.out.append(re.sub(r"[ \t\r\n\xa0]+", " ", data))


def body(page):
    parser = Body()
    parser.feed(page)
    text = re.sub(r" *\n *", "\n", "".join(parser.out))
    paragraphs = [re.sub(r" +", " ", p).strip() for p in re.split(r"\n{2,}", text)]
    paragraphs = [p for p in paragraphs if p]
    first = re.sub(r"^(\[[^\]=]+=뉴시스\]\S+ 기자 = |\[[^\]]* 기자\] |\[[^\]=]+=\S+ 기자\] )", "", paragraphs[0])
    paragraphs[0] = first
    if re.fullmatch(r"\[영상취재 .*\]", paragraphs[-1]):
        paragraphs.pop()
    return "\n\n".join(paragraphs)


for path in (a for a in sys.argv[1:] if a != "--text"):
    with open(path, encoding="utf-8") as file:
        text = body(file.read())
    print(text if "--text" in sys.argv else "%s  %s" % (hashlib.sha256(text.encode()).hexdigest(), path))
