#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The process: exit statuses, signals, reload, a second daemon, and what it says while it does so."""
import concurrent.futures
import contextlib
import json
import pathlib
import re
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

from world import BUILD, Case, READY_LIMIT, article, old, outlet, wait_for

import laboratory
import results

OLD_SCHEMA = 4           # the one whose items the next one writes anew
OLD_ITEMS = 400_000      # some seconds' work
STOPPED, DAMAGED, ADDRESS_IN_USE, NOT_WRITABLE, IN_USE, REFUSED = 0, 65, 69, 73, 75, 78
DONE, TRY_AGAIN = 0, 75  # of the command line
FEW_FILES, FILES = 256, 4096
PROBE = 10               # seconds that it waits for a daemon, however many addresses that has


class Quiet(Case):
    script = {"outlets": [outlet(f"naru{i}") for i in range(40)], "robots": {}, "articles": [piece for i in range(40) for piece in old(f"naru{i}", 1)]}

    def unchanged(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.lab.http_port}/metrics", timeout=10) as answer:
            found = re.search(r"(?m)^bylined_polls_unchanged_total (\d+)$", answer.read().decode())
        return int(found.group(1)) if found else 0

    def wakes_beside(self):
        """How often the threads beside the first, which is the loop's, have been woken."""
        daemon = self.lab.daemon.pid
        tasks = [task for task in pathlib.Path(f"/proc/{daemon}/task").iterdir() if task.name != str(daemon)]
        return sum(int(re.search(r"(?m)^voluntary_ctxt_switches:\s+(\d+)$", (task / "status").read_text()).group(1)) for task in tasks)

    def test_an_unchanged_page_wakes_no_other_thread(self):
        self.begin()
        self.assertTrue(wait_for(lambda: self.unchanged() > 80, READY_LIMIT))
        polls, wakes = self.unchanged(), self.wakes_beside()
        self.assertTrue(wait_for(lambda: self.unchanged() - polls >= 400, 2 * READY_LIMIT), "too few polls")
        self.assertLess(self.wakes_beside() - wakes, 40)  # what is measured now and then, and the log's moving


