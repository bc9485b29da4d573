# SPDX-License-Identifier: Apache-2.0
"""Runs as a unit of a systemd that was booted for it, on an empty layer over this machine's file system: installs the package
there and lets systemd start, sandbox, watch, reload, upgrade and stop it. Writes one JSON document with the faults.
    boot.py FOLDER OLDER.deb NEWER.deb default|full"""
import json
import os
import pathlib
import pwd
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import life
from life import check, dpkg, owner

HERE = "http://127.0.0.1:7277"
CONFIGURATION = pathlib.Path("/etc/bylined/bylined.toml")
CREDENTIAL = pathlib.Path("/etc/bylined/credentials/ops.webhook")
CANARY = "whsec_" + "Q2FuYXJ5" * 4
METADATA, PORT = "169.254.169.254", 8099
CURL_TIMED_OUT = 28
VISITED = 30  # seconds within which each source was visited once; the first round is spread over a period
WATCHDOG = 30 + 10 + 5  # seconds: WatchdogSec, TimeoutAbortSec, RestartSec
RECEIVER = '\n[[receiver]]\nid = "ops"\nkind = "webhook"\nurl = "https://hooks.example/press"\nsecret = { credential = "ops.webhook" }\n'
# Everything that it would ask is on loopback, where nobody answers: no test traffic leaves the machine.
OWN = f"""
[daemon]
[fetch]
allow_private = ["127.0.0.1/32", "{METADATA}/32"]
ports = [{PORT}]
timeout = "5s"
[[source]]
id = "loopback"
kind = "feed"
url = "http://127.0.0.1:{PORT}/rss"
every = "10s"
robots = {{ ignore = "a press of our own", hosts = ["127.0.0.1"] }}
[[source]]
id = "metadata"
kind = "feed"
url = "http://{METADATA}:{PORT}/rss"
every = "10s"
robots = {{ ignore = "a press of our own", hosts = ["{METADATA}"] }}
"""


def run(*words, **more):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=100, **more)


def systemctl(*words):
    return run("systemctl", "--no-pager", *words)


def shown(name, unit="bylined.service"):
    return systemctl("show", "--value", "-p", name, unit).stdout.strip()


def main_process():
    return int(shown("MainPID") or 0)


def holds_within(seconds, condition):
    end = time.monotonic() + seconds
    while not (held := condition()) and time.monotonic() < end:
        time.sleep(0.2)
    return held


def answers(path):
    try:
        with urllib.request.urlopen(HERE + path, timeout=life.READY_LIMIT) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError as silent:
        return repr(silent)


def journal():
    return run("journalctl", "--no-pager", "-o", "cat", "-u", "bylined.service").stdout


def installs(package):
    dpkg("--install", str(package))
    check(systemctl("is-enabled", "bylined.service").stdout.strip() == "disabled", "enabled without being asked")
    check(systemctl("is-active", "bylined.service").stdout.strip() == "inactive", "started without being asked")
    CONFIGURATION.write_text(OWN)


def starts():
    started = systemctl("enable", "--now", "bylined.service")
    check(started.returncode == 0 and shown("ActiveState") == "active", f"not started: {started.stderr}{journal()[-800:]}")
    check(answers("/readyz") == 200, f"/readyz: {answers('/readyz')}")
    asked = run("byline", "--json", "status")
    check(asked.returncode == 0 and json.loads(asked.stdout)["counts"]["sources"] == 2, f"byline status: {asked.stdout[-300:]} {asked.stderr[-300:]}")
    check(owner("/var/lib/bylined") == "bylined:bylined 700", "state: " + owner("/var/lib/bylined"))
    check(owner("/run/bylined/bylined.sock") == "bylined:bylined 660", "socket: " + owner("/run/bylined/bylined.sock"))
    stranger = ("setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups", "curl", "-sS", "--unix-socket", "/run/bylined/bylined.sock", HERE + "/livez")
    check("Permission denied" in run(*stranger).stderr or "Couldn't connect" in run(*stranger).stderr, "strangers come in at the door for orders")


def is_locked_in():
    process = main_process()
    said = dict(line.split(":\t", 1) for line in pathlib.Path(f"/proc/{process}/status").read_text().splitlines() if ":\t" in line)
    check(said["Uid"].split() == [str(pwd.getpwnam("bylined").pw_uid)] * 4, f"runs as {said['Uid']}")
    check((said["NoNewPrivs"], said["Seccomp"]) == ("1", "2"), f"NoNewPrivs {said['NoNewPrivs']}, Seccomp {said['Seccomp']}")
    check({said[name] for name in ("CapEff", "CapPrm", "CapBnd", "CapAmb")} == {"0" * 16}, "it has capabilities")
    inside = ("nsenter", "-t", process, "-m", "--")
    check(run(*inside, "/usr/bin/kill", "-l").returncode == 0, "what a reload starts cannot be started")
    check("Permission denied" in run(*inside, "/bin/sh", "-c", "true").stderr, "a shell can be started")
    root = f"/proc/{process}/root"
    check(os.statvfs(root + "/usr").f_flag & os.ST_RDONLY and os.statvfs(root + "/etc").f_flag & os.ST_RDONLY, "/usr or /etc can be written")
    check(not os.statvfs(root + "/var/lib/bylined").f_flag & os.ST_RDONLY, "the state cannot be written")
    check(not os.path.exists(root + "/dev/tty") or not os.path.exists(root + "/dev/kmsg"), "it sees devices")
    check(os.stat(root + "/home").st_mode & 0o777 == 0, "it sees homes")


