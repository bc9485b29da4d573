// SPDX-License-Identifier: Apache-2.0
// Every question that people ask the alert log, once: the command line and the HTTP API only translate. A
// question is a path and parameters, an answer is the JSON of the contract. Reads; changes nothing.
//
// A question is one line in routes.inc and one plain function.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/markup/json.h"
#include "base/result.h"
#include "base/time.h"
#include "settings/settings.h"
#include "store/reader.h"

namespace bylined::query {

namespace json = markup::json;

using Params = std::map<std::string, std::string, std::less<>>;

struct Question {
  std::string path;  // "alerts", "alerts/ID"; without a leading '/'
  Params params;
};

// What an answer is made from. `facts` is what the running daemon says of itself; empty without one.
struct Sight {
  store::Reader& reader;
  settings::SettingsPtr settings;  // in force
  json::object facts;
  Instant now;
};

// One question: the pattern's "{id}" is handed over decoded.
struct Route {
  std::string_view pattern;
  std::vector<std::string_view> params;  // those it takes; others are refused with a suggestion
  std::string_view summary;
  Result<json::value> (*answer)(const Sight& sight, const std::string& id, const Params& params);
};
const std::vector<const Route*>& routes();

// kNotFound: no such question or thing. kInvalid: a parameter, with what it takes.
Result<json::value> answer(const Sight& sight, const Question& question);

}  // namespace bylined::query