class Service(Case):
    script = {"outlets": [outlet("naru")], "robots": {}, "articles": old("naru") + [article(10, "naru", "1s"), article(11, "naru", "3s")]}

    def setUp(self):
        super().setUp()
        self.lab.start_press()
        self.lab.start_webhook_inbox()
        self.configuration = self.configure()

    def end_status(self, *words):
        """Exit status and standard error of a daemon that is expected to end by itself."""
        run = subprocess.run([BUILD / "bylined", "--config", self.configuration, *words], capture_output=True, text=True, timeout=READY_LIMIT)
        return run.returncode, run.stderr

    def change(self, before, after):
        text = self.configuration.read_text()
        self.assertIn(before, text)
        self.configuration.write_text(text.replace(before, after))

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.lab.http_port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()

    def log_after(self, before, event, limit=READY_LIMIT):
        """Waits for one more line with this event than there were."""
        self.assertTrue(wait_for(lambda: self.lab.daemon.errors().count(event) > before, limit), self.lab.daemon.errors()[-2000:])

    def test_stops_on_sigterm_and_sigint_within_five_seconds(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            daemon = self.start_ready()
            started = time.monotonic()
            daemon.send(number)
            self.assertEqual(daemon.wait(10), STOPPED)
            self.assertLess(time.monotonic() - started, 5)

    def test_stops_in_time_while_a_receiver_hangs(self):
        self.lab.processes[-1].stop()
        self.lab.start_webhook_inbox([{"delay": 60}] * 50)
        self.configure()
        self.start_ready()
        self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT))
        self.lab.press.send(signal.SIGUSR1)
        self.assertTrue(wait_for(self.webhooks, READY_LIMIT), "no delivery began")
        started = time.monotonic()
        self.lab.daemon.send(signal.SIGTERM)
        self.assertEqual(self.lab.daemon.wait(10), STOPPED)
        self.assertLess(time.monotonic() - started, 5)

    def test_answers_its_probes_and_metrics(self):
        self.start_ready()
        self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT))
        self.assertEqual(self.get("/livez")[0], 200)
        status, body = self.get("/readyz")
        self.assertEqual(status, 200)
        json.loads(body)
        self.assertRegex(self.get("/metrics")[1], r"(?m)^bylined_\w+")

    def test_takes_the_files_that_it_is_allowed_and_a_shell_keeps_from_it(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        resource.setrlimit(resource.RLIMIT_NOFILE, (FEW_FILES, hard))
        daemon = self.start_ready()
        allowed = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
        self.assertEqual(resource.prlimit(daemon.pid, resource.RLIMIT_NOFILE), (allowed, hard))

    def test_refuses_a_second_daemon_on_its_state(self):
        self.start_ready()
        other = self.configuration.read_text().replace(f"127.0.0.1:{self.lab.http_port}", f"127.0.0.1:{laboratory.free_port()}")
        other = other.replace("bylined.sock", "other.sock")
        self.configuration.write_text(other)
        started = time.monotonic()
        status, said = self.end_status()
        self.assertEqual(status, IN_USE, said)
        self.assertLess(time.monotonic() - started, 5)
        self.assertEqual(self.get("/livez")[0], 200)

    def status_and_order(self):
        """What the command line makes of a question and of an order, asked side by side, and how long it took."""
        started = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor() as both:
            status, order = both.map(lambda words: self.lab.byline(*words, check=False), (["status"], ["delivery", "replay", "nobodys"]))
        return status, order, time.monotonic() - started

    def test_the_command_line_tells_a_silent_daemon_from_none(self):
        daemon = self.start_ready()
        self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT))
        daemon.send(signal.SIGSTOP)
        self.addCleanup(daemon.send, signal.SIGCONT)
        status, order, took = self.status_and_order()
        self.assertLess(took, PROBE + 5)
        self.assertEqual((status.returncode, order.returncode), (DONE, TRY_AGAIN), status.stderr + order.stderr)
        self.assertIn("no daemon answers; this is the database as it stands", status.stdout)
        self.assertIn("sources: 1 ok", status.stdout)
        for said in (status.stderr, order.stderr):
            self.assertIn("a daemon has the database, but does not answer: see `systemctl status bylined` and its log", said)
            self.assertNotIn("is running", said)
        daemon.send(signal.SIGCONT)
        status, order, took = self.status_and_order()
        self.assertLess(took, PROBE)
        self.assertEqual((status.returncode, status.stderr), (DONE, ""))
        self.assertIn("running since", status.stdout)
        self.assertEqual(order.returncode, 2, order.stderr)  # there is no such delivery: it was asked
        daemon.kill()
        status, order, took = self.status_and_order()
        self.assertLess(took, PROBE)
        self.assertEqual((status.returncode, order.returncode, status.stderr), (DONE, TRY_AGAIN, ""))
        self.assertIn("no daemon answers; this is the database as it stands", status.stdout)
        self.assertIn("no daemon is running: start it first", order.stderr)

    def test_says_when_its_address_is_taken(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", self.lab.http_port))
            taken.listen()
            status, said = self.end_status()
        self.assertEqual(status, ADDRESS_IN_USE, said)
        self.assertIn(str(self.lab.http_port), said)

    def test_says_when_its_state_folder_cannot_be_written(self):
        self.change(f'state_dir = "{self.lab.state}"', 'state_dir = "/proc/bylined"')
        status, said = self.end_status()
        self.assertEqual(status, NOT_WRITABLE, said)
        self.assertIn("/proc/bylined", said)

    def test_refuses_a_newer_schema_and_a_damaged_database_and_changes_neither(self):
        self.start_ready()
        self.assertEqual(self.lab.daemon.stop(), STOPPED)
        database = self.lab.state / "bylined.db"
        for spoil in (self._make_newer, self._damage):
            kept = self.folder / "kept.db"
            shutil.copy(database, kept)
            spoil(database)
            spoiled = database.read_bytes()
            status, said = self.end_status()
            self.assertEqual(status, DAMAGED, f"{spoil.__name__}: {said}")
            self.assertEqual(database.read_bytes(), spoiled)
            shutil.copy(kept, database)
        self.start_ready()

    @staticmethod
    def _make_newer(database):
        with contextlib.closing(sqlite3.connect(database)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute(f"PRAGMA user_version = {version + 1}")

    @staticmethod
    def _damage(database):
        whole = bytearray(database.read_bytes())
        whole[:4096] = b"not a database, but long enough to be one. " * 95 + b"x" * 11
        database.write_bytes(bytes(whole))

    def test_reports_every_fault_of_the_configuration_with_its_place(self):
        self.change('every = "1s"', 'evry = "1s"')
        self.change('kind = "person"', 'kind = "persona"')
        status, said = self.end_status()
        self.assertEqual(status, REFUSED, said)
        self.assertRegex(said, r"bylined\.toml:\d+:\d+: .*evry")
        self.assertIn("persona", said)
        self.assertFalse((self.lab.state / "bylined.db").exists())
        self.assertEqual(self.end_status("--check-config")[0], REFUSED)

    def test_checks_a_good_configuration_and_starts_nothing(self):
        self.assertEqual(self.end_status("--check-config")[0], STOPPED)
        self.assertFalse((self.lab.state / "bylined.db").exists())

    def test_reloads_all_or_nothing(self):
        self.start_ready()
        self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT))
        self.change('id = "gaon"', 'id = "gaon"\nnonsense = true')
        self.lab.daemon.send(signal.SIGHUP)
        self.log_after(0, "configuration.kept")
        asked = self.lab.byline("status", check=False)
        self.assertEqual(asked.returncode, 0, asked.stderr)
        self.assertIn("the daemon goes on with what it read before", asked.stderr)
        self.assertIn("the last reload was refused", asked.stdout)
        self.change("nonsense = true", "")
        self.change('names = ["한빛전자", "Hanbit Electronics"]', 'names = ["없는이름"]')
        self.lab.daemon.send(signal.SIGHUP)
        self.log_after(0, "configuration.reloaded")
        self.lab.press.send(signal.SIGUSR1)
        self.assertTrue(wait_for(lambda: self.rows("SELECT count(*) FROM read WHERE state = 'done'") == [(2,)], READY_LIMIT))
        self.assertEqual(self.webhooks(), [])

    def test_keeps_the_old_settings_after_a_bad_reload(self):
        self.start_ready()
        self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT))
        self.change('names = ["한빛전자", "Hanbit Electronics"]', "names = []")
        self.lab.daemon.send(signal.SIGHUP)
        self.log_after(0, "configuration.kept")
        self.lab.press.send(signal.SIGUSR1)
        self.assertTrue(wait_for(lambda: len(self.webhooks()) == 2, READY_LIMIT), self.lab.daemon.errors()[-2000:])

    def test_refuses_a_reload_that_changes_where_it_listens(self):
        self.start_ready()
        self.change(f"127.0.0.1:{self.lab.http_port}", f"127.0.0.1:{laboratory.free_port()}")
        self.lab.daemon.send(signal.SIGHUP)
        self.log_after(0, "configuration.kept")
        self.assertIn("http.listen", self.lab.daemon.errors())
        self.assertEqual(self.get("/livez")[0], 200)

    def status_with(self, token):
        request = urllib.request.Request(f"http://127.0.0.1:{self.lab.http_port}/api/v1/status", headers={"Authorization": f"Bearer {token}"})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as refused:
            return refused.code

    def reload(self):
        before = self.lab.daemon.errors().count("configuration.reloaded")
        self.lab.daemon.send(signal.SIGHUP)
        self.log_after(before, "configuration.reloaded")

    def test_goes_on_while_a_reload_waits_for_the_disk(self):
        slow = self.folder / "slow"
        self.lab.daemon_environment = {"LD_PRELOAD": str(BUILD / "tests" / "slow_disk.so"), "SLOW_FILES_MS": "3000", "SLOW_FILES_WHILE": str(slow)}
        daemon = self.start_ready()
        slow.touch()
        daemon.send(signal.SIGHUP)
        begun, longest = time.monotonic(), 0.0
        while "configuration.reloaded" not in daemon.errors():
            asked = time.monotonic()
            self.get("/livez")
            longest = max(longest, time.monotonic() - asked)
            self.assertLess(asked - begun, READY_LIMIT)
        self.assertGreater(time.monotonic() - begun, 3, "the disk was not slow")
        self.assertLess(longest, 1)  # on the loop it would be three
        daemon.send(signal.SIGHUP)
        time.sleep(0.5)
        begun = time.monotonic()
        daemon.send(signal.SIGTERM)
        self.assertEqual(daemon.wait(10), STOPPED)
        self.assertLess(time.monotonic() - begun, 2, "a stop waits for no reload")

    def test_a_token_that_a_reload_revokes_is_void(self):
        before, after = "a" * 40, "b" * 40
        secret = self.lab.write("desk.token", before)
        self.change("[http]", f'[http]\ntokens = [{{ name = "desk", role = "reader", secret = {{ file = "{secret}" }} }}]')
        self.start_ready()
        self.assertEqual((self.status_with(before), self.status_with(after)), (200, 401))
        secret.write_text(after)
        self.reload()
        self.assertEqual((self.status_with(before), self.status_with(after)), (401, 200))

    def test_ends_when_its_database_is_moved_replaced_or_deleted(self):
        database = self.lab.state / "bylined.db"
        for taken_away in (lambda: database.rename(self.folder / "moved.db"), lambda: shutil.copy(database, self.folder / "copy.db") and
                           (self.folder / "copy.db").rename(database), database.unlink):
            daemon = self.start_ready()
            self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT))
            taken_away()
            self.assertEqual(daemon.wait(60), DAMAGED)
            self.assertIn("storage.corrupt", daemon.errors())
            for left in self.lab.state.glob("bylined.db*"):
                left.unlink()

    def test_does_not_begin_anew_after_a_restore_that_was_cut_short(self):
        self.start_ready()
        self.assertEqual(self.lab.daemon.stop(), STOPPED)
        database, copy = self.lab.state / "bylined.db", self.folder / "copy.db"
        self.lab.byline("db", "backup", str(copy))
        database.rename(f"{database}.replaced-1")
        status, said = self.end_status()
        self.assertEqual(status, DAMAGED, said)
        self.assertIn("byline db restore", said)
        self.assertFalse(database.exists())
        self.lab.byline("db", "restore", str(copy))
        self.start_ready()
        beside = subprocess.run([BUILD / "byline", "--config", self.configuration, "db", "restore", str(copy)], capture_output=True, text=True, timeout=60)
        self.assertEqual(beside.returncode, IN_USE, beside.stderr)
        self.assertIn("stop it first", beside.stderr)

    def test_does_not_call_a_backup_complete_that_who_asked_cannot_see(self):
        daemon = self.start_ready()
        self.assertTrue(wait_for(self.baseline_stored, READY_LIMIT))
        self.lab.byline("db", "backup", str(self.lab.state / "copy.db"))
        # Its working folder has the same name for everybody, and is another one for each.
        theirs = pathlib.Path(f"/proc/{daemon.pid}/cwd").resolve() / f"unseen-{daemon.pid}.db"
        self.addCleanup(theirs.unlink, missing_ok=True)
        run = subprocess.run([BUILD / "byline", "--config", self.configuration, "db", "backup", f"/proc/self/cwd/{theirs.name}"],
                             cwd=self.folder, capture_output=True, text=True, timeout=60)
        self.assertTrue(theirs.exists(), run.stderr)
        self.assertEqual(run.returncode, 1, run.stdout)
        self.assertNotIn("complete", run.stdout)
        self.assertIn(str(self.lab.state), run.stderr)

    def make_old(self):
        """The state of an older release, with many items."""
        with contextlib.closing(sqlite3.connect(self.lab.state / "bylined.db", isolation_level=None)) as database:
            for step in sorted((laboratory.ROOT / "migrations/sqlite").glob("*.sql"))[:OLD_SCHEMA]:
                database.executescript(step.read_text())
            database.execute("INSERT INTO source (id, kind, url, state, state_since, due) VALUES ('naru', 'feed', 'https://press.example/', 'ok', 1, 1)")
            database.execute("INSERT INTO meta VALUES ('installation', 'test')")
            database.execute("WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < ?) "
                             "INSERT INTO item (source, identity, url, title, summary, authors, title_key, first_seen, checksum) "
                             "SELECT 1, 'https://press.example/' || n, 'http://press.example/' || n, 'Title ' || n, '', '[]', 'title' || n, n, 0 FROM k", (OLD_ITEMS,))
            database.execute(f"PRAGMA application_id = {0x62796C64}")
            database.execute(f"PRAGMA user_version = {OLD_SCHEMA}")
            database.execute("PRAGMA journal_mode = WAL")

    def test_tells_the_manager_that_a_long_upgrade_gets_on(self):
        self.make_old()
        path = str(self.folder / "notify")
        said = []  # (when, what)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.bind(path)

            def listen():
                with contextlib.suppress(OSError):
                    while text := manager.recv(4096):
                        said.append((time.monotonic(), text.decode()))
            threading.Thread(target=listen, daemon=True).start()
            self.lab.daemon_environment = {"NOTIFY_SOCKET": path}
            self.start_ready()
            self.assertTrue(wait_for(lambda: any("READY=1" in text for _, text in said), READY_LIMIT))
            time.sleep(1.5)
            before = [(at, text) for at, text in said if "EXTEND_TIMEOUT_USEC=120000000" in text]
            ready = next(at for at, text in said if "READY=1" in text)
            self.assertGreaterEqual(len(before), 2, said)
            self.assertLess(before[-1][0], ready, "it goes on asking for time that it does not need")
            for (one, _), (next_one, _) in zip(before, before[1:]):
                self.assertGreater(next_one - one, 0.9)
            manager.shutdown(socket.SHUT_RDWR)
        self.assertEqual(self.rows("SELECT count(*) FROM item"), [(OLD_ITEMS,)])


if __name__ == "__main__":
    results.main("Service", sys.modules[__name__])
