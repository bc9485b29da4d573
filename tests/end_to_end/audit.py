# SPDX-License-Identifier: Apache-2.0
"""The three-ledger audit: what the site published and served, what the database holds, what the sinks took.

Joins them in both directions and gives every row that has no partner. Empty means: nothing lost, nothing doubled,
nothing invented.
"""
import base64
import collections
import contextlib
import json
import sqlite3

import judge


def audit(database_path, script, press_lines, webhook_lines, mail_lines, *, deaths=0):
    """Faults, as texts. The daemon is stopped or idle; everything that was published has had its time."""
    with contextlib.closing(sqlite3.connect(f"file:{database_path}?mode=ro", uri=True)) as database:
        faults = list(_site_and_database(database, script, press_lines))
        faults += _database_alone(database, script)
        faults += _database_and_sinks(database, webhook_lines, mail_lines, deaths)
    return faults


def _key(urls, url):
    return judge.article_at(urls, url)


def _site_and_database(database, script, press_lines):
    urls = judge.articles_by_url(script)
    listings = {outlet["listing"]: outlet["id"] for outlet in script["outlets"]}
    shown = collections.defaultdict(set)  # outlet → articles that a whole answer listed
    for line in press_lines:
        place = listings.get(f"https://{line['host']}{line['target']}") if line["event"] == "served" else None
        if place and line["status"] == 200:
            shown[place].update(line.get("listed", []))
    items = collections.defaultdict(set)
    for source, url in database.execute("SELECT source.id, item.url FROM item JOIN source ON source.n = item.source"):
        article = _key(urls, url)
        if article is None:
            yield f"database: item {url}, which the site never published"
        items[source].add(article)
    for place, articles in shown.items():
        for lost in sorted(articles - items[place]):
            yield f"site: {place} listed {lost}, the database has no item of it"
    for article in script["articles"]:
        for place in article["places"]:
            if not article.get("vanishes") and article["key"] not in items[place["outlet"]]:
                yield f"site: {article['key']} was published in {place['outlet']} and never recorded"


def _database_alone(database, script):
    urls = judge.articles_by_url(script)
    articles = collections.Counter(_key(urls, url) for (url,) in database.execute("SELECT url FROM article WHERE same_as IS NULL"))
    for article, count in articles.items():
        if article is None or count > 1:
            yield f"database: {count} article rows of {article}"
    told = collections.Counter()
    for url, watch, entities in database.execute("SELECT article.url, alert.watch, alert.entities FROM alert JOIN article ON article.n = alert.article"):
        for entity in json.loads(entities):
            told[_key(urls, url), watch, entity] += 1
    for place, count in told.items():
        if count > 1:
            yield f"database: {count} alerts of {place}"
    expected = {(one.article, one.watch, entity) for one in judge.expected_alerts(script) for entity in one.entities}
    for lost in sorted(expected - set(told)):
        yield f"database: no alert of {lost}"
    for strange in sorted(set(told) - expected, key=str):
        yield f"database: alert of {strange}, which nobody expects"
    for identifier, state, reason in database.execute("SELECT id, state, reason FROM read WHERE state <> 'done'"):
        yield f"database: read {identifier} is {state} {reason}"


def _taken(webhook_lines, mail_lines):
    """(delivery id or Message-ID, recipient) → [bytes of each attempt that was taken]"""
    taken = collections.defaultdict(list)
    for line in webhook_lines:
        if 200 <= line["status"] < 300:
            taken[line["headers"].get("webhook-id"), ""].append(base64.b64decode(line["body"]))
    for line in mail_lines:
        if line["kind"] == "mail" and line["reply"].startswith("250"):
            identifier = judge.read_mail(line)["Message-ID"].strip("<>").split("@")[0]
            taken[identifier, line["to"][0]].append(base64.b64decode(line["bytes"]))
    return taken


def _plain(payload):
    """A mail's bytes as SMTP carries them: with the line end that closes the message."""
    return payload.rstrip(b"\r\n")


def _database_and_sinks(database, webhook_lines, mail_lines, deaths):
    taken = _taken(webhook_lines, mail_lines)
    rows = {}
    query = "SELECT id, recipient, state, payload FROM delivery"
    for identifier, recipient, state, payload in database.execute(query):
        rows[identifier, recipient] = bytes(payload)
        if state != "delivered":
            yield f"database: delivery {identifier} is {state}"
        elif (identifier, recipient) not in taken:
            yield f"database: delivery {identifier} is delivered, no sink took it"
    for place, bodies in taken.items():
        if place not in rows:
            yield f"sink: took {place}, the database has no such delivery"
        elif any(_plain(body) != _plain(rows[place]) for body in bodies):
            yield f"sink: took other bytes for {place} than the database holds"
        if len(bodies) > 1 + deaths:
            yield f"sink: took {place} {len(bodies)} times with {deaths} kills"
    repeated = sum(len(bodies) - 1 for bodies in taken.values())
    if repeated > deaths * (1 + bool(mail_lines)):
        yield f"sink: {repeated} repeats with {deaths} kills"
    missing = "SELECT alert.id FROM alert WHERE NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.alert = alert.n)"
    for (identifier,) in database.execute(missing):
        yield f"database: alert {identifier} has no delivery"
