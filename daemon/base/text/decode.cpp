// SPDX-License-Identifier: Apache-2.0
#include "base/text/decode.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <utility>

#include "base/text/detect.h"
#include "base/text/encoding.h"
#include "base/text/prescan.h"

namespace bylined::text {
namespace {

// So many letters of UTF-8 do not come about by chance in another charset.
constexpr std::size_t kNoChance = 4;

struct Choice {
  const Encoding* encoding = nullptr;  // null: nothing says
  std::size_t skip = 0;                // of a byte order mark
};

Choice by_mark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return {&encoding_named("utf-8"), 3};
  if (bytes.starts_with("\xFE\xFF")) return {&encoding_named("utf-16be"), 2};
  if (bytes.starts_with("\xFF\xFE")) return {&encoding_named("utf-16le"), 2};
  return {};
}

const Encoding* declared(std::string_view bytes, std::string_view content_type) {
  const Encoding* encoding = encoding_for_label(charset_of(content_type));
  return encoding != nullptr ? encoding : declared_encoding(bytes);
}

Decoded read_as(const Encoding& encoding, std::string_view bytes) {
  Utf8Sink out(bytes.size());
  encoding.decode(encoding, bytes, out);
  Decoded decoded;
  decoded.replaced = out.replaced();
  decoded.text = out.take();
  decoded.charset = encoding.name;
  return decoded;
}

// Hangul under the label that servers put on whatever they are not told: its letters are pairs of high bytes, where
// those of a Latin script stand alone between ASCII.
bool is_korean(std::string_view bytes) {
  std::size_t alone = 0, paired = 0;
  for (std::size_t at = ascii_length(bytes); at < bytes.size();) {
    std::size_t end = at;
    while (end < bytes.size() && static_cast<unsigned char>(bytes[end]) >= 0x80) ++end;
    (end - at == 1 ? alone : paired) += end - at;
    at = end + 1;
  }
  return paired >= kNoChance && paired > alone * 4 && detect_encoding(bytes).name == "euc-kr";
}

// What the bytes say against what was declared.
const Encoding& believed(const Encoding& said, std::string_view bytes) {
  if (said.name.starts_with("utf-16") || ascii_length(bytes) == bytes.size()) return said;
  const Utf8Count count = count_utf8(bytes);
  if (said.name != "utf-8" && count.damaged == 0 && static_cast<std::size_t>(count.whole) >= kNoChance) return encoding_named("utf-8");
  if (said.name == "windows-1252" && is_korean(bytes)) return encoding_named("euc-kr");
  if (said.name != "utf-8") return said;
  return count.damaged > count.whole ? detect_encoding(bytes) : said;
}

bool is_unwanted(char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; }

}  // namespace

bool valid_utf8(std::string_view text) {
  const std::size_t first = ascii_length(text);
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<int32_t>(text.size());
  for (auto at = static_cast<int32_t>(first); at < length;) {
    UChar32 point;
    U8_NEXT(data, at, length, point);
    if (point < 0) return false;
  }
  return true;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

Decoded decode_verbatim(std::string_view bytes, std::string_view content_type) {
  Choice choice = by_mark(bytes);
  if (choice.encoding == nullptr) choice.encoding = declared(bytes, content_type);
  if (choice.encoding == nullptr) choice.encoding = &detect_encoding(bytes);
  return read_as(*choice.encoding, bytes.substr(choice.skip));
}

Decoded decode(std::string_view bytes, std::string_view content_type) {
  Choice choice = by_mark(bytes);
  if (choice.encoding == nullptr) {
    const Encoding* said = declared(bytes, content_type);
    choice.encoding = said != nullptr ? &believed(*said, bytes) : &detect_encoding(bytes);
  }
  Decoded decoded = read_as(*choice.encoding, bytes.substr(choice.skip));
  std::erase_if(decoded.text, is_unwanted);
  return decoded;
}

}  // namespace bylined::text
