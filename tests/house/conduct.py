# SPDX-License-Identifier: Apache-2.0
"""What code may not do: ask for the time, roll dice, make threads, and g++ 12's trap."""
import re

from tree import bare, line_of

# Words that only the ground floor may use, and there only where it says why.
CLOCK = r"(?:system_clock|steady_clock|high_resolution_clock|utc_clock)::now|\bgettimeofday\b|\bclock_gettime\b|\btime\(\s*(?:nullptr|NULL|0|&)|\bCURRENT_TIME(?:STAMP)?\b"
WAITING = r"\bsleep_for\b|\bsleep_until\b|(?<![\w.>])u?sleep\(|\bnanosleep\b"
CHANCE = r"\brandom_device\b|\bs?rand\(|\barc4random|\bgetrandom\b|\bRAND_bytes\b"
THREADS = (r"\bstd::(?:thread|jthread|mutex|shared_mutex|recursive_mutex|timed_mutex|condition_variable\w*|atomic\w*|future|promise|async|lock_guard|scoped_lock|"
           r"unique_lock|shared_lock|call_once|once_flag|latch|barrier|counting_semaphore)\b|\bthread_pool\b|\bpthread_|\bthread_local\b")
FORBIDDEN = [("clock", CLOCK), ("sleep", WAITING), ("chance", CHANCE), ("thread", THREADS)]

# (path, kind) → why it may. Exactly these; one that is not needed any more is a fault too.
EXCEPTIONS = {
    ("daemon/base/clock.h", "sleep"): "this is the Clock",
    ("daemon/base/clock.cpp", "sleep"): "this is the Clock",
    ("daemon/base/clock.cpp", "clock"): "this is the Clock",
    ("daemon/base/random.cpp", "chance"): "the seed comes from the system",
    ("daemon/base/lane.h", "thread"): "the CPU lane is the one pool of threads",
    ("daemon/base/batch_lane.h", "thread"): "the store lane is one thread beside the I/O thread",
    ("daemon/base/batch_lane.cpp", "thread"): "the store lane is one thread beside the I/O thread",
    ("daemon/base/workers.cpp", "thread"): "plumbing commands use all cores; the daemon does not use it",
    ("daemon/base/net/resolver.cpp", "thread"): "getaddrinfo blocks: names are resolved in a bounded pool",
    ("daemon/base/log.cpp", "thread"): "spdlog's sinks are locked: any thread may log",
    ("daemon/base/log.cpp", "clock"): "the limit of lines a minute is the log's own, not the news'",
}


def _uses(tree):
    for path, text in tree.below("daemon"):
        code = bare(text)
        for kind, pattern in FORBIDDEN:
            for found in re.finditer(pattern, code):
                yield path, kind, line_of(code, found.start()), found.group()


def time_and_chance_are_given(tree):
    """No clock, sleep, chance or thread but in the named files of the ground floor."""
    for path, kind, line, what in _uses(tree):
        if (path, kind) not in EXCEPTIONS:
            yield f"{path}:{line}: {what.strip()}: {kind} is given by base/, never taken"


def exceptions_are_needed(tree):
    used = {(path, kind) for path, kind, _, _ in _uses(tree)}
    for path, kind in EXCEPTIONS:
        if path in tree.files and (path, kind) not in used:
            yield f"tests/house/conduct.py: the exception for {kind} in {path} is not needed"


SQL_TIME = re.compile(r"CURRENT_(?:TIMESTAMP|TIME|DATE)\b|\b(?:date|time|datetime|julianday|strftime|unixepoch)\s*\([^)]*'now'|\brandom(?:blob)?\s*\(", re.IGNORECASE)


def sql_asks_for_no_time(tree):
    for path, text in [*tree.below("migrations", ends=(".sql",)), *tree.below("daemon/store")]:
        for found in SQL_TIME.finditer(text):
            yield f"{path}:{line_of(text, found.start())}: {found.group()} in SQL: time and chance are given"


AWAIT = re.compile(r"\bco_await\b([^;]*);")


def nothing_is_built_while_awaiting(tree):
    """g++ 12 destroys temporaries of { } and [ ] inside a co_await expression twice."""
    for path, text in tree.below("daemon", "tests"):
        code = bare(text)
        for found in AWAIT.finditer(code):
            mark = re.search(r"[{\[]", found.group(1))
            # "if (co_await …) {" and "co_await x) {" end the expression at a closing bracket of an outer one.
            if mark and not _closed_before(found.group(1), mark.start()):
                yield f"{path}:{line_of(code, found.start())}: '{mark.group()}' between co_await and ';': name the value on the line above"


def _closed_before(expression, end):
    depth = 0
    for character in expression[:end]:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return True
    return False


TASK = re.compile(r"\bTask<[^;{}()]*>\s+(?:[\w:]+::)?(\w+)\s*\(([^{};]*?)\)\s*(?:const\s*)?(?:override\s*)?(?:final\s*)?(?:=\s*0\s*)?[;{]", re.DOTALL)
BORROWED = re.compile(r"string_view\b(?!\s*\()|\bspan<|\bconst\s+[\w:<>, ]+&|&&")


def coroutines_take_values(tree):
    """A coroutine outlives its caller's locals; references are for services only (non-const)."""
    for path, text in tree.below("daemon"):
        code = bare(text)
        for found in TASK.finditer(code):
            borrowed = BORROWED.search(found.group(2))
            if borrowed:
                yield f"{path}:{line_of(code, found.start())}: coroutine {found.group(1)} borrows ({' '.join(borrowed.group().split())}): take values"


def nobody_calls_a_shell(tree):
    for path, text in tree.below("daemon"):
        code = bare(text)
        for found in re.finditer(r"\b(?:std::)?system\s*\(|\bpopen\s*\(|\bexecv?p?e?\s*\(|\bfork\s*\(", code):
            yield f"{path}:{line_of(code, found.start())}: {found.group().strip()}: the daemon starts no programs"


RULES = [time_and_chance_are_given, exceptions_are_needed, sql_asks_for_no_time, nothing_is_built_while_awaiting, coroutines_take_values,
         nobody_calls_a_shell]
