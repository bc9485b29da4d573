# SPDX-License-Identifier: Apache-2.0
"""The dark side of the press as a table: what a hostile or broken server does, and what the daemon must make of it.

Each row is a host of its own with a feed (or a page of rows) of three old items. In the second phase a fourth one,
NEW, is published, and the fault begins; in the third the fault ends. Whatever happened, NEW must be alerted once, and
nothing else of that host ever. The first letter of a row's name says what is at fault: n network, c content of the
listing, a the article itself.
"""
import asyncio
import base64
import gzip
import re
from dataclasses import dataclass

BOMB = gzip.compress(bytes(64 << 20), 9)
FAILS = {"failing"}
SUSPECT = {"suspect"}
FINE = {"ok"}


@dataclass
class Row:
    name: str
    serve: object              # async (conversation) → None, in place of the healthy answer
    states: set                # of the source, one of which it must come to while the fault lasts
    reason: str = ""           # a regular expression for what `status` says then
    kind: str = "feed"         # or css_page
    recovers: bool = True      # false: the pause it asked for may be longer than the test
    lasting: bool = False      # the fault does not end with the second phase
    most: int = 12             # requests of the listing in the second phase
    robots: str = ""
    read: tuple = ("full",)    # what the alert may say of the reading
    news: str = "한빛전자 새 공장"  # what NEW is about
    listings: int = 0          # that a row has counted for itself
    http2: bool = False        # spoken while the fault lasts, in frames that the row sends


ROWS = []


def row(name, states, reason="", **more):
    def add(serve):
        ROWS.append(Row(name, serve, states, reason, **more))
        return serve
    return add


def answer(body=b"", status="200 OK", headers=(), length=True):
    lines = [f"HTTP/1.1 {status}", *headers]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def simple(name, states, reason="", *, body=None, status="200 OK", headers=(), length=True, end=False, **more):
    """A row that is one answer. `body` is bytes, or what to make of the healthy listing."""
    async def serve(talk):
        text = body(talk.listing()) if callable(body) else body
        await talk.send(answer(text if text is not None else talk.listing(), status, headers, length))
        if end:
            talk.end()
    ROWS.append(Row(name, serve, states, reason, **more))


# ---- network and HTTP ------------------------------------------------------------------------------

@row("n1-reset", FAILS)
async def reset(talk):
    talk.reset()


@row("n1-silent", FAILS, r"in time|no answer|timed? ?out", most=4)
async def silent(talk):
    await asyncio.sleep(60)


@row("n2-headers", FAILS, r"in time|no answer|timed? ?out", most=4)
async def endless_headers(talk):
    await talk.send(b"HTTP/1.1 200 OK\r\n")
    for number in range(60):
        await talk.send(b"X-More: %d\r\n" % number)
        await asyncio.sleep(1)


@row("n3-drip", FAILS, r"in time|too slow|timed? ?out", most=4)
async def drip(talk):
    await talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(60):
        await talk.send(b"<")
        await asyncio.sleep(1)


@row("n4-endless", FAILS, r"exceeds \d+ bytes")
async def endless(talk):
    await talk.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    piece = b"10000\r\n" + b"<" * 0x10000 + b"\r\n"
    for _ in range(8192):
        await talk.send(piece)


