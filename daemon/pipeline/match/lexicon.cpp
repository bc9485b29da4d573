// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/lexicon.h"

#include <algorithm>
#include <array>

#include "pipeline/match/endings.h"
#include "pipeline/match/first_syllables.h"
#include "pipeline/match/letters.h"

namespace bylined::match {
namespace {


#define TITLE(text) Title{text, text, U"", false, false},
#define ORGAN(text) Title{text, text, U"", true, false},
#define SAME(text, as) Title{text, as, U"", false, false},
#define COMPOUND(text, last) Title{text, text, last, false, false},
constexpr auto kTitles = [] {
  auto titles = std::to_array<Title>({
#include "pipeline/match/titles.inc"
  });
  std::sort(titles.begin(), titles.end(), [](const Title& a, const Title& b) { return a.text < b.text; });
  return titles;
}();
#undef TITLE
#undef ORGAN
#undef SAME
#undef COMPOUND

struct Surname {
  std::u32string_view hangul;
  std::u32string_view hanja;
};

#define SURNAME(hangul, hanja) Surname{hangul, hanja},
constexpr auto kSurnames = [] {
  auto surnames = std::to_array<Surname>({
#include "pipeline/match/surnames.inc"
  });
  std::sort(surnames.begin(), surnames.end(), [](const Surname& a, const Surname& b) { return a.hangul < b.hangul; });
  return surnames;
}();
#undef SURNAME

enum Who : std::uint8_t { kEverybody, kPersons, kOthers };
struct Tail {
  std::u32string_view text;
  Who who;
  bool sure;  // no given name ends in it
};

#define TAIL(text, who) Tail{text, who, false},
#define SURE(text, who) Tail{text, who, true},
constexpr auto kTails = [] {
  auto tails = std::to_array<Tail>({
#include "pipeline/match/tails.inc"
  });
  std::sort(tails.begin(), tails.end(), [](const Tail& a, const Tail& b) { return a.text < b.text; });
  return tails;
}();
#undef TAIL
#undef SURE

constexpr auto kGluedWords = [] {
  auto words = std::to_array<View>({
#include "pipeline/match/glued.inc"
  });
  std::sort(words.begin(), words.end());
  return words;
}();

constexpr auto kCommonWords = [] {
  auto words = std::to_array<View>({
#include "pipeline/match/common_words.inc"
  });
  std::sort(words.begin(), words.end());
  return words;
}();

constexpr auto kWords = [] {
  auto words = std::to_array<View>({
#include "pipeline/match/words.inc"
  });
  std::sort(words.begin(), words.end());
  return words;
}();

#define HOMOGRAPH(name, other, own) Homograph{name, other, own},
constexpr auto kHomographs = [] {
  auto homographs = std::to_array<Homograph>({
#include "pipeline/match/homographs.inc"
  });
  std::sort(homographs.begin(), homographs.end(), [](const Homograph& a, const Homograph& b) { return a.name < b.name; });
  return homographs;
}();
#undef HOMOGRAPH

struct Group {
  View name;
  View affiliates;  // comma separated
};

#define AFFILIATES(group, words) Group{group, words},
constexpr auto kGroups = [] {
  auto groups = std::to_array<Group>({
#include "pipeline/match/affiliates.inc"
  });
  std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) { return a.name < b.name; });
  return groups;
}();
#undef AFFILIATES

constexpr auto kModels = std::to_array<View>({
#include "pipeline/match/models.inc"
});

static_assert(kGroups.size() < 64 && kHomographs.size() < 256, "Writing keeps their numbers in 6 and 8 bits");

constexpr std::size_t kLongestTitle = 8;
static_assert(std::all_of(kTitles.begin(), kTitles.end(), [](const Title& one) { return one.text.size() <= kLongestTitle; }));
constexpr View kCommonSurnames = U"김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노";

template <class Range, class Member>
auto find_by(const Range& range, Member member, std::u32string_view wanted) -> decltype(&*range.begin()) {
  const auto found = std::lower_bound(range.begin(), range.end(), wanted, [&](const auto& one, std::u32string_view text) { return one.*member < text; });
  return found != range.end() && (*found).*member == wanted ? &*found : nullptr;
}

