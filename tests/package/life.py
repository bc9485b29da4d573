# SPDX-License-Identifier: Apache-2.0
"""Runs inside namespaces of its own: lays an empty layer over this machine's file system and installs there. Prints one JSON
line with the faults. What is installed stays in memory and ends with the namespace.
    life.py FOLDER OLDER.deb NEWER.deb same|higher"""
import contextlib
import fcntl
import hashlib
import json
import os
import pathlib
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import time

faults = []
untried = []  # what this machine cannot show
READY_LIMIT = 30


def check(holds, what):
    if not holds:
        faults.append(what)


def mount(*words):
    subprocess.run(["mount", *[str(word) for word in words]], check=True)


def raise_loopback():
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh22x", b"lo", 0x41))


def lay_over(packages):
    layer = pathlib.Path("/mnt")
    mount("-t", "tmpfs", "none", layer)
    for name in ("upper", "work", "root"):
        (layer / name).mkdir()
    root = layer / "root"
    mount("-t", "overlay", "overlay", "-o", f"lowerdir=/,upperdir={layer}/upper,workdir={layer}/work", root)
    mount("--bind", "/dev", root / "dev")
    mount("-t", "proc", "proc", root / "proc")
    mount("-t", "tmpfs", "none", root / "run")
    mount("-t", "tmpfs", "none", root / "tmp")
    for package in packages:
        (root / "tmp" / package.name).write_bytes(package.read_bytes())
    os.chroot(root)
    os.chdir("/")


def dpkg(*words):
    done = subprocess.run(["dpkg", "--force-confdef", *words], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    check(done.returncode == 0, f"dpkg {' '.join(words)}: {done.stdout[-800:]} {done.stderr[-800:]}")


def owner(path):
    status = pathlib.Path(path)
    return f"{status.owner()}:{status.group()} {status.stat().st_mode & 0o7777:o}"


DATABASE = pathlib.Path("/var/lib/bylined/bylined.db")


class Daemon:
    """The daemon as its unit starts it: as the user bylined, in the state folder that systemd would make."""

    def __init__(self):
        subprocess.run(["install", "-d", "-o", "bylined", "-g", "bylined", "-m", "0700", DATABASE.parent], check=True)
        self.log = open("/tmp/daemon.log", "w+b")
        words = ["setpriv", "--reuid", "bylined", "--regid", "bylined", "--init-groups", "--no-new-privs",
                 "/usr/sbin/bylined", "--config", "/etc/bylined/bylined.toml"]
        environment = {"STATE_DIRECTORY": str(DATABASE.parent), "PATH": "/usr/bin"}
        self.child = subprocess.Popen(words, stdout=self.log, stderr=self.log, env=environment)

    def said(self):
        return pathlib.Path("/tmp/daemon.log").read_text(errors="replace")

    def ready(self):
        end = time.monotonic() + READY_LIMIT
        while time.monotonic() < end and self.child.poll() is None:
            if "daemon.ready" in self.said():
                return True
            time.sleep(0.05)
        return False

    def stop(self):
        if self.child.poll() is None:
            os.kill(self.child.pid, signal.SIGTERM)
        return self.child.wait(15)


def lives(when):
    """Starts, answers its command line, stops; what the database says of itself."""
    daemon = Daemon()
    check(daemon.ready(), f"{when}: not ready: {daemon.said()[-800:]}")
    asked = subprocess.run(["byline", "--json", "status"], capture_output=True, text=True)
    check(asked.returncode == 0 and "sources" in asked.stdout, f"{when}: byline status: {asked.stdout[-300:]} {asked.stderr[-300:]}")
    check(owner("/run/bylined/bylined.sock") == "bylined:bylined 660", f"{when}: the socket is {owner('/run/bylined/bylined.sock')}")
    check(daemon.stop() == 0, f"{when}: ended badly: {daemon.said()[-800:]}")
    with contextlib.closing(sqlite3.connect(DATABASE)) as database:
        schema = database.execute("PRAGMA user_version").fetchone()[0]
        sources = [row[0] for row in database.execute("SELECT id FROM source ORDER BY id")]
    return schema, sources


def digest(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def main(older, newer, next_schema):
    lay_over([older, newer])
    raise_loopback()
    older, newer = f"/tmp/{older.name}", f"/tmp/{newer.name}"

    dpkg("--install", older)
    check(subprocess.run(["getent", "passwd", "bylined"], capture_output=True).returncode == 0, "no user bylined")
    check(owner("/etc/bylined/credentials") == "root:bylined 750", "credentials: " + owner("/etc/bylined/credentials"))
    check(owner("/run/bylined") == "bylined:bylined 755", "/run/bylined: " + owner("/run/bylined"))
    check(not pathlib.Path("/etc/systemd/system/multi-user.target.wants/bylined.service").exists(), "enabled without being asked")
    verified = subprocess.run(["systemd-analyze", "verify", "/lib/systemd/system/bylined.service"], capture_output=True, text=True)
    check("bylined" not in verified.stderr, "the unit: " + verified.stderr[-500:])
    schema, sources = lives("installed")

    configuration = pathlib.Path("/etc/bylined/bylined.toml")
    configuration.write_text(configuration.read_text() + "\n# ours\n")
    secret = pathlib.Path("/etc/bylined/credentials/ops.webhook")
    secret.write_text("whsec_c2VjcmV0\n")
    with contextlib.closing(sqlite3.connect(DATABASE)) as database:
        database.execute("INSERT INTO order_given (at, who, what, about) VALUES (1, 'test', 'kept', 'upgrade')")
        database.commit()

    dpkg("--install", newer)
    check("# ours" in configuration.read_text(), "the upgrade changed the configuration")
    check(secret.exists(), "the upgrade lost a secret")
    new_schema, new_sources = lives("upgraded")
    check(new_schema == schema + (9999 - schema if next_schema == "higher" else 0), f"schema {schema} became {new_schema}")
    check(new_sources == sources and sources, f"sources {sources} became {new_sources}")
    with contextlib.closing(sqlite3.connect(DATABASE)) as database:
        check(database.execute("SELECT count(*) FROM order_given WHERE what = 'kept'").fetchone() == (1,), "the upgrade lost a row")

    if next_schema == "higher":
        before = digest(DATABASE)
        dpkg("--force-downgrade", "--install", older)
        daemon = Daemon()
        check(not daemon.ready() and daemon.stop() == 65, f"an older release took the database: {daemon.said()[-500:]}")
        check(digest(DATABASE) == before, "an older release wrote to the database")
        dpkg("--install", newer)

    dpkg("--remove", "bylined")
    check(not pathlib.Path("/usr/sbin/bylined").exists(), "the removed daemon is still there")
    for kept in (DATABASE, configuration, secret):
        check(kept.exists(), f"removing took {kept}")
    dpkg("--install", newer)
    check(lives("installed again") == (new_schema, new_sources), "what a removed package left was not taken up again")

    dpkg("--purge", "bylined")
    for gone in (DATABASE.parent, secret.parent, configuration.parent, pathlib.Path("/usr/share/bylined")):
        check(not gone.exists(), f"purging left {gone}")
    check(subprocess.run(["getent", "passwd", "bylined"], capture_output=True).returncode == 0, "purging took the user")


if __name__ == "__main__":
    try:
        main(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]), sys.argv[4])
    except Exception as bug:  # the parent reads one line
        faults.append(repr(bug))
    print(json.dumps({"faults": faults}, ensure_ascii=False))