simple("n5-huge", FAILS, r"would exceed", headers=["Content-Length: 10737418240"], length=False)
simple("n5-negative", FAILS, headers=["Content-Length: -1"], length=False)
simple("n5-two", FAILS, headers=["Content-Length: 10", "Content-Length: 2000"], length=False)
simple("n5-word", FAILS, headers=["Content-Length: many"], length=False, end=True)
simple("n6-longer", FAILS, headers=["Content-Length: 1000000"], length=False, end=True)
simple("n7-garbage", FAILS, body=b"zz\r\nno chunk", headers=["Transfer-Encoding: chunked"], length=False)
simple("n7-size", FAILS, body=b"FFFFFFFFFFFFFFFFFF\r\nx", headers=["Transfer-Encoding: chunked"], length=False)
simple("n7-open", FAILS, body=b"5\r\n<rss>\r\n", headers=["Transfer-Encoding: chunked"], length=False, end=True)
simple("n8-bomb", FAILS, r"unpacks to more than", body=BOMB, headers=["Content-Encoding: gzip"])
simple("n8-layers", FAILS, r"encoding", body=gzip.compress(BOMB), headers=["Content-Encoding: gzip, gzip"])
simple("n9-brotli", FAILS, r"encoding", body=base64.b64decode("G/8HAAAkAOKxQAIAAA=="), headers=["Content-Encoding: br"])
simple("n10-zstd", FAILS, r"encoding", body=b"\x28\xb5\x2f\xfd\x00\x88", headers=["Content-Encoding: zstd"])
simple("n11-unknown", FAILS, r"encoding", headers=["Content-Encoding: x-rot13"])
simple("n11-plain", FAILS, headers=["Content-Encoding: gzip"])
simple("n12-cut", FAILS, body=lambda text: gzip.compress(text)[:-60], headers=["Content-Encoding: gzip"])
simple("n12-checksum", FAILS, body=lambda text: gzip.compress(text)[:-8] + bytes(8), headers=["Content-Encoding: gzip"])
simple("n12-trailing", FAILS, body=lambda text: gzip.compress(text) + b"more", headers=["Content-Encoding: gzip"])
simple("n13-flood", FAILS, headers=[f"X-{number}: x" for number in range(100_000)])
simple("n13-line", FAILS, headers=["X-Long: " + "x" * (2 << 20)])


@row("n13-early", FAILS)
async def early_hints(talk):
    await talk.send(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 20_000)
    await talk.send(answer(talk.listing()))


@row("n14-loop", FAILS, r"redirects", most=60)
async def loop(talk):
    await talk.send(answer(status="302 Found", headers=[f"Location: {talk.target}"]))


@row("n14-chain", FAILS, r"redirects", most=60)
async def chain(talk):
    hop = int((re.search(r"\d+$", talk.target) or [0])[0])
    await talk.send(answer(status="307 Temporary Redirect", headers=[f"Location: /hop/{hop + 1}"]))


simple("n14-nowhere", FAILS, body=b"", status="302 Found", most=60)
simple("n15-file", FAILS, r"neither http nor https", body=b"", status="302 Found", headers=["Location: file:///etc/passwd"])
simple("n15-gopher", FAILS, r"neither http nor https", body=b"", status="302 Found", headers=["Location: gopher://127.0.0.1:25/x"])
simple("n15-script", FAILS, r"neither http nor https", body=b"", status="302 Found", headers=["Location: javascript:alert(1)"])
simple("n16-metadata", FAILS, r"169\.254\.169\.254|link.local", body=b"", status="302 Found", headers=["Location: http://169.254.169.254/latest/meta-data/"])
simple("n16-private", FAILS, r"10\.0\.0\.1|private", body=b"", status="302 Found", headers=["Location: https://10.0.0.1/"])
simple("n16-loopback6", FAILS, r"loopback|::1", body=b"", status="302 Found", headers=["Location: https://[::1]/"])
simple("n16-userinfo", FAILS, r"user name", body=b"", status="302 Found", headers=["Location: https://press.example:pw@10.0.0.1/"])
simple("n24-hour", FAILS, r"429|pause", body=b"", status="429 Too Many Requests", headers=["Retry-After: 3600"], recovers=False, most=1)
simple("n24-years", FAILS, r"429|pause", body=b"", status="429 Too Many Requests", headers=["Retry-After: 315360000"], recovers=False, most=1)
simple("n24-garbage", FAILS, r"429|pause", body=b"", status="429 Too Many Requests", headers=["Retry-After: soon"], recovers=False, most=1)
simple("n24-negative", FAILS, r"429|pause", body=b"", status="429 Too Many Requests", headers=["Retry-After: -5"], recovers=False, most=1)
simple("n24-past", FAILS, r"429", body=b"", status="429 Too Many Requests", headers=["Retry-After: Sun, 06 Nov 1994 08:49:37 GMT"])
simple("n25-unavailable", FAILS, r"503|pause", body=b"", status="503 Service Unavailable", recovers=False, most=1)
simple("n25-forbidden", FAILS, r"403", body=b"", status="403 Forbidden")
simple("n26-unasked", FAILS, r"304", body=b"", status="304 Not Modified", length=False)
simple("n26-empty", SUSPECT | FAILS, body=b"")
simple("n26-nothing", FAILS, r"204", body=b"", status="204 No Content", length=False)
simple("n26-part", FAILS, r"206", status="206 Partial Content")


