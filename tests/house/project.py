# SPDX-License-Identifier: Apache-2.0
"""The project as a whole: plugs and their fixtures, migrations, settings, and words that do not belong in it."""
import re

from tree import line_of, without_comments

# A list of plugs → the folder with a folder of fixtures for each, and how many files it has at least.
FIXTURES = {
    "daemon/pipeline/listing/adapters/adapters.inc": ("tests/pages", 3),
    "daemon/pipeline/deliver/channels/channels.inc": ("tests/messages", 2),
}
# Lists whose plugs are tried by name in one test instead: the list → the tests that must name each.
NAMED_IN = {
    "daemon/query/plumbing/tools.inc": "tests/query",
    "daemon/query/service/routes.inc": "tests/query",
    "daemon/query/cli/commands.inc": "tests/query",
}
PLUG = re.compile(r"^\s*[A-Z][A-Z_]*\((\w+)\)\s*$", re.MULTILINE)  # a row of a table has more in it


def _files_below(tree, folder):
    return [path for path in tree.files if path.startswith(f"{folder}/")]


def every_plug_has_fixtures(tree):
    for path, text in tree.below("daemon", ends=(".inc",)):
        if path.endswith("_table.inc"):
            continue
        plugs = PLUG.findall(without_comments(text))
        if path in FIXTURES:
            folder, least = FIXTURES[path]
            for plug in plugs:
                names = {plug, plug.removesuffix("_page")}  # the kind "auto" cannot be a C++ name
                found = max(len(_files_below(tree, f"{folder}/{name}")) for name in names)
                if found < least:
                    yield f"{path}: {plug} has {found} files in {folder}/{plug}, {least} at least"
        elif path in NAMED_IN:
            tests = "\n".join(text for _, text in tree.below(NAMED_IN[path], ends=(".cpp", ".h", ".py")))
            for plug in plugs:
                if not re.search(rf"\b{plug.replace('_', '[_ -]')}\b", tests):
                    yield f"{path}: {plug} is named by no test in {NAMED_IN[path]}"
        elif plugs:
            yield f"{path}: tests/house does not know where the fixtures of these plugs lie (a pure table is named *_table.inc)"


def migrations_have_no_gaps(tree):
    folders = {}
    for path in tree.files:
        if path.startswith("migrations/") and path.endswith(".sql"):
            folders.setdefault(path.rsplit("/", 1)[0], []).append(path)
    for folder, paths in folders.items():
        for expected, path in enumerate(sorted(paths), 1):
            name = path.rsplit("/", 1)[1]
            if not re.fullmatch(r"\d{4}_[a-z0-9_]+\.sql", name):
                yield f"{path}: is not named NNNN_what_it_does.sql"
            elif int(name[:4]) != expected:
                yield f"{path}: number {expected:04} is expected here"
            if not re.match(r"-- \S", tree.files[path]):
                yield f"{path}:1: does not open with why it is there"
    numbers = {folder: len(paths) for folder, paths in folders.items()}
    if len(set(numbers.values())) > 1:
        yield f"migrations: not the same numbers on both sides: {numbers}"


# Put together from pieces, so that this file does not find itself.
OUTSIDE = [
    ("a machine's own path", r"(?<![\w.])/(?:wo" r"rk|ro" r"ot|home/\w+|Us" r"ers/\w+)/"),
    ("a workplace's word", r"(?i)\b(?:this ses" r"sion|sub-?ag" r"ents?|cl" r"aude|anth" r"ropic|co" r"pilot|co-auth" r"ored-by|generated wi" r"th|as an a" r"i)\b"),
    ("a registry's host", r"(?i)\b(?:regi" r"stry\.npmjs\.org|py" r"pi\.org|files\.pythonh" r"osted\.org|cra" r"tes\.io|proxy\.gol" r"ang\.org)\b"),
    ("a secret", r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
]


def nothing_speaks_of_a_workplace(tree):
    for path, text in tree.files.items():
        for what, pattern in OUTSIDE:
            for found in re.finditer(pattern, text):
                yield f"{path}:{line_of(text, found.start())}: {what}: {found.group()}"


# Names under which tests may speak to servers: reserved ones (RFC 2606, 6761) and loopback. Real names stand in tests as
# data, or are led to loopback by connect_to; a program that asks the network by itself may only ask these.
RESERVED = re.compile(r"(?:^|\.)(?:example|invalid|test|localhost)$|(?:^|\.)example\.(?:com|net|org)$|^(?:127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])$")
ASKS = re.compile(r"""(?:urlopen|http\.client\.HTTPS?Connection|create_connection|getaddrinfo|gethostbyname|requests\.\w+|fetch|curl\b[^\n"']*?)\s*\(?\s*["']?(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,}|\d+\.\d+\.\d+\.\d+)""")


def tests_ask_no_strangers(tree):
    places = [path for path in tree.files if path.startswith("tests/") or path in ("run", "test")]
    for path in places:
        if not path.endswith((".py", ".sh", ".mjs", ".js")) and not tree.files[path].startswith("#!"):
            continue
        for found in ASKS.finditer(tree.files[path]):
            if not RESERVED.search(found.group(1)) and not found.group(1).endswith((".py", ".json", ".toml", ".mjs")):
                yield f"{path}:{line_of(tree.files[path], found.start())}: asks {found.group(1)}: tests stay on loopback"


KEY = re.compile(r'\b(?:find|need|text|truth|whole|duration|size|table|texts|tables|read_id|not_yet)\(\s*(?:\w+\s*,\s*)?"([a-z_]+)"|\{"([a-z_]+)", &recipe')
EXAMPLE = "config/bylined.toml"


def every_setting_stands_in_the_example(tree):
    """Each key that the settings ask for is in the commented example, set or commented out."""
    example = tree.files.get(EXAMPLE)
    asked = {}
    for path, text in tree.below("daemon/settings"):
        for found in KEY.finditer(without_comments(text)):
            asked.setdefault(found.group(1) or found.group(2), f"{path}:{line_of(text, found.start())}")
    if example is None:
        return
    recipes = "\n".join(text for path, text in tree.files.items() if path.startswith("config/") and path.endswith(".toml"))
    for key, place in asked.items():
        if not re.search(rf"(?:^|[\s#\[{{.,]){key}\s*(?:=|\]|\.)", recipes, re.MULTILINE):
            yield f"{EXAMPLE}: the key {key} ({place}) stands neither set nor commented out"


def scripts_can_be_run(tree):
    for path, text in tree.files.items():
        if text.startswith("#!") and not (tree.root / path).stat().st_mode & 0o111:
            yield f"{path}: has an interpreter line and may not be run"


RULES = [every_plug_has_fixtures, migrations_have_no_gaps, nothing_speaks_of_a_workplace, tests_ask_no_strangers,
         every_setting_stands_in_the_example, scripts_can_be_run]
