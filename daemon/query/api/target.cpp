// SPDX-License-Identifier: Apache-2.0
#include "query/api/target.h"

#include <optional>

#include "base/text/decode.h"

namespace bylined::api {
namespace {

constexpr std::size_t kMostParams = 32;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Result<std::string> decoded(std::string_view text, bool plus_is_blank) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
      if (high < 0 || low < 0) return Error(ErrorKind::kInvalid, "bad percent-encoding in " + quoted(text));
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_blank) {
      c = ' ';
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return Error(ErrorKind::kInvalid, "control character in " + quoted(text));
    out += c;
  }
  if (!text::valid_utf8(out)) return Error(ErrorKind::kInvalid, "not UTF-8: " + quoted(text));
  return out;
}

Status read_pair(std::string_view pair, query::Params& params) {
  if (pair.empty()) return Status();
  const std::size_t equals = pair.find('=');
  auto name = decoded(pair.substr(0, equals), true);
  if (!name) return name.error();
  auto value = equals == std::string_view::npos ? Result<std::string>(std::string()) : decoded(pair.substr(equals + 1), true);
  if (!value) return value.error();
  if (params.size() == kMostParams) return Error(ErrorKind::kInvalid, "more than " + std::to_string(kMostParams) + " parameters");
  if (!params.emplace(std::move(*name), std::move(*value)).second) return Error(ErrorKind::kInvalid, "a parameter is given twice: " + quoted(pair));
  return Status();
}

}  // namespace

Result<Target> read_target(std::string_view text) {
  const std::size_t question = text.find('?');
  Target target;
  auto path = decoded(text.substr(0, question), false);
  if (!path) return path.error();
  target.path = std::move(*path);
  std::string_view rest = question == std::string_view::npos ? std::string_view() : text.substr(question + 1);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const Status read = read_pair(rest.substr(0, end), target.params);
    if (!read) return read.error();
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return target;
}

std::string encoded(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

}  // namespace bylined::api
