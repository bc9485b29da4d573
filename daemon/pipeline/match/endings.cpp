// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/endings.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "pipeline/match/first_syllables.h"

namespace bylined::match {
namespace {

enum State : std::uint8_t { kNoun, kPlace, kOnly, kLink, kIs, kPast, kWould, kCase, kDone };
enum Needs : std::uint8_t { kAny, kVowel, kConsonant, kRo, kEuro };

struct Row {
  State from;
  std::u32string_view text;
  Needs needs;
  State to;
  bool complete;  // the word may end here
};

#define ROW(from, text, needs, to) Row{from, text, needs, to, true},
#define STEM(from, text, needs, to) Row{from, text, needs, to, false},
#define IS(text, to) Row{kIs, text, kAny, to, true}, Row{kNoun, text, kVowel, to, true},
#define IS_FULL(text, to) Row{kIs, text, kAny, to, true},
constexpr auto kRows = [] {
  auto rows = std::to_array<Row>({
#include "pipeline/match/endings.inc"
  });
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.text < b.text; });
  return rows;
}();
#undef ROW
#undef STEM
#undef IS
#undef IS_FULL
constexpr FirstSyllables kRowIndex(kRows, [](const Row& row) { return row.text[0]; });

constexpr bool agrees(Needs needs, Final final) {
  if (needs == kAny || final == Final::kUnknown) return true;
  switch (needs) {
    case kVowel: return final == Final::kVowel;
    case kConsonant: return final != Final::kVowel;
    case kRo: return final != Final::kConsonant;
    case kEuro: return final == Final::kConsonant;
    default: return true;
  }
}

bool completes(std::u32string_view run, Final before, State state) {
  for (const Row& row : kRowIndex.part(kRows, run[0])) {
    if (row.from != state || !run.starts_with(row.text) || !agrees(row.needs, before)) continue;
    const std::u32string_view rest = run.substr(row.text.size());
    if (rest.empty() ? row.complete : completes(rest, final_of(row.text.back()), row.to)) return true;
  }
  return false;
}

}  // namespace

bool is_ending(std::u32string_view run, Final before) { return completes(run, before, kNoun); }

bool closes_phrase(std::u32string_view word) {
  struct Closer {
    std::u32string_view text;
    Needs needs;
  };
  constexpr Closer kClosers[] = {
      {U"에서", kAny}, {U"에게", kAny}, {U"으로", kEuro}, {U"까지", kAny}, {U"부터", kAny}, {U"이며", kAny}, {U"이고", kAny}, {U"하고", kAny},
      {U"하는", kAny}, {U"이다", kAny}, {U"했다", kAny}, {U"됐다", kAny}, {U"한다", kAny}, {U"은", kConsonant}, {U"는", kVowel}, {U"이", kConsonant},
      {U"가", kVowel}, {U"을", kConsonant}, {U"를", kVowel}, {U"의", kAny}, {U"에", kAny}, {U"과", kConsonant}, {U"와", kVowel}, {U"로", kRo}, {U"다", kAny},
  };
  for (const Closer& closer : kClosers) {
    if (word.size() < closer.text.size() + 2 || !word.ends_with(closer.text)) continue;
    if (agrees(closer.needs, final_of(word[word.size() - closer.text.size() - 1]))) return true;
  }
  return false;
}

}  // namespace bylined::match
