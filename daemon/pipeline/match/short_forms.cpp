// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/short_forms.h"

#include <algorithm>
#include <optional>

#include "pipeline/match/endings.h"
#include "pipeline/match/guards.h"
#include "pipeline/match/letters.h"
#include "pipeline/match/people.h"
#include "pipeline/match/sides.h"

namespace bylined::match {
namespace {


constexpr int kSearches = 300;                 // for a name in a paragraph: a text that needs more stays uncertain
constexpr std::size_t kParagraphReach = 1000;  // characters before a short form in which a name parts two persons
constexpr double kSure = 0.9;
constexpr double kAhead = 0.8;  // a headline before its text
constexpr double kByTitle = 0.8;
constexpr double kByParagraph = 0.7;
constexpr double kTwoPersons = 0.4;  // kept and shown, not believed

// 회장 for somebody introduced as 회장 or 명예회장; 대표, CEO and 최고경영자 are one.
bool calls(const Title& used, const Title& introduced) {
  return used.sense == introduced.sense || (!introduced.last.empty() && used.sense == introduced.last);
}

struct Candidate {
  std::size_t field = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  View short_name;               // a surname or one hanja of it, or a last word
  const Title* title = nullptr;  // where one stands with it
  bool korean = false;
};

bool is_past(char32_t c) { return View(U"전현前現").find(c) != View::npos; }

// "삼성전자 전 부회장": the former one, not a Mr. 전, for a noun stands before it and its phrase goes on.
bool reads_former(View text, std::size_t begin) {
  if (!is_past(text[begin]) || begin < 2 || !is_blank(text[begin - 1])) return false;
  std::size_t from = begin - 1;
  while (from > 0 && is_letter(text[from - 1]) && begin - from < kLongestWord) --from;
  const View word = text.substr(from, begin - 1 - from);
  return !word.empty() && !closes_phrase(word);
}

// 이사장 is a title, not a 사장 of the name 이.
bool is_title_itself(View word) {
  const Title* title = title_at_start(word);
  return title != nullptr && title->text.size() == word.size();
}

// Of the tracked persons who are named in full.
struct Tracked {
  explicit Tracked(const Fields& fields) {
    for (const FieldText& field : fields) {
      for (const Span& span : field.names) {
        if (!is_person(span)) continue;
        const View name = field.text().substr(span.begin, span.end - span.begin);
        const std::size_t length = surname_length(name);
        if (length == 0) foreigners.push_back(span.entity);
        else if (!has_surname(name.substr(0, length))) surnames.push_back(name.substr(0, length));
      }
    }
    std::sort(foreigners.begin(), foreigners.end());
  }

  bool has_surname(View one) const { return std::find(surnames.begin(), surnames.end(), one) != surnames.end(); }
  bool has_foreigner(std::uint32_t entity) const { return std::binary_search(foreigners.begin(), foreigners.end(), entity); }

  std::vector<View> surnames;  // of Koreans: of the list, so not many
  std::vector<std::uint32_t> foreigners;
};

class ShortForms {
 public:
  ShortForms(const Names& names, const Fields& fields) : names_(names), fields_(fields) {}

  std::array<std::vector<Span>, 2> run() {
    if (!names_a_person()) return {};
    for (std::size_t field = 0; field < fields_.size(); ++field) {
      for (const Anchor& anchor : fields_[field].titles) by_surname(field, anchor);
      for (const Anchor& anchor : fields_[field].last_words) by_last_word(field, anchor);
    }
    if (candidates_.empty()) return {};
    const ShortNames asked = asked_for();
    const People people(names_, fields_, asked);
    for (const Candidate& candidate : candidates_) resolve(candidate, people);
    for (auto& spans : found_) {
      std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.begin != b.begin ? a.begin < b.begin : a.entity < b.entity; });
    }
    return std::move(found_);
  }

 private:
  bool names_a_person() const {
    return std::any_of(fields_.begin(), fields_.end(), [&](const FieldText& field) { return std::any_of(field.names.begin(), field.names.end(), is_person); });
  }

