// SPDX-License-Identifier: Apache-2.0
#include "base/text/decode.h"

#include <algorithm>
#include <utility>

#include "base/text/detect.h"
#include "base/text/encoding.h"
#include "base/text/lanes.h"
#include "base/text/prescan.h"

namespace bylined::text {
namespace {

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

// What the bytes say against what was declared. A letter that was cut somewhere, as whoever shortens a description by
// bytes cuts one, says nothing for the declaration.
const Encoding& believed(const Encoding& said, std::string_view bytes) {
  if (said.name.starts_with("utf-16")) return may_be_utf16(bytes) ? said : detect_encoding(bytes);
  if (ascii_length(bytes) == bytes.size()) return said;
  const Utf8Count count = count_utf8(bytes);
  if (said.name == "utf-8") return count.damaged > count.whole ? detect_encoding(bytes) : said;
  if (count.likely()) return encoding_named("utf-8");
  if (said.name == "replacement") return detect_encoding(bytes);
  if (said.name == "euc-kr" || !may_be_korean(bytes)) return said;
  const Encoding& seen = detect_encoding(bytes);
  return seen.name == "euc-kr" ? seen : said;
}

Decoded read_as_likely(std::string_view bytes, std::string_view content_type) {
  const Choice marked = by_mark(bytes);
  if (marked.encoding != nullptr) return read_as(*marked.encoding, bytes.substr(marked.skip));
  const Encoding* said = declared(bytes, content_type);
  if (said == nullptr) return read_as(detect_encoding(bytes), bytes);
  // Most documents are what they say: then the bytes need be read only once.
  if (said->name == "utf-8" && valid_utf8(bytes)) return Decoded{std::string(bytes), std::string(said->name), 0};
  return read_as(believed(*said, bytes), bytes);
}

constexpr std::size_t kStride = 64;

constexpr auto begins_code_point = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };

bool is_unwanted(char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; }

// Hardly any text has one, so it is looked for in blocks.
bool has_unwanted(std::string_view text) {
  std::size_t at = 0;
  for (; at + kStride <= text.size(); at += kStride) {
    Marked wanted = ~Marked{};
    for (std::size_t i = 0; i < kStride; i += sizeof(Bytes)) {
      const Bytes c = bytes_at(text.data() + at + i);
      wanted &= (c > 0x1F) | (c == '\t') | (c == '\n') | (c == '\r');
    }
    if (is_marked(~wanted)) return true;
  }
  return std::any_of(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_unwanted);
}

}  // namespace

bool valid_utf8(std::string_view text) { return utf8_run(text) == text.size(); }

std::size_t code_points(std::string_view text) { return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_code_point)); }

std::string_view first_code_points(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t met = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (begins_code_point(text[at]) && ++met > most) return text.substr(0, at);
  }
  return text;
}

std::string_view first_bytes(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && !begins_code_point(text[end])) --end;
  return text.substr(0, end);
}

Decoded decode_verbatim(std::string_view bytes, std::string_view content_type) {
  Choice choice = by_mark(bytes);
  if (choice.encoding == nullptr) choice.encoding = declared(bytes, content_type);
  if (choice.encoding == nullptr) choice.encoding = &detect_encoding(bytes);
  return read_as(*choice.encoding, bytes.substr(choice.skip));
}

Decoded decode(std::string_view bytes, std::string_view content_type) {
  Decoded decoded = read_as_likely(bytes, content_type);
  if (has_unwanted(decoded.text)) std::erase_if(decoded.text, is_unwanted);
  return decoded;
}

bool claims_utf8(std::string_view bytes, std::string_view content_type) {
  if (by_mark(bytes).encoding != nullptr) return false;
  const Encoding* said = declared(bytes, content_type);
  return said == nullptr || said->name == "utf-8";
}

// What declares nothing is UTF-8 where it can be, and the escapes of others are unwanted letters.
std::string_view decoded_in(std::string_view bytes, std::string_view content_type, std::string& copy) {
  if (claims_utf8(bytes, content_type) && valid_utf8(bytes) && !has_unwanted(bytes)) return bytes;
  return copy = decode(bytes, content_type).text;
}

}  // namespace bylined::text
