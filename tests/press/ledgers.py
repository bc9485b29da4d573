# SPDX-License-Identifier: Apache-2.0
"""Ledgers: files of one JSON line an event, written before an answer goes out."""
import datetime
import json
import pathlib
import threading


def stamp(moment=None):
    moment = moment or datetime.datetime.now(datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


def moment(text):
    """Seconds since 1970 of a stamp."""
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class Ledger:
    def __init__(self, path):
        self._file = open(path, "a", encoding="utf-8")
        self._lock = threading.Lock()

    def write(self, **fields):
        line = json.dumps({"at": stamp(), **fields}, ensure_ascii=False)
        with self._lock:
            self._file.write(line + "\n")
            self._file.flush()


def read(path):
    """The whole lines of a ledger that somebody may still be writing."""
    try:
        text = pathlib.Path(path).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    return [json.loads(line) for line in text[:text.rfind("\n") + 1].splitlines()]
