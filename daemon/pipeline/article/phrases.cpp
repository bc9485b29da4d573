// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/phrases.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

constexpr std::size_t kBytesRead = 600;
constexpr std::size_t kWordsRead = 16;
constexpr std::size_t kWordsLooked = 14;  // a phrase begins within these
constexpr std::size_t kLongestPhrase = 3;
constexpr std::size_t kWideBytes = 150;   // where words are not parted by blanks

constexpr std::array<std::pair<std::string_view, Purpose>, kPurposes> kTable{{
#define PHRASES(purpose, name, phrases) {phrases, Purpose::k##purpose},
#include "pipeline/article/phrases.inc"
#undef PHRASES
}};

std::uint32_t bit_of(Purpose purpose) { return std::uint32_t{1} << static_cast<unsigned>(purpose); }

// Scripts in which a phrase is looked for as a piece of text: what stands before or behind may be glued to it.
bool is_glued(std::string_view phrase) {
  const std::uint32_t first = letter_at(phrase).code;
  return is_wide(first) || (first >= 0xAC00 && first <= 0xD7A3);
}

struct Index {
  std::unordered_map<std::string, std::uint32_t> by_words;
  std::vector<std::pair<std::string_view, std::uint32_t>> glued;
};

Index make_index() {
  Index index;
  for (const auto& [phrases, purpose] : kTable) {
    for (std::size_t at = 0; at < phrases.size();) {
      const std::size_t end = std::min(phrases.find('|', at), phrases.size());
      const std::string_view phrase = phrases.substr(at, end - at);
      if (is_glued(phrase)) index.glued.emplace_back(phrase, bit_of(purpose));
      else index.by_words[std::string(phrase)] |= bit_of(purpose);
      at = end + 1;
    }
  }
  return index;
}

const Index& index() {
  static const Index made = make_index();
  return made;
}

}  // namespace

std::string_view purpose_name(Purpose purpose) {
  static constexpr std::array<std::string_view, kPurposes> kNames{
#define PHRASES(purpose, name, phrases) name,
#include "pipeline/article/phrases.inc"
#undef PHRASES
  };
  return kNames[static_cast<std::size_t>(purpose)];
}

Purposes purposes_of(std::string_view text) {
  Purposes found;
  const auto note = [&](std::uint32_t bits, bool start) {
    found.anywhere |= bits;
    if (start) found.at_start |= bits;
  };
  const auto words = words_of(text.substr(0, kBytesRead), kWordsRead);
  for (std::size_t i = 0; i < std::min(words.size(), kWordsLooked); ++i) {
    std::string phrase;
    for (std::size_t n = i; n < std::min(words.size(), i + kLongestPhrase); ++n) {
      phrase += n == i ? words[n] : " " + words[n];
      const auto known = index().by_words.find(phrase);
      if (known != index().by_words.end()) note(known->second, i == 0);
    }
  }
  const std::string_view head = text.substr(0, kWideBytes);
  const bool ascii = std::all_of(head.begin(), head.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) return found;
  for (const auto& [phrase, bits] : index().glued) {
    const std::size_t at = head.find(phrase);
    if (at != std::string_view::npos) note(bits, at == 0);
  }
  return found;
}

}  // namespace bylined::article
