// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/phrases.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

constexpr std::size_t kBytesRead = 600;
constexpr std::size_t kWordsRead = 16;
constexpr std::size_t kWordsLooked = 14;  // a phrase begins within these
constexpr std::size_t kLongestPhrase = 3;
constexpr std::size_t kWideBytes = 150;   // where words are not parted by blanks
constexpr std::size_t kGluedRows = 256;   // that phrases of these are found in, by their first letter

constexpr std::array<std::pair<std::string_view, Purpose>, kPurposes> kPhrases{{
#define PHRASES(purpose, name, phrases) {phrases, Purpose::k##purpose},
#include "pipeline/article/body/phrases.inc"
#undef PHRASES
}};

std::uint32_t bit_of(Purpose purpose) { return std::uint32_t{1} << static_cast<unsigned>(purpose); }

// Scripts in which a phrase is looked for as a piece of text: what stands before or behind may be glued to it.
bool is_glued(std::string_view phrase) {
  const std::uint32_t first = letter_at(phrase).code;
  return is_wide(first) || (first >= 0xAC00 && first <= 0xD7A3);
}

// What begins with a word: itself, where it is a phrase, and longer ones.
struct Opening {
  std::uint32_t bits = 0;
  bool longer = false;
};

constexpr std::size_t kSlots = 4096;

// By its ends and length; most words of a page share it with no word that begins a phrase.
std::size_t slot_of(std::string_view word) {
  const auto letter = [](char c) { return static_cast<std::size_t>(static_cast<unsigned char>(c)); };
  return (letter(word.front()) * 67 + letter(word.back()) * 5 + word.size() * 521) % kSlots;
}

struct PhraseIndex {
  std::array<bool, kSlots> begins{};
  std::unordered_map<std::string_view, Opening> by_first_word;
  std::unordered_map<std::string_view, std::uint32_t> by_words;  // the longer ones
  std::array<std::vector<std::pair<std::string_view, std::uint32_t>>, kGluedRows> glued;

  void add(std::string_view phrase, std::uint32_t bit) {
    if (is_glued(phrase)) return glued[letter_at(phrase).code % kGluedRows].emplace_back(phrase, bit), void();
    const std::size_t blank = phrase.find(' ');
    Opening& opening = by_first_word[phrase.substr(0, blank)];
    begins[slot_of(phrase.substr(0, blank))] = true;
    if (blank == std::string_view::npos) opening.bits |= bit;
    else opening.longer = true, by_words[phrase] |= bit;
  }
};

PhraseIndex make_phrase_index() {
  PhraseIndex index;
  for (const auto& [phrases, purpose] : kPhrases) {
    for (std::size_t at = 0; at < phrases.size();) {
      const std::size_t end = std::min(phrases.find('|', at), phrases.size());
      index.add(phrases.substr(at, end - at), bit_of(purpose));
      at = end + 1;
    }
  }
  return index;
}

const PhraseIndex& phrase_index() {
  static const PhraseIndex made = make_phrase_index();
  return made;
}

void note(Purposes& found, std::uint32_t bits, bool start) {
  found.anywhere |= bits;
  if (start) found.at_start |= bits;
}

void look_at_words(std::string_view text, Purposes& found) {
  const PhraseIndex& known = phrase_index();
  const WordRow words(text.substr(0, kBytesRead), kWordsRead);
  for (std::size_t i = 0; i < std::min(words.size(), kWordsLooked); ++i) {
    const std::string_view first = words.from_to(i, i);
    const auto opening = known.begins[slot_of(first)] ? known.by_first_word.find(first) : known.by_first_word.end();
    if (opening == known.by_first_word.end()) continue;
    note(found, opening->second.bits, i == 0);
    if (!opening->second.longer) continue;
    for (std::size_t n = i + 1; n < std::min(words.size(), i + kLongestPhrase); ++n) {
      const auto phrase = known.by_words.find(words.from_to(i, n));
      if (phrase != known.by_words.end()) note(found, phrase->second, i == 0);
    }
  }
}

void look_at_pieces(std::string_view head, Purposes& found) {
  const PhraseIndex& known = phrase_index();
  std::size_t length = 1;
  for (std::size_t at = 0; at < head.size(); at += length) {
    const Letter letter = letter_at(head.substr(at));
    length = letter.bytes;
    if (letter.code < 0x80) continue;
    for (const auto& [phrase, bits] : known.glued[letter.code % kGluedRows]) {
      if (head.substr(at).starts_with(phrase)) note(found, bits, at == 0);
    }
  }
}

}  // namespace

std::string_view purpose_name(Purpose purpose) {
  static constexpr std::array<std::string_view, kPurposes> kNames{
#define PHRASES(purpose, name, phrases) name,
#include "pipeline/article/body/phrases.inc"
#undef PHRASES
  };
  return kNames[static_cast<std::size_t>(purpose)];
}

Purposes purposes_of(std::string_view text) {
  Purposes found;
  look_at_words(text, found);
  look_at_pieces(text.substr(0, kWideBytes), found);
  return found;
}

}  // namespace bylined::article
