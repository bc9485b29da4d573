// SPDX-License-Identifier: Apache-2.0
#include "query/plumbing/plumbing.h"

#include <algorithm>
#include <fstream>
#include <istream>
#include <iterator>
#include <ostream>

#include "base/workers.h"

namespace bylined::plumbing {

#define TOOL(name) extern const Tool name##_tool;
#include "query/plumbing/tools.inc"
#undef TOOL

namespace {

constexpr std::size_t kLineLimit = 16u << 20;
constexpr std::size_t kFileLimit = 64u << 20;
constexpr int kUsage = 64;
constexpr int kBadInput = 65;

struct Call {
  json::object members;
  bool batch = false;
  unsigned jobs = 0;  // 0: all cores
};

// "--content-type" is the member "content_type".
std::string member_name(std::string_view option) {
  std::string name(option.substr(std::min<std::size_t>(2, option.size())));
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

bool holds(const std::vector<std::string_view>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

Result<unsigned> read_jobs(const std::string& word) {
  if (word.empty() || word.size() > 3 || word.find_first_not_of("0123456789") != std::string::npos || word == "0") {
    return Error(ErrorKind::kInvalid, "--jobs takes a number from 1 to 999, not " + quoted(word));
  }
  return static_cast<unsigned>(std::stoul(word));
}

Result<Call> read_words(const Tool& tool, const Words& words) {
  Call call;
  std::size_t placed = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const bool takes_value = word == "--jobs" || holds(tool.options, word);
    if (takes_value && i + 1 == words.size()) return Error(ErrorKind::kInvalid, word + " lacks its value");
    if (word == "--batch") {
      call.batch = true;
    } else if (word == "--jobs") {
      const auto jobs = read_jobs(words[++i]);
      if (!jobs) return jobs.error();
      call.jobs = *jobs;
    } else if (takes_value) {
      call.members[member_name(word)] = words[++i];
    } else if (holds(tool.switches, word)) {
      call.members[member_name(word)] = true;
    } else if (placed < tool.positional.size() && (word == "-" || !word.starts_with("--"))) {
      call.members[tool.positional[placed++]] = word;
    } else {
      return Error(ErrorKind::kInvalid, "unknown word " + quoted(word));
    }
  }
  if (!call.batch && placed < tool.positional.size()) {
    return Error(ErrorKind::kInvalid, "missing " + std::string(tool.positional[placed]));
  }
  return call;
}

std::string usage(const Tool& tool) {
  std::string text = "usage: byline " + std::string(tool.name);
  for (const std::string_view option : tool.options) text += " [" + std::string(option) + " …]";
  for (const std::string_view one : tool.switches) text += " [" + std::string(one) + "]";
  for (const std::string_view place : tool.positional) text += " " + std::string(place);
  return text + "\n       byline " + std::string(tool.name) + " --batch [--jobs N] < requests.jsonl\n";
}

struct Line {
  std::string text;
  std::size_t number = 0;  // from 1
};

// Of a line that names no request: where it stands is all that tells it from others.
std::string damaged_line(const Line& line, const std::string& reason) {
  return markup::to_text(json::object{{"id", nullptr}, {"error", "line " + std::to_string(line.number) + ": " + reason}}) + "\n";
}

std::string answer_line(const Answerer& answer, const Line& line) {
  if (line.text.size() > kLineLimit) return damaged_line(line, "it is longer than 16 MiB");
  auto request = markup::parse_json(line.text);
  if (!request) return damaged_line(line, request.error().text());
  if (!request->is_object()) return damaged_line(line, "the request is no JSON object; write {\"id\": 1, …}");
  json::object reply;
  auto answered = answer(request->as_object());
  if (answered) {
    reply = std::move(*answered);
  } else {
    reply["error"] = answered.error().text();
  }
  const json::value* const id = request->as_object().if_contains("id");
  reply["id"] = id == nullptr ? json::value(nullptr) : *id;
  return markup::to_text(reply) + "\n";
}

// The streams are untied: reading would else flush the output that another thread is writing, and print lines twice.
int run_batch(const Answerer& answer, unsigned jobs, std::istream& in, std::ostream& out) {
  in.tie(nullptr);
  std::size_t lines = 0;
  const auto next = [&]() -> Work {
    Line line;
    while (line.text.empty() && std::getline(in, line.text)) line.number = ++lines;
    if (line.text.empty()) return nullptr;
    return [&, line = std::move(line)]() -> Done { return [&out, text = answer_line(answer, line)] { out << text << std::flush; }; };
  };
  run_workers(jobs, next);
  return 0;
}

int run_single(const Tool& tool, const Answerer& answer, const json::object& request, std::ostream& out, std::ostream& err) {
  const auto answered = answer(request);
  if (!answered) {
    err << "byline " << tool.name << ": " << answered.error().text() << "\n";
    return kBadInput;
  }
  if (tool.print != nullptr) return tool.print(*answered, out, err);
  out << markup::to_text(*answered) << "\n";
  return 0;
}

}  // namespace

const std::vector<const Tool*>& tools() {
  static const std::vector<const Tool*> all{
#define TOOL(name) &name##_tool,
#include "query/plumbing/tools.inc"
#undef TOOL
  };
  return all;
}

const Tool* find_tool(std::string_view name) {
  for (const Tool* tool : tools()) {
    if (tool->name == name) return tool;
  }
  return nullptr;
}

int run_tool(const Tool& tool, const Words& words, std::istream& in, std::ostream& out, std::ostream& err) {
  if (words.size() == 1 && (words[0] == "--help" || words[0] == "-h")) {
    out << tool.summary << "\n" << usage(tool);
    return 0;
  }
  const auto call = read_words(tool, words);
  if (!call) {
    err << "byline " << tool.name << ": " << call.error().text() << "\n" << usage(tool);
    return kUsage;
  }
  const auto answer = tool.prepare(call->batch ? call->members : json::object());
  if (!answer) {
    err << "byline " << tool.name << ": " << answer.error().text() << "\n";
    return kBadInput;
  }
  if (call->batch) return run_batch(*answer, call->jobs, in, out);
  return run_single(tool, *answer, call->members, out, err);
}

Result<std::string> read_file(const json::object& request) {
  const std::string path = text_of(request, "file");
  if (path.empty()) return Error(ErrorKind::kInvalid, "the request names no file; add \"file\": \"PATH\"");
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error(ErrorKind::kNotFound, "cannot open " + quoted(path));
  std::string bytes;
  char block[65536];
  while (file.read(block, sizeof block) || file.gcount() > 0) {
    bytes.append(block, static_cast<std::size_t>(file.gcount()));
    if (bytes.size() > kFileLimit) return Error(ErrorKind::kExhausted, quoted(path) + " is larger than 64 MiB");
  }
  if (file.bad()) return Error(ErrorKind::kNotFound, "cannot read " + quoted(path));
  return bytes;
}

std::string text_of(const json::object& request, std::string_view member) {
  const json::value* const value = request.if_contains(member);
  return value == nullptr || !value->is_string() ? std::string() : std::string(value->as_string());
}

json::value text_or_null(std::string_view text) { return text.empty() ? json::value(nullptr) : json::value(text); }

}  // namespace bylined::plumbing
