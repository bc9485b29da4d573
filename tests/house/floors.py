# SPDX-License-Identifier: Apache-2.0
"""Who may see whom: floors, rooms, libraries, and who may wait."""
import re

from tree import includes

# Headers of a pipeline room that others may include besides ROOM/ROOM.h and ROOM/options.h, and why.
FACES = {
    "pipeline/fetch/robots.h": "judging a robots.txt is a pure question of its own (plumbing command, source test)",
}

# What starts with the left side may be included below the right side only.
LIBRARIES = [
    (r"curl/", ["daemon/base/net/"]),
    (r"boost/beast", ["daemon/base/net/"]),
    (r"boost/asio/ssl", ["daemon/base/net/"]),
    (r"openssl/", ["daemon/base/net/", "daemon/base/digest.cpp"]),
    (r"zlib\.h|libdeflate", ["daemon/base/net/"]),
    (r"libxml/|pugi|boost/json|csv\.h$", ["daemon/base/markup/"]),
    (r"unicode/|re2/", ["daemon/base/text/"]),
    (r"sqlite3", ["daemon/store/sqlite/"]),
    (r"libpq|postgresql", ["daemon/store/postgres/"]),
    (r"toml\+\+/", ["daemon/settings/"]),
    (r"CLI/", ["daemon/query/cli/"]),
    (r"spdlog|fmt/", ["daemon/base/log.cpp"]),
    (r"systemd/", ["daemon/app/"]),
    (r"gtest|gmock", []),
    (r"boost/asio|boost/system", ["daemon/base/", "daemon/pipeline/fetch/", "daemon/pipeline/deliver/", "daemon/pipeline/*",
                                  "daemon/store/store_lane", "daemon/query/api/", "daemon/query/service/", "daemon/query/cli/", "daemon/app/"]),
]
# The standard library and the operating system need no folder of their own.
SYSTEM = re.compile(r"^[a-z_0-9]+$|^c?[a-z_0-9]+\.h$|^(sys|netinet|arpa|net|linux)/[a-z_0-9]+\.h$")

# Rooms of functions on values: they never reach Asio, however far the includes go.
PURE = ["daemon/model/", "daemon/base/text/", "daemon/base/markup/", "daemon/pipeline/schedule/", "daemon/pipeline/listing/",
        "daemon/pipeline/diff/", "daemon/pipeline/article/", "daemon/pipeline/match/", "daemon/pipeline/alert/"]


def floors(tree):
    """Floor → the floors it may look down to: what daemon/CMakeLists.txt says."""
    text = tree.files.get("daemon/CMakeLists.txt", "")
    found = {}
    for call in re.findall(r"bylined_floor\(([^)]*)\)", text):
        words = call.split()
        below = []
        if "ON" in words:
            for word in words[words.index("ON") + 1:]:
                if word.isupper():
                    break
                below.append(word)
        found[words[0]] = below
    return found


def floors_look_down_only(tree):
    """A file includes its own floor and those below it; the mains include faces of the top floors."""
    known = floors(tree)
    order = list(known)
    for number, floor in enumerate(order):
        for lower in known[floor]:
            if lower not in order[:number]:
                yield f"daemon/CMakeLists.txt: floor {floor} looks at {lower}, which does not lie below it"
    for path, text in tree.below("daemon"):
        parts = path.split("/")
        if len(parts) == 2:
            continue
        if parts[1] not in known:
            yield f"{path}: daemon/{parts[1]} is no floor of daemon/CMakeLists.txt"
            continue
        for line, ours, what in includes(text):
            floor = what.split("/")[0]
            if ours and "/" not in what and not what.endswith(".inc"):
                yield f"{path}:{line}: \"{what}\" is not written from daemon/"
            elif ours and "/" in what and floor != parts[1] and floor not in known[parts[1]]:
                yield f"{path}:{line}: floor {parts[1]} may not look at \"{what}\""


