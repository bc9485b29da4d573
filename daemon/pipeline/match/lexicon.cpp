// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/lexicon.h"

#include <algorithm>
#include <array>

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
};

#define TAIL(text, who) Tail{text, who},
constexpr auto kTails = std::to_array<Tail>({
#include "pipeline/match/tails.inc"
});
#undef TAIL

constexpr std::size_t kLongestTitle = 8;

template <class Range, class Member>
auto find_by(const Range& range, Member member, std::u32string_view wanted) -> decltype(&*range.begin()) {
  const auto found = std::lower_bound(range.begin(), range.end(), wanted, [&](const auto& one, std::u32string_view text) { return one.*member < text; });
  return found != range.end() && (*found).*member == wanted ? &*found : nullptr;
}

}  // namespace

std::span<const Title> titles() { return kTitles; }

const Title* title_at_start(std::u32string_view word) {
  for (std::size_t length = std::min(kLongestTitle, word.size()); length > 0; --length) {
    if (const Title* found = find_by(kTitles, &Title::text, word.substr(0, length))) return found;
  }
  return nullptr;
}

const Title* title_at_end(std::u32string_view word) {
  for (std::size_t length = std::min(kLongestTitle, word.size()); length > 0; --length) {
    if (const Title* found = find_by(kTitles, &Title::text, word.substr(word.size() - length))) return found;
  }
  return nullptr;
}

std::size_t surname_length(std::u32string_view name) {
  if (name.size() < 2 || name.size() > 4 || !all_hangul(name)) return 0;
  if (name.size() > 2 && find_by(kSurnames, &Surname::hangul, name.substr(0, 2)) != nullptr) return 2;
  return name.size() < 4 && find_by(kSurnames, &Surname::hangul, name.substr(0, 1)) != nullptr ? 1 : 0;
}

bool writes_surname(char32_t hanja, std::u32string_view surname) {
  const Surname* found = find_by(kSurnames, &Surname::hangul, surname);
  return found != nullptr && found->hanja.find(hanja) != std::u32string_view::npos;
}

std::size_t tail_length(std::u32string_view run, model::EntityKind kind) {
  for (const Tail& tail : kTails) {
    const bool meant = tail.who == kEverybody || (tail.who == kPersons) == (kind == model::EntityKind::kPerson);
    if (meant && run.starts_with(tail.text)) return tail.text.size();
  }
  return 0;
}

}  // namespace bylined::match
