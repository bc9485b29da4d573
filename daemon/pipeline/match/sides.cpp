// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/sides.h"

#include <algorithm>

#include "pipeline/match/beside.h"
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
constexpr double kForeign = 0.6;          // hanja, Latin or a number touches it
constexpr double kOrganTitle = 0.55;
constexpr double kRunIn = 0.55;         // a headline or caption runs into the text: 조사이상득

bool free_at(View text, std::size_t i) { return i >= text.size() || !is_letter(text[i]); }

bool is_hanja_prefix(char32_t c) { return View(U"故前現元新舊親反對非美日中北韓英佛獨露伊濠與野檢靑").find(c) != View::npos; }
bool is_hanja_tail(char32_t c) { return View(U"發産戰側系內外間行式級標株等氏號家").find(c) != View::npos; }
bool is_hangul_prefix(char32_t c) { return c == U'친' || c == U'반' || c == U'비'; }
bool is_country(char32_t c) { return View(U"한미일중북러남영불독").find(c) != View::npos; }

bool ends_or_empty(View rest, Final before) { return rest.empty() || is_ending(rest, before); }

// A surname and one syllable: the next syllable may well be the second one of the given name.
bool is_short_name(const Subject& subject) { return subject.korean_person && subject.letters == 2; }

// 김구 in 김구라가, 김진 in 김진아의: the third syllable of a longer name, with its own particle.
bool is_third_syllable(View run) {
  if (run.size() < 2 || View(U"아나라인지서").find(run[0]) == View::npos) return false;
  return is_ending(run.substr(1), final_of(run[0]));
}

// The copula alone behind a vowel: right in grammar, and nearly always the last syllable of a longer word.
bool is_bare_copula(View run) { return run.size() == 1 && View(U"고자니네요군라란냐").find(run[0]) != View::npos; }

// 하율이가: 이 behind a given name that ends in a consonant, its own particle behind it.
bool is_fond(View run, Final before) {
  if (run.size() < 2 || run[0] != U'이' || before == Final::kVowel) return false;
  return View(U"가는를의도와랑").find(run[1]) != View::npos && run.size() == 2;
}

// 메타인지, 북한산에서: the name is the start of a longer word.
bool is_start_of_word(View text, std::size_t begin, std::size_t end, View run) {
  for (std::size_t length = 1; length <= run.size() && length <= 3; ++length) {
    if (is_listed_word(text.substr(begin, end - begin + length)) && ends_or_empty(run.substr(length), final_of(run[length - 1]))) return true;
  }
  return false;
}

// 한미 in 한미일: one more country.
bool is_list_of_countries(View text, std::size_t begin, std::size_t end, View run) {
  for (std::size_t i = begin; i < end; ++i) {
    if (!is_country(text[i])) return false;
  }
  return is_country(run[0]) && end - begin >= 2 && ends_or_empty(run.substr(1), final_of(run[0]));
}

// A caption that is the name runs into a text that begins with it: 베르디베르디는.
bool may_repeat(View name) { return name.size() >= 2 && name[0] != name[1]; }

bool is_repeated_behind(View text, std::size_t begin, std::size_t end) {
  const View name = text.substr(begin, end - begin);
  return may_repeat(name) && text.substr(end).starts_with(name);
}

bool is_repeated_before(View text, std::size_t begin, std::size_t end) {
  const View name = text.substr(begin, end - begin);
  return may_repeat(name) && text.substr(0, begin).ends_with(name) && starts_word(text, begin - name.size());
}

// '혁신'이란: behind a closing quotation mark or bracket the letters of 이란 are a particle.
bool is_particle_of_quote(View text, std::size_t begin, std::size_t end) {
  const char32_t before = text[begin - 1];
  if (View(U"'\")]」』〉》").find(before) == View::npos) return false;
  const bool closes = begin > 1 && !is_blank(text[begin - 2]) && View(U"'\"([").find(text[begin - 2]) == View::npos;
  return closes && is_hangul(text[begin]) && is_ending(text.substr(begin, end - begin), Final::kUnknown);
}

bool reads_as_person(View text, std::size_t begin) {
  if (!has_common_surname(text.substr(begin, 1))) return false;
  return View(U"라인나도은는이가만로의서고자아야한해지").find(text[begin + 2]) == View::npos;
}

// A headline may run into the text: 조사이상득. Only before full names of persons, which hardly ever lie inside
// other words, unless their last syllable can be a particle: 개인|정보라는.
bool runs_in(View text, std::size_t begin, std::size_t end, const Subject& subject) {
  if (!subject.korean_person || subject.letters != 3 || starts_word(text, begin - 1)) return false;
  return reads_as_person(text, begin) && at(text, end) != U'다';  // 희|박해진|다 is a verb
}

