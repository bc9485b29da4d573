// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/sides.h"

#include <algorithm>

#include "pipeline/match/endings.h"
#include "pipeline/match/letters.h"
#include "pipeline/match/lexicon.h"

namespace bylined::match {
namespace {

using model::EntityKind;

constexpr std::size_t kLongestRun = 16;  // syllables behind a name; no chain of endings is as long

constexpr double kNo = 0;
constexpr double kFree = 1;
constexpr double kEnding = 0.9;
constexpr double kShortWithEnding = 0.7;  // two syllables: most likely to be the start of another word
constexpr double kGlued = 0.8;            // a title or a noun without a space
constexpr double kForeign = 0.6;          // hanja or Latin touches it
constexpr double kOrganTitle = 0.55;

char32_t at(std::u32string_view text, std::size_t i) { return i < text.size() ? text[i] : U'\0'; }
bool free_at(std::u32string_view text, std::size_t i) { return i >= text.size() || !is_letter(text[i]); }
bool starts_word(std::u32string_view text, std::size_t i) { return i == 0 || !is_letter(text[i - 1]); }

bool is_hanja_prefix(char32_t c) { return std::u32string_view(U"故前現元新舊親反對非美日中北韓英佛獨露伊濠與野檢靑").find(c) != std::u32string_view::npos; }
bool is_hanja_tail(char32_t c) { return std::u32string_view(U"發産戰側系內外間行式級標株等氏").find(c) != std::u32string_view::npos; }
bool is_hangul_prefix(char32_t c) { return c == U'친' || c == U'반' || c == U'비'; }

// 김구 in 김구라가, 김진 in 김진아의: the third syllable of a longer name, with its own particle.
bool is_third_syllable(std::u32string_view run) {
  if (run.size() < 2 || std::u32string_view(U"아나라인지서").find(run[0]) == std::u32string_view::npos) return false;
  return is_ending(run.substr(1), final_of(run[0]));
}

bool ends_or_empty(std::u32string_view rest, Final before) { return rest.empty() || is_ending(rest, before); }

// Tail nouns, one or two of them, and endings: 측은, 씨측, 등과의.
bool is_tail(std::u32string_view run, EntityKind kind) {
  const std::size_t length = tail_length(run, kind);
  if (length == 0) return false;
  const std::u32string_view rest = run.substr(length);
  if (ends_or_empty(rest, final_of(run[length - 1]))) return true;
  const std::size_t second = tail_length(rest, kind);
  return second > 0 && ends_or_empty(rest.substr(second), final_of(rest[second - 1]));
}

bool is_title(std::u32string_view run, EntityKind kind) {
  for (std::u32string_view start = run; !start.empty(); start.remove_suffix(1)) {
    const Title* title = title_at_start(start);
    if (title == nullptr) return false;
    start = run.substr(0, title->text.size());
    const std::u32string_view rest = run.substr(start.size());
    const bool meant = kind == EntityKind::kPerson || title->of_organisations;
    if (meant && (ends_or_empty(rest, final_of(start.back())) || is_tail(rest, EntityKind::kPerson))) return true;
  }
  return false;
}

// All of the Hangul between a name and the end of its word.
double judge_run(std::u32string_view run, Final before, const Subject& subject) {
  if (run.size() > kLongestRun) return kNo;
  const bool two = subject.hangul && subject.letters <= 2;
  if (two && subject.korean_person && is_third_syllable(run)) return kNo;
  if (is_ending(run, before)) return two ? kShortWithEnding : kEnding;
  if (is_tail(run, subject.kind)) return two ? kShortWithEnding : kEnding;
  if (subject.kind == EntityKind::kPerson && subject.letters >= 3 && is_title(run, subject.kind)) return kGlued;
  if (subject.kind == EntityKind::kOrganisation && is_title(run, subject.kind)) return kOrganTitle;
  return kNo;
}

// 아이폰16, 갤럭시S25: digits, or a letter or two before digits, then no more letters but endings.
bool is_model_number(std::u32string_view text, std::size_t i) {
  std::size_t letters = 0;
  while (is_latin(at(text, i)) && letters < 4) ++i, ++letters;
  while (is_digit(at(text, i))) ++i;
  const std::u32string_view run = hangul_run(text, i);
  return free_at(text, i + run.size()) && ends_or_empty(run, Final::kUnknown);
}

double judge_hanja(std::u32string_view text, std::size_t end) {
  if (!is_hanja_tail(text[end])) return kNo;
  const std::u32string_view run = hangul_run(text, end + 1);
  return free_at(text, end + 1 + run.size()) && ends_or_empty(run, Final::kUnknown) ? kForeign : kNo;
}

bool is_latin_title(std::u32string_view text, std::size_t end) {
  std::size_t to = end;
  while (is_latin(at(text, to)) && to - end < kLongestRun) ++to;
  const Title* title = title_at_start(text.substr(end, to - end));
  return title != nullptr && title->text.size() == to - end;
}

}  // namespace

std::u32string_view hangul_run(std::u32string_view text, std::size_t from) {
  std::size_t to = from;
  while (to < text.size() && is_hangul(text[to]) && to - from <= kLongestRun) ++to;
  return text.substr(std::min(from, text.size()), to - from);
}

double left_side(std::u32string_view text, std::size_t begin, const Subject& subject) {
  if (begin == 0) return kFree;
  const char32_t before = text[begin - 1];
  const bool joins = before == U'&' || before == U'+';
  if (joins && begin > 1 && is_latin(text[begin]) && is_latin(text[begin - 2])) return kNo;
  if (!is_letter(before) || !is_letter(text[begin])) return kFree;
  const bool prefix_is_free = starts_word(text, begin - 1);
  if (is_hanja(before)) return prefix_is_free && is_hanja_prefix(before) ? kForeign : kNo;
  if (!subject.hangul || subject.letters < 3) return kNo;
  if (is_hangul(before)) return prefix_is_free && is_hangul_prefix(before) && subject.kind == EntityKind::kPerson ? kGlued : kNo;
  return is_digit(before) || is_latin(before) ? kForeign : kNo;
}

double right_side(std::u32string_view text, std::size_t end, const Subject& subject) {
  const char32_t after = at(text, end);
  const char32_t last = text[end - 1];
  if (!is_letter(last)) return kFree;
  if ((after == U'&' || after == U'+') && is_latin(last) && (is_latin(at(text, end + 1)) || is_digit(at(text, end + 1)))) return kNo;
  if (end >= text.size() || !is_letter(after)) return kFree;
  switch (script_of(after)) {
    case Script::kHangul: return judge_run(hangul_run(text, end), final_of(last), subject);
    case Script::kHanja: return judge_hanja(text, end);
    case Script::kDigit: return is_hangul(last) && subject.kind == EntityKind::kProduct && is_model_number(text, end) ? kEnding : kNo;
    case Script::kLatin:
      if (!is_hangul(last)) return kNo;
      if (subject.kind == EntityKind::kProduct) return is_model_number(text, end) ? kEnding : kNo;
      return subject.kind == EntityKind::kPerson && is_latin_title(text, end) ? kGlued : kNo;
    default: return kNo;
  }
}

}  // namespace bylined::match