  bool tracks_surname(View written) {
    if (!is_hanja(written[0])) return tracked().has_surname(written);
    const auto& surnames = tracked().surnames;
    return std::any_of(surnames.begin(), surnames.end(), [&](View surname) { return writes_surname(written[0], surname); });
  }

  // Few articles have a place that asks.
  const Tracked& tracked() {
    if (!tracked_) tracked_.emplace(fields_);
    return *tracked_;
  }

  ShortNames asked_for() const {
    ShortNames asked;
    for (const Candidate& one : candidates_) {
      const char32_t first = one.short_name[0];
      if (!one.korean || !is_hanja(first)) asked.whole.insert(one.short_name);
      else if (asked.hanja.find(first) == std::u32string::npos) asked.hanja.push_back(first);
    }
    return asked;
  }

  // ---- candidates ----

  // 이 회장, 이회장, 李회장, 윤 전 대통령, 박 씨: from the title back.
  void by_surname(std::size_t field, const Anchor& anchor) {
    const View text = fields_[field].text();
    if (anchor.begin == 0) return;
    std::size_t at = anchor.begin;
    if (is_blank(text[at - 1])) --at;
    surname_before(field, at, anchor);
    if (at == 0 || !is_past(text[at - 1])) return;
    --at;
    if (at > 0 && is_blank(text[at - 1])) --at;
    surname_before(field, at, anchor);
  }

  void surname_before(std::size_t field, std::size_t end, const Anchor& anchor) {
    const View text = fields_[field].text();
    for (const std::size_t length : {std::size_t{2}, std::size_t{1}}) {
      if (end < length || !starts_word(text, end - length)) continue;
      if (!title_ends(text, anchor.end)) return;
      const std::size_t begin = end - length;
      const View surname = text.substr(begin, length);
      if (!tracks_surname(surname) || reads_former(text, begin)) continue;
      if (end == anchor.begin && is_title_itself(text.substr(begin, anchor.end - begin))) continue;
      candidates_.push_back({field, static_cast<std::uint32_t>(begin), anchor.end, surname, &names_.title(anchor.writing->owner), true});
      return;
    }
  }

  void by_last_word(std::size_t field, const Anchor& anchor) {
    const View text = fields_[field].text();
    if (!tracked().has_foreigner(anchor.writing->owner) || !starts_word(text, anchor.begin)) return;
    if (given_name_before(text, anchor.begin) || in_address(text, anchor.begin, anchor.end)) return;
    const Subject subject{model::EntityKind::kPerson, anchor.writing->letters, anchor.writing->hangul, false};
    if (right_side(text, anchor.begin, anchor.end, subject) == 0) return;
    Candidate candidate{field, anchor.begin, anchor.end, text.substr(anchor.begin, anchor.end - anchor.begin), nullptr, false};
    if (const Anchor* title = title_behind(field, anchor.end)) {
      candidate.title = &names_.title(title->writing->owner);
      if (anchor.writing->letters == 1) candidate.end = title->end;
    }
    if (anchor.writing->letters == 1 && candidate.title == nullptr) return;
    candidates_.push_back(candidate);
  }

  // The longest title that begins one blank behind `end`.
  const Anchor* title_behind(std::size_t field, std::uint32_t end) const {
    const auto& titles = fields_[field].titles;
    auto at = std::lower_bound(titles.begin(), titles.end(), end + 1, [](const Anchor& one, std::uint32_t begin) { return one.begin < begin; });
    const Anchor* longest = nullptr;
    for (; at != titles.end() && at->begin == end + 1; ++at) {
      if (is_blank(fields_[field].text()[end]) && title_ends(fields_[field].text(), at->end)) longest = &*at;
    }
    return longest;
  }

  // ---- what they refer to ----

  // A headline may run ahead of its text.
  static bool precedes(const Earliest& at, const Candidate& candidate) {
    return at[candidate.field] <= candidate.begin || at[1 - candidate.field] != kNowhere;
  }