def daemon_holds_floors_and_mains(tree):
    known = floors(tree)
    for path in tree.files:
        parts = path.split("/")
        if parts[0] == "daemon" and len(parts) == 2 and parts[1] not in ("CMakeLists.txt", "bylined.cpp", "byline.cpp"):
            yield f"{path}: nothing lies loose in daemon/ but the two mains"
        if parts[0] == "daemon" and len(parts) > 2 and parts[1] not in known and not path.endswith((".h", ".cpp")):
            yield f"{path}: daemon/{parts[1]} is no floor"


def _room(path):
    parts = path.split("/")
    return parts[2] if len(parts) > 3 and parts[:2] == ["daemon", "pipeline"] else None


def rooms_stay_apart(tree):
    """A room of the pipeline sees neither another room nor the store: pipeline/*.cpp strings them."""
    for path, text in tree.below("daemon/pipeline", ends=(".h", ".cpp", ".inc")):
        room = _room(path)
        for line, ours, what in includes(text):
            parts = what.split("/")
            if not room or not ours:
                continue
            if parts[0] == "store":
                yield f"{path}:{line}: room {room} may not see the store"
            elif parts[0] == "pipeline" and (len(parts) < 3 or parts[1] != room):
                yield f"{path}:{line}: room {room} may not see \"{what}\""


def rooms_show_one_face(tree):
    """From outside, only ROOM/ROOM.h, ROOM/options.h and the named faces are included."""
    for path, text in tree.below("daemon"):
        for line, ours, what in includes(text):
            parts = what.split("/")
            if not ours or parts[0] != "pipeline" or len(parts) < 3 or _room(path) == parts[1]:
                continue
            if what not in FACES and what not in (f"pipeline/{parts[1]}/{parts[1]}.h", f"pipeline/{parts[1]}/options.h"):
                yield f"{path}:{line}: \"{what}\" is private to {parts[1]}"


def _allowed(path, places):
    for place in places:
        if place.endswith("/*") and path.rsplit("/", 1)[0] == place[:-2]:
            return True
        if not place.endswith("/*") and path.startswith(place):
            return True
    return False


def one_library_one_folder(tree):
    for path, text in tree.below("daemon"):
        for line, ours, what in includes(text):
            if ours or SYSTEM.match(what) and not re.match(r"sqlite3|zlib|libpq", what):
                continue
            places = next((places for pattern, places in LIBRARIES if re.match(pattern, what)), None)
            if places is None:
                yield f"{path}:{line}: <{what}> belongs to no folder (tests/house/floors.py lists them)"
            elif not _allowed(path, places):
                yield f"{path}:{line}: <{what}> may only be included in {', '.join(places) or 'tests'}"


def _graph(tree):
    sources = dict(tree.below("daemon", ends=(".h", ".cpp", ".inc")))
    return {path: [(f"daemon/{what}" if ours else f"<{what}>", line) for line, ours, what in includes(text)] for path, text in sources.items()}


def _reaches_asio(graph, path, seen):
    for what, _ in graph.get(path, []):
        if what.startswith("<boost/asio"):
            return [what]
        if what not in seen:
            seen.add(what)
            way = _reaches_asio(graph, what, seen)
            if way:
                return [what, *way]
    return None


def pure_rooms_never_wait(tree):
    graph = _graph(tree)
    for path in graph:
        way = _reaches_asio(graph, path, set()) if path.startswith(tuple(PURE)) else None
        if way:
            yield f"{path}: a pure room reaches Asio by {' → '.join(way)}"


def includes_make_no_circle(tree):
    graph = {path: [what for what, _ in found] for path, found in _graph(tree).items()}
    done = set()
    for start in graph:
        stack = [(start, iter(graph[start]))]
        way = [start]
        while stack:
            path, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                done.add(path)
                stack.pop()
                way.pop()
            elif following in way:
                yield f"{following}: includes itself by {' → '.join(way[way.index(following):])}"
                return
            elif following in graph and following not in done:
                stack.append((following, iter(graph[following])))
                way.append(following)


RULES = [floors_look_down_only, daemon_holds_floors_and_mains, rooms_stay_apart, rooms_show_one_face, one_library_one_folder,
         pure_rooms_never_wait, includes_make_no_circle]
