// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <set>

#include "base/text/decode.h"
#include "pipeline/rule/fields.h"
#include "pipeline/rule/rule.h"
#include "pipeline/rule/side.h"

namespace bylined::rule {
namespace {

using model::Rule;

// As which of what was found a place counts.
struct Wanted {
  std::optional<double> confidence;  // none: a sure one
  std::set<model::How> hows;         // each of them; none: as any but a photo credit
  int first = 100;                   // per cent of the body
  bool added = false;
  bool removed = false;

  bool is_plain() const { return !confidence && hows.empty() && !added && !removed; }
  bool takes(const model::Mention& mention) const {
    if (mention.confidence < confidence.value_or(model::kSure)) return false;
    return hows.empty() ? mention.how != model::How::kCredit : hows.size() == 1 && hows.contains(mention.how);
  }
};

Wanted narrowed(Wanted wanted, const Rule& rule) {
  switch (rule.where) {
    case Rule::Where::kFirst: wanted.first = std::min(wanted.first, rule.number); break;
    case Rule::Where::kConfidence: wanted.confidence = std::max(wanted.confidence.value_or(0), rule.number / 100.0); break;
    case Rule::Where::kHow: wanted.hows.insert(model::how_from_name(rule.text).value_or(model::How::kName)); break;
    case Rule::Where::kAdded: wanted.added = true; break;
    case Rule::Where::kRemoved: wanted.removed = true; break;
  }
  return wanted;
}

// Sorted, and of those that lie over each other the first: one place is one place, whatever finds it.
std::vector<Match> apart_from_each_other(std::vector<Match> places) {
  std::sort(places.begin(), places.end(), [](const Match& a, const Match& b) {
    return a.field != b.field ? a.field < b.field : a.start != b.start ? a.start < b.start : a.end > b.end;
  });
  std::vector<Match> kept;
  for (const Match& one : places) {
    const bool over = !kept.empty() && kept.back().field == one.field && one.start < kept.back().end;
    if (!over) kept.push_back(one);
  }
  return kept;
}

std::string times(std::size_t count) { return std::to_string(count) + (count == 1 ? " time" : " times"); }

std::string apart_text(int apart, Rule::Reach reach) {
  const std::string unit = reach == Rule::Reach::kWords ? "word" : reach == Rule::Reach::kSentence ? "sentence" : "paragraph";
  if (apart == 0 && reach != Rule::Reach::kWords) return "in one " + unit;
  return std::to_string(apart) + " " + unit + (apart == 1 ? "" : "s") + " apart";
}

}  // namespace

class Judge::Texts {
 public:
  explicit Texts(const Subject& subject) : subject_(subject) {
    file(subject.mentions, entities_);
    file(subject.now.words, words_);
    file(subject.facts.previous_mentions, entities_before_);
    file(subject.before.words, words_before_);
  }

  const Subject& subject() const { return subject_; }

  std::vector<Match> places(const Rule& rule, const Wanted& wanted = Wanted()) { return apart_from_each_other(all_places(rule, wanted)); }

  std::vector<Match> all_places(const Rule& rule, const Wanted& wanted) {
    if (rule.kind == Rule::Kind::kWhere) return all_places(rule.parts.front(), narrowed(wanted, rule));
    std::vector<Match> found;
    if (rule.kind == Rule::Kind::kAny) {
      for (const Rule& part : rule.parts) {
        const auto more = all_places(part, wanted);
        found.insert(found.end(), more.begin(), more.end());
      }
      return found;
    }
    if (wanted.removed && !subject_.facts.previous) return found;
    if (rule.kind == Rule::Kind::kPattern) {
      const Matches& matches = wanted.removed ? subject_.before.matches : subject_.now.matches;
      const auto there = matches.find(rule.pattern.expression());
      if (there != matches.end()) found = there->second;
    } else {
      add_mentions(rule, wanted, found);
    }
    std::erase_if(found, [&](const Match& one) { return !stands(one, rule.field, wanted); });
    return found;
  }

  // The least that lies between the two in one text, of those that do not lie over each other; none where no text has both.
  std::optional<int> closest(const Rule& near) {
    const auto left = places(near.parts[0]), right = places(near.parts[1]);
    std::optional<int> least = closest_behind(left, right, near.reach);
    if (near.ordered) return least;
    const std::optional<int> other = closest_behind(right, left, near.reach);
    return least && other ? std::min(least, other) : least ? least : other;
  }

 private:
  using Index = std::unordered_map<std::string_view, std::vector<const model::Mention*>>;

  static void file(const std::vector<model::Mention>& mentions, Index& index) {
    for (const model::Mention& mention : mentions) index[mention.entity.value].push_back(&mention);
  }

  const Side& side(model::Field field, bool before) {
    std::unique_ptr<Side>& side = sides_[(field == model::Field::kTitle ? 0 : 1) + (before ? 2 : 0)];
    if (side == nullptr) side = std::make_unique<Side>(text(field, before));
    return *side;
  }

  const std::string& text(model::Field field, bool before) const {
    const model::Content& content = before ? subject_.facts.previous->content : subject_.facts.version.content;
    return field == model::Field::kTitle ? content.title : content.body;
  }

