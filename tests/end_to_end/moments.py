# SPDX-License-Identifier: Apache-2.0
"""What a daemon was doing when it was killed, told afterwards from the ledgers of press, inbox and disk and from the
database as it was left; and how to kill it amid something.

fetch:  a request was not answered yet
commit: the database's log was being synced
send:   a webhook was not answered yet
mark:   a webhook was answered, and its row does not say so
"""
import contextlib
import pathlib
import shutil
import sqlite3
import time

import ledgers

KINDS = ("fetch", "commit", "send", "mark")
FETCH, SEND, SYNC = 0.15, 0.2, 0.04  # seconds that the press, the inbox and the disk take
EDGE = 0.005  # clocks and ledgers are not sharper


class Moments:
    def __init__(self, lab):
        self._lab = lab
        self.disk = lab.folder / "disk.ledger"

    def environment(self):
        return {"LD_PRELOAD": str(self._lab.build / "tests" / "slow_disk.so"), "SLOW_DISK_MS": str(int(SYNC * 1000)), "SLOW_DISK_LEDGER": str(self.disk)}

    def aim(self, kind, chance):
        """Returns amid the next thing of this kind, where one comes within a few seconds."""
        path = {"fetch": self._lab.ledgers["press"], "commit": self.disk}.get(kind, self._lab.ledgers["webhook"])
        before, end = size(path), time.monotonic() + 4
        while size(path) == before and time.monotonic() < end:
            time.sleep(0.001)
        if kind == "mark":
            time.sleep(SEND)
        time.sleep(chance.uniform(2 * EDGE, {"fetch": FETCH, "commit": SYNC, "send": SEND, "mark": SYNC}[kind] - 3 * EDGE))

    def under_way(self, pid, started, killed):
        kinds = set()
        if any(line["event"] == "served" and started < ledgers.moment(line["at"]) < killed - EDGE < ledgers.moment(line["at"]) + FETCH - EDGE
               for line in ledgers.read(self._lab.ledgers["press"])[-200:]):
            kinds.add("fetch")
        sends = [line for line in ledgers.read(self._lab.ledgers["webhook"])[-50:] if ledgers.moment(line["at"]) > started]
        if any(ledgers.moment(line["at"]) < killed - EDGE < ledgers.moment(line["at"]) + SEND - EDGE for line in sends):
            kinds.add("send")
        answered = {line["headers"]["webhook-id"] for line in sends if ledgers.moment(line["at"]) + SEND + EDGE < killed and 200 <= line["status"] < 300}
        if answered - self._delivered():
            kinds.add("mark")
        elif self._syncing(pid):
            kinds.add("commit")
        return kinds

    def _syncing(self, pid):
        lines = [line.split(" ", 2) for line in self.disk.read_text(encoding="utf-8").splitlines()]
        own = [(what, path) for what, by, path in lines if by == str(pid) and path.endswith(".db-wal")]
        return bool(own) and own[-1][0] == "begin"

    def _delivered(self):
        """Of the database as it was left; SQLite would mend the original."""
        copy = self._lab.folder / "left.db"
        for ending in ("", "-wal"):
            with contextlib.suppress(FileNotFoundError):
                shutil.copy(f"{self._lab.state / 'bylined.db'}{ending}", f"{copy}{ending}")
        with contextlib.closing(sqlite3.connect(copy)) as database:
            delivered = {identifier for (identifier,) in database.execute("SELECT id FROM delivery WHERE state = 'delivered'")}
        for ending in ("", "-wal", "-shm"):
            pathlib.Path(f"{copy}{ending}").unlink(missing_ok=True)
        return delivered


def size(path):
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
