// SPDX-License-Identifier: Apache-2.0
// The plumbing commands: one document in, what a room of the path makes of it out. For scripts, and for
// measuring a room against other programs. Touches no store and no network.
//
// A tool is one file of tools/ and one line in tools.inc.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "base/markup/json.h"
#include "base/result.h"

namespace bylined::plumbing {

namespace json = markup::json;
using Words = std::vector<std::string>;

// Answers one request, without its `id`. Called from several threads at once.
using Answerer = std::function<Result<json::object>(const json::object& request)>;

struct Tool {
  std::string_view name;     // "extract"
  std::string_view summary;  // one line for the help
  std::vector<std::string_view> options;     // "--content-type": its value becomes request member "content_type"
  std::vector<std::string_view> switches;    // "--explain": request member "explain" is true
  std::vector<std::string_view> positional;  // request members in order, e.g. "file"
  // `shared` holds the options that were given before --batch; they hold for every request.
  Result<Answerer> (*prepare)(const json::object& shared);
  // The single form: writes the answer, returns the exit status. Null: the answer as one JSON document, 0.
  int (*print)(const json::object& answer, std::ostream& out, std::ostream& err);
};
const std::vector<const Tool*>& tools();
const Tool* find_tool(std::string_view name);

// `words` without the tool's name. Exit status: 0, or 64 for words it does not take, 65 for a bad document.
// Batch (`--batch`): one JSON object a line from `in`, one a line to `out` in any order, answered by
// `--jobs N` threads (all cores where absent). A line is at most 16 MiB.
int run_tool(const Tool& tool, const Words& words, std::istream& in, std::ostream& out, std::ostream& err);

// ---- for tools -------------------------------------------------------------------------------------

// Bytes of request.file; kNotFound names it. At most 64 MiB.
Result<std::string> read_file(const json::object& request);
// Member as text, empty where it is absent or null.
std::string text_of(const json::object& request, std::string_view member);
// Null where the text is empty.
json::value text_or_null(std::string_view text);

}  // namespace bylined::plumbing
