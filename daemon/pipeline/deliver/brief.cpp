// SPDX-License-Identifier: Apache-2.0
#include "pipeline/deliver/brief.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text/fold.h"
#include "base/text/shown.h"

namespace bylined::deliver {
namespace {

constexpr std::size_t kMostEntities = 20;
constexpr std::size_t kMostQuotes = 6;  // more where there are more entities
constexpr std::size_t kMostHeadline = 300;
constexpr std::size_t kMostAuthors = 5;
constexpr std::size_t kMostName = 60;
constexpr std::size_t kMostSentence = 400;
constexpr std::size_t kMostUrl = 2'000;

using Mentions = std::vector<const model::Mention*>;

struct Span {
  std::size_t start = 0;
  std::size_t end = 0;
};

std::string tidy(std::string_view foreign, std::size_t most) {
  std::string line = text::shown(foreign);
  if (!line.empty() && line.front() == ' ') line.erase(0, 1);
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return text::cut(line, most);
}

// Spans in any order, possibly overlapping or beyond the text, to pieces in order.
Pieces mark(std::u32string_view whole, std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.start < b.start; });
  Pieces pieces;
  const auto add = [&pieces, whole](std::size_t start, std::size_t end, bool marked) {
    if (start < end) pieces.push_back({text::shown(text::to_utf8(whole.substr(start, end - start))), marked});
  };
  std::size_t at = 0;
  for (const Span& span : spans) {
    const std::size_t end = std::min(span.end, whole.size());
    if (span.start < at || span.start >= end) continue;
    add(at, span.start, false);
    add(span.start, end, true);
    at = end;
  }
  add(at, whole.size(), false);
  return pieces;
}

// Where a mention's sentence begins in the whole text. The sentence stands there word for word around
// the mention; where it was shortened the mention's own words have to do.
Span within_sentence(const model::Mention& mention, std::u32string_view sentence, std::u32string_view whole) {
  const std::size_t length = mention.end - mention.start;
  const std::size_t first = mention.end > sentence.size() ? mention.end - sentence.size() : 0;
  const std::size_t found = mention.end <= whole.size() && !sentence.empty() ? whole.find(sentence, first) : std::u32string_view::npos;
  if (found != std::u32string_view::npos && found <= mention.start) return {mention.start - found, mention.start - found + length};
  const std::u32string words = text::to_utf32(mention.text);
  const std::size_t place = words.empty() ? std::u32string_view::npos : sentence.find(words);
  if (place == std::u32string_view::npos) return {};
  return {place, place + words.size()};
}

bool fuller(const model::Mention* a, const model::Mention* b) {
  if (a->sure() != b->sure()) return a->sure();
  if (a->how != b->how) return a->how < b->how;  // a name before an alias before a short form
  return a->confidence > b->confidence;
}

NamedEntity make_entity(const model::EntityId& id, const Mentions& mentions, const model::Alert& alert) {
  const model::Mention& best = **std::min_element(mentions.begin(), mentions.end(), fuller);
  NamedEntity entity;
  entity.name = tidy(best.text.empty() ? id.value : best.text, kMostName);
  entity.is_new = std::binary_search(alert.entities.begin(), alert.entities.end(), id);
  entity.is_sure = best.sure();
  entity.in_headline = std::any_of(mentions.begin(), mentions.end(), [](const model::Mention* one) { return one->field == model::Field::kTitle; });
  entity.how = best.how;
  entity.confidence = best.confidence;
  entity.mentions = mentions.size();
  return entity;
}

bool is_link(std::string_view url) {
  return url.size() <= kMostUrl && (url.starts_with("https://") || url.starts_with("http://")) && text::shown(url) == url && url.find(' ') == std::string_view::npos;
}

std::string host_of(std::string_view url) {
  const std::size_t start = url.find("://");
  if (start == std::string_view::npos) return {};
  const std::string_view rest = url.substr(start + 3);
  return tidy(rest.substr(0, rest.find_first_of("/?#")), 100);
}

