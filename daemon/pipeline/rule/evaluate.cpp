// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include "base/text/fold.h"
#include "pipeline/rule/rule.h"

namespace bylined::rule {
namespace {

using model::Rule;

struct Place {
  model::Field field = model::Field::kBody;
  std::size_t start = 0, end = 0;
};

// The words before each letter of a text, so that distances can be told.
class Steps {
 public:
  explicit Steps(const std::u32string& text) {
    bool blank = true;
    int words = 0;
    for (const char32_t c : text) {
      const bool is_blank = c == U' ' || c == U'\n' || c == U'\t' || c == 0xA0 || c == 0x3000;
      if (blank && !is_blank) ++words;
      blank = is_blank;
      before_.push_back(words);
    }
    before_.push_back(words);
  }

  // Words that stand between two places; 0 for neighbours and for one inside the other.
  int between(const Place& a, const Place& b) const {
    const Place& left = a.start <= b.start ? a : b;
    const Place& right = a.start <= b.start ? b : a;
    const std::size_t last = std::min(left.end == 0 ? 0 : left.end - 1, before_.size() - 1);
    return std::max(0, before_[std::min(right.start, before_.size() - 1)] - before_[last] - 1);
  }

 private:
  std::vector<int> before_;
};

class Judge {
 public:
  explicit Judge(const Subject& subject)
      : subject_(subject),
        content_(subject.facts.version.content),
        title_(text::to_utf32(content_.title)),
        body_(text::to_utf32(content_.body)),
        lead_(std::min(body_.find(U"\n\n"), body_.size())) {}

  Outcome judge(const Rule& rule) {
    Outcome outcome;
    outcome.clause = print(rule);
    switch (rule.kind) {
      case Rule::Kind::kAll:
      case Rule::Kind::kAny:
      case Rule::Kind::kNot: return joined(rule, std::move(outcome));
      case Rule::Kind::kField: outcome.holds = field_holds(rule); return outcome;
      case Rule::Kind::kNear: return near(rule, std::move(outcome));
      case Rule::Kind::kCount:
      case Rule::Kind::kEntity:
      case Rule::Kind::kWords: break;
    }
    const auto found = places(rule.kind == Rule::Kind::kCount ? rule.parts.front() : rule).size();
    outcome.holds = found >= static_cast<std::size_t>(rule.kind == Rule::Kind::kCount ? rule.number : 1);
    outcome.why = std::to_string(found) + (found == 1 ? " time" : " times");
    return outcome;
  }

 private:
  Outcome joined(const Rule& rule, Outcome outcome) {
    for (const Rule& part : rule.parts) outcome.parts.push_back(judge(part));
    const auto holds = [](const Outcome& part) { return part.holds; };
    if (rule.kind == Rule::Kind::kAll) outcome.holds = std::all_of(outcome.parts.begin(), outcome.parts.end(), holds);
    else if (rule.kind == Rule::Kind::kAny) outcome.holds = std::any_of(outcome.parts.begin(), outcome.parts.end(), holds);
    else outcome.holds = !outcome.parts.front().holds;
    return outcome;
  }

  std::vector<Place> places(const Rule& rule) const {
    std::vector<Place> found;
    if (rule.kind == Rule::Kind::kAny) {
      for (const Rule& part : rule.parts) {
        const auto more = places(part);
        found.insert(found.end(), more.begin(), more.end());
      }
      return found;
    }
    for (const model::Mention& mention : rule.kind == Rule::Kind::kEntity ? subject_.mentions : subject_.words) {
      if (mention.entity.value == rule.text && mention.sure() && stands_in(mention, rule.field)) found.push_back({mention.field, mention.start, mention.end});
    }
    return found;
  }

  bool stands_in(const model::Mention& mention, const std::string& field) const {
    if (field.empty()) return true;
    if (field == "title") return mention.field == model::Field::kTitle;
    return mention.field == model::Field::kBody && (field == "body" || mention.end <= lead_);
  }

  Outcome near(const Rule& rule, Outcome outcome) {
    const auto left = places(rule.parts[0]), right = places(rule.parts[1]);
    const Steps title(title_), body(body_);
    std::optional<int> closest;
    std::size_t pairs = 0;
    for (const Place& a : left) {
      for (const Place& b : right) {
        if (a.field != b.field || (rule.ordered && a.start > b.start) || ++pairs > kMostPairs) continue;
        const int words = (a.field == model::Field::kTitle ? title : body).between(a, b);
        if (!closest || words < *closest) closest = words;
      }
    }
    outcome.holds = closest && *closest <= rule.number;
    outcome.why = !closest ? "never in one text" : std::to_string(*closest) + (*closest == 1 ? " word apart" : " words apart");
    return outcome;
  }

  bool field_holds(const Rule& rule) const {
    const auto holds = [&](const std::string& text) { return folded(text).find(folded(rule.text)) != std::u32string::npos; };
    if (rule.field == "outlet") return holds(content_.outlet);
    if (rule.field == "section") return holds(content_.section);
    if (rule.field == "url") return subject_.facts.article.url.find(rule.text) != std::string::npos;
    if (rule.field == "source") return subject_.facts.article.source.value == rule.text;
    if (rule.field == "lang") return content_.language == rule.text || content_.language.starts_with(rule.text + "-");
    return holds(content_.byline) || std::any_of(content_.authors.begin(), content_.authors.end(), holds);
  }

  static std::u32string folded(const std::string& text) { return text::fold(text).text; }

  const Subject& subject_;
  const model::Content& content_;
  const std::u32string title_, body_;
  const std::size_t lead_;  // where the first paragraph of the body ends
};

}  // namespace

Outcome evaluate(const Rule& rule, const Subject& subject) { return Judge(subject).judge(rule); }

}  // namespace bylined::rule
