#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The Debian package: made twice from one tree, the older with a lower version (and, where the programs are built for it,
a lower schema), then installed, upgraded, downgraded, removed and purged on a copy of this machine's file system."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "press"))

import results

BUILT = pathlib.Path(os.environ.get("BYLINED_BUILD", ROOT / "build"))
FULL = os.environ.get("BYLINED_PACKAGE") == "full"
OLDER, NEWER = "0.0.9", "0.1.0"
NEXT_SCHEMA = "CREATE TABLE of_the_next_release (n INTEGER PRIMARY KEY) STRICT;\n"
BOOT_LIMIT = 300
NAMESPACES = ["unshare", "--mount", "--pid", "--net", "--fork", "--mount-proc"]


def run(*words, **more):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, **more)


def why_not():
    if os.getuid() != 0:
        return "not root: nothing can be installed"
    for program in ("dh", "dpkg-buildpackage", "lintian"):
        if not shutil.which(program):
            return f"{program} is not installed (tools/install-packages test)"
    if run(*NAMESPACES, "mount", "-t", "tmpfs", "none", "/mnt").returncode != 0:
        return "this machine gives no mount namespaces"
    return None


def copy_of_tree(folder):
    listed = run("git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").stdout.split("\0")
    for name in filter(None, listed):
        if not (ROOT / name).is_file():
            continue
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)


def pack(tree, version, again=False):
    """The package of this version, and what was said while it was made."""
    changelog = tree / "debian/changelog"
    first, rest = changelog.read_text().split("\n", 1)
    changelog.write_text(f"bylined ({version}) {first.split(') ')[1]}\n{rest}")
    # debhelper gives the build a home of its own, where no compiler cache lies.
    cache = os.environ.get("CCACHE_DIR", str(pathlib.Path.home() / ".cache/ccache"))
    environment = dict(os.environ, CCACHE_DIR=cache, DEB_BUILD_OPTIONS="noautodbgsym" + ("" if FULL else " nostrip"))
    if not FULL:
        environment["BYLINED_BUILT"] = str(BUILT)
    made = run("dpkg-buildpackage", "-us", "-uc", "-b", "-d", *(["-nc"] if again else []), cwd=tree, env=environment)
    architecture = run("dpkg", "--print-architecture").stdout.strip()
    return tree.parent / f"bylined_{version}_{architecture}.deb", made


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        reason = why_not()
        if reason:
            raise unittest.SkipTest(reason)
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="bylined-package-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        tree = cls.folder / "tree"
        copy_of_tree(tree)
        cls.older, made = pack(tree, OLDER)
        assert made.returncode == 0, made.stdout[-3000:] + made.stderr[-3000:]
        if FULL:
            (tree / "migrations/sqlite/9999_next.sql").write_text(NEXT_SCHEMA)
            for made in (*tree.glob("debian/*.debhelper*"), *tree.glob("debian/*-stamp"), tree / "debian/bylined"):
                shutil.rmtree(made) if made.is_dir() else made.unlink()  # what was built stands, what was packed is packed anew
        cls.newer, made = pack(tree, NEWER, again=FULL)
        assert made.returncode == 0, made.stdout[-3000:] + made.stderr[-3000:]

    def test_is_lintian_clean(self):
        leave_out = [] if FULL else ["--suppress-tags", "unstripped-binary-or-object"]
        said = run("lintian", "--allow-root", "--fail-on", "error,warning", *leave_out, self.newer)
        self.assertEqual((said.returncode, said.stdout), (0, ""), said.stderr)

    def test_lives_its_life_on_a_copy_of_this_machine(self):
        life = run(*NAMESPACES, sys.executable, HERE / "life.py", self.folder, self.older, self.newer, "higher" if FULL else "same", timeout=300)
        self.assertEqual(life.returncode, 0, life.stdout[-3000:] + life.stderr[-3000:])
        self.assertEqual(json.loads(life.stdout.splitlines()[-1]), {"faults": []})

    def test_serves_under_a_systemd_that_was_booted(self):
        if not shutil.which("systemd-nspawn"):
            raise unittest.SkipTest("systemd-nspawn is not installed (tools/install-packages test)")
        shared = self.folder / "boot"
        shared.mkdir()
        for file in (*HERE.glob("boot*"), HERE / "life.py", self.older, self.newer):
            shutil.copy(file, shared)
        words = [self.older.name, self.newer.name, "full" if FULL else "default"]
        (shared / "boot.service").write_text((HERE / "boot.service").read_text().format(" ".join(words)))
        (self.folder / "root").mkdir()
        boot = run("unshare", "--mount", "--fork", "--kill-child", HERE / "boot", self.folder / "root", shared, timeout=BOOT_LIMIT, stdin=subprocess.DEVNULL)
        if not (shared / "booted").exists():
            raise unittest.SkipTest(f"this machine boots no systemd in namespaces: {boot.stderr.strip()[-300:]}")
        verdict = shared / "boot.json"
        self.assertTrue(verdict.exists(), "it booted, and said nothing")
        said = json.loads(verdict.read_text())
        print("not tried here:", said["untried"] or "nothing")
        self.assertEqual(said["faults"], [])

    @unittest.skipUnless(FULL, "the programs that stand were not built for a package")
    def test_is_hardened(self):
        for program in ("usr/sbin/bylined", "usr/bin/byline"):
            unpacked = self.folder / "unpacked"
            run("dpkg-deb", "-x", self.newer, unpacked)
            said = run("readelf", "--wide", "-h", "-l", "-d", "--dyn-syms", unpacked / program).stdout
            marks = ("DYN (Position-Independent Executable file)", "GNU_RELRO", "BIND_NOW", "__stack_chk_fail", "_chk@GLIBC")
            self.assertEqual([mark for mark in marks if mark not in said], [], program)
            self.assertTrue(re.search(r"GNU_STACK .* RW ", said) and "RUNPATH" not in said, program)
            # Debian 12's C library is not built for CET, so no program is marked as such: ours is ready for one that is.
            landing_pad = b"\xf3\x0f\x1e\xfa"
            self.assertGreater((unpacked / program).read_bytes().count(landing_pad), 1000, program)


if __name__ == "__main__":
    results.main("Package", sys.modules[__name__])
