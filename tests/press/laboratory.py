# SPDX-License-Identifier: Apache-2.0
"""A laboratory on loopback: certificates, processes, configuration. Ends only what it started, by process id."""
import base64
import contextlib
import ctypes
import json
import os
import pathlib
import random
import secrets
import select
import signal
import socket
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PYTHON = "/usr/bin/python3"  # Debian's: it has aiosmtpd
LOOPBACK = "127.0.0.1"


def free_port():
    """Below the ports that the system gives to outgoing connections: nobody else takes it before we do."""
    for _ in range(100):
        port = random.randrange(12_000, 32_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind((LOOPBACK, port))
            return port
    raise RuntimeError("no free port")


def new_secret():
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def _die_with_parent():
    parent_death_signal = 1  # PR_SET_PDEATHSIG
    ctypes.CDLL(None).prctl(parent_death_signal, signal.SIGKILL)


class Process:
    """A child in a process group of its own, with its standard error in a file."""

    def __init__(self, name, command, folder, environment=None, talks=True):
        self.name = name
        self.log = pathlib.Path(folder) / f"{name}.log"
        self._errors = open(self.log, "ab")
        self._child = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE if talks else self._errors,
                                       stderr=self._errors, env=environment, start_new_session=True, preexec_fn=_die_with_parent)

    @property
    def pid(self):
        return self._child.pid

    def first_line(self, limit=20):
        """What it prints when it listens, read as JSON."""
        if not select.select([self._child.stdout], [], [], limit)[0]:
            raise RuntimeError(f"{self.name} said nothing within {limit} s (see {self.log})")
        line = self._child.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} ended with status {self._child.wait()}: {self.errors()[-500:]}")
        return json.loads(line)

    def errors(self):
        return self.log.read_text(encoding="utf-8", errors="replace")

    def running(self):
        return self._child.poll() is None

    def send(self, number):
        if self.running():
            os.kill(self._child.pid, number)

    def kill(self):
        self.send(signal.SIGKILL)
        self.wait(10)

    def wait(self, limit):
        """Its exit status, or None where it is still running after `limit` seconds."""
        try:
            return self._child.wait(limit)
        except subprocess.TimeoutExpired:
            return None

    def stop(self, limit=6):
        """SIGTERM, and SIGKILL where that is not enough. Its exit status, None where it had to be killed."""
        self.send(signal.SIGTERM)
        status = self.wait(limit)
        if status is None:
            self.kill()
        self._errors.close()
        if self._child.stdout:
            self._child.stdout.close()
        return status


class Certificates:
    """An authority of our own and one certificate for all names of the laboratory."""

    def __init__(self, folder, names):
        folder = pathlib.Path(folder)
        self.authority = folder / "ca.pem"
        self.certificate = folder / "server.pem"
        self.key = folder / "server.key"
        authority_key, request, extensions = folder / "ca.key", folder / "server.csr", folder / "server.ext"
        alternatives = ",".join([f"IP:{LOOPBACK}"] + [f"DNS:{name}" for name in sorted(names)])
        extensions.write_text(f"subjectAltName={alternatives}\nbasicConstraints=CA:FALSE\n")
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        self._openssl("req", "-x509", *curve, "-keyout", authority_key, "-out", self.authority, "-days", "2", "-subj", "/CN=laboratory")
        self._openssl("req", *curve, "-keyout", self.key, "-out", request, "-subj", "/CN=press")
        self._openssl("x509", "-req", "-in", request, "-CA", self.authority, "-CAkey", authority_key, "-CAcreateserial", "-days", "2",
                      "-extfile", extensions, "-out", self.certificate)

    @staticmethod
    def _openssl(*words):
        subprocess.run(["openssl", *[str(word) for word in words]], check=True, capture_output=True)


def hosts_of(script):
    """Hosts of a press script: of its listings and its articles."""
    urls = [outlet[key] for outlet in script["outlets"] for key in ("listing", "article_prefix")]
    return sorted({url.split("/")[2].split(":")[0] for url in urls})


class Laboratory:
    """A press, a webhook inbox, a mail inbox and a daemon that knows only them, below one temporary folder."""

    def __init__(self, folder, build, script_path):
        self.folder = pathlib.Path(folder)
        self.build = pathlib.Path(build)
        self.script_path = pathlib.Path(script_path)
        self.script = json.loads(self.script_path.read_text(encoding="utf-8"))
        self.state = self.folder / "state"
        self.state.mkdir(exist_ok=True)
        self.hosts = hosts_of(self.script)
        self.elsewhere = {}  # hosts that are not the press's → their loopback port
        self.certificates = Certificates(self.folder, self.hosts)
        self.http_port = free_port()
        self.processes = []
        self.ports = {}
        self.daemon = None
        self.press_more, self.webhook_more, self.daemon_environment = [], [], {}
        self.ledgers = {name: self.folder / f"{name}.jsonl" for name in ("press", "webhook", "mail")}

    def start(self, name, command, **more):
        process = Process(name, command, self.folder, **more)
        self.processes.append(process)
        return process

    def start_press(self, hold=True):
        words = [self.build / "press"] + (["--hold"] if hold else []) + self.press_more
        self.press = self.start("press", [*words, "--script", self.script_path, "--ledger", self.ledgers["press"],
                                          "--certificate", self.certificates.certificate, "--key", self.certificates.key])
        self.ports.update({f"press_{key}": port for key, port in self.press.first_line().items()})

    def start_webhook_inbox(self, answers=()):
        self.secret = new_secret()
        inbox = self.start("webhook", [PYTHON, HERE / "webhook_inbox", "--ledger", self.ledgers["webhook"], "--answers", json.dumps(list(answers)),
                                       "--certificate", self.certificates.certificate, "--key", self.certificates.key, *self.webhook_more])
        self.ports["webhook"] = inbox.first_line()["port"]

    def start_mail_inbox(self, answers=None, user="press", implicit_tls=False):
        self.mail_password = secrets.token_urlsafe(12)
        words = ["--implicit-tls"] if implicit_tls else []
        inbox = self.start("mail", [PYTHON, HERE / "mail_inbox", "--ledger", self.ledgers["mail"], "--answers", json.dumps(answers or {}),
                                    "--certificate", self.certificates.certificate, "--key", self.certificates.key,
                                    "--user", user, f"--password={self.mail_password}", *words])  # it may begin with a dash
        self.ports["mail"] = inbox.first_line()["port"]

    def write(self, name, text, private=False):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if private:
            path.chmod(0o600)
        return path

    def start_daemon(self):
        environment = {key: value for key, value in os.environ.items() if key not in ("NOTIFY_SOCKET", "WATCHDOG_USEC", "STATE_DIRECTORY", "LISTEN_FDS")}
        environment.update(self.daemon_environment)
        self.daemon = self.start("bylined", [self.build / "bylined", "--config", self.folder / "bylined.toml"], environment=environment, talks=False)
        return self.daemon

    def byline(self, *words, check=True):
        run = subprocess.run([self.build / "byline", "--config", self.folder / "bylined.toml", *words], capture_output=True, text=True, timeout=60)
        if check and run.returncode != 0:
            raise RuntimeError(f"byline {' '.join(words)}: status {run.returncode}: {run.stderr[-1000:]}")
        return run

    def stop(self):
        for process in reversed(self.processes):
            process.stop()


def wait_for(condition, limit, step=0.05):
    """Whether `condition()` came true within `limit` seconds."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(step)
    return bool(condition())
