// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <optional>

#include "base/text/decode.h"
#include "pipeline/rule/fields.h"
#include "pipeline/rule/rule.h"
#include "pipeline/rule/side.h"

namespace bylined::rule {
namespace {

using model::Rule;

constexpr double kSure = 0.5;

// As which of what was found a place counts.
struct Wanted {
  double confidence = kSure;
  std::optional<model::How> how;  // none: as any but a photo credit
  int first = 100;                // per cent of the body
  bool added = false;
  bool removed = false;

  bool is_sure_one_of_now() const { return confidence >= kSure && !how && !removed; }
  bool takes(const model::Mention& mention) const {
    return mention.confidence >= confidence && (how ? mention.how == *how : mention.how != model::How::kCredit);
  }
};

Wanted narrowed(Wanted wanted, const Rule& rule) {
  switch (rule.where) {
    case Rule::Where::kFirst: wanted.first = std::min(wanted.first, rule.number); break;
    case Rule::Where::kConfidence: wanted.confidence = rule.number / 100.0; break;
    case Rule::Where::kHow: wanted.how = model::how_from_name(rule.text); break;
    case Rule::Where::kAdded: wanted.added = true; break;
    case Rule::Where::kRemoved: wanted.removed = true; break;
  }
  return wanted;
}

struct Found {
  model::Field field = model::Field::kBody;
  Place place;
};

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
    file(subject.words, words_);
    file(subject.facts.previous_mentions, entities_before_);
    file(subject.words_before, words_before_);
  }

  const Subject& subject() const { return subject_; }

  std::vector<Found> places(const Rule& rule, const Wanted& wanted = Wanted()) {
    if (rule.kind == Rule::Kind::kWhere) return places(rule.parts.front(), narrowed(wanted, rule));
    std::vector<Found> found;
    if (rule.kind == Rule::Kind::kAny) {
      for (const Rule& part : rule.parts) {
        const auto more = places(part, wanted);
        found.insert(found.end(), more.begin(), more.end());
      }
      return found;
    }
    if (wanted.removed && !subject_.facts.previous) return found;
    if (rule.kind == Rule::Kind::kPattern) {
      for (const model::Field field : {model::Field::kTitle, model::Field::kBody}) add_matches(rule, field, wanted.removed, found);
    } else {
      add_mentions(rule, wanted, found);
    }
    std::erase_if(found, [&](const Found& one) { return !stands(one, rule.field, wanted); });
    return found;
  }

  // The least that lies between the two in one text; none where no text has both.
  std::optional<int> closest(const Rule& near) {
    struct Mark {
      Found found;
      bool is_right = false;
    };
    std::vector<Mark> marks;
    for (const Found& one : places(near.parts[0])) marks.push_back({one, false});
    for (const Found& one : places(near.parts[1])) marks.push_back({one, true});
    std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
      return a.found.field != b.found.field ? a.found.field < b.found.field : a.found.place.start < b.found.place.start;
    });
    std::optional<int> least;
    const Mark* last[2] = {nullptr, nullptr};  // of each part, the one that reaches furthest so far
    for (const Mark& mark : marks) {
      const Mark* const other = last[mark.is_right ? 0 : 1];
      const bool joins = other != nullptr && other->found.field == mark.found.field && (mark.is_right || !near.ordered);
      if (joins) {
        const int apart = side(mark.found.field, false).apart(other->found.place, mark.found.place, near.reach);
        least = std::min(least.value_or(apart), apart);
      }
      const Mark*& own = last[mark.is_right ? 1 : 0];
      const bool further = own == nullptr || own->found.field != mark.found.field || own->found.place.end < mark.found.place.end;
      if (further) own = &mark;
    }
    return least;
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

  void add_mentions(const Rule& rule, const Wanted& wanted, std::vector<Found>& found) const {
    const bool is_entity = rule.kind == Rule::Kind::kEntity;
    const Index& index = is_entity ? (wanted.removed ? entities_before_ : entities_) : (wanted.removed ? words_before_ : words_);
    const auto there = index.find(rule.text);
    if (there == index.end()) return;
    for (const model::Mention* const mention : there->second) {
      if (wanted.takes(*mention)) found.push_back({mention->field, {mention->start, mention->end}});
    }
  }

  void add_matches(const Rule& rule, model::Field field, bool before, std::vector<Found>& found) const {
    const std::string_view utf8 = text(field, before);
    std::size_t byte = 0, letter = 0;
    for (const auto& [first, last] : rule.pattern.find(utf8, kMostMatches)) {
      letter += text::code_points(utf8.substr(byte, first - byte));
      const std::size_t start = letter;
      letter += text::code_points(utf8.substr(first, last - first));
      byte = last;
      found.push_back({field, {start, letter}});
    }
  }

  bool stands(const Found& found, const std::string& field, const Wanted& wanted) {
    const bool in_title = found.field == model::Field::kTitle;
    if (field == "title" && !in_title) return false;
    if ((field == "lead" || field == "body") && in_title) return false;
    if (field == "lead" && found.place.end > side(found.field, wanted.removed).lead_end()) return false;
    if (wanted.first < 100 && !in_title && found.place.end * 100 > side(found.field, wanted.removed).letters() * static_cast<std::size_t>(wanted.first)) return false;
    if (!wanted.added && !wanted.removed) return true;
    return subject_.facts.previous && wanted.added != wanted.removed && !is_in_other(found, wanted.removed);
  }

  // Has the other version the sentence too?
  bool is_in_other(const Found& found, bool before) {
    const std::u32string_view sentence = side(found.field, before).sentence_of(found.place);
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

std::vector<model::EntityId> Judge::met_as_asked(const Rule& rule) {
  std::vector<model::EntityId> met;
  const auto visit = [&](const auto& self, const Rule& one, const Wanted& wanted) -> void {
    if (one.kind == Rule::Kind::kNot) return;
    if (one.kind == Rule::Kind::kEntity && !wanted.is_sure_one_of_now() && !texts_->places(one, wanted).empty()) met.push_back({one.text});
    const Wanted inner = one.kind == Rule::Kind::kWhere ? narrowed(wanted, one) : wanted;
    for (const Rule& part : one.parts) self(self, part, inner);
  };
  visit(visit, rule, Wanted());
  return met;
}

}  // namespace bylined::rule
