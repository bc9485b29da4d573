// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/byline/read_byline.h"

#include <algorithm>

#include "pipeline/article/byline/korean.h"
#include "pipeline/article/byline/names.h"
#include "pipeline/article/days/days.h"
#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

constexpr int kLongestByline = 120;   // letters of a byline
constexpr int kBefore = 5;      // blocks from the headline
constexpr int kBehind = 12;
constexpr int kMostOpen = 60;   // blocks that are looked at where no headline is printed

constexpr Marks kBeside(Mark::kComment, Mark::kRelated, Mark::kSidebar, Mark::kFooter, Mark::kNavigation, Mark::kAdvert);

bool begins_with_by(std::string_view line) {
  const auto words = words_of(line, 2);
  return words.size() == 2 && is_by(words.front());
}

// "By Jane Doe | 4 May 2020": the first part; "글 | 홍길동 기자": a label alone is none.
std::string_view first_part(std::string_view line) {
  const std::string_view whole = line;
  for (const std::string_view bar : {"\n", " | ", " • ", " · ", " – ", " — "}) line = line.substr(0, line.find(bar));
  return is_korean_label(line) ? whole : line;
}

// "Jane Doe | 04.05.2020"
bool stands_with_date(std::string_view line) {
  const std::size_t bar = line.find(" | ");
  return bar != std::string_view::npos && is_name_alone(line.substr(0, bar)) && !days_in(line.substr(bar), DayOrder(), 1).empty();
}

// "홍길동 기자입력 2025.11.08": without the date behind it and what that is called, which may be an element of its own.
std::string_view undated(std::string_view line) {
  line = line.substr(0, line.find_first_of("0123456789"));
  for (const std::string_view word : {" ", ":", "입력", "등록", "승인", "작성", "기사", " "}) {
    if (line.ends_with(word)) line.remove_suffix(word.size());
  }
  return line;
}

// "홍길동 논설위원", with or without the date behind it.
bool is_korean_line(std::string_view line) { return is_korean_byline(line) || is_korean_byline(undated(line)); }

// The last of a list ends none, nor does a heading.
bool ends_sentence(std::string_view paragraph) {
  constexpr std::size_t kLeastSentence = 60;  // bytes
  if (paragraph.size() < kLeastSentence) return false;
  const std::uint32_t last = last_letter(paragraph);
  return is_sentence_end(last) || last == '"' || last == 0xBB || is_between(last, 0x201C, 0x201D);
}

// "By" in an element of its own speaks for the next one.
bool is_by_alone(std::string_view line) {
  const auto words = words_of(line, 2);
  return words.size() == 1 && is_by(words.front());
}

// What the headline stands under too ("has-sidebar" around the whole page) tells nothing apart.
Marks beside_of(const Printed& printed) {
  if (printed.headline < 0) return kBeside;
  const markup::Node holder = printed.blocks[static_cast<std::size_t>(printed.headline)].holder;
  return kBeside.without(printed.outline.at(printed.outline.place_of(holder)).under);
}

// The short blocks around the headline, in their order; where none is printed, the first of the page.
std::vector<int> near_headline(const Printed& printed) {
  const auto& [blocks, outline, headline] = printed;
  const int first = headline < 0 ? 0 : std::max(0, headline - kBefore);
  const int last = std::min(static_cast<int>(blocks.size()), headline < 0 ? kMostOpen : headline + kBehind + 1);
  const Marks beside = beside_of(printed);
  std::vector<int> near;
  for (int i = first; i < last; ++i) {
    const Block& block = blocks[static_cast<std::size_t>(i)];
    if (i == headline || block.letters > kLongestByline) continue;
    if (!outline.at(outline.place_of(block.holder)).under.has_one_of(beside)) near.push_back(i);
  }
  return near;
}

// Beside the headline, a link to a page about a person is a byline: /author/jane-doe, /reporters/12.
void read_profile_links(const markup::Document& document, const Printed& printed, Evidence& evidence) {
  static const markup::Selector kLinks = *markup::Selector::compile(
      "a[href*='/author/'], a[href*='/authors/'], a[href*='/editors/'], a[href*='/reporter'], a[href*='/journalist'], "
      "a[href*='/people/'], a[href*='/profile/'], a[href*='/contributors/'], a[href*='/user/'], a[href*='/User/']");
  std::vector<std::string> names;
  for (const int i : near_headline(printed)) {
    const Block& block = printed.blocks[static_cast<std::size_t>(i)];
    for (const markup::Node link : document.all(kLinks, block.holder)) {
      for (std::string& name : person_names(link.text())) {
        if (name.find(' ') != std::string::npos) add_name(names, std::move(name));
      }
      if (names.size() > kMostNames) break;
    }
    if (!names.empty()) break;
  }
  evidence.add(Field::kAuthors, std::move(names), "link to a person", 0.5);
}

}  // namespace

void read_signature(std::vector<std::string>& paragraphs, Evidence& evidence) {
  constexpr std::size_t kLeastParagraphs = 3;  // of a text that somebody signs
  if (paragraphs.size() < kLeastParagraphs || !is_name_alone(paragraphs.back()) || !ends_sentence(paragraphs[paragraphs.size() - 2])) return;
  auto names = person_names(paragraphs.back());
  if (names.empty()) return;
  evidence.add(Field::kAuthors, std::move(names), "signature", 0.5);
  paragraphs.pop_back();
}

void read_byline(const markup::Document& document, const Printed& printed, Evidence& evidence) {
  read_profile_links(document, printed, evidence);
  const std::vector<Block>& blocks = printed.blocks;
  const Outline& outline = printed.outline;
  double best = 0;
  std::vector<std::string> names;
  for (const int i : near_headline(printed)) {
    const Block& block = blocks[static_cast<std::size_t>(i)];
    const Element& element = outline.at(outline.place_of(block.holder));
    const bool says_by = begins_with_by(block.text) || (i > 0 && is_by_alone(blocks[static_cast<std::size_t>(i) - 1].text));
    const bool called = element.own.has(Mark::kByline) || outline.at(outline.above(outline.place_of(block.holder))).own.has(Mark::kByline);
    const double trust = says_by || called ? (says_by ? 0.4 : 0) + (called ? 0.35 : 0) : stands_with_date(block.text) || is_korean_line(first_part(block.text)) ? 0.3 : 0;
    if (trust <= best) continue;
    const std::string_view part = first_part(block.text);
    auto found = person_names(is_korean_byline(undated(part)) ? undated(part) : part);
    if (found.empty()) continue;
    best = trust;
    names = std::move(found);
  }
  if (best > 0) evidence.add(Field::kAuthors, std::move(names), "printed byline", best);
}

}  // namespace bylined::article