// The lists that are looked into for nearly every place.
constexpr auto kFirst = [](View text) { return text[0]; };
constexpr FirstSyllables kTitleIndex(kTitles, [](const Title& one) { return one.text[0]; });
constexpr FirstSyllables kSurnameIndex(kSurnames, [](const Surname& one) { return one.hangul[0]; });
constexpr FirstSyllables kTailIndex(kTails, [](const Tail& one) { return one.text[0]; });
constexpr FirstSyllables kGluedIndex(kGluedWords, kFirst);
constexpr FirstSyllables kWordIndex(kWords, kFirst);

const Surname* surname(View hangul) {
  for (const Surname& one : kSurnameIndex.part(kSurnames, hangul[0])) {
    if (one.hangul == hangul) return &one;
  }
  return nullptr;
}

}  // namespace

std::span<const Title> titles() { return kTitles; }

const Title* title_at_start(View word) {
  if (word.empty()) return nullptr;
  const Title* longest = nullptr;
  for (const Title& one : kTitleIndex.part(kTitles, word[0])) {
    if (word.starts_with(one.text) && (longest == nullptr || one.text.size() > longest->text.size())) longest = &one;
  }
  return longest;
}

const Title* title_at_end(View word) {
  for (std::size_t length = std::min(kLongestTitle, word.size()); length > 0; --length) {
    const View end = word.substr(word.size() - length);
    for (const Title& one : kTitleIndex.part(kTitles, end[0])) {
      if (one.text == end) return &one;
    }
  }
  return nullptr;
}

std::size_t surname_length(View name) {
  if (name.size() < 2 || name.size() > 4 || !all_hangul(name)) return 0;
  if (name.size() > 2 && surname(name.substr(0, 2)) != nullptr) return 2;
  return name.size() < 4 && surname(name.substr(0, 1)) != nullptr ? 1 : 0;
}

bool writes_surname(char32_t hanja, View hangul) {
  const Surname* found = surname(hangul);
  return found != nullptr && found->hanja.find(hanja) != View::npos;
}

bool has_common_surname(View name) { return kCommonSurnames.find(name[0]) != View::npos; }

std::size_t tail_length(View run, model::EntityKind kind, bool short_name) {
  if (run.empty()) return 0;
  for (const Tail& tail : kTailIndex.part(kTails, run[0])) {
    const bool meant = tail.who == kEverybody || (tail.who == kPersons) == (kind == model::EntityKind::kPerson);
    if (meant && (tail.sure || !short_name) && run.starts_with(tail.text)) return tail.text.size();
  }
  return 0;
}

std::size_t glued_length(View run) {
  if (run.empty()) return 0;
  std::size_t longest = 0;
  for (const View one : kGluedIndex.part(kGluedWords, run[0])) {
    if (run.starts_with(one)) longest = std::max(longest, one.size());
  }
  return longest;
}

std::size_t model_length(View run) {
  std::size_t longest = 0;
  for (const View model : kModels) {
    if (run.starts_with(model)) longest = std::max(longest, model.size());
  }
  return longest;
}

std::uint8_t group_number(View letters) {
  const Group* found = find_by(kGroups, &Group::name, letters);
  return found == nullptr ? std::uint8_t{0} : static_cast<std::uint8_t>(found - kGroups.data() + 1);
}

bool names_affiliate(std::uint8_t group, View word) {
  View list = kGroups[group - 1U].affiliates;
  while (!list.empty()) {
    const View one = list.substr(0, list.find(U','));
    list.remove_prefix(std::min(list.size(), one.size() + 1));
    if (!word.starts_with(one)) continue;
    const View rest = word.substr(one.size());
    if (rest.empty() || (all_hangul(rest) && is_ending(rest, final_of(one.back())))) return true;
  }
  return false;
}

bool is_listed_word(View word) {
  if (word.empty()) return false;
  const auto part = kWordIndex.part(kWords, word[0]);
  return std::find(part.begin(), part.end(), word) != part.end();
}

bool is_common_word(View word) { return std::binary_search(kCommonWords.begin(), kCommonWords.end(), word); }

std::span<const Homograph> homographs() { return kHomographs; }

std::uint8_t homograph_number(View letters) {
  const Homograph* found = find_by(kHomographs, &Homograph::name, letters);
  return found == nullptr ? std::uint8_t{0} : static_cast<std::uint8_t>(found - kHomographs.data() + 1);
}

}  // namespace bylined::match