@row("n26-new-tags", FINE)
async def new_tags(talk):
    await talk.send(answer(talk.listing(), headers=[f'ETag: W/"{talk.number}"']))


SHOWN = []  # by the row below, at first


@row("n27-tag-alone", FINE)
async def tag_alone(talk):
    """Names the page anew and shows nothing new; then says "not modified" under one more name each time."""
    if SHOWN:
        await talk.send(answer(status="304 Not Modified", headers=[f'ETag: "{talk.number}"'], length=False))
        return
    SHOWN.append(talk.number)
    await talk.send(answer(re.sub(rb"<item><title>[^<]*tag-alone</title>.*?</item>", b"", talk.listing()), headers=['ETag: "0"']))


simple("n30-old", FAILS, body=b"", status="", length=False, end=True)


@row("n30-nonsense", FAILS)
async def nonsense(talk):
    await talk.send(bytes(range(256)) * 16)
    talk.end()


@row("n32-closes", FINE)
async def closes_at_reuse(talk):
    await talk.send(answer(talk.listing(), headers=["Connection: keep-alive", "Keep-Alive: timeout=60"]))
    talk.end()


# ---- HTTP/2: frames, sent once a request has come on stream 1 ---------------------------------------

DATA, HEADERS, _, RESET, SETTINGS, PUSH, PING, GOAWAY, WINDOW, CONTINUATION = range(10)
END_STREAM, END_HEADERS = 0x1, 0x4
STATUS_200 = b"\x88"


def frame(kind, payload=b"", flags=0, stream=1):
    return len(payload).to_bytes(3, "big") + bytes((kind, flags)) + stream.to_bytes(4, "big") + payload


def frames(name, *pieces, times=1):
    """A row that sends `pieces`, the last of them `times` times, and is then silent. Refused streams are tried anew by libcurl."""
    async def serve(talk):
        await talk.send(b"".join(pieces[:-1]))
        for _ in range(0, times, 100):
            await talk.send(pieces[-1] * min(times, 100))
    ROWS.append(Row(name, serve, FAILS, most=60, http2=True))


FOUND = frame(HEADERS, STATUS_200, END_HEADERS)
LONG_HEADER = b"\x40\x01x" + b"\x7f\xa1\x1e" + b"y" * 4000  # "x: yyy…", to be remembered as entry 62

frames("n30-settings", frame(SETTINGS, bytes((0, 4, 0, 0, 255, 255)), stream=0), times=200_000)
frames("n30-pings", frame(PING, bytes(8), stream=0), times=200_000)
frames("n30-reset", frame(RESET, (2).to_bytes(4, "big")))
frames("n30-refused", frame(RESET, (7).to_bytes(4, "big")))
frames("n30-resets", FOUND, frame(RESET, (8).to_bytes(4, "big")), times=100_000)
frames("n30-goaway", frame(GOAWAY, bytes(8), stream=0))
frames("n30-goaways", frame(GOAWAY, (1).to_bytes(4, "big") + bytes(4), stream=0), times=100_000)
frames("n30-continued", frame(HEADERS, STATUS_200), frame(CONTINUATION, b"\x00\x01x\x01y" * 3000), times=10_000)
frames("n30-remembered", frame(HEADERS, STATUS_200 + LONG_HEADER + b"\xbe" * 10_000, END_HEADERS))
frames("n30-empty", FOUND, frame(DATA), times=1_000_000)
frames("n30-endless", FOUND, frame(DATA, b"<" * 16_384), times=2_000)
frames("n30-window", FOUND, frame(WINDOW, (0x7FFFFFFF).to_bytes(4, "big")), times=1_000)
frames("n30-long-frame", b"\xff\xff\xff\x00\x00\x00\x00\x00\x01" + bytes(1 << 20))
frames("n30-pushed", frame(PUSH, (2).to_bytes(4, "big") + b"\x82\x84\x87\x41\x01x", END_HEADERS), times=1_000)
frames("n30-shorter", frame(HEADERS, STATUS_200 + b"\x5c\x041000", END_HEADERS), frame(DATA, b"<rss>", END_STREAM))
frames("n30-stranger", frame(HEADERS, STATUS_200, END_HEADERS, stream=7))
frames("n30-noise", bytes(range(256)) * 64)