// Tail nouns, one or two of them, and endings: 측은, 씨측, 등과의.
bool is_tail(View run, EntityKind kind, bool short_name) {
  const std::size_t length = tail_length(run, kind, short_name);
  if (length == 0) return false;
  const View rest = run.substr(length);
  if (ends_or_empty(rest, final_of(run[length - 1]))) return true;
  const std::size_t second = tail_length(rest, kind, false);
  return second > 0 && ends_or_empty(rest.substr(second), final_of(rest[second - 1]));
}

bool is_glued_noun(View run) {
  const std::size_t length = glued_length(run);
  if (length == 0) return false;
  const View rest = run.substr(length);
  if (ends_or_empty(rest, final_of(run[length - 1]))) return true;
  const std::size_t second = glued_length(rest);
  return second > 0 && ends_or_empty(rest.substr(second), final_of(rest[second - 1]));
}

bool is_title(View run, EntityKind kind) {
  if (run.size() > 2 && (run[0] == U'전' || run[0] == U'현') && is_title(run.substr(1), kind)) return true;
  for (View start = run; !start.empty();) {
    const Title* title = title_at_start(start);
    if (title == nullptr) return false;
    start = run.substr(0, title->text.size());
    const View rest = run.substr(start.size());
    const bool meant = kind == EntityKind::kPerson || title->of_organisations;
    if (meant && (ends_or_empty(rest, final_of(start.back())) || is_tail(rest, EntityKind::kPerson, false))) return true;
    start.remove_suffix(1);
  }
  return false;
}

double judge_short(View run, Final before, const Subject& subject) {
  if (is_short_name(subject) && (is_third_syllable(run) || is_bare_copula(run))) return kNo;
  if (before == Final::kVowel && is_bare_copula(run)) return kNo;
  if (is_ending(run, before) || is_tail(run, subject.kind, is_short_name(subject))) return kShortWithEnding;
  if (is_short_name(subject)) return kNo;
  return is_glued_noun(run) ? kForeign : kNo;
}

double judge_long(View run, Final before, const Subject& subject) {
  if (is_ending(run, before) || is_tail(run, subject.kind, false)) return kEnding;
  return is_glued_noun(run) ? kForeign : kNo;
}

double judge_ending(View text, std::size_t begin, std::size_t end, const Subject& subject) {
  const View run = hangul_run(text, end);
  const Final before = final_of(text[end - 1]);
  if (run.size() > kLongestRun) return kNo;
  const bool person = subject.kind == EntityKind::kPerson;
  const bool two = subject.hangul && subject.letters <= 2;
  const bool given = person && two && !(subject.korean_person && has_common_surname(text.substr(begin, 1)));
  if (given && is_fond(run, before)) return kShortWithEnding;
  const double plain = two ? judge_short(run, before, subject) : judge_long(run, before, subject);
  if (plain != kNo) return plain;
  if (person && !is_short_name(subject) && is_title(run, subject.kind)) return kGlued;
  if (given && is_title(run, subject.kind)) return kForeign;
  return subject.kind == EntityKind::kOrganisation && is_title(run, subject.kind) ? kOrganTitle : kNo;
}

// 아이폰16, 갤럭시S25, 갤럭시Z플립6: a few letters, digits and model words, then endings only.
bool is_model_number(View text, std::size_t i) {
  std::size_t letters = 0;
  while (is_latin(at(text, i)) && letters < 4) ++i, ++letters;
  while (is_digit(at(text, i))) ++i;
  i += model_length(hangul_run(text, i));
  while (is_digit(at(text, i))) ++i;
  const View run = hangul_run(text, i);
  return free_at(text, i + run.size()) && ends_or_empty(run, Final::kUnknown);
}

// All of the Hangul between a name and the end of its word.
double judge_run(View text, std::size_t begin, std::size_t end, const Subject& subject) {
  const double verdict = judge_ending(text, begin, end, subject);
  if (verdict == kNo || !subject.hangul) return verdict;
  const View run = hangul_run(text, end);
  return is_start_of_word(text, begin, end, run) || is_list_of_countries(text, begin, end, run) ? kNo : verdict;
}

double judge_hanja(View text, std::size_t end) {
  if (!is_hanja_tail(text[end])) return kNo;
  const View run = hangul_run(text, end + 1);
  return free_at(text, end + 1 + run.size()) && ends_or_empty(run, Final::kUnknown) ? kForeign : kNo;
}

