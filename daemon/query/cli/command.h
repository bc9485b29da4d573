// SPDX-License-Identifier: Apache-2.0
// A command is one file of commands/ and one line in commands.inc: words in, a question to query/service, a
// table or JSON out.
#pragma once

#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/cli/asker.h"

namespace bylined::cli {

// Exit statuses, after sysexits(3).
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kNothingFound = 2;
inline constexpr int kUsage = 64;
inline constexpr int kBadData = 65;
inline constexpr int kUnavailable = 69;
inline constexpr int kNotWritten = 74;
inline constexpr int kTryAgain = 75;
inline constexpr int kNotPermitted = 77;
inline constexpr int kConfig = 78;

int status_of(const Error& error);

struct Globals {
  Connection connection;
  bool json = false;
  bool korean = false;
};

// One call of a command.
struct Call {
  const Globals& globals;
  std::map<std::string, std::string, std::less<>> given;  // words and options by name, where they were given
  std::ostream& out;
  std::ostream& err;

  std::string word(std::string_view name) const;
  bool has(std::string_view name) const { return given.find(name) != given.end(); }
  // Says the error in one line and returns its exit status.
  int fail(const Error& error) const;
  // Asks the daemon, or the database where none runs; `show` prints the answer for people.
  int ask(const query::Question& question, void (*show)(const Call& call, const query::json::value& answer)) const;
  void print_json(const query::json::value& answer) const;
  // The given options as parameters.
  query::Params params() const;
};

struct Word {
  std::string_view name;   // in Call::given
  std::string_view shown;  // in the help: "ALERT"
  bool many = false;       // one or more; given as lines
};

struct Option {
  std::string_view flag;  // "--since"
  std::string_view name;  // in Call::given, and the parameter's
  std::string_view help;
};

struct Command {
  std::string_view name;  // "alert list"
  std::string_view summary;
  std::string_view summary_ko;
  std::string_view example;
  std::vector<Word> words;
  std::vector<Option> options;
  int (*run)(const Call& call);
};
const std::vector<const Command*>& commands();

}  // namespace bylined::cli
