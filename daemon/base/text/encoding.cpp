// SPDX-License-Identifier: Apache-2.0
#include "base/text/encoding.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>
#include <map>

#include "base/text/decoders.h"
#include "base/text/lanes.h"

namespace bylined::text {
namespace {

struct Labelled {
  Encoding encoding;
  std::string_view labels;
};

const std::array<Labelled, 40>& entries() {
  static constexpr std::array<Labelled, 40> kEntries{{
#define ENCODING(name, decoder, labels) {{name, decoder}, labels},
#include "base/text/labels.inc"
#undef ENCODING
  }};
  return kEntries;
}

const std::map<std::string_view, const Encoding*>& labels() {
  static const std::map<std::string_view, const Encoding*> kLabels = [] {
    std::map<std::string_view, const Encoding*> all;
    for (const Labelled& entry : entries()) {
      all.emplace(entry.encoding.name, &entry.encoding);
      for (std::string_view left = entry.labels; !left.empty();) {
        const std::size_t end = std::min(left.find(' '), left.size());
        all.emplace(left.substr(0, end), &entry.encoding);
        left.remove_prefix(std::min(end + 1, left.size()));
      }
    }
    // Labels that the standard does not know, seen on Korean pages; there is only one thing they can mean.
    for (const std::string_view korean : {"cp949", "uhc", "ms949", "x-windows-949"}) all.emplace(korean, all.at("euc-kr"));
    return all;
  }();
  return kLabels;
}

constexpr std::size_t kBlock = 64;
constexpr std::size_t kLookBack = 3;  // a letter of UTF-8 has so many bytes before its last one

bool continues_letter(char c) { return (static_cast<std::uint8_t>(c) & 0xC0) == 0x80; }

// Some byte of a block cannot stand behind the three before it, which `text` begins with. The same is asked of every byte and
// there is no branch, so that the compiler can ask many of them at once.
bool has_damage(const char* text) {
  std::uint8_t found = 0;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const auto back = [&](std::size_t count) { return static_cast<std::uint8_t>(text[i + kLookBack - count]); };
    const std::uint8_t c = back(0), before = back(1), second = back(2), third = back(3);
    const bool continues = (c & 0xC0) == 0x80;
    const bool expected = (before >= 0xC0) | (second >= 0xE0) | (third >= 0xF0);
    const bool overlong = (c == 0xC0) | (c == 0xC1) | ((before == 0xE0) & (c < 0xA0)) | ((before == 0xF0) & (c < 0x90));
    const bool surrogate = (before == 0xED) & (c >= 0xA0);
    const bool beyond = (c > 0xF4) | ((before == 0xF4) & (c >= 0x90));
    found |= static_cast<std::uint8_t>((continues != expected) | overlong | surrogate | beyond);
  }
  return found != 0;
}

// Few first bytes allow not all that may continue a letter. Of a block without them less is to be asked, and of most texts that is
// every block; false says nothing. Bytes of 0x80 and more are negative where they are signed, which the processor compares best.
bool is_plainly_sound(const char* text) {
  Marked sound = ~Marked{}, rare{};
  Bytes largest{static_cast<std::uint8_t>(text[kLookBack - 1])};
  for (std::size_t i = 0; i < kBlock; i += sizeof(Bytes)) {
    const Bytes c = bytes_at(text + i + kLookBack), before = bytes_at(text + i + 2), second = bytes_at(text + i + 1), third = bytes_at(text + i);
    const auto value = std::bit_cast<Marked>(c);
    const Marked continues = value < -0x40;
    const Marked begins = (before < 0xC0) & (second < 0xE0) & (third < 0xF0);
    sound &= continues ^ begins;
    rare |= ((c & 0xFE) == 0xC0) | (before == 0xE0) | ((before == 0xED) & (value > -0x61));
    largest = c > largest ? c : largest;
  }
  return !is_marked(~sound | rare | (largest >= 0xF0));
}

// Of a block and the three bytes before it.
bool is_ascii(const char* text) {
  Bytes all = bytes_at(text);
  for (std::size_t i = 0; i < kBlock; i += sizeof all) all |= bytes_at(text + kLookBack + i);
  return !is_marked(all > 0x7F);
}

// Where the blocks without damage end; `from` stands behind a whole letter. The letter at the end is left to be looked at again,
// since it may be cut there.
std::size_t whole_blocks(std::string_view bytes, std::size_t from) {
  std::size_t at = from;
  for (; at + kBlock <= bytes.size(); at += kBlock) {
    const char* const block = bytes.data() + at - kLookBack;
    if (!is_ascii(block) && !is_plainly_sound(block) && has_damage(block)) break;
  }
  while (at > 0 && continues_letter(bytes[at - 1])) --at;
  return at > 0 && static_cast<std::uint8_t>(bytes[at - 1]) >= 0xC0 ? at - 1 : at;
}

// Goes on from `from` letter by letter, until it is at `enough` or beyond; where it stops before, there is damage or the end.
std::size_t letters_until(std::string_view bytes, std::size_t from, std::size_t enough) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto length = static_cast<int32_t>(bytes.size());
  auto at = static_cast<int32_t>(from);
  while (at < length && static_cast<std::size_t>(at) < enough) {
    const int32_t letter = at;
    UChar32 point;
    U8_NEXT(data, at, length, point);
    if (point < 0) return static_cast<std::size_t>(letter);
  }
  return static_cast<std::size_t>(at);
}

}  // namespace

const Encoding* encoding_for_label(std::string_view label) {
  constexpr std::string_view kBlanks = "\t\n\f\r ";
  const std::size_t first = label.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return nullptr;
  label = label.substr(first, label.find_last_not_of(kBlanks) - first + 1);
  if (label.size() > 64) return nullptr;
  std::string lower(label);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const auto found = labels().find(lower);
  return found == labels().end() ? nullptr : found->second;
}

const Encoding& encoding_named(std::string_view name) {
  const auto found = labels().find(name);
  assert(found != labels().end());
  return *found->second;
}

std::size_t ascii_length(std::string_view bytes) {
  std::size_t at = 0;
  constexpr std::uint64_t kHigh = 0x8080808080808080;
  for (; at + 8 <= bytes.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, bytes.data() + at, 8);
    if ((word & kHigh) != 0) break;
  }
  while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
  return at;
}

std::size_t utf8_run(std::string_view bytes) {
  const std::size_t before = letters_until(bytes, 0, kLookBack);
  if (before < kLookBack) return before;
  return letters_until(bytes, whole_blocks(bytes, before), bytes.size());
}

void Utf8Sink::add(char32_t c) {
  if (c < 0x80) {
    text_ += static_cast<char>(c);
    return;
  }
  char out[4];
  std::size_t size = 0;
  if (c < 0x800) {
    out[size++] = static_cast<char>(0xC0 | (c >> 6));
  } else if (c < 0x10000) {
    out[size++] = static_cast<char>(0xE0 | (c >> 12));
    out[size++] = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
  } else {
    out[size++] = static_cast<char>(0xF0 | (c >> 18));
    out[size++] = static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out[size++] = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
  }
  out[size++] = static_cast<char>(0x80 | (c & 0x3F));
  text_.append(out, size);
}

}  // namespace bylined::text
