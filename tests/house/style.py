# SPDX-License-Identifier: Apache-2.0
"""Form: sizes, openings, names."""
import ast
import re

from tree import bare, line_of

FILE_LINES = 500
FUNCTION_LINES = 60
PARAMETERS = 5
LICENCE = "SPDX-License-Identifier: Apache-2.0"


def files_are_short(tree):
    """500 lines; pure tables (*.inc) and data are as long as they are."""
    for path, text in tree.files.items():
        if path.endswith((".h", ".cpp", ".py", ".sh", ".txt", ".cmake")) or text.startswith("#!"):
            lines = text.count("\n")
            if lines > FILE_LINES:
                yield f"{path}: {lines} lines, {FILE_LINES} at the most"


def functions_are_short(tree):
    for path, name, first, last, _ in tree.functions:
        if last - first + 1 > FUNCTION_LINES:
            yield f"{path}:{first}: {name} has {last - first + 1} lines, {FUNCTION_LINES} at the most"
    for path, text in _python(tree):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno - node.lineno + 1 > FUNCTION_LINES:
                yield f"{path}:{node.lineno}: {node.name} has {node.end_lineno - node.lineno + 1} lines, {FUNCTION_LINES} at the most"


def _python(tree):
    return [(path, text) for path, text in tree.files.items() if path.endswith(".py") or re.match(r"#!.*python", text)]


def _count(signature):
    """Parameters of "(int a, std::map<A, B> b)": commas outside all brackets."""
    inside = signature[signature.find("(") + 1:signature.rfind(")")].replace("->", "  ")
    depth, commas = 0, 0
    for character in inside:
        depth += (character in "(<[{") - (character in ")>]}")
        commas += character == "," and depth == 0
    return commas + 1 if inside.strip() not in ("", "void") else 0


def functions_take_few_parameters(tree):
    for path, name, first, _, signature in tree.functions:
        if path.startswith("daemon/") and _count(signature) > PARAMETERS:
            yield f"{path}:{first}: {name} takes {_count(signature)} parameters, {PARAMETERS} at the most: make a struct with named fields"


def sources_open_with_their_licence(tree):
    for path, text in tree.files.items():
        first = text.split("\n", 2)[:2]
        if path.endswith((".h", ".cpp")) and first[0] != f"// {LICENCE}":
            yield f"{path}:1: does not open with // {LICENCE}"
        elif (path.endswith(".py") or text.startswith("#!")) and f"# {LICENCE}" not in first:
            yield f"{path}:1: does not open with # {LICENCE}"


def headers_say_what_they_are_for(tree):
    """After the licence a comment: what it is for and what it never does. Then #pragma once."""
    for path, text in tree.files.items():
        if not path.endswith(".h"):
            continue
        lines = text.split("\n")
        comment = 1
        while comment < len(lines) and re.match(r"//( \S|$)", lines[comment]):
            comment += 1
        if comment == 1:
            yield f"{path}:2: does not say what it is for"
        elif comment > 13:
            yield f"{path}:2: opens with {comment - 1} lines of comment: say it shorter"
        if comment >= len(lines) or lines[comment] != "#pragma once":
            yield f"{path}:{comment + 1}: #pragma once does not follow the opening"


TEST = re.compile(r"^\s*(?:TYPED_TEST|TEST(?:_[FP])?)\(\s*(\w+)\s*,\s*(\w+)\s*\)", re.MULTILINE)


def test_names_are_sentences(tree):
    for path, text in tree.below("tests"):
        for found in TEST.finditer(bare(text)):
            suite, name = found.groups()
            words = re.findall(r"[A-Z][a-z]*|\d+", name)
            if "".join(words) != name or len(words) < 2:
                yield f"{path}:{line_of(text, found.start(1))}: {suite}.{name}: a test's name is a sentence in PascalCase"


VAGUE = re.compile(r"\b(?:class|struct|enum class)\s+(\w*(?:Manager|Helper|Util|Utils|Utility|Data|Info|Handler(?:Impl)?|Impl|Wrapper))\s*(?:final\s*)?[:{]")


def names_say_what_things_are(tree):
    for path, text in tree.below("daemon", "tests"):
        if re.search(r"(?:^|[/_])(?:utils?|helpers?|misc|common|manager)\.(?:h|cpp)$", path):
            yield f"{path}: says nothing about what it holds"
        code = bare(text)
        for found in VAGUE.finditer(code):
            yield f"{path}:{line_of(code, found.start())}: {found.group(1)} says nothing about what it is"
    for path in tree.files:
        if path.startswith(("daemon/", "tests/")) and path.endswith((".h", ".cpp", ".inc")) and path != path.lower():
            yield f"{path}: files are snake_case"


def nothing_is_left_lying(tree):
    """No TODO, no include guard by hand, no commented-out code, no `using namespace` of a library at file level."""
    for path, text in tree.below("daemon", "tests"):
        for number, line in enumerate(text.split("\n"), 1):
            if re.search(r"//.*\b(?:TODO|FIXME|XXX|HACK)\b", line):
                yield f"{path}:{number}: a note to oneself: do it, or open an issue"
            if re.match(r"\s*//\s*(?:[\w:<>]+\s+)?[\w.>-]+\([^)]*\);\s*$|\s*//\s*(?:return|if \(|for \(|const auto)\b.*[;{]\s*$", line):
                yield f"{path}:{number}: commented-out code"
            if re.match(r"using namespace std\s*;", line):
                yield f"{path}:{number}: using namespace std"


SPACE = re.compile(r"^namespace (bylined[\w:]*) \{\n(.*?)^\}  // namespace bylined", re.MULTILINE | re.DOTALL)
PRIVATE = re.compile(r"^namespace \{\n(.*?)^\}  // namespace$", re.MULTILINE | re.DOTALL)
FUNCTION = re.compile(r"^(?!using|return)[\w:][\w:<>,&* ]*[ &*](\w+)\(", re.MULTILINE)
APART = ("/adapters/", "/commands/", "/tools/")  # as daemon's floors have it


def private_functions_hide_none_of_a_header(tree):
    """The files of a folder are compiled as one: where another of them means the header's, it would call the private one, and nobody would say so."""
    shared = {}
    for path, text in tree.below("daemon", ends=(".h",)):
        for space, block in SPACE.findall(text):
            shared.setdefault(space, {}).update({name: path for name in FUNCTION.findall(bare(block))})
    for path, text in tree.below("daemon", ends=(".cpp",)):
        space = SPACE.search(text)
        if not space or any(folder in path for folder in APART):
            continue
        parts = space[1].split("::")
        spaces = ["::".join(parts[:n + 1]) for n in range(len(parts))]
        for block in PRIVATE.findall(text):
            for name in FUNCTION.findall(bare(block)):
                for found in (shared[one][name] for one in spaces if name in shared.get(one, {})):
                    yield f"{path}: {name}() is the name of a function of {found} too: give it another"


RULES = [private_functions_hide_none_of_a_header, files_are_short, functions_are_short, functions_take_few_parameters, sources_open_with_their_licence, headers_say_what_they_are_for,
         test_names_are_sentences, names_say_what_things_are, nothing_is_left_lying]
