# SPDX-License-Identifier: Apache-2.0
"""The verdict: what the inboxes' ledgers say against the press's script. Looks at nothing else, least of all the database."""
import base64
import collections
import email
import email.policy
import json
import re
from dataclasses import dataclass, field

import ledgers
import webhook_signature

PATIENCE = 12  # seconds from the moment at which an alert can be known until it must have been delivered


def length(text):
    """Seconds of "12s", "-3h", "1h30m"."""
    units = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}
    total = sum(float(number) * units[unit] for number, unit in re.findall(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)", text))
    return -total if text.startswith("-") else total


@dataclass
class Expected:
    article: str
    watch: str
    entities: frozenset
    moment: float  # seconds after the script began


def expected_alerts(script):
    alerts = []
    for article in script["articles"]:
        for alert in article.get("alerts", []):
            first = article["places"][0].get("appears", "0s")
            alerts.append(Expected(article["key"], alert["watch"], frozenset(alert["entities"]), length(alert.get("from", first))))
    return alerts


def articles_by_url(script):
    prefixes = {outlet["id"]: outlet["article_prefix"] for outlet in script["outlets"]}
    return {prefixes[place["outlet"]] + place["number"]: article["key"] for article in script["articles"] for place in article["places"]}


def article_at(urls, url):
    return urls.get(url) or urls.get(url.split("?")[0].split("#")[0])


@dataclass
class Verdict:
    faults: list = field(default_factory=list)
    alerts: int = 0      # told by webhook, each once
    mails: int = 0       # taken, each once
    refused: int = 0     # attempts answered with a refusal
    repeated: int = 0    # sent again under the same id after it was taken

    def fault(self, text):
        if text not in self.faults:
            self.faults.append(text)


def taken_webhooks(lines, secret, verdict):
    """webhook-id → the body, for those that were taken; checks every attempt on the way."""
    bodies, taken = {}, collections.Counter()
    for line in lines:
        body = base64.b64decode(line["body"])
        identifier = line["headers"].get("webhook-id", "")
        wrong = webhook_signature.fault(secret, line["headers"], body, ledgers.moment(line["at"]))
        if wrong:
            verdict.fault(f"attempt {line['number']}: {wrong}")
        if bodies.setdefault(identifier, body) != body:
            verdict.fault(f"{identifier} was sent with two different bodies")
        if 200 <= line["status"] < 300:
            taken[identifier] += 1
        else:
            verdict.refused += 1
    verdict.repeated += sum(count - 1 for count in taken.values())
    return {identifier: bodies[identifier] for identifier in taken}


def check_patience(lines, verdict):
    """After a refusal with Retry-After nothing comes to this receiver under that id before its time."""
    for refusal in lines:
        wait = {name.lower(): value for name, value in refusal.get("answer_headers", {}).items()}.get("retry-after")
        if not wait:
            continue
        identifier, at = refusal["headers"].get("webhook-id"), ledgers.moment(refusal["at"])
        later = [ledgers.moment(line["at"]) for line in lines if line["headers"].get("webhook-id") == identifier and line["number"] > refusal["number"]]
        if not later:
            verdict.fault(f"{identifier} was refused and never sent again")
        elif min(later) - at < float(wait) - 0.05:
            verdict.fault(f"{identifier} was sent again after {min(later) - at:.2f} s, though Retry-After said {wait}")


def told(taken, urls, verdict):
    """(article, watch) → [(alert id, entities)] of the taken webhooks."""
    alerts = collections.defaultdict(list)
    seen = set()
    for identifier, body in taken.items():
        event = json.loads(body)
        if event.get("type") != "alert.created":
            verdict.fault(f"{identifier} is of type {event.get('type')!r}")
            continue
        alert = event["data"]
        if alert["id"] in seen:
            verdict.fault(f"alert {alert['id']} came under two webhook ids")
        seen.add(alert["id"])
        article = article_at(urls, alert["article"]["url"])
        if article is None:
            verdict.fault(f"alert for {alert['article']['url']}, which the press never published")
            continue
        alerts[article, alert["watch"]].append((alert["id"], frozenset(alert["entities"])))
    return alerts


def compare(expected, alerts, until, verdict):
    asked = {(one.article, one.watch): one for one in expected}
    for place, given in alerts.items():
        wanted = asked.get(place)
        entities = [name for _, names in given for name in names]
        if wanted is None:
            verdict.fault(f"{place[0]}: nobody expects an alert of watch {place[1]} ({', '.join(sorted(entities))})")
            continue
        if len(entities) != len(set(entities)):
            verdict.fault(f"{place[0]}: watch {place[1]} was told twice of {', '.join(sorted(name for name in set(entities) if entities.count(name) > 1))}")
        if set(entities) - wanted.entities:
            verdict.fault(f"{place[0]}: watch {place[1]} was told of {', '.join(sorted(set(entities) - wanted.entities))} too")
        if wanted.entities - set(entities) and wanted.moment + PATIENCE <= until:
            verdict.fault(f"{place[0]}: watch {place[1]} was not told of {', '.join(sorted(wanted.entities - set(entities)))}")
    for place, wanted in asked.items():
        if place not in alerts and wanted.moment + PATIENCE <= until:
            verdict.fault(f"{place[0]}: no alert of watch {place[1]} ({', '.join(sorted(wanted.entities))})")


def read_mail(line):
    return email.message_from_bytes(base64.b64decode(line["bytes"]), policy=email.policy.default)


def mailed(lines, urls, verdict):
    """(recipient, article) → the Message-IDs of the taken mails."""
    mails, taken = collections.defaultdict(set), collections.Counter()
    for line in lines:
        if line["kind"] != "mail" or not line["reply"].startswith("250"):
            verdict.refused += 1
            continue
        message = read_mail(line)
        identifier = message["Message-ID"]
        if not line["tls"] or message["Auto-Submitted"] != "auto-generated" or len(line["to"]) != 1 or not message["Subject"]:
            verdict.fault(f"mail {identifier}: not over TLS, not marked as automatic, without a subject, or to several at once")
        text = message.get_body(("plain",)).get_content()
        articles = {article_at(urls, url.rstrip(".,)>")) for url in re.findall(r"https?://[^\s<>\"]+", text)} - {None}
        if len(articles) != 1:
            verdict.fault(f"mail {identifier} names {len(articles)} articles of the press")
        for article in articles:
            mails[line["to"][0], article].add(identifier)
        taken[identifier, line["to"][0]] += 1
    verdict.repeated += sum(count - 1 for count in taken.values())
    return mails


def compare_mails(mails, alerts, mail_watches, verdict):
    """Whoever gets a watch by mail gets one mail for each alert that the webhook had, and no other."""
    wanted = collections.Counter()
    for (article, watch), given in alerts.items():
        for recipient in mail_watches.get(watch, []):
            wanted[recipient, article] += len(given)
    for place in sorted(set(wanted) | set(mails)):
        if wanted[place] != len(mails.get(place, ())):
            verdict.fault(f"{place[1]}: {len(mails.get(place, ()))} mails to {place[0]}, {wanted[place]} alerts")


def judge(script, until, webhook_lines, mail_lines, *, secret, mail_watches, deaths=0):
    """`until`: seconds after the script began. `deaths`: kills of the daemon, each of which may repeat one send a receiver."""
    verdict = Verdict()
    urls = articles_by_url(script)
    taken = taken_webhooks(webhook_lines, secret, verdict)
    check_patience(webhook_lines, verdict)
    alerts = told(taken, urls, verdict)
    compare(expected_alerts(script), alerts, until, verdict)
    mails = mailed(mail_lines, urls, verdict)
    compare_mails(mails, alerts, mail_watches, verdict)
    receivers = 1 + len(mail_watches)
    if verdict.repeated > deaths * receivers:
        verdict.fault(f"{verdict.repeated} sends were repeated after they were taken, with {deaths} kills")
    verdict.alerts = sum(len(given) for given in alerts.values())
    verdict.mails = sum(len(ids) for ids in mails.values())
    return verdict
