// SPDX-License-Identifier: Apache-2.0
#include "pipeline/rule/fields.h"

#include <algorithm>
#include <array>

#include "base/text/fold.h"
#include "pipeline/rule/tokens.h"

namespace bylined::rule {
namespace {

constexpr std::array<std::string_view, 2> kEvents{"new", "edited"};

std::u32string folded(const std::string& text) { return text::fold(text).text; }

// "2025-02-01..2025-02-28", either end open, or one day.
struct Days {
  std::string first, last;

  explicit Days(const std::string& text) {
    const std::size_t dots = text.find("..");
    first = text.substr(0, dots);
    last = dots == std::string::npos ? first : text.substr(dots + 2);
  }
  bool good() const { return (first.empty() || model::is_day(first)) && (last.empty() || model::is_day(last)) && !(first.empty() && last.empty()) && (last.empty() || first <= last); }
  bool hold(const std::string& day) const { return day >= first && (last.empty() || day <= last); }
};

// An article that does not say when it was published may be new.
bool is_young(const Subject& subject, const std::string& most) {
  const auto& published = subject.facts.version.content.published;
  return !published || subject.facts.article.first_seen - published->at <= *parse_duration(most);
}

}  // namespace

std::string wrong_value(std::string_view field, const std::string& text) {
  if (field == "event" && !is_one_of(text, kEvents)) return "wants new or edited";
  if (field == "read" && !model::read_from_name(text)) return "wants full, listing_only, refused_by_robots or failed";
  if (field == "published" && !Days(text).good()) return "wants a day or days, such as 2025-02-04 or 2025-02-01..2025-02-28, an end may be left out";
  if (field == "age" && !parse_duration(text)) return "wants a length, such as 2d or 12h";
  return {};
}

bool field_holds(const std::string& field, const std::string& text, const Subject& subject) {
  const model::Version& version = subject.facts.version;
  const model::Content& content = version.content;
  const auto holds = [wanted = folded(text)](const std::string& there) { return folded(there).find(wanted) != std::u32string::npos; };
  if (field == "outlet") return holds(content.outlet);
  if (field == "section") return holds(content.section);
  if (field == "byline") return holds(content.byline) || std::any_of(content.authors.begin(), content.authors.end(), holds);
  if (field == "url") return subject.facts.article.url.find(text) != std::string::npos;
  if (field == "source") return subject.facts.article.source.value == text;
  if (field == "lang") return content.language == text || content.language.starts_with(text + "-");
  if (field == "tag") return std::find(subject.tags.begin(), subject.tags.end(), text) != subject.tags.end();
  if (field == "event") return (text == "new") == (version.number <= 1);
  if (field == "read") return model::read_name(version.read) == text;
  if (field == "published") return content.published && Days(text).hold(model::day_of(*content.published));
  return is_young(subject, text);
}

}  // namespace bylined::rule
