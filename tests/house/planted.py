# SPDX-License-Identifier: Apache-2.0
"""For each rule, small trees that break it ("bad") and small trees that nearly do ("good"). Path → text."""

L = "// SPDX-License-Identifier: Apache-2.0\n"
H = L + "// A room for a test. Never anything else.\n#pragma once\n"
P = "# SPDX-License-Identifier: Apache-2.0\n"
FLOORS = {"daemon/CMakeLists.txt": "bylined_floor(base LINK CURL::libcurl)\nbylined_floor(model ON base)\nbylined_floor(store ON base model)\n"
                                   "bylined_floor(pipeline ON base model store LINK X)\n"}


def cpp(path, body, **more):
    """A tree of one source below the four floors."""
    return {**FLOORS, path: L + body, **more}


def lines(count, one="int x;\n"):
    return one * count


def function(length):
    return "int f() {\n" + lines(length - 2, "  g();\n") + "}\n"


SAMPLES = {
    "floors_look_down_only": {
        "bad": [
            cpp("daemon/base/a.cpp", '#include "model/ids.h"\n'),
            cpp("daemon/model/a.h", '#include "pipeline/match/match.h"\n'),
            cpp("daemon/cellar/a.cpp", ""),
            cpp("daemon/base/a.cpp", '#include "neighbour.h"\n'),
            {"daemon/CMakeLists.txt": "bylined_floor(base ON model)\nbylined_floor(model ON base)\n"},
        ],
        "good": [cpp("daemon/pipeline/visit.cpp", '#include "store/store.h"\n#include "base/error.h"\n#include <vector>\n#include "table.inc"\n'),
                 cpp("daemon/bylined.cpp", '#include "app/app.h"\n'),
                 cpp("daemon/base/a.cpp", '// #include "model/ids.h"\n')],
    },
    "private_functions_hide_none_of_a_header": {
        "bad": [cpp("daemon/base/net/a.cpp", "namespace bylined::net {\nnamespace {\n\nbool is_digit(char c) { return c == '0'; }\n\n}  // namespace\n}  // namespace bylined::net\n",
                    **{"daemon/base/digits.h": H + "namespace bylined {\ninline bool is_digit(unsigned c) { return c == 48; }\n}  // namespace bylined\n"})],
        "good": [cpp("daemon/base/net/a.cpp", "namespace bylined::net {\nnamespace {\n\nbool is_digit(char c) { return is_letter(c); }\n\n}  // namespace\nbool is_letter(char c) { return true; }\n}  // namespace bylined::net\n",
                     **{"daemon/base/letters.h": H + "namespace bylined::text {\nbool is_digit(char c);\n}  // namespace bylined::text\nnamespace bylined::net {\nbool is_letter(char c);\n}  // namespace bylined::net\n"})],
    },
    "daemon_holds_floors_and_mains": {
        "bad": [cpp("daemon/loose.cpp", ""), {**FLOORS, "daemon/notes/a.txt": ""}],
        "good": [cpp("daemon/byline.cpp", "", **{"daemon/base/a.inc": ""})],
    },
    "rooms_stay_apart": {
        "bad": [cpp("daemon/pipeline/match/match.cpp", '#include "pipeline/diff/diff.h"\n'),
                cpp("daemon/pipeline/match/deep/a.h", '#include "store/store.h"\n'),
                cpp("daemon/pipeline/listing/a.cpp", '#include "pipeline/pipeline.h"\n')],
        "good": [cpp("daemon/pipeline/poll.cpp", '#include "pipeline/diff/diff.h"\n#include "store/store.h"\n'),
                 cpp("daemon/pipeline/diff/a.cpp", '#include "pipeline/diff/diff.h"\n#include "model/ids.h"\n')],
    },
    "rooms_show_one_face": {
        "bad": [cpp("daemon/pipeline/poll.cpp", '#include "pipeline/diff/inner.h"\n')],
        "good": [cpp("daemon/pipeline/poll.cpp", '#include "pipeline/diff/diff.h"\n#include "pipeline/diff/options.h"\n'),
                 cpp("daemon/pipeline/diff/diff.cpp", '#include "pipeline/diff/inner.h"\n')],
    },
    "one_library_one_folder": {
        "bad": [cpp("daemon/pipeline/fetch/a.cpp", "#include <curl/curl.h>\n"), cpp("daemon/model/a.cpp", "#include <boost/json.hpp>\n"),
                cpp("daemon/store/a.cpp", "#include <sqlite3.h>\n"), cpp("daemon/base/a.cpp", "#include <newlib/thing.hpp>\n"),
                cpp("daemon/base/a.cpp", "#include <gtest/gtest.h>\n"), cpp("daemon/base/text/a.cpp", "#include <spdlog/spdlog.h>\n"),
                cpp("daemon/pipeline/listing/a.cpp", "#include <boost/asio/post.hpp>\n")],
        "good": [cpp("daemon/base/net/a.cpp", "#include <curl/curl.h>\n#include <sys/socket.h>\n#include <unistd.h>\n#include <cstdio>\n"),
                 cpp("daemon/pipeline/poll.cpp", "#include <boost/asio/post.hpp>\n"), cpp("daemon/base/text/a.cpp", "#include <unicode/uchar.h>\n")],
    },
    "pure_rooms_never_wait": {
        "bad": [cpp("daemon/pipeline/match/a.h", '#include "base/lane.h"\n', **{"daemon/base/lane.h": '#include "base/task.h"\n', "daemon/base/task.h": "#include <boost/asio/awaitable.hpp>\n"})],
        "good": [cpp("daemon/pipeline/fetch/a.h", '#include "base/task.h"\n', **{"daemon/base/task.h": "#include <boost/asio/awaitable.hpp>\n"}),
                 cpp("daemon/pipeline/match/a.h", '#include "base/error.h"\n', **{"daemon/base/error.h": "#include <string>\n"})],
    },
    "includes_make_no_circle": {
        "bad": [cpp("daemon/base/a.h", '#include "base/b.h"\n', **{"daemon/base/b.h": '#include "base/c.h"\n', "daemon/base/c.h": '#include "base/a.h"\n'})],
        "good": [cpp("daemon/base/a.h", '#include "base/b.h"\n#include "base/c.h"\n', **{"daemon/base/b.h": '#include "base/c.h"\n', "daemon/base/c.h": ""})],
    },
    "time_and_chance_are_given": {
        "bad": [cpp("daemon/model/a.cpp", "auto t = std::chrono::system_clock::now();\n"), cpp("daemon/base/a.cpp", "std::mutex lock;\n"),
                cpp("daemon/pipeline/a.cpp", "std::this_thread::sleep_for(1s);\n"), cpp("daemon/store/a.cpp", "std::random_device d;\n"),
                cpp("daemon/store/a.cpp", "std::atomic<int> n;\n"), cpp("daemon/store/a.cpp", "long t = time(nullptr);\n"),
                cpp("daemon/base/random.cpp", "std::thread t;\n")],
        "good": [cpp("daemon/base/clock.cpp", "auto t = std::chrono::system_clock::now();\n"), cpp("daemon/pipeline/a.cpp", "co_await clock_.sleep(wait);\n"),
                 cpp("daemon/model/a.cpp", "// a std::mutex would not help\nconst char* word = \"std::mutex\"; auto n = 1'000'000; auto t = clock.now();\n")],
    },
    "exceptions_are_needed": {
        "bad": [cpp("daemon/base/clock.cpp", "int nothing;\n")],
        "good": [cpp("daemon/base/clock.cpp", "Task<void> sleep(Millis) { system_clock::now(); }\n")],
    },
    "sql_asks_for_no_time": {
        "bad": [{"migrations/sqlite/0001_a.sql": "-- x\nCREATE TABLE t (at TEXT DEFAULT CURRENT_TIMESTAMP);\n"},
                cpp("daemon/store/sqlite/a.cpp", "run(\"INSERT INTO t VALUES (datetime('now'))\");\n"), cpp("daemon/store/sqlite/a.cpp", 'run("SELECT random()");\n')],
        "good": [cpp("daemon/store/sqlite/a.cpp", "run(\"SELECT datetime(?1, 'unixepoch')\");\n")],
    },
    "nothing_is_built_while_awaiting": {
        "bad": [cpp("daemon/base/a.cpp", "co_await lane.run([text] { return text; });\n"), cpp("daemon/base/a.cpp", "auto a = co_await client.send(Request{.url = u});\n"),
                cpp("tests/base/a_test.cpp", "co_await f(values[0]);\n")],
        "good": [cpp("daemon/base/a.cpp", "if (co_await ready()) {\n  go();\n}\nwhile (!(co_await done())) { wait(); }\n"),
                 cpp("daemon/base/a.cpp", '// co_await f{};\nco_await f("{", arguments); auto b = values[0];\n')],
    },
    "coroutines_take_values": {
        "bad": [cpp("daemon/base/a.h", "Task<void> f(const std::string& text);\n"), cpp("daemon/base/a.h", "Task<Result<int>> f(std::string_view text);\n"),
                cpp("daemon/base/a.cpp", "Task<int> A::f(int n, std::vector<int>&& v) {\n}\n")],
        "good": [cpp("daemon/base/a.h", "Task<void> f(net::HttpClient& client, std::string text);\nvoid g(std::string_view text);\n")],
    },
    "nobody_calls_a_shell": {
        "bad": [cpp("daemon/base/a.cpp", 'std::system("ls");\n'), cpp("daemon/app/a.cpp", 'popen("ls", "r");\n')],
        "good": [cpp("daemon/base/a.cpp", "boost::system::error_code code; file_system(1);\n")],
    },
    "files_are_short": {
        "bad": [cpp("daemon/base/a.cpp", lines(500)), {"tests/a.py": P + lines(500, "x = 1\n")}, {"go": "#!/bin/bash\n" + P + lines(500, ":\n")}],
        "good": [cpp("daemon/base/a.cpp", lines(499)), {"daemon/base/a_table.inc": lines(900)}, {"docs/a.md": lines(900, "word\n")}],
    },
    "functions_are_short": {
        "bad": [cpp("daemon/base/a.cpp", function(61)), {"tests/a.py": P + "def f():\n" + lines(60, "    x = 1\n")}],
        "good": [cpp("daemon/base/a.cpp", function(60)), {"tests/a.py": P + "def f():\n" + lines(59, "    x = 1\n")}],
    },
    "functions_take_few_parameters": {
        "bad": [cpp("daemon/base/a.cpp", "int f(int a, int b, int c, int d, int e, int f) { return a; }\n")],
        "good": [cpp("daemon/base/a.cpp", "int f(std::map<int, int> a, int b, int c, int d, std::function<void(int, int)> e) { return b; }\n")],
    },
    "sources_open_with_their_licence": {
        "bad": [{"daemon/base/a.cpp": "#include <map>\n"}, {"tests/a.py": "import os\n"}, {"go": "#!/bin/bash\necho\n"}],
        "good": [{"daemon/base/a.cpp": L, "tests/a.py": P, "go": "#!/bin/bash\n" + P}],
    },
    "headers_say_what_they_are_for": {
        "bad": [{"daemon/base/a.h": L + "#pragma once\n"}, {"daemon/base/a.h": L + "// What it is for.\n\nint x;\n"}, {"daemon/base/a.h": L + lines(13, "// On and on.\n") + "#pragma once\n"}],
        "good": [{"daemon/base/a.h": H}, {"daemon/base/a.h": L + "// What it is for.\n//\n// And a word more.\n#pragma once\n"}],
    },
    "test_names_are_sentences": {
        "bad": [cpp("tests/base/a_test.cpp", "TEST(Backoff, doubles_from_the_floor) {}\n"), cpp("tests/base/a_test.cpp", "TEST(Backoff, Works) {}\n"),
                cpp("tests/base/a_test.cpp", "TEST_F(Backoff, Test_1) {}\n")],
        "good": [cpp("tests/base/a_test.cpp", "TEST(Backoff, DoublesFromTheFloorAndStopsAtTheCeiling) {}\nTEST_P(Store, Keeps2Rows) {}\n")],
    },
    "names_say_what_things_are": {
        "bad": [cpp("daemon/base/a.h", "class FetchManager {\n};\n"), cpp("daemon/base/a.h", "struct SourceInfo final : Base {\n};\n"), cpp("daemon/base/string_utils.h", ""),
                cpp("daemon/base/Fetch.cpp", "")],
        "good": [cpp("daemon/base/fetcher.h", "class Fetcher {\n};\nstruct Database {\n};\n")],
    },
    "nothing_is_left_lying": {
        "bad": [cpp("daemon/base/a.cpp", "// TO" "DO: later\n"), cpp("daemon/base/a.cpp", "  // send(request);\n"), cpp("daemon/base/a.cpp", "using namespace std;\n"),
                cpp("daemon/base/a.cpp", "// return x;\n")],
        "good": [cpp("daemon/base/a.cpp", "// Sends a request (once).\n// return to work as before\nusing namespace std::chrono_literals;\n")],
    },
    "every_plug_has_fixtures": {
        "bad": [{"daemon/pipeline/listing/adapters/adapters.inc": "ADAPTER(feed)\n", "tests/pages/feed/ordinary.html": "", "tests/pages/feed/empty.html": ""},
                {"daemon/query/plumbing/tools.inc": "TOOL(robots)\n", "tests/query/a_test.cpp": L}, {"daemon/store/plugs.inc": "PLUG(one)\n"}],
        "good": [{"daemon/pipeline/listing/adapters/adapters.inc": "// ADAPTER(old)\nADAPTER(feed)\n", "tests/pages/feed/ordinary.html": "", "tests/pages/feed/empty.html": "",
                  "tests/pages/feed/broken.html": ""}, {"daemon/model/office_table.inc": "OFFICE(277)\n", "daemon/base/markup/html_tags.inc": 'TAG("div", kBlock)\n'},
                 {"daemon/query/plumbing/tools.inc": "TOOL(parse_feed)\n", "tests/query/a_test.cpp": 'run("parse-feed");\n'}],
    },
    "migrations_have_no_gaps": {
        "bad": [{"migrations/sqlite/0001_a.sql": "-- why\n", "migrations/sqlite/0003_b.sql": "-- why\n"}, {"migrations/sqlite/1_a.sql": "-- why\n"},
                {"migrations/sqlite/0001_a.sql": "CREATE\n"}, {"migrations/sqlite/0001_a.sql": "-- why\n", "migrations/postgres/0001_a.sql": "-- why\n", "migrations/postgres/0002_b.sql": "-- why\n"}],
        "good": [{"migrations/sqlite/0001_a.sql": "-- why\n", "migrations/sqlite/0002_b.sql": "-- why\n"}],
    },
    "nothing_speaks_of_a_workplace": {
        "bad": [{"docs/a.md": "see /wo" "rk/main\n"}, {"docs/a.md": "written in this ses" "sion\n"}, {"tests/a.json": '{"resolved": "https://regi' 'stry.npmjs.org/x"}'},
                {"a.pem": "-----BEGIN PRIV" "ATE KEY-----\n"}],
        "good": [{"docs/a.md": "the work of a session token; https://press.example/work/1\n"}],
    },
    "tests_ask_no_strangers": {
        "bad": [{"tests/a.py": 'urlopen(' '"https://www.naver.com/")\n'}, {"tests/go.sh": "curl -s https://yna.c" "o.kr/rss\n"}],
        "good": [{"tests/a.py": 'urlopen("http://127.0.0.1:80/")\nurlopen("https://press.example/")\nURL = "https://www.naver.com/"\n'}],
    },
    "every_setting_stands_in_the_example": {
        "bad": [cpp("daemon/settings/a.cpp", 'table.find("every");\n', **{"config/bylined.toml": "url = 1\n"})],
        "good": [cpp("daemon/settings/a.cpp", 'table.find("every"); table.need("url", "x"); root.table("fetch");\n',
                     **{"config/bylined.toml": "[fetch]\n# every = \"1m\"\nper_host = { url = 2 }\n"})],
    },
    "scripts_can_be_run": {
        "bad": [{"go": "#!/bin/sh\n"}],
        "good": [{"go.txt": "no script\n"}],
    },
}