  static std::vector<const Person*> all_before(const Candidate& candidate, const People& people) {
    std::vector<const Person*> persons;
    const auto take = [&](View short_name) {
      for (const Person& one : people.of(short_name)) {
        if (one.korean == candidate.korean && precedes(one.at, candidate)) persons.push_back(&one);
      }
    };
    if (!candidate.korean || !is_hanja(candidate.short_name[0])) {
      take(candidate.short_name);
    } else {
      for (const View surname : people.surnames_written(candidate.short_name[0])) take(surname);
    }
    return persons;
  }

  bool introduced_so(const Person& person, const Candidate& candidate) const {
    if (candidate.title == nullptr) return false;
    const auto fits = [&](const Called& one) { return calls(*candidate.title, *one.title) && precedes(one.at, candidate); };
    return std::any_of(person.called.begin(), person.called.end(), fits) || lists_title(person, *candidate.title);
  }

  // An entity may list titles of its own: its full name alone introduces it with each of them.
  bool lists_title(const Person& one, const Title& title) const {
    return std::any_of(one.entities.begin(), one.entities.end(), [&](std::uint32_t entity) {
      const Particulars* particulars = names_.particulars(entity);
      if (particulars == nullptr) return false;
      return std::any_of(particulars->titles.begin(), particulars->titles.end(), [&](std::uint32_t own) { return calls(title, names_.title(own)); });
    });
  }

  void resolve(const Candidate& candidate, const People& people) {
    const std::vector<const Person*> persons = all_before(candidate, people);
    std::vector<const Person*> titled;
    for (const Person* one : persons) {
      if (introduced_so(*one, candidate)) titled.push_back(one);
    }
    if (candidate.korean) return settle(candidate, titled, kSure);
    titled.size() == 1 ? settle(candidate, titled, kByTitle) : settle(candidate, persons, kSure);
  }

  void settle(const Candidate& candidate, const std::vector<const Person*>& persons, double confidence) {
    if (persons.empty()) return;
    const Person* chosen = persons.size() == 1 ? persons[0] : only_one_in_paragraph(candidate, persons);
    if (chosen == nullptr) {
      for (const Person* one : persons) put(candidate, *one, kTwoPersons);
      return;
    }
    if (persons.size() > 1) confidence = kByParagraph;
    else if (candidate.field == 0 && chosen->at[0] > candidate.begin) confidence = kAhead;
    put(candidate, *chosen, confidence);
  }

  void put(const Candidate& candidate, const Person& person, double confidence) {
    for (const std::uint32_t entity : person.entities) {
      found_[candidate.field].push_back({candidate.begin, candidate.end, entity, model::How::kShortForm, nullptr, confidence});
    }
  }

  const Person* only_one_in_paragraph(const Candidate& candidate, const std::vector<const Person*>& persons) {
    if (searches_left_ == 0) return nullptr;
    --searches_left_;
    const std::size_t reach = candidate.begin > kParagraphReach ? candidate.begin - kParagraphReach : 0;
    View paragraph = fields_[candidate.field].text().substr(reach, candidate.begin - reach);
    const std::size_t line = paragraph.rfind(U'\n');
    if (line != View::npos) paragraph.remove_prefix(line + 1);
    const Person* found = nullptr;
    for (const Person* one : persons) {
      if (paragraph.find(one->name) == View::npos) continue;
      if (found != nullptr) return nullptr;
      found = one;
    }
    return found;
  }

  const Names& names_;
  const Fields& fields_;
  std::optional<Tracked> tracked_;
  std::vector<Candidate> candidates_;
  int searches_left_ = kSearches;
  std::array<std::vector<Span>, 2> found_;
};

}  // namespace

std::array<std::vector<Span>, 2> short_forms(const Names& names, const Fields& fields) { return ShortForms(names, fields).run(); }

}  // namespace bylined::match
