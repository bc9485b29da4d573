// SPDX-License-Identifier: Apache-2.0
// What went wrong, in the caller's terms: the kind says what to do next, the text grows outward.
// Never holds a secret, and never more than 200 bytes of somebody else's words.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace bylined {

enum class ErrorKind {
  kTransient,  // may pass by itself: try again later
  kRefused,    // a rule of ours or theirs forbids it: do not try again unchanged
  kInvalid,    // the input is wrong: say so to whoever gave it
  kNotFound,   // it is not there
  kExhausted,  // a limit of ours was hit: count it, go on without
  kBusy,       // too much of this is under way here: try again soon, it says nothing of whom it was for
  kCancelled,  // we are stopping
  kCorrupt,    // stored data cannot be trusted: stop writing
};

std::string_view kind_name(ErrorKind kind);

class Error {
 public:
  Error(ErrorKind kind, std::string text) : kind_(kind), text_(std::move(text)) {}

  ErrorKind kind() const { return kind_; }
  const std::string& text() const { return text_; }
  bool worth_retrying() const { return kind_ == ErrorKind::kTransient || kind_ == ErrorKind::kBusy; }

  // The same error, seen from one level further out: "where: text".
  Error within(std::string_view where) const;

 private:
  ErrorKind kind_;
  std::string text_;
};

// Foreign words for an error or a log line: quoted, control characters escaped, cut at 200 bytes
// on a character's edge.
std::string quoted(std::string_view foreign);
// As good a match as std::quoted, which argument-dependent look-up finds too where <iomanip> is included.
inline std::string quoted(const std::string& foreign) { return quoted(std::string_view(foreign)); }
inline std::string quoted(std::string& foreign) { return quoted(std::string_view(foreign)); }
inline std::string quoted(const char* foreign) { return quoted(std::string_view(foreign)); }

}  // namespace bylined
