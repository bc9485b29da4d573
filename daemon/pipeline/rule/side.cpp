// SPDX-License-Identifier: Apache-2.0
#include "pipeline/rule/side.h"

#include <algorithm>

#include "base/text/fold.h"
#include "base/text/sentence.h"

namespace bylined::rule {
namespace {

std::u32string_view trimmed(std::u32string_view text) {
  while (!text.empty() && text::is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && text::is_space(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

Side::Side(std::string_view utf8) : text_(text::to_utf32(utf8)), lead_end_(std::min(text_.find(U"\n\n"), text_.size())) {
  const std::u32string_view text = text_;
  Before now;
  std::size_t sentence = 0;
  bool blank = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_blank = text::is_space(text[i]);
    if (blank && !is_blank) ++now.words;
    blank = is_blank;
    before_.push_back(now);
    if (i > 0 && text[i] == U'\n' && text[i - 1] == U'\n') ++now.paragraphs;
    if (!text::ends_sentence(text, i)) continue;
    const std::u32string_view ended = trimmed(text.substr(sentence, i + 1 - sentence));
    sentence = i + 1;
    if (ended.empty()) continue;  // a line between paragraphs
    sentence_.push_back(ended);
    ++now.sentences;
  }
  before_.push_back(now);
  sentence_.push_back(trimmed(text.substr(sentence)));
  all_.insert(sentence_.begin(), sentence_.end());
}

int Side::apart(const Place& left, const Place& right, model::Rule::Reach reach) const {
  std::size_t last = left.end == 0 ? 0 : left.end - 1, next = right.start;
  while (last > left.start && text::is_space(text_[std::min(last, text_.size() - 1)])) --last;
  while (next + 1 < std::min(right.end, text_.size()) && text::is_space(text_[next])) ++next;
  const Before& from = at(last);
  const Before& to = at(next);
  if (reach == model::Rule::Reach::kSentence) return std::max(0, to.sentences - from.sentences);
  if (reach == model::Rule::Reach::kParagraph) return std::max(0, to.paragraphs - from.paragraphs);
  return std::max(0, to.words - from.words - 1);
}

std::u32string_view Side::sentence_of(const Place& place) const { return sentence_[static_cast<std::size_t>(at(place.start).sentences)]; }

}  // namespace bylined::rule