  // From the end of one of `first` to the start of one of `second`.
  std::optional<int> closest_behind(std::vector<Match> first, const std::vector<Match>& second, Rule::Reach reach) {
    std::sort(first.begin(), first.end(), [](const Match& a, const Match& b) { return a.field != b.field ? a.field < b.field : a.end < b.end; });
    std::optional<int> least;
    for (const Match& one : second) {
      const auto behind = std::partition_point(first.begin(), first.end(), [&one](const Match& a) { return a.field != one.field ? a.field < one.field : a.end <= one.start; });
      if (behind == first.begin() || std::prev(behind)->field != one.field) continue;
      const Match& before = *std::prev(behind);
      const int apart = side(one.field, false).apart({before.start, before.end}, {one.start, one.end}, reach);
      least = std::min(least.value_or(apart), apart);
    }
    return least;
  }

  void add_mentions(const Rule& rule, const Wanted& wanted, std::vector<Match>& found) const {
    const bool is_entity = rule.kind == Rule::Kind::kEntity;
    const Index& index = is_entity ? (wanted.removed ? entities_before_ : entities_) : (wanted.removed ? words_before_ : words_);
    const auto there = index.find(rule.text);
    if (there == index.end()) return;
    for (const model::Mention* const mention : there->second) {
      if (wanted.takes(*mention)) found.push_back({mention->field, mention->start, mention->end});
    }
  }

  bool stands(const Match& found, const std::string& field, const Wanted& wanted) {
    const bool in_title = found.field == model::Field::kTitle;
    if (field == "title" && !in_title) return false;
    if ((field == "lead" || field == "body") && in_title) return false;
    if (field == "lead" && found.end > side(found.field, wanted.removed).lead_end()) return false;
    if (wanted.first < 100 && !in_title && found.end * 100 > side(found.field, wanted.removed).letters() * static_cast<std::size_t>(wanted.first)) return false;
    if (!wanted.added && !wanted.removed) return true;
    return subject_.facts.previous && wanted.added != wanted.removed && !is_in_other(found, wanted.removed);
  }

  // Has the other version the sentence too?
  bool is_in_other(const Match& found, bool before) {
    const std::u32string_view sentence = side(found.field, before).sentence_of({found.start, found.end});
    return side(model::Field::kTitle, !before).sentences().contains(sentence) || side(model::Field::kBody, !before).sentences().contains(sentence);
  }

  const Subject& subject_;
  Index entities_, words_, entities_before_, words_before_;
  std::unique_ptr<Side> sides_[4];
};

Judge::Judge(const Subject& subject) : texts_(std::make_unique<Texts>(subject)) {}
Judge::~Judge() = default;

bool Judge::holds(const Rule& rule) {
  const auto part_holds = [this](const Rule& part) { return holds(part); };
  switch (rule.kind) {
    case Rule::Kind::kAll: return std::all_of(rule.parts.begin(), rule.parts.end(), part_holds);
    case Rule::Kind::kAny: return std::any_of(rule.parts.begin(), rule.parts.end(), part_holds);
    case Rule::Kind::kNot: return !holds(rule.parts.front());
    case Rule::Kind::kField: return field_holds(rule.field, rule.text, texts_->subject());
    case Rule::Kind::kNear: {
      const auto closest = texts_->closest(rule);
      return closest && *closest <= rule.number;
    }
    case Rule::Kind::kCount: return texts_->places(rule.parts.front()).size() >= static_cast<std::size_t>(rule.number);
    default: return !texts_->places(rule).empty();
  }
}

Outcome Judge::explain(const Rule& rule) {
  Outcome outcome;
  outcome.clause = print(rule);
  outcome.holds = holds(rule);
  switch (rule.kind) {
    case Rule::Kind::kAll:
    case Rule::Kind::kAny:
    case Rule::Kind::kNot:
      for (const Rule& part : rule.parts) outcome.parts.push_back(explain(part));
      break;
    case Rule::Kind::kField: break;
    case Rule::Kind::kNear: {
      const auto closest = texts_->closest(rule);
      outcome.why = closest ? apart_text(*closest, rule.reach) : "never in one text";
      break;
    }
    case Rule::Kind::kCount: outcome.why = times(texts_->places(rule.parts.front()).size()); break;
    default: outcome.why = times(texts_->places(rule).size());
  }
  return outcome;
}

std::vector<model::EntityId> Judge::met(const Rule& rule) {
  std::set<model::EntityId> met;
  const auto visit = [&](const auto& self, const Rule& one, const Wanted& wanted) -> void {
    if (one.kind == Rule::Kind::kNot) return;
    if (one.kind == Rule::Kind::kEntity) {
      Rule anywhere = one;
      if (wanted.is_plain()) anywhere.field.clear();
      if (!texts_->places(anywhere, wanted.is_plain() ? Wanted() : wanted).empty()) met.insert({one.text});
    }
    const Wanted inner = one.kind == Rule::Kind::kWhere ? narrowed(wanted, one) : wanted;
    for (const Rule& part : one.parts) self(self, part, inner);
  };
  visit(visit, rule, Wanted());
  return {met.begin(), met.end()};
}

Matches find_matches(const std::vector<text::Pattern>& patterns, const model::Content& content) {
  Matches matches;
  for (const text::Pattern& pattern : patterns) {
    const auto [all, fresh] = matches.emplace(pattern.expression(), std::vector<Match>());
    if (!fresh) continue;
    for (const model::Field field : {model::Field::kTitle, model::Field::kBody}) {
      const std::string_view utf8 = field == model::Field::kTitle ? content.title : content.body;
      std::size_t byte = 0, letter = 0;
      for (const auto& [first, last] : pattern.find(utf8, kMostMatches)) {
        letter += text::code_points(utf8.substr(byte, first - byte));
        const std::size_t start = letter;
        letter += text::code_points(utf8.substr(first, last - first));
        byte = last;
        all->second.push_back({field, start, letter});
      }
    }
  }
  return matches;
}

}  // namespace bylined::rule
