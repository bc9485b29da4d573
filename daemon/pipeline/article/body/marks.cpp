// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/marks.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace bylined::article {
namespace {

using markup::Node;
using markup::Tag;

constexpr std::size_t kLongestRead = 400;   // bytes of one attribute
constexpr std::size_t kShortestPart = 5;    // a shorter word is looked for as a whole only
constexpr std::size_t kLongestWord = 24;

constexpr std::array<std::pair<std::string_view, Mark>, kMarks - 5> kMarkWords{{
#define MARK(mark, name, words) {words, Mark::k##mark},
#include "pipeline/article/body/marks.inc"
#undef MARK
}};

// Which edges of kShortestPart letters known words have, by a hash: most words of a page share none with them.
class Edges {
 public:
  void add(std::string_view edge) { known_[slot_of(edge)] = true; }
  bool may_hold(std::string_view edge) const { return known_[slot_of(edge)]; }

 private:
  static std::size_t slot_of(std::string_view edge) {
    std::size_t slot = 0;
    for (const char c : edge) slot = slot * 31 + static_cast<unsigned char>(c);
    return slot % kSlots;
  }

  static constexpr std::size_t kSlots = 4096;

  std::array<bool, kSlots> known_{};
};

struct MarkIndex {
  std::unordered_map<std::string_view, Marks> words;
  Edges heads, tails;
};

MarkIndex make_mark_index() {
  MarkIndex index;
  for (const auto& [words, mark] : kMarkWords) {
    for (std::size_t at = 0; at < words.size();) {
      const std::size_t end = std::min(words.find(' ', at), words.size());
      const std::string_view word = words.substr(at, end - at);
      index.words[word].add(mark);
      if (word.size() >= kShortestPart) index.heads.add(word.substr(0, kShortestPart)), index.tails.add(word.substr(word.size() - kShortestPart));
      at = end + 1;
    }
  }
  return index;
}

const MarkIndex& mark_index() {
  static const MarkIndex made = make_mark_index();
  return made;
}

// The whole word, else the longest known beginning or ending: "relatedposts" is about related.
Marks marks_of_word(std::string_view word) {
  const MarkIndex& known = mark_index();
  const auto whole = known.words.find(word);
  if (whole != known.words.end()) return whole->second;
  if (word.size() < kShortestPart + 2) return Marks();
  const bool head = known.heads.may_hold(word.substr(0, kShortestPart));
  const bool tail = known.tails.may_hold(word.substr(word.size() - kShortestPart));
  for (std::size_t length = std::min(word.size() - 2, kLongestWord + 1); (head || tail) && length >= kShortestPart; --length) {
    const auto first = head ? known.words.find(word.substr(0, length)) : known.words.end();
    if (first != known.words.end()) return first->second;
    const auto last = tail ? known.words.find(word.substr(word.size() - length)) : known.words.end();
    if (last != known.words.end()) return last->second;
  }
  return Marks();
}

bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool hides(std::string_view style) {
  std::string plain;
  for (const char c : style) {
    if (c != ' ') plain += c;
  }
  return contains(plain, "display:none") || contains(plain, "visibility:hidden");
}

bool is_post(std::string_view words) { return contains(words, "hentry") || contains(words, "status-publish"); }

// A post's classes name its topics too: "category-open-thread" is no thread, "tag-share" shares nothing.
std::string without_topics(std::string_view words) {
  std::string rest;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    const std::string_view word = words.substr(at, end - at);
    if (!word.starts_with("category-") && !word.starts_with("tag-")) rest.append(word).push_back(' ');
    at = end + 1;
  }
  return rest;
}

}  // namespace

std::string_view mark_name(Mark mark) {
  static constexpr std::array<std::string_view, kMarks> kNames{
#define MARK(mark, name, words) name,
#include "pipeline/article/body/marks.inc"
#undef MARK
      "body_property", "main_role", "beside_role", "not_displayed", "not_spoken"};
  return kNames[static_cast<std::size_t>(mark)];
}

Marks marks_in(std::string_view words) {
  Marks marks;
  words = words.substr(0, kLongestRead);
  const std::string plain = is_post(words) ? without_topics(words) : std::string();
  if (!plain.empty()) words = plain;
  std::string small(words);
  for (char& c : small) c = is_capital(c) ? static_cast<char>(c + 32) : c;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t start = at;
    while (at < words.size() && is_capital(words[at])) ++at;
    const bool shouted = at > start + 1;
    if (shouted && at < words.size() && is_small(words[at])) --at;  // "HTMLBody" is html, body
    while (!shouted && at < words.size() && is_small(words[at])) ++at;
    if (at == start) ++at;
    else if (at > start + 1) marks.add(marks_of_word(std::string_view(small).substr(start, at - start)));
  }
  return marks;
}

Marks MarkReader::remembered(std::string_view words) {
  if (words.empty()) return Marks();
  const auto [known, fresh] = known_.try_emplace(words);
  if (fresh) known->second = marks_in(words);
  return known->second;
}

Marks MarkReader::read(Node element) {
  Marks marks;
  if (element.tag() == Tag::kHtml || element.tag() == Tag::kBody) return marks;
  element.each_attribute([&](std::string_view name, std::string_view value) {
    if (is_one_of(name, {"class", "id", "data-testid", "data-component", "data-type", "data-qa", "data-module", "aria-label"})) {
      marks.add(remembered(value));
    } else if (name == "itemprop" && contains(value, "articleBody")) {
      marks.add(Mark::kBodyProperty);
    } else if (name == "itemprop" || name == "rel") {
      marks.add(remembered(value));
    } else if (name == "itemtype") {
      marks.add(remembered(value.substr(std::min(value.rfind('/') + 1, value.size()))));
    } else if (name == "role") {
      if (is_one_of(value, {"main", "article"})) marks.add(Mark::kMainRole);
      if (is_one_of(value, {"navigation", "complementary", "contentinfo", "banner", "search", "dialog"})) marks.add(Mark::kBesideRole);
    } else if (name == "hidden" || (name == "style" && hides(value))) {
      marks.add(Mark::kNotDisplayed);
    } else if (name == "aria-hidden" && value == "true") {
      marks.add(Mark::kNotSpoken);
    }
  });
  return marks;
}

bool MarkReader::stands_beside(Node element) {
  constexpr Marks kBeside(Mark::kComment, Mark::kRelated, Mark::kNavigation, Mark::kFooter, Mark::kSidebar, Mark::kNeighbours);
  const markup::Tag tag = element.tag();
  return tag == markup::Tag::kNav || tag == markup::Tag::kFooter || tag == markup::Tag::kAside || tag == markup::Tag::kForm || read(element).has_one_of(kBeside);
}

}  // namespace bylined::article