# ---- what the listing says ---------------------------------------------------------------------------

DEEP = 200_000  # the readers' own tests go further: this one runs beside others, in a build without optimisation
LAUGHS = (b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">' +
          b"".join(b'<!ENTITY %c "%s">' % (98 + step, b"&%c;" % (97 + step) * 10) for step in range(9)) + b"]><rss><channel><title>&j;</title></channel></rss>")
EXTERNAL = (b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY % y SYSTEM "https://127.0.0.1/">%y;]>'
            b"<rss><channel><title>&x;</title></channel></rss>")
HTML = "Content-Type: text/html; charset=utf-8"
FRONT = ("<html><title>한빛일보</title><body><article><h1>한빛일보</h1>" + "<p>오늘의 소식을 모두 모아 전하는 첫 화면이다. 어제의 소식도 여기에 있다.</p>" * 9 + "</article></body></html>").encode()
LOGIN = "<html><title>로그인</title><body><form><input type=password name=pw><button>로그인</button></form></body></html>".encode()

simple("c1-nested", SUSPECT | FAILS, body=b"<rss>" + b"<a>" * DEEP)
simple("c1-page", SUSPECT | FAILS, body=b"<html><body>" + b"<div>" * DEEP, headers=[HTML], kind="css_page")
simple("c2-attributes", SUSPECT | FAILS, body=b"<html><body><div " + b"".join(b"a%d=1 " % number for number in range(50_000)) + b">", headers=[HTML], kind="css_page")
simple("c3-open", SUSPECT | FAILS, body=b"<html><body><!-- " + b"<" * (1 << 20), headers=[HTML], kind="css_page")
simple("c3-cdata", SUSPECT | FAILS, body=b"<rss><channel><title><![CDATA[" + b"]]" * (1 << 19))
simple("c4-laughs", SUSPECT | FAILS, body=LAUGHS)
simple("c4-external", SUSPECT | FAILS, body=EXTERNAL)
simple("c10-empty", SUSPECT, body=b'<rss version="2.0"><channel><title>x</title></channel></rss>')
simple("c10-layout", SUSPECT, body="<html><body><main>새 단장했습니다</main></body></html>".encode(), headers=[HTML], kind="css_page")
simple("c17-login", SUSPECT, body=LOGIN, headers=[HTML])


def spoilt(name, change, **more):
    """A listing that stays hostile and yet says what is new."""
    async def serve(talk):
        body = change(talk)
        await talk.send(answer(body, headers=["Content-Type: application/rss+xml; charset=utf-8"]))
    ROWS.append(Row(name, serve, FINE, lasting=True, **more))


def many(talk):
    item = "<item><title>{0}번째 소식</title><link>https://{1}/b/{0}</link><pubDate>Mon, 03 Feb 2025 09:00:00 +0900</pubDate></item>"
    junk = "".join(item.format(number, talk.host) for number in range(2_500)).encode()
    return talk.listing().replace(b"</channel>", junk + b"</channel>")


def times(talk, change):
    """NEW once more for each address in `change`."""
    item = re.search(rb"<item>.*?</item>", talk.listing(), re.S)[0]
    url = f"https://{talk.host}/a/9".encode()
    return talk.listing().replace(item, b"".join(item.replace(url, url + one) for one in change), 1)


