// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "pipeline/match/context.h"
#include "pipeline/match/field.h"
#include "pipeline/match/letters.h"
#include "pipeline/match/match.h"
#include "pipeline/match/names_in.h"
#include "pipeline/match/short_forms.h"

namespace bylined::match {
namespace {

constexpr std::uint32_t kLongestSentence = 300;  // code points
constexpr std::uint32_t kBefore = 120;           // of them before the name where the sentence is longer

bool ends_sentence(std::u32string_view text, std::size_t i) {
  if (text[i] == U'\n') return true;
  const bool stop = text[i] == U'.' || text[i] == U'?' || text[i] == U'!';
  return stop && i + 1 < text.size() && is_blank(text[i + 1]);
}

// The sentence around a place, in code points of the text as given.
std::pair<std::uint32_t, std::uint32_t> sentence_around(const FieldText& field, std::uint32_t begin, std::uint32_t end) {
  const std::u32string_view text = field.text();
  std::size_t from = begin;
  while (from > 0 && begin - from < kLongestSentence && !ends_sentence(text, from - 1)) --from;
  while (from < begin && is_blank(text[from])) ++from;
  std::size_t to = end;
  while (to < text.size() && to - end < kLongestSentence && !ends_sentence(text, to)) ++to;
  if (to < text.size() && !is_blank(text[to])) ++to;  // its full stop
  const std::uint32_t start = field.folded.start[begin];
  std::uint32_t first = field.folded.start[from];
  std::uint32_t last = field.folded.end[to - 1];
  if (last - first > kLongestSentence && start - first > kBefore) first = start - kBefore;
  return {first, std::min(last, first + kLongestSentence)};
}

model::How how_written(const Names& names, const Span& span, std::string_view text) {
  if (span.how != model::How::kVariant) return span.how;
  if (span.writing->role != Role::kName || names.name(span.writing->name) != text) return model::How::kVariant;
  return names.is_first_name(*span.writing) ? model::How::kName : model::How::kAlias;
}

model::Mention mention_of(const Names& names, FieldText& field, const Span& span) {
  model::Mention mention;
  mention.entity = {std::string(names.id(span.entity))};
  mention.field = field.which;
  mention.start = field.folded.start[span.begin];
  mention.end = field.folded.end[span.end - 1];
  mention.text = field.raw(span.begin, span.end);
  mention.how = how_written(names, span, mention.text);
  mention.confidence = span.confidence;
  const auto [from, to] = sentence_around(field, span.begin, span.end);
  mention.sentence = field.utf8.slice(from, to);
  return mention;
}

// Short forms beside the names, unless a name lies over them.
std::vector<Span> merged(const std::vector<Span>& names, const std::vector<Span>& short_forms) {
  std::vector<Span> all = names;
  auto name = names.begin();
  for (const Span& one : short_forms) {
    while (name != names.end() && name->end <= one.begin) ++name;
    if (name == names.end() || name->begin >= one.end) all.push_back(one);
  }
  std::stable_sort(all.begin(), all.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
  return all;
}

}  // namespace

Found find_mentions(const Names& names, std::string_view title, std::string_view body, std::size_t limit) {
  Fields fields{FieldText(model::Field::kTitle, title), FieldText(model::Field::kBody, body)};
  std::vector<std::uint32_t> contexts;
  for (FieldText& field : fields) find_names(names, field, contexts);
  std::sort(contexts.begin(), contexts.end());
  weigh_context(names, fields, contexts);
  const auto shorts = short_forms(names, fields);
  Found found;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    for (const Span& span : merged(fields[i].names, shorts[i])) {
      if (found.mentions.size() < limit) found.mentions.push_back(mention_of(names, fields[i], span));
      else ++found.dropped;
    }
  }
  return found;
}

std::vector<std::string> warnings(const std::vector<model::Entity>&) { return {}; }

}  // namespace bylined::match
