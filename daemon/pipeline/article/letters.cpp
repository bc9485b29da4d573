// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

bool within(std::uint32_t c, std::uint32_t first, std::uint32_t last) { return c >= first && c <= last; }

}  // namespace

void append_letter(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  const int tail = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  static constexpr int kLead[] = {0, 0xC0, 0xE0, 0xF0};
  out += static_cast<char>(kLead[tail] | static_cast<int>(c >> (6 * tail)));
  for (int left = tail - 1; left >= 0; --left) out += static_cast<char>(0x80 | ((c >> (6 * left)) & 0x3F));
}

Letter letter_at(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
  const std::uint32_t first = byte(0);
  if (first < 0xC0 || text.size() < 2) return {first, 1};
  if (first < 0xE0 || text.size() < 3) return {((first & 0x1F) << 6) | (byte(1) & 0x3F), 2};
  if (first < 0xF0 || text.size() < 4) return {((first & 0x0F) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F), 3};
  return {((first & 0x07) << 18) | ((byte(1) & 0x3F) << 12) | ((byte(2) & 0x3F) << 6) | (byte(3) & 0x3F), 4};
}

std::uint32_t last_letter(std::string_view text) {
  std::size_t at = text.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return letter_at(text.substr(at)).code;
}

bool is_blank(std::uint32_t c) {
  return c <= 0x20 || c == 0xA0 || c == 0x3000 || c == 0x200B || c == 0xFEFF || c == 0x2028 || c == 0x2029;
}

bool is_sentence_end(std::uint32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x2026 || c == 0x964 || c == 0x61F;
}

bool is_comma(std::uint32_t c) { return c == ',' || c == ';' || c == 0x3001 || c == 0xFF0C || c == 0x60C; }
bool is_digit(std::uint32_t c) { return within(c, '0', '9'); }
bool is_wide(std::uint32_t c) { return within(c, 0x3040, 0xA4CF); }

bool is_word(std::uint32_t c) {
  if (c < 0x80) return is_digit(c) || within(c, 'a', 'z') || within(c, 'A', 'Z') || c == '_';
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  if (within(c, 0x2000, 0x2BFF) || within(c, 0x3000, 0x303F) || within(c, 0xFF00, 0xFF0F) || within(c, 0xFF1A, 0xFF20)) return false;
  return c != 0xD7 && c != 0xF7 && c != 0xFEFF && c != 0xFFFD && !within(c, 0x1F000, 0x1FAFF) && c != 0x60C && c != 0x61F && c != 0x964;
}

std::uint32_t lower(std::uint32_t c) {
  if (c < 0x80) return within(c, 'A', 'Z') ? c + 32 : c;
  if (within(c, 0xC0, 0xDE)) return c == 0xD7 ? c : c + 32;
  if (c == 0x130) return 'i';
  if (c == 0x178) return 0xFF;
  if (within(c, 0x139, 0x148) || within(c, 0x179, 0x17E)) return (c & 1) != 0 ? c + 1 : c;
  if (within(c, 0x100, 0x17F)) return c | 1;
  if (within(c, 0x391, 0x3A9)) return c + 32;
  if (within(c, 0x410, 0x42F)) return c + 32;
  if (within(c, 0x400, 0x40F)) return c + 80;
  if (within(c, 0x1EA0, 0x1EF9)) return c | 1;
  return c;
}

bool is_upper(std::uint32_t c) { return lower(c) != c; }

std::string squashed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Letter letter = letter_at(text);
    if (is_word(letter.code)) append_letter(out, lower(letter.code));
    text.remove_prefix(letter.bytes);
  }
  return out;
}

std::vector<std::string> words_of(std::string_view text, std::size_t most) {
  std::vector<std::string> words;
  bool fresh = true;
  while (!text.empty()) {
    const Letter letter = letter_at(text);
    text.remove_prefix(letter.bytes);
    if (!is_word(letter.code)) {
      fresh = true;
      continue;
    }
    fresh = fresh || is_wide(letter.code);
    if (fresh && words.size() == most) break;
    if (fresh) words.emplace_back();
    fresh = is_wide(letter.code);
    append_letter(words.back(), lower(letter.code));
  }
  return words;
}

}  // namespace bylined::article