View latin_run(View text, std::size_t from) {
  std::size_t to = from;
  while (is_latin(at(text, to)) && to - from < kLongestRun) ++to;
  return text.substr(from, to - from);
}

bool is_latin_title(View run) {
  const Title* title = title_at_start(run);
  return title != nullptr && title->text.size() == run.size();
}

// Latin letters behind a name in Hangul.
double judge_latin(View text, std::size_t end, const Subject& subject) {
  if (subject.kind == EntityKind::kProduct && is_model_number(text, end)) return kEnding;
  if (parts_names(text, end)) return kGlued;
  const View run = latin_run(text, end);
  const bool person = subject.kind == EntityKind::kPerson, organisation = subject.kind == EntityKind::kOrganisation;
  if ((person || organisation) && is_latin_title(run)) return person ? kGlued : kOrganTitle;
  const std::size_t noun = glued_length(text.substr(end, kLongestRun));
  return organisation && noun > 0 && !is_latin(at(text, end + noun)) ? kForeign : kNo;
}

double judge_number(View text, std::size_t end, const Subject& subject) {
  if (is_digit(text[end - 1])) return kNo;
  if (subject.kind == EntityKind::kProduct) return is_model_number(text, end) ? kEnding : kNo;
  if (is_short_name(subject)) return kNo;
  const bool full_name = subject.kind == EntityKind::kPerson && subject.hangul && subject.letters >= 3;
  return full_name || is_count(text, end) ? kForeign : kNo;
}

}  // namespace

View hangul_run(View text, std::size_t from) {
  std::size_t to = from;
  while (to < text.size() && is_hangul(text[to]) && to - from <= kLongestRun) ++to;
  return text.substr(std::min(from, text.size()), to - from);
}

bool may_start_word(View text, std::size_t begin, std::size_t end) {
  if (begin == 0 || !is_letter(text[begin - 1]) || !is_letter(text[begin]) || is_hanja(text[begin - 1])) return true;
  const char32_t before = text[begin - 1];
  if (before == text[end - 1]) return true;  // perhaps the same name once more
  if (is_latin(before) && is_parted_off(text, begin)) return true;
  if (!is_hangul(text[begin]) || end - begin < 3) return false;
  if (!is_hangul(before) || is_hangul_prefix(before)) return true;
  return end - begin == 3 && reads_as_person(text, begin);
}

double left_side(View text, std::size_t begin, std::size_t end, const Subject& subject) {
  if (begin == 0) return kFree;
  const char32_t before = text[begin - 1];
  const bool joins = before == U'&' || before == U'+';
  if (joins && begin > 1 && is_latin(text[begin]) && is_latin(text[begin - 2])) return kNo;
  if (is_particle_of_quote(text, begin, end)) return kNo;
  if (!is_letter(before) || !is_letter(text[begin])) return kFree;
  if (is_repeated_before(text, begin, end)) return kRunIn;
  const bool prefix_is_free = starts_word(text, begin - 1);
  if (is_hanja(before)) return prefix_is_free && is_hanja_prefix(before) ? kForeign : kNo;
  if (is_latin(before) && is_parted_off(text, begin)) return kGlued;
  if (!subject.hangul || subject.letters < 3) return kNo;
  const bool person = subject.kind == EntityKind::kPerson;
  if (is_hangul(before)) {
    if (person && prefix_is_free && is_hangul_prefix(before)) return kGlued;
    return runs_in(text, begin, end, subject) ? kRunIn : kNo;
  }
  return is_digit(before) || (is_latin(before) && person) ? kForeign : kNo;
}

double right_side(View text, std::size_t begin, std::size_t end, const Subject& subject) {
  const char32_t after = at(text, end);
  const char32_t last = text[end - 1];
  if (!is_letter(last)) return kFree;
  if ((after == U'&' || after == U'+') && is_latin(last) && (is_latin(at(text, end + 1)) || is_digit(at(text, end + 1)))) return kNo;
  if (end >= text.size() || !is_letter(after)) return kFree;
  if (is_repeated_behind(text, begin, end)) return kRunIn;
  switch (script_of(after)) {
    case Script::kHangul: return judge_run(text, begin, end, subject);
    case Script::kHanja: return judge_hanja(text, end);
    case Script::kDigit: return judge_number(text, end, subject);
    case Script::kLatin: return is_hangul(last) ? judge_latin(text, end, subject) : kNo;
    default: return kNo;
  }
}

}  // namespace bylined::match
