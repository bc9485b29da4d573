// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text/sentence.h"
#include "pipeline/match/field.h"
#include "pipeline/match/letters.h"
#include "pipeline/match/match.h"
#include "pipeline/match/spans.h"

namespace bylined::match {
namespace {

constexpr std::uint32_t kLongestSentence = 300;  // code points
constexpr std::uint32_t kBefore = 120;           // of them before the name where the sentence is longer

using text::ends_sentence;

// Writes spans out as mentions, field by field in order of place.
class Writer {
 public:
  Writer(const Names& names, FieldText& field) : names_(names), field_(field) {}

  void write(const Span& span, model::Mention& mention) {
    mention.entity.value = names_.id(span.entity);
    mention.field = field_.which;
    mention.start = field_.folded.start(span.begin);
    mention.end = field_.folded.end(span.end - 1);
    mention.text = field_.utf8.slice(mention.start, mention.end);
    mention.how = how_written(span, mention.text);
    mention.confidence = span.confidence;
    mention.sentence = sentence_around(span);
  }

 private:
  model::How how_written(const Span& span, std::string_view text) const {
    if (span.how != model::How::kVariant) return span.how;
    if (span.writing->role != Role::kName || names_.name(span.writing->name) != text) return model::How::kVariant;
    return names_.is_first_name(*span.writing) ? model::How::kName : model::How::kAlias;
  }

  std::string_view sentence_around(const Span& span) {
    if (span.begin < from_ || span.end > to_ || sentence_.empty()) find_sentence(span);
    return sentence_;
  }

  void find_sentence(const Span& span) {
    const std::u32string_view text = field_.text();
    std::uint32_t from = span.begin;
    while (from > 0 && span.begin - from < kLongestSentence && !ends_sentence(text, from - 1)) --from;
    while (from < span.begin && is_blank(text[from])) ++from;
    std::uint32_t to = span.end;
    while (to < text.size() && to - span.end < kLongestSentence && !ends_sentence(text, to)) ++to;
    if (to < text.size() && !is_blank(text[to])) ++to;  // its full stop
    const std::uint32_t start = field_.folded.start(span.begin);
    std::uint32_t first = field_.folded.start(from);
    std::uint32_t last = field_.folded.end(to - 1);
    const bool whole = last - first <= kLongestSentence;
    if (!whole && start - first > kBefore) first = start - kBefore;
    last = std::min(last, first + kLongestSentence);
    sentence_ = field_.utf8.slice(first, last);
    from_ = whole ? from : span.begin;
    to_ = whole ? to : span.end;
  }

  const Names& names_;
  FieldText& field_;
  std::string_view sentence_;  // of the folded text [from_, to_): names often share one
  std::uint32_t from_ = 0;
  std::uint32_t to_ = 0;
};

}  // namespace

Found find_mentions(const Names& names, const Text& text, std::size_t limit) {
  Fields fields{FieldText(model::Field::kTitle, text.title), FieldText(model::Field::kBody, text.body)};
  const auto spans = find_spans(names, fields, {text.day, text.section});
  Found found;
  found.mentions.reserve(std::min(limit, spans[0].size() + spans[1].size()));
  for (std::size_t i = 0; i < fields.size(); ++i) {
    for (const Span& span : spans[i]) names.fetch_place(span.entity);
    for (const Span& span : spans[i]) names.fetch(span.entity);
    Writer writer(names, fields[i]);
    for (const Span& span : spans[i]) {
      if (found.mentions.size() < limit) writer.write(span, found.mentions.emplace_back());
      else ++found.dropped;
    }
  }
  return found;
}

}  // namespace bylined::match
