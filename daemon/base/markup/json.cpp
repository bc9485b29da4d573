// SPDX-License-Identifier: Apache-2.0
#include "base/markup/json.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/markup/json_document.h"

namespace bylined::markup {
namespace {

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kKeptDepth = 2;  // of a document that was cut: in a list of its root object
constexpr std::size_t kFewestBytes = 1024;  // of a document's memory to begin with
constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::string_view kSection = "<![CDATA[";  // before a script in pages that are XML as well
constexpr std::string_view kSectionEnd = "]]>";  // behind it

void write(std::string& out, const json::value& value);

void write_number(std::string& out, double number) {
  char digits[40];
  const auto [end, code] = std::to_chars(digits, digits + sizeof digits, number);
  out += std::isfinite(number) && code == std::errc() ? std::string_view(digits, static_cast<std::size_t>(end - digits)) : "null";
}

void write_object(std::string& out, const json::object& object) {
  std::string_view before = "{";
  for (const auto& [key, value] : object) {
    out.append(before).append(json::serialize(key)).append(":");
    write(out, value);
    before = ",";
  }
  out += object.empty() ? "{}" : "}";
}

void write_array(std::string& out, const json::array& array) {
  std::string_view before = "[";
  for (const json::value& value : array) {
    out += before;
    write(out, value);
    before = ",";
  }
  out += array.empty() ? "[]" : "]";
}

void write(std::string& out, const json::value& value) {
  if (value.is_object()) return write_object(out, value.get_object());
  if (value.is_array()) return write_array(out, value.get_array());
  if (value.is_double()) return write_number(out, value.get_double());
  out += json::serialize(value);
}

Result<json::value> parse_into(json::storage_ptr memory, std::string_view text) {
  const std::size_t skipped = text.starts_with(kBom) ? kBom.size() : 0;
  json::parse_options options;
  options.max_depth = kDeepest;
  json::parser parser(json::storage_ptr(), options);
  parser.reset(std::move(memory));
  json::error_code failure;
  const std::size_t read = parser.write_some(text.data() + skipped, text.size() - skipped, failure);
  if (!failure && text.find_first_not_of(" \t\r\n", skipped + read) != std::string_view::npos) failure = json::error::extra_data;
  if (failure) {
    return Error(ErrorKind::kInvalid, "JSON at byte " + std::to_string(skipped + read) + ": " + failure.message());
  }
  return parser.release();
}

}  // namespace

std::string to_text(const json::value& value) {
  std::string out;
  write(out, value);
  return out;
}

Result<JsonDocument> JsonDocument::parse(std::string_view text) {
  auto memory = std::make_unique<json::monotonic_resource>(std::max(text.size(), kFewestBytes));
  auto root = parse_into(memory.get(), text);
  if (!root) return root.error();
  return JsonDocument(std::move(memory), *std::move(root));
}

Result<json::value> parse_json(std::string_view text) { return parse_into(json::make_shared_resource<json::monotonic_resource>(), text); }

Result<json::value> parse_loose_json(std::string_view text) {
  std::string plain(text);
  // Outside strings a control character is a blank as well, so all of them may become one.
  for (char& c : plain) c = static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  const std::size_t section = plain.find(kSection);
  const bool in_section = section != std::string::npos && section <= plain.find('{');
  const std::size_t start = plain.find_first_of("{[", in_section ? section + kSection.size() : 0);
  const std::size_t end = plain.find_last_of("}]", in_section ? plain.rfind(kSectionEnd) - 1 : std::string::npos);
  if (start == std::string::npos || end == std::string::npos || end < start) return Error(ErrorKind::kInvalid, "no JSON object or list");
  json::parse_options options;
  options.max_depth = kDeepest;
  options.allow_trailing_commas = true;
  options.allow_comments = true;
  options.allow_invalid_utf8 = true;
  json::error_code failure;
  json::parser parser(json::storage_ptr(), options);
  parser.write_some(plain.data() + start, end - start + 1, failure);
  if (failure) return Error(ErrorKind::kInvalid, "JSON: " + failure.message());
  return parser.release();
}

std::optional<std::string> without_cut_end(std::string_view text) {
  std::string open, open_there;  // brackets; those at `whole`
  std::size_t whole = 0;
  bool is_quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (is_quoted && c == '\\') ++at;
    else if (c == '"') is_quoted = !is_quoted;
    else if (is_quoted) continue;
    else if (c == '{' || c == '[') open += c;
    else if (c == '}' || c == ']') {
      if (open.empty() || open.back() != (c == '}' ? '{' : '[')) return std::nullopt;
      open.pop_back();
      if (open.size() > kKeptDepth) continue;
      whole = at + 1;
      open_there = open;
    }
  }
  if (open.empty() || whole == 0) return std::nullopt;
  std::string closed(text.substr(0, whole));
  for (; !open_there.empty(); open_there.pop_back()) closed += open_there.back() == '{' ? '}' : ']';
  return closed;
}

std::string_view text_at(const json::value& object, std::string_view key) {
  const json::object* members = object.if_object();
  if (members == nullptr) return std::string_view();
  const json::value* member = members->if_contains(key);
  const json::string* text = member == nullptr ? nullptr : member->if_string();
  return text == nullptr ? std::string_view() : std::string_view(text->data(), text->size());
}

}  // namespace bylined::markup
