// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/byline/names.h"

#include <algorithm>

#include "pipeline/article/byline/korean.h"
#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

constexpr std::size_t kLongestBytes = 60;  // bytes of one name
constexpr int kMostWords = 5;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n,;|";
  constexpr std::string_view kDot = "·";  // two bytes, which letters beside it may share
  for (;;) {
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    text = text.substr(first, text.find_last_not_of(kBlank) - first + 1);
    const bool before = text.starts_with(kDot);
    if (before) text.remove_prefix(kDot.size());
    const bool behind = text.ends_with(kDot);
    if (behind) text.remove_suffix(kDot.size());
    if (!before && !behind) return text;
  }
}

bool starts_with_word(std::string_view text, std::string_view word) {
  if (text.size() <= word.size()) return false;
  const bool same = std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + 32 : b); });
  return same && (text[word.size()] == ' ' || text[word.size()] == ':');
}

std::string_view without_by(std::string_view text) {
  for (const std::string_view word : {"by", "von", "par", "por", "di", "written by", "posted by", "story by", "words by", "reported by", "text", "author", "autor", "autorin", "auteur", "autore"}) {
    if (starts_with_word(text, word)) return trimmed(text.substr(word.size() + 1));
  }
  const bool glued = text.size() > 4 && text.starts_with("By") && text[2] >= 'A' && text[2] <= 'Z' && text[3] >= 'a';  // an element of its own
  if (glued) return text.substr(2);
  return text;
}

#define ROLES(words) constexpr std::string_view kRoles = " " words " ";
#define BEFORE(words) constexpr std::string_view kBeforeRoles = " " words " ";
#include "pipeline/article/byline/roles.inc"
#undef ROLES
#undef BEFORE

// Is the word one of the list's, in any case?
bool stands_in(std::string_view list, std::string_view word) {
  std::string wanted(" ");
  std::transform(word.begin(), word.end(), std::back_inserter(wanted), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return list.find(wanted + " ") != std::string_view::npos;
}

// "Sam Stein Senior Politics Editor" is Sam Stein; "Culture Writer" is nobody.
std::string_view before_role(std::string_view name) {
  std::size_t blank = name.rfind(' ');
  if (!stands_in(kRoles, name.substr(blank + 1))) return name;
  while (blank != std::string_view::npos) {
    name = name.substr(0, blank);
    blank = name.rfind(' ');
    if (!stands_in(kBeforeRoles, name.substr(blank + 1))) return name.find(' ') == std::string_view::npos ? std::string_view() : name;
  }
  return {};
}

// "BR24" names somebody, "4 May" does not.
bool has_number(std::string_view name) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (is_digit(name[i]) && (i == 0 || !(is_letter(name[i - 1]) || is_digit(name[i - 1])))) return true;
  }
  return false;
}

bool is_person(std::string_view name) {
  if (name.empty() || name.size() > kLongestBytes || is_by(name) || stands_in(" staff ", name)) return false;
  for (const std::string_view arrow : {"→", "»", "›"}) {  // a link to more of them
    if (name.find(arrow) != std::string_view::npos) return false;
  }
  for (const std::string_view credit : {"foto", "photo", "photos", "photographs", "photography", "pictures", "bild", "image", "view", "follow"}) {
    if (starts_with_word(name, credit)) return false;
  }
  if (name.find_first_of("@/<>{}[]()=") != std::string_view::npos || has_number(name) || name.find("http") != std::string_view::npos) return false;
  return std::count(name.begin(), name.end(), ' ') < kMostWords;
}

// "Elena Oberholzer (obe)": what the newsroom calls her, or whom she writes for.
std::string_view without_aside(std::string_view name) {
  const std::size_t opens = name.ends_with(')') ? name.rfind(" (") : std::string_view::npos;
  return opens == std::string_view::npos || opens == 0 ? name : trimmed(name.substr(0, opens));
}