class Press:
    """Counts who connects to two addresses: one of loopback, and the one at which clouds keep their secrets."""

    def __init__(self):
        subprocess.run(["ip", "address", "add", METADATA + "/32", "dev", "lo"], check=True)
        self.doors = {address: socket.create_server((address, PORT)) for address in ("127.0.0.1", METADATA)}
        for door in self.doors.values():
            door.settimeout(1)

    def asked(self, address):
        try:
            self.doors[address].accept()[0].close()
            return True
        except TimeoutError:
            return False


def asks_no_metadata_service(press):
    """The kernel drops what goes there, also where the configuration lets it through."""
    check(holds_within(VISITED, lambda: '"new"' not in run("byline", "--json", "source", "list").stdout), "not both sources were visited")
    check(press.asked("127.0.0.1"), "the source beside it was not asked")
    probe = run("systemd-run", "--wait", "--quiet", "-p", "IPAddressDeny=any", "curl", "-s", "-m", "3", f"http://127.0.0.1:{PORT}/")
    if probe.returncode != CURL_TIMED_OUT:
        life.untried.append("IPAddressDeny=: this machine's kernel filters no addresses for a unit")
        return
    check(not press.asked(METADATA), "a cloud's metadata service was asked")
    socket.create_connection((METADATA, PORT), 5).close()
    check(press.asked(METADATA), "nobody could have asked it: this shows nothing")


def is_woken_by_its_socket():
    check(systemctl("stop", "bylined.service").returncode == 0 and shown("Result") == "success", "stopped badly: " + shown("Result"))
    check(shown("ActiveState", "bylined.socket") == "active", "its sockets went with it")
    check(holds_within(10, lambda: answers("/readyz") == 200), "who knocks at the socket is not let in")


def keeps_a_credential():
    CREDENTIAL.write_text(CANARY + "\n")
    CREDENTIAL.chmod(0o600)
    extra = pathlib.Path("/etc/systemd/system/bylined.service.d/secrets.conf")
    extra.parent.mkdir(parents=True)
    extra.write_text(f"[Service]\nLoadCredential=ops.webhook:{CREDENTIAL}\n")
    CONFIGURATION.write_text(OWN + RECEIVER)
    systemctl("daemon-reload")
    check(systemctl("restart", "bylined.service").returncode == 0, f"a credential was not read: {journal()[-800:]}")
    process = main_process()
    for told in (f"/proc/{process}/environ", f"/proc/{process}/cmdline"):
        check(CANARY not in pathlib.Path(told).read_text(errors="replace"), f"the secret stands in {told}")
    check(CANARY not in journal(), "the secret stands in the journal")


def reloads_all_or_nothing():
    process, good = main_process(), CONFIGURATION.read_text()
    CONFIGURATION.write_text(good + "[[source]]\nid = 7\n")
    check(systemctl("reload", "bylined.service").returncode != 0, "a bad configuration was taken")
    check(main_process() == process and shown("ActiveState") == "active", "a bad configuration ended it")
    CONFIGURATION.write_text(good)
    taken = systemctl("reload", "bylined.service")
    check(taken.returncode == 0 and main_process() == process, f"a good one was not taken: {taken.stderr}{journal()[-600:]}")


def comes_back(why, limit):
    before = main_process()
    run("kill", f"-{why}", before)
    back = holds_within(limit, lambda: main_process() not in (0, before) and shown("ActiveState") == "active")
    check(back, f"not back {limit} s after {why}")
    check(answers("/readyz") == 200, f"not ready after {why}")


def stays_down_where_a_person_is_needed():
    systemctl("stop", "bylined.service", "bylined.socket")
    good = CONFIGURATION.read_text()
    CONFIGURATION.write_text("[daemon\n")
    check(systemctl("start", "bylined.service").returncode != 0, "started with a bad configuration")
    check(shown("ExecMainStatus") == "78", "status " + shown("ExecMainStatus"))
    check(not holds_within(7, lambda: shown("ActiveState") not in ("failed", "inactive")), "tried again without a person")
    CONFIGURATION.write_text(good)
    systemctl("reset-failed", "bylined.service")
    check(systemctl("start", "bylined.service").returncode == 0, "not started again")


def main(older, newer, whole):
    life.raise_loopback()
    pathlib.Path("/usr/sbin/policy-rc.d").unlink(missing_ok=True)  # this machine's own word against services
    press = Press()
    installs(older)
    starts()
    asks_no_metadata_service(press)
    is_locked_in()
    is_woken_by_its_socket()
    keeps_a_credential()
    reloads_all_or_nothing()
    comes_back("KILL", 15)
    if whole:
        comes_back("STOP", WATCHDOG + 20)
    stays_down_where_a_person_is_needed()
    before = main_process()
    dpkg("--install", str(newer))
    check(holds_within(30, lambda: main_process() not in (0, before)) and answers("/readyz") == 200, "the upgrade left the older one running")
    dpkg("--purge", "bylined")
    check(main_process() == 0, "purged, and it still runs")


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    try:
        main(folder / sys.argv[2], folder / sys.argv[3], sys.argv[4] == "full")
    except Exception as bug:  # whoever booted reads one document
        life.faults.append(repr(bug))
    (folder / "boot.json").write_text(json.dumps({"faults": life.faults, "untried": life.untried}, ensure_ascii=False))
