// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/beside.h"

#include <algorithm>
#include <array>

#include "pipeline/match/endings.h"
#include "pipeline/match/letters.h"
#include "pipeline/match/lexicon.h"
#include "pipeline/match/sides.h"

namespace bylined::match {
namespace {


constexpr std::size_t kLongestSign = 4;    // Latin letters
constexpr std::size_t kLongestNumber = 12;
constexpr View kVersus = U"vs";


// One letter more than a sign has tells that it is none.
View latin_before(View text, std::size_t end) {
  std::size_t from = end;
  while (from > 0 && is_latin(text[from - 1]) && end - from <= kLongestSign) --from;
  return text.substr(from, end - from);
}

View latin_behind(View text, std::size_t begin) {
  std::size_t to = begin;
  while (is_latin(at(text, to)) && to - begin <= kLongestSign) ++to;
  return text.substr(begin, to - begin);
}

bool is_word_between(View latin) {
  constexpr std::array<View, 4> kWords = {U"feat", U"ft", U"with", U"and"};
  return std::find(kWords.begin(), kWords.end(), latin) != kWords.end();
}

// 다온X는, 다온X 대표, 다온X측은: there it is a letter of the name. A name of two letters or more stands behind a sign.
bool is_another_name(View run) {
  if (run.size() < 2 || is_ending(run, Final::kUnknown) || title_at_start(run) != nullptr || glued_length(run) > 0) return false;
  return tail_length(run, model::EntityKind::kOrganisation, false) == 0;
}

bool ends_or_empty(View rest, char32_t last) { return rest.empty() || is_ending(rest, final_of(last)); }

bool is_counted(View run) {
  if (run.starts_with(U"분기")) return true;
  constexpr std::array<View, 12> kUnits = {U"년간", U"년", U"개월", U"개사", U"조원", U"억원", U"만원", U"만명", U"조", U"억", U"위", U"배"};
  for (const View unit : kUnits) {
    if (!run.starts_with(unit)) continue;
    const View rest = run.substr(unit.size());
    const std::size_t noun = glued_length(rest);
    if (ends_or_empty(rest, unit.back()) || (noun > 0 && ends_or_empty(rest.substr(noun), rest[noun - 1]))) return true;
  }
  return false;
}

}  // namespace

bool parts_names(View text, std::size_t end) {
  const View sign = latin_behind(text, end);
  if (sign.starts_with(kVersus) || is_word_between(sign)) return true;  // its case is folded: vsnk is vsNK
  const std::size_t behind = end + sign.size();
  if (sign == U"v") return at(text, behind) == U'.' && is_letter(at(text, behind + 1));
  return sign == U"x" && is_another_name(hangul_run(text, behind));
}

bool is_parted_off(View text, std::size_t begin) {
  const View sign = latin_before(text, begin);
  const std::size_t from = begin - sign.size();
  const bool behind_name = from > 0 && is_hangul(text[from - 1]);
  if (sign == kVersus) return behind_name || is_hangul(text[begin]);
  return behind_name && is_hangul(text[begin]) && (sign == U"x" || is_word_between(sign));
}

bool is_count(View text, std::size_t end) {
  std::size_t to = end;
  const auto goes_on = [&](std::size_t i) { return is_digit(at(text, i)) || ((at(text, i) == U'.' || at(text, i) == U',') && is_digit(at(text, i + 1))); };
  while (goes_on(to) && to - end < kLongestNumber) ++to;
  const View run = hangul_run(text, to);
  if (!is_hangul(text[end - 1])) return run.starts_with(U"분기");  // NK25억, NK24만: shops are called so
  const char32_t behind = at(text, to);
  if (behind == U'%') return true;
  const bool quarter = to == end + 1 && (behind == U'q' || (behind == U'h' && text[end] <= U'2')) && !is_latin(at(text, to + 1));  // 3Q, 1H
  return quarter || (!run.empty() && is_counted(run));
}

}  // namespace bylined::match