// "Ada Holm in Westerby", "Ada Holm/Harbour Wire", "Ada Holm @adaholm": where she is, for whom she writes, where she is met.
std::string_view without_whereabouts(std::string_view name) {
  for (const std::string_view sign : {" in ", "/", " @"}) {
    const std::size_t at = name.find(sign);
    if (at == std::string_view::npos || at + sign.size() >= name.size()) continue;
    const bool is_place = sign != " in " || is_upper(letter_at(name.substr(at + sign.size())).code);
    const std::string_view before = name.substr(0, at);
    if (is_place && is_name_alone(before_role(before))) name = before;
  }
  return name;
}

// Looked for in the next bytes alone, for each part would be looked for in the whole rest of the line.
std::size_t parting_in(std::string_view text, std::size_t& length) {
  std::size_t best = text.size();
  for (const std::string_view part : {", ", " and ", " AND ", " & ", " | ", ";", " und ", " et ", " y ", " e ", " og ", " och ", " ja ", " dan ", " ve ", " và ", " и ", "·", " / "}) {
    const std::size_t at = text.substr(0, best + part.size() - 1).find(part);  // before the best so far
    if (at < best) best = at, length = part.size();
  }
  return best == text.size() ? std::string_view::npos : best;
}

// Where the next name begins: behind a comma, "and", "&" or a bar.
std::size_t parting(std::string_view text, std::size_t& length) {
  constexpr std::size_t kStep = 256, kLongestPart = 8;
  for (std::size_t from = 0; from < text.size(); from += kStep) {
    const std::size_t at = parting_in(text.substr(from, kStep + kLongestPart), length);
    if (at != std::string_view::npos) return from + at;
  }
  return std::string_view::npos;
}

// "Ada Holm with Bo Lind" are two; "The Ledger with agencies" is one.
bool add_both(std::vector<std::string>& names, std::string_view name) {
  constexpr std::string_view kWith = " with ";
  const std::size_t with = name.find(kWith);
  const bool are_two = with != std::string_view::npos && is_name_alone(name.substr(0, with)) && is_name_alone(name.substr(with + kWith.size()));
  if (!are_two) return add_name(names, std::string(name));
  return add_name(names, std::string(name.substr(0, with))) && add_name(names, std::string(name.substr(with + kWith.size())));
}

}  // namespace

bool add_name(std::vector<std::string>& names, std::string name) {
  if (names.size() > kMostNames) return false;
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  return names.size() <= kMostNames;
}

bool is_name_alone(std::string_view line) {
  constexpr int kFewest = 2, kMost = 4;
  if (line.size() > kLongestBytes) return false;
  int words = 0;
  bool begins = true;
  while (!line.empty()) {
    const Letter letter = letter_at(line);
    line.remove_prefix(letter.bytes);
    const bool joins = letter.code == '-' || letter.code == '\'' || letter.code == 0x2019;
    if (begins ? !is_upper(letter.code) : letter.code != ' ' && !joins && (!is_word(letter.code) || is_digit(letter.code))) return false;
    words += begins ? 1 : 0;
    begins = letter.code == ' ';
  }
  return !begins && words >= kFewest && words <= kMost;
}

bool is_by(std::string_view word) { return stands_in(" by von par por di door af av ", word); }

std::vector<std::string> person_names(std::string_view printed) {
  if (has_korean_role(printed) || are_korean_names(printed)) return korean_names(printed);
  std::vector<std::string> names;
  std::string_view rest = without_by(trimmed(printed));
  while (!rest.empty()) {
    std::size_t length = 0;
    const std::size_t end = std::min(parting(rest, length), rest.size());
    const std::string_view whole = without_whereabouts(without_by(without_aside(trimmed(rest.substr(0, end)))));
    const std::string_view bare = before_role(whole);
    const std::string_view name = bare.empty() && names.empty() ? whole : bare;  // "TMZ Staff" is all there is
    if (is_person(name) && !add_both(names, name)) break;
    rest = end == rest.size() ? std::string_view() : rest.substr(end + length);
  }
  return names;
}

}  // namespace bylined::article
