// SPDX-License-Identifier: Apache-2.0
// JSON values (Boost.JSON), read with limits and written compactly.
#pragma once

#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "base/result.h"

namespace bylined::markup {

namespace json = boost::json;

// A BOM is skipped. kInvalid with the offset; nesting beyond 64 is refused.
Result<json::value> parse_json(std::string_view text);
// As pages embed it: comment marks, control characters in strings, trailing commas are let pass; the first whole value is read.
Result<json::value> parse_loose_json(std::string_view text);
// Compact, with numbers as people write them: 0.9 where the library would say 9E-1. What is no number is null.
std::string to_text(const json::value& value);
// Member of an object as text; empty where it is absent or not a string.
std::string_view text_at(const json::value& object, std::string_view key);

}  // namespace bylined::markup
