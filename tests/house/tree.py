# SPDX-License-Identifier: Apache-2.0
"""The files of the project, and C++ without its comments and literals."""
import functools
import json
import pathlib
import re
import subprocess


class Tree:
    """Every tracked or new file below a folder, as text; binary files and what git ignores are left out."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.files = {}
        for path in self._paths():
            try:
                self.files[path] = (self.root / path).read_text(encoding="utf-8")
            except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
                continue

    def _paths(self):
        listed = subprocess.run(["git", "-C", self.root, "ls-files", "-co", "--exclude-standard", "-z"], capture_output=True)
        if listed.returncode == 0:
            return sorted(name.decode() for name in listed.stdout.split(b"\0") if name)
        found = (path.relative_to(self.root) for path in self.root.rglob("*") if path.is_file())
        return sorted(str(path) for path in found if path.parts[0] not in ("build", "state", ".git"))

    def below(self, *folders, ends=(".h", ".cpp")):
        """(path, text) of the files in these folders with these endings."""
        return [(path, text) for path, text in self.files.items()
                if path.startswith(tuple(f"{folder}/" for folder in folders)) and path.endswith(ends)]

    @functools.cached_property
    def functions(self):
        """(path, name, first line, last line, parameters) of every C++ function, as Universal Ctags finds them."""
        sources = [path for path in self.files if path.endswith((".h", ".cpp"))]
        if not sources:
            return []
        command = ["ctags", "--languages=C++", "--language-force=C++", "--kinds-C++=f", "--fields=+neS", "--output-format=json", "-f", "-", "-L", "-"]
        run = subprocess.run(command, cwd=self.root, input="\n".join(sources), text=True, capture_output=True, check=True)
        tags = (json.loads(line) for line in run.stdout.splitlines())
        return [(tag["path"], tag["name"], tag["line"], tag["end"], tag.get("signature", "()")) for tag in tags if "end" in tag]


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


LITERAL_OR_COMMENT = re.compile(
    r'R"(?P<mark>[^()\\ ]{0,16})\(.*?\)(?P=mark)"'  # raw string
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'"         # not the digit separator
    r"|//[^\n]*"
    r"|/\*.*?\*/",
    re.DOTALL)


@functools.lru_cache(maxsize=4096)
def bare(text):
    """C++ with comments and literals blanked; lines and offsets stay."""
    def blank(found):
        return re.sub(r"[^\n]", " ", found.group())
    return LITERAL_OR_COMMENT.sub(blank, text)


@functools.lru_cache(maxsize=4096)
def without_comments(text):
    """C++ with comments blanked and literals kept."""
    def blank(found):
        return re.sub(r"[^\n]", " ", found.group()) if found.group().startswith(("//", "/*")) else found.group()
    return LITERAL_OR_COMMENT.sub(blank, text)


INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+([<"])([^>"]+)[>"]', re.MULTILINE)


def includes(text):
    """(line, is it ours, what) of each include."""
    return [(line_of(text, found.start(1)), found.group(1) == '"', found.group(2)) for found in INCLUDE.finditer(text)]