void name_entities(Brief& brief, const model::Alert& alert) {
  std::map<model::EntityId, Mentions> by_entity;
  for (const model::Mention& mention : alert.mentions) by_entity[mention.entity].push_back(&mention);
  std::vector<NamedEntity> all;
  for (const auto& [id, mentions] : by_entity) all.push_back(make_entity(id, mentions, alert));
  for (const model::EntityId& id : alert.entities) {  // what an edit took away is told by whom it was about
    if (by_entity.contains(id)) continue;
    NamedEntity& gone = all.emplace_back();
    gone.name = tidy(id.value, kMostName);
    gone.is_new = true;
  }
  const auto rank = [](const NamedEntity& one) { return one.is_new ? 0 : one.is_sure ? 1 : 2; };
  std::stable_sort(all.begin(), all.end(), [&rank](const NamedEntity& a, const NamedEntity& b) { return rank(a) < rank(b); });
  brief.entities_left_out = all.size() - std::min(all.size(), kMostEntities);
  all.resize(all.size() - brief.entities_left_out);
  brief.entities = std::move(all);
}

struct Sentence {
  Mentions mentions;
  bool wanted = false;  // an entity's first
};

std::vector<Sentence> body_sentences(const model::Alert& alert) {
  std::vector<Sentence> sentences;
  std::set<model::EntityId> seen;
  for (const model::Mention& mention : alert.mentions) {
    if (mention.field != model::Field::kBody || mention.sentence.empty()) continue;
    const bool same = !sentences.empty() && sentences.back().mentions.front()->sentence == mention.sentence;
    if (!same) sentences.emplace_back();
    sentences.back().mentions.push_back(&mention);
    if (seen.size() < kMostEntities && seen.insert(mention.entity).second) sentences.back().wanted = true;
  }
  return sentences;
}

std::u32string shortened(const std::u32string& sentence) {
  return sentence.size() <= kMostSentence ? sentence : sentence.substr(0, kMostSentence - 1) + U'…';
}

void quote_sentences(Brief& brief, const model::Alert& alert) {
  const auto sentences = body_sentences(alert);
  const std::u32string body = text::to_utf32(alert.version.content.body);
  const auto wanted = static_cast<std::size_t>(std::count_if(sentences.begin(), sentences.end(), [](const Sentence& one) { return one.wanted; }));
  std::size_t others = kMostQuotes - std::min(wanted, kMostQuotes);
  for (const Sentence& one : sentences) {
    if (!one.wanted && others == 0) {
      ++brief.quotes_left_out;
      continue;
    }
    if (!one.wanted) --others;
    const std::u32string sentence = text::to_utf32(one.mentions.front()->sentence);
    std::vector<Span> spans;
    for (const model::Mention* mention : one.mentions) spans.push_back(within_sentence(*mention, sentence, body));
    brief.quotes.push_back(mark(shortened(sentence), std::move(spans)));
  }
}

Pieces make_headline(const model::Alert& alert) {
  std::u32string title = text::to_utf32(text::cut(alert.version.content.title, kMostHeadline));
  std::vector<Span> spans;
  for (const model::Mention& mention : alert.mentions) {
    if (mention.field == model::Field::kTitle && mention.sure()) spans.push_back({mention.start, mention.end});
  }
  return mark(title, std::move(spans));
}

}  // namespace

std::string plain(const Pieces& pieces) {
  std::string text;
  for (const Piece& piece : pieces) text += piece.text;
  return text;
}

Brief make_brief(const model::Alert& alert) {
  const model::Content& content = alert.version.content;
  Brief brief;
  brief.headline = make_headline(alert);
  brief.outlet = tidy(content.outlet, kMostName);
  for (const std::string& author : content.authors) {
    if (brief.authors.size() < kMostAuthors) brief.authors.push_back(tidy(author, kMostName));
  }
  brief.url = is_link(alert.article.url) ? alert.article.url : std::string();
  brief.host = host_of(alert.article.url);
  const std::string read_at = host_of(alert.version.text_url);
  brief.text_host = read_at == brief.host ? std::string() : read_at;
  name_entities(brief, alert);
  quote_sentences(brief, alert);
  return brief;
}

}  // namespace bylined::deliver
