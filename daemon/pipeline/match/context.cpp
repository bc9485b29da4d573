// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/context.h"

#include <algorithm>
#include <set>

#include "pipeline/match/letters.h"

namespace bylined::match {
namespace {

using Numbers = std::vector<std::uint32_t>;

constexpr double kOtherMeaning = 0.4;
constexpr double kOtherNamesake = 0.4;
constexpr std::uint32_t kNear = 40;  // characters

bool stands(const Numbers& contexts, const Numbers& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&](std::uint32_t one) { return std::binary_search(contexts.begin(), contexts.end(), one); });
}

bool allows(const Particulars* particulars, const Numbers& contexts) {
  if (particulars == nullptr) return true;
  if (!particulars->any.empty() && !stands(contexts, particulars->any)) return false;
  return !stands(contexts, particulars->none);
}

bool parts_sentences(std::u32string_view between) {
  for (std::size_t i = 0; i < between.size(); ++i) {
    if (between[i] == U'\n') return true;
    if (between[i] == U'.' && i + 1 < between.size() && is_blank(between[i + 1])) return true;
  }
  return false;
}

bool near(const FieldText& field, const Span& span, const Cue& cue) {
  if (cue.begin >= span.end) return cue.begin - span.end <= kNear && !parts_sentences(field.text().substr(span.end, cue.begin - span.end));
  if (cue.end <= span.begin) return span.begin - cue.end <= kNear && !parts_sentences(field.text().substr(cue.end, span.begin - cue.end));
  return true;  // 다음 in "다음 달"
}

// A cue of the other meaning stands near, and none of the name.
bool means_something_else(const FieldText& field, const Span& span) {
  bool other = false;
  const std::uint32_t from = span.begin > 2 * kNear ? span.begin - 2 * kNear : 0;  // no cue is longer than kNear
  auto cue = std::lower_bound(field.cues.begin(), field.cues.end(), from, [](const Cue& one, std::uint32_t begin) { return one.begin < begin; });
  for (; cue != field.cues.end() && cue->begin <= span.end + kNear; ++cue) {
    if (cue->homograph != span.writing->homograph || !near(field, span, *cue)) continue;
    if (cue->own) return false;
    other = true;
  }
  return other;
}

// Of namesakes, those whose affiliation is named in the article go before those that have none there.
class Namesakes {
 public:
  Namesakes(const Names& names, const Fields& fields) : names_(names) {
    for (const FieldText& field : fields) {
      for (const Span& span : field.names) named_.insert(span.entity);
    }
  }

  // [first, last): names at one place.
  void part(std::vector<Span>::iterator first, std::vector<Span>::iterator last) const {
    if (last - first < 2 || std::none_of(first, last, [&](const Span& one) { return affiliated(one.entity); })) return;
    for (; first != last; ++first) {
      if (!affiliated(first->entity)) first->confidence = std::min(first->confidence, kOtherNamesake);
    }
  }

 private:
  bool affiliated(std::uint32_t entity) const {
    const Particulars* particulars = names_.particulars(entity);
    return particulars != nullptr && std::any_of(particulars->of.begin(), particulars->of.end(), [&](std::uint32_t of) { return named_.contains(of); });
  }

  const Names& names_;
  std::set<std::uint32_t> named_;
};

template <class Visit>
void each_place(std::vector<Span>& spans, Visit&& visit) {
  for (auto first = spans.begin(); first != spans.end();) {
    const auto last = std::find_if(first, spans.end(), [&](const Span& one) { return one.begin != first->begin || one.end != first->end; });
    visit(first, last);
    first = last;
  }
}

bool has_namesakes(const std::vector<Span>& spans) {
  return std::adjacent_find(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.begin == b.begin && a.end == b.end; }) != spans.end();
}

}  // namespace

void weigh_context(const Names& names, Fields& fields, const Numbers& contexts) {
  for (FieldText& field : fields) {
    std::erase_if(field.names, [&](const Span& span) { return !allows(names.particulars(span.entity), contexts); });
    for (Span& span : field.names) {
      if (span.writing->homograph != 0 && means_something_else(field, span)) span.confidence = std::min(span.confidence, kOtherMeaning);
    }
  }
  if (!has_namesakes(fields[0].names) && !has_namesakes(fields[1].names)) return;
  const Namesakes namesakes(names, fields);
  for (FieldText& field : fields) {
    each_place(field.names, [&](auto first, auto last) { namesakes.part(first, last); });
  }
}

}  // namespace bylined::match
