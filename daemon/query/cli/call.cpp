// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "base/text/shown.h"
#include "query/cli/caret.h"
#include "query/cli/command.h"

namespace bylined::cli {

int status_of(const Error& error) {
  switch (error.kind()) {
    case ErrorKind::kNotFound: return kNothingFound;
    case ErrorKind::kInvalid: return kUsage;
    case ErrorKind::kRefused: return kNotPermitted;
    case ErrorKind::kTransient:
    case ErrorKind::kExhausted:
    case ErrorKind::kBusy:
    case ErrorKind::kCancelled: return kTryAgain;
    case ErrorKind::kCorrupt: return kBadData;
  }
  return kFailed;
}

std::string Call::word(std::string_view name) const {
  const auto found = given.find(name);
  return found == given.end() ? std::string() : found->second;
}

int Call::fail(const Error& error) const {
  err << caret_of(word("query"), error);
  err << "byline: " << error.text() << "\n";
  return status_of(error);
}

query::Params Call::params() const {
  query::Params params;
  for (const auto& [name, value] : given) params.emplace(name, value);
  return params;
}

int Call::ask(const query::Question& question, void (*show)(const Call& call, const query::json::value& answer)) const {
  const auto asker = make_asker(globals.connection, err);
  if (!asker) return fail(asker.error()), asker.error().kind() == ErrorKind::kInvalid ? kConfig : status_of(asker.error());
  const auto answer = (*asker)->ask(question);
  if (!answer) {
    const bool nobody = !globals.connection.server.empty() && answer.error().kind() == ErrorKind::kTransient;
    return fail(answer.error()), nobody ? kUnavailable : status_of(answer.error());
  }
  if (globals.json) print_json(*answer);
  else show(*this, *answer);
  return kDone;
}

// One document, or one a line for a list, so that a list can be read as it comes.
void Call::print_json(const query::json::value& answer) const {
  const query::json::value* const items = answer.is_object() ? answer.as_object().if_contains("items") : nullptr;
  if (items == nullptr || !items->is_array()) {
    out << markup::to_text(answer) << "\n";
    return;
  }
  for (const query::json::value& item : items->as_array()) out << markup::to_text(item) << "\n";
  const query::json::value* const next = answer.as_object().if_contains("next");
  if (next != nullptr && next->is_string()) err << "more: --cursor " << std::string_view(next->as_string()) << "\n";
}

}  // namespace bylined::cli