spoilt("c5-many", many, robots="User-agent: *\nDisallow: /a/\nDisallow: /b/", read=("refused_by_robots",))
spoilt("c6-charset", lambda talk: talk.listing().decode().encode("cp949"))
spoilt("c7-bytes", lambda talk: talk.listing().replace(b"</title>", b"\x00\x1b\xff\xe2\x80\xae</title>"))
spoilt("c9-title", lambda talk: talk.listing().replace("새 공장".encode(), "새 공장 &lt;script&gt;alert(1)&lt;/script&gt;\r\nBcc: x@y.example\x1b]0;t\x07 =cmd() %s%n {{7*7}}".encode()))
spoilt("c13-addresses", lambda talk: times(talk, (b"", b"?utm_source=a&amp;utm_medium=b", b"?fbclid=1", b"#top", b"/")))
spoilt("c15-guid", lambda talk: talk.listing().replace(b"<guid>", b"<guid>%d" % talk.number))
spoilt("c16-dates", lambda talk: re.sub(rb"<pubDate>.*?</pubDate>", "<pubDate>Tue, 31 Feb 0000 25:61:99 +9999</pubDate>".encode(), talk.listing()))
spoilt("c18-next", lambda talk: talk.listing().replace(b"<channel>", f'<channel><link rel="next" href="https://{talk.host}/feed"/>'.encode()), most=60)


@row("c11-other-links", FINE | SUSPECT, lasting=True, kind="css_page")
async def other_links(talk):
    """Half of the list is gone, and where it stood are forty links to lists like this one, which name whom we watch as well."""
    sections = [(f"/s/{number}", f"{number}번째 면의 모든 기사 보기") for number in range(40)]
    rows = "".join(f'<li class="row"><a class="row-link" href="{link}"><strong class="row-title">{title}</strong></a></li>'
                   for link, title in [(f"/a/{number}", title) for number, title in talk.items()[:2]] + sections)
    await talk.send(answer(f'<html><head><title>{talk.row.name}</title></head><body><ul class="rows">{rows}</ul></body></html>'.encode(), headers=[HTML]))


@row("c14-reused", FINE, lasting=True)
async def reused(talk):
    """Once NEW has been read, its address is another article's."""
    talk.row.listings += 1
    if talk.row.listings > 4:
        talk.row.news = "한빛전자 노사 협상"
    await talk.send(answer(talk.listing(), headers=["Content-Type: application/rss+xml; charset=utf-8"]))


@row("c12-flaps", FINE, lasting=True)
async def flaps(talk):
    old = f"<rss><channel><item><title>옛 소식</title><link>https://{talk.host}/a/1</link></item></channel></rss>".encode()
    await talk.send(answer(talk.listing() if talk.number % 2 else old))


# ---- the article -----------------------------------------------------------------------------------

READ_FAILED = ("failed", "listing_only")


@row("a4-endless", FINE, lasting=True, read=READ_FAILED)
async def endless_article(talk):
    await endless(talk)


@row("a3-drip", FINE, lasting=True, read=READ_FAILED)
async def drip_article(talk):
    await drip(talk)


simple("a8-bomb", FINE, body=BOMB, headers=["Content-Encoding: gzip"], lasting=True, read=READ_FAILED)
simple("a1-nested", FINE, body=b"<html><body>" + b"<div>" * DEEP + b"x", headers=[HTML], lasting=True, read=READ_FAILED)
simple("a2-attributes", FINE, body=b"<html><body><p " + b"".join(b"a%d=1 " % number for number in range(50_000)) + b">", headers=[HTML], lasting=True, read=READ_FAILED)
simple("a14-private", FINE, body=b"", status="302 Found", headers=["Location: https://10.0.0.1/"], lasting=True, read=READ_FAILED)


@row("a14-front", FINE, lasting=True, read=READ_FAILED)
async def front_page(talk):
    """What is gone leads to the page above it, which has a text of its own."""
    gone = talk.target != "/a/"
    await talk.send(answer(status="302 Found", headers=["Location: /a/"]) if gone else answer(FRONT, headers=[HTML]))


simple("a17-login", FINE, body=LOGIN, headers=[HTML], lasting=True, read=READ_FAILED)
simple("a25-broken", FINE, body=b"", status="500 Internal Server Error", lasting=True, read=READ_FAILED)
