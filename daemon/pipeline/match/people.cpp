// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/people.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "pipeline/match/endings.h"
#include "pipeline/match/letters.h"
#include "pipeline/match/sides.h"

namespace bylined::match {
namespace {


constexpr std::size_t kWordsToTitle = 4;     // between a name and its title
constexpr std::size_t kMostNamesakes = 64;   // of one short name: more cannot be told apart anyway
constexpr std::size_t kLongestBracket = 20;  // (56), (李在鎔)

constexpr auto kGivenNames = [] {
  auto names = std::to_array<View>({
#include "pipeline/match/given_names.inc"
  });
  std::sort(names.begin(), names.end());
  return names;
}();

// Where the word before ends: over one blank, over brackets and quotes, not over a comma or a full stop.
std::optional<std::size_t> previous_word_end(View text, std::size_t from) {
  std::size_t at = from;
  while (at > 0 && !is_letter(text[at - 1])) {
    const char32_t c = text[at - 1];
    if (c == U')') {
      const std::size_t reach = at > kLongestBracket ? at - kLongestBracket : 0;
      const std::size_t open = text.substr(reach, at - reach).rfind(U'(');
      if (open == View::npos) return std::nullopt;
      at = reach + open;
      continue;
    }
    if (View(U" '\"\u00B7(").find(c) == View::npos) return std::nullopt;
    --at;
  }
  return at == 0 ? std::nullopt : std::optional<std::size_t>(at);
}

std::size_t word_begin(View text, std::size_t end) {
  std::size_t from = end;
  while (from > 0 && is_letter(text[from - 1]) && end - from < kLongestWord) --from;
  return from;
}

// 부회장 has 회장 in it, and is no 회장.
bool part_of_longer_title(View text, std::size_t word, const Anchor& anchor) {
  const Title* longest = title_at_end(text.substr(word, anchor.end - word));
  return longest != nullptr && longest->text.size() > anchor.end - anchor.begin;
}

View last_word(View name) {
  const std::size_t blank = name.find_last_of(U" \n\u00B7-");
  return blank == View::npos ? View() : name.substr(blank + 1);
}

std::vector<std::uint32_t> persons_of(std::span<const Span> names) {
  std::vector<std::uint32_t> entities;
  for (const Span& one : names) {
    if (is_person(one)) entities.push_back(one.entity);
  }
  return entities;
}

}  // namespace

bool title_ends(View text, std::size_t end) {
  if (end < text.size() && is_latin(text[end]) && is_latin(text[end - 1])) return false;
  const View run = hangul_run(text, end);
  if (run.empty()) return end >= text.size() || !is_letter(text[end]);
  if (is_ending(run, final_of(text[end - 1]))) return true;
  const std::size_t tail = tail_length(run, model::EntityKind::kPerson, false);
  return tail > 0 && (tail == run.size() || is_ending(run.substr(tail), final_of(run[tail - 1])));
}

std::optional<std::size_t> given_name_before(View text, std::size_t at) {
  if (at < 2 || (text[at - 1] != U' ' && text[at - 1] != U'\u00B7' && text[at - 1] != U'-')) return std::nullopt;
  const std::size_t from = word_begin(text, at - 1);
  const View word = text.substr(from, at - 1 - from);
  return std::binary_search(kGivenNames.begin(), kGivenNames.end(), word) ? std::optional<std::size_t>(from) : std::nullopt;
}

bool ShortNames::ask_for(View short_name) const {
  return whole.contains(short_name) || std::any_of(hanja.begin(), hanja.end(), [&](char32_t one) { return writes_surname(one, short_name); });
}

People::People(const Names& names, const Fields& fields, const ShortNames& asked) : names_(names), fields_(fields), asked_(asked) {
  for (std::size_t field = 0; field < fields.size(); ++field) {
    add_tracked(field);
    add_strangers(field);
  }
  std::stable_sort(full_names_.begin(), full_names_.end(), [](const FullName& a, const FullName& b) { return std::tie(a.field, a.end) < std::tie(b.field, b.end); });
  for (const FullName& one : full_names_) note(one, nullptr);
  for (std::size_t field = 0; field < fields.size(); ++field) {
    for (const Anchor& anchor : fields[field].titles) introduce(field, anchor);
  }
}

const std::vector<Person>& People::of(View short_name) const {
  static const std::vector<Person> kNobody;
  const auto found = people_.find(short_name);
  return found == people_.end() ? kNobody : found->second;
}

std::vector<View> People::surnames_written(char32_t hanja) const {
  std::vector<View> surnames;
  for (const auto& [short_name, persons] : people_) {
    if (persons.front().korean && writes_surname(hanja, short_name)) surnames.push_back(short_name);
  }
  return surnames;
}

void People::add_tracked(std::size_t field) {
  const std::vector<Span>& names = fields_[field].names;
  for (auto first = names.begin(); first != names.end();) {
    const auto last = std::find_if(first, names.end(), [&](const Span& one) { return one.begin != first->begin; });
    const auto person = std::find_if(first, last, is_person);
    if (person != last) add_name(field, *person, {first, last});
    first = last;
  }
}

void People::add_name(std::size_t field, const Span& first, std::span<const Span> names) {
  const View name = fields_[field].text().substr(first.begin, first.end - first.begin);
  const std::size_t surname = surname_length(name);
  full_names_.push_back({field, first.begin, first.end, surname > 0 ? name.substr(0, surname) : last_word(name), surname > 0, names});
}

// 잭 올트먼, where 샘 올트먼 is tracked.
void People::add_strangers(std::size_t field) {
  const View text = fields_[field].text();
  const auto tracked = full_names_.size();
  for (const Anchor& anchor : fields_[field].last_words) {
    const auto given = given_name_before(text, anchor.begin);
    const bool part_of_tracked = std::binary_search(full_names_.begin(), full_names_.begin() + static_cast<std::ptrdiff_t>(tracked),
                                                    FullName{field, 0, anchor.end, {}, false, {}}, [](const FullName& a, const FullName& b) {
                                                      return std::tie(a.field, a.end) < std::tie(b.field, b.end);
                                                    });
    if (!given || part_of_tracked) continue;
    full_names_.push_back({field, static_cast<std::uint32_t>(*given), anchor.end, text.substr(anchor.begin, anchor.end - anchor.begin), false, {}});
  }
}

// The entry of the person who is meant; null where too many share the short name.
Person* People::person_for(const FullName& one, const std::vector<std::uint32_t>& entities) {
  std::vector<Person>& persons = people_[one.short_name];
  const View name = text_of(one);
  for (Person& known : persons) {
    const bool shared = std::any_of(entities.begin(), entities.end(), [&](std::uint32_t entity) {
      return std::find(known.entities.begin(), known.entities.end(), entity) != known.entities.end();
    });
    if (shared || known.name == name) return &known;
  }
  if (persons.size() >= kMostNamesakes) return nullptr;
  persons.push_back({name, one.korean, entities, {kNowhere, kNowhere}, {}});
  return &persons.back();
}

void People::note(const FullName& one, const Title* title) {
  if (one.short_name.empty() || !asked_.ask_for(one.short_name)) return;
  const std::vector<std::uint32_t> entities = persons_of(one.names);
  Person* person = person_for(one, entities);
  if (person == nullptr) return;
  for (const std::uint32_t entity : entities) {
    if (std::find(person->entities.begin(), person->entities.end(), entity) == person->entities.end()) person->entities.push_back(entity);
  }
  const auto earlier = [&](Earliest& at) { at[one.field] = std::min(at[one.field], one.end); };
  earlier(person->at);
  if (title == nullptr) return;
  for (Called& called : person->called) {
    if (called.title == title) return earlier(called.at);
  }
  person->called.push_back({title, {kNowhere, kNowhere}});
  earlier(person->called.back().at);
}

// Looks back from a title over at most four words that belong to it, for everybody who can be meant:
// "이재용 삼성전자 회장". Each title looks anew, so that "기간 중 이재용 …" does not take the name away.
void People::introduce(std::size_t field, const Anchor& anchor) {
  const View text = fields_[field].text();
  const Title& title = names_.title(anchor.writing->owner);
  if (title.listed_by_entity || !title_ends(text, anchor.end)) return;
  bool found = false;
  std::size_t to = anchor.begin;
  for (std::size_t words = 0; words <= kWordsToTitle + 1; ++words) {
    const std::size_t from = word_begin(text, to);
    const View word = text.substr(from, to - from);
    if (words == 0 && part_of_longer_title(text, from, anchor)) return;
    if (words > 0 && found && title_at_end(word) != nullptr) return;
    const bool introduced = introduce_word(field, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to), title);
    if (words > 0 && !introduced && closes_phrase(word)) return;
    found |= introduced;
    const auto next = previous_word_end(text, from);
    if (!next) return;
    to = *next;
  }
}

// Whoever's full name ends in [from, to); else a stranger, where the word is a surname and two syllables.
bool People::introduce_word(std::size_t field, std::uint32_t from, std::uint32_t to, const Title& title) {
  const auto known = std::upper_bound(full_names_.begin(), full_names_.end(), std::pair(field, from), [](const auto& wanted, const FullName& one) {
    return wanted < std::pair(one.field, one.end);
  });
  if (known != full_names_.end() && known->field == field && known->end <= to) {
    note(*known, &title);
    return true;
  }
  const View word = fields_[field].text().substr(from, to - from);
  const std::size_t surname = surname_length(word);
  if (surname == 0 || word.size() < 3) return false;
  note({field, from, to, word.substr(0, surname), true, {}}, &title);
  return true;
}

}  // namespace bylined::match
