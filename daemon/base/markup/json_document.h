// SPDX-License-Identifier: Apache-2.0
// JSON that is read and not changed: its values lie in one piece of memory, which goes with them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/markup/json.h"

namespace bylined::markup {

class JsonDocument {
 public:
  static Result<JsonDocument> parse(std::string_view text);  // as parse_json

  const json::value& root() const { return root_; }

 private:
  JsonDocument(std::unique_ptr<json::monotonic_resource> memory, json::value root) : memory_(std::move(memory)), root_(std::move(root)) {}

  std::unique_ptr<json::monotonic_resource> memory_;
  json::value root_;
};

// A text that ends amid a value, ended behind the last object or list in it that is whole and lies two levels deep at most: of a list
// that was cut the entries before. None where it does not end so, or nothing is whole.
std::optional<std::string> without_cut_end(std::string_view text);

}  // namespace bylined::markup
