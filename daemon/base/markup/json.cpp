// SPDX-License-Identifier: Apache-2.0
#include "base/markup/json.h"

namespace bylined::markup {
namespace {

constexpr std::size_t kDepth = 64;
constexpr std::string_view kBom = "\xEF\xBB\xBF";

}  // namespace

Result<json::value> parse_json(std::string_view text) {
  const std::size_t skipped = text.starts_with(kBom) ? kBom.size() : 0;
  json::parse_options options;
  options.max_depth = kDepth;
  json::parser parser(json::storage_ptr(), options);
  json::error_code failure;
  const std::size_t read = parser.write_some(text.data() + skipped, text.size() - skipped, failure);
  if (!failure && text.find_first_not_of(" \t\r\n", skipped + read) != std::string_view::npos) failure = json::error::extra_data;
  if (failure) {
    return Error(ErrorKind::kInvalid, "JSON at byte " + std::to_string(skipped + read) + ": " + failure.message());
  }
  return parser.release();
}

std::string_view text_at(const json::value& object, std::string_view key) {
  const json::object* members = object.if_object();
  if (members == nullptr) return std::string_view();
  const json::value* member = members->if_contains(key);
  const json::string* text = member == nullptr ? nullptr : member->if_string();
  return text == nullptr ? std::string_view() : std::string_view(text->data(), text->size());
}

}  // namespace bylined::markup
