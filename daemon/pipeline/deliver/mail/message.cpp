// SPDX-License-Identifier: Apache-2.0
#include "pipeline/deliver/mail/message.h"

#include <algorithm>

#include "base/digest.h"

namespace bylined::deliver {
namespace {

constexpr std::size_t kLine = 76;        // of a line that holds an encoded word (RFC 2047, 2)
constexpr std::size_t kLongestLine = 998;  // RFC 5322, 2.1.1
constexpr std::size_t kWordFrame = 12;   // =?UTF-8?B? and ?=
constexpr std::size_t kWordBytes = 45;   // 60 characters of base64 in a word of at most 75

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }
bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}
bool has_control(std::string_view text) { return std::any_of(text.begin(), text.end(), is_control); }

Error refused(std::string_view name, std::string_view value) {
  return Error(ErrorKind::kInvalid, "mail header " + std::string(name) + " cannot hold " + quoted(value));
}

// The longest beginning of at most `most` bytes that ends with a whole character.
std::string_view head_of(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end == 0 ? most : end);
}

// `used`: columns of the first line that are taken already.
std::string encoded_words(std::string_view text, std::size_t used) {
  std::string out;
  std::size_t room = used + kWordFrame + 4 > kLine ? 0 : std::min(kWordBytes, (kLine - used - kWordFrame) / 4 * 3);
  while (!text.empty()) {
    const std::string_view word = room < 4 ? std::string_view() : head_of(text, room);
    if (!word.empty()) out += "=?UTF-8?B?" + base64(word) + "?=";
    text.remove_prefix(word.size());
    if (!text.empty()) out += "\r\n ";
    room = kWordBytes;
  }
  return out;
}

bool needs_words(std::string_view text, std::size_t used) {
  return !is_ascii(text) || used + text.size() > kLine || text.find("=?") != std::string_view::npos || text.starts_with(' ') || text.ends_with(' ');
}

bool is_atom(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

// A display name as a phrase: words of atoms, a quoted string, or encoded words.
std::string phrase(std::string_view name, std::size_t used) {
  if (needs_words(name, used + 2)) return encoded_words(name, used);
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) { return is_atom(c) || c == ' '; });
  if (plain) return std::string(name);
  std::string quoted_string = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted_string += '\\';
    quoted_string += c;
  }
  return quoted_string + '"';
}

std::size_t last_line_length(std::string_view text) {
  const std::size_t end = text.rfind('\n');
  return end == std::string_view::npos ? text.size() : text.size() - end - 1;
}

}  // namespace

Result<std::string> plain_field(std::string_view name, std::string_view value) {
  if (has_control(value) || !is_ascii(value) || name.size() + 2 + value.size() > kLongestLine) return refused(name, value);
  return std::string(name) + ": " + std::string(value) + "\r\n";
}

Result<std::string> text_field(std::string_view name, std::string_view value) {
  if (has_control(value)) return refused(name, value);
  const std::size_t used = name.size() + 2;
  const std::string written = needs_words(value, used) ? encoded_words(value, used) : std::string(value);
  return std::string(name) + ": " + written + "\r\n";
}

Result<std::string> mailbox_field(std::string_view name, const Mailbox& mailbox) {
  if (has_control(mailbox.name)) return refused(name, mailbox.name);
  if (has_control(mailbox.address) || !is_ascii(mailbox.address)) return refused(name, mailbox.address);
  std::string line = std::string(name) + ": ";
  if (mailbox.name.empty()) return line + mailbox.address + "\r\n";
  line += phrase(mailbox.name, line.size());
  const bool fits = last_line_length(line) + mailbox.address.size() + 3 <= kLine;
  return line + (fits ? " <" : "\r\n <") + mailbox.address + ">\r\n";
}

std::string base64_part(std::string_view content_type, std::string_view text) {
  std::string part = "Content-Type: " + std::string(content_type) + "\r\nContent-Transfer-Encoding: base64\r\n\r\n";
  const std::string encoded = base64(text);
  for (std::size_t at = 0; at < encoded.size(); at += kLine) {
    part.append(encoded, at, kLine);
    part += "\r\n";
  }
  return part;
}

}  // namespace bylined::deliver
