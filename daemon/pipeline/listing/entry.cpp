// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listing/entry.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text/ascii.h"
#include "base/text/date.h"
#include "base/text/decode.h"
#include "pipeline/listing/words.h"

namespace bylined::listing {
namespace {

using markup::Node;

constexpr std::size_t kLongestAside = 60;  // bytes of a time or a counter
constexpr int kFewestDigits = 4;           // of what is a time though nothing calls it so
constexpr int kMostCoverPieces = 5;        // blanks and empty spans of a link that holds nothing
constexpr int kCardLevels = 4;             // from a link up to the card that it covers
const Instant kWhenever = Instant() + std::chrono::years(8'000);  // any date lies before it

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) { return std::find(words.begin(), words.end(), word) != words.end(); }

bool is_heading(Node node) { return node.name().size() == 2 && node.name()[0] == 'h' && node.name()[1] >= '1' && node.name()[1] <= '6'; }

bool is_block(Node node) { return is_heading(node) || is_one_of(node.name(), {"p", "div", "ul", "ol", "li", "dl", "dt", "dd", "figcaption", "section", "table", "tr"}); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "[3]", "(12)", "댓글 3개", "NEW"; and a number alone, where `bare`.
bool is_counter(std::string_view text, bool bare) {
  const std::string small = text::lower(text);
  if (is_one_of(small, {"new", "n", "hot", "up"})) return true;
  constexpr std::array<std::string_view, 9> kCounted{"댓글", "조회수", "조회", "추천", "공감", "좋아요", "개", "건", "회"};
  bool number = false, marked = bare;
  for (std::string_view rest = small; !rest.empty();) {
    const auto word = std::find_if(kCounted.begin(), kCounted.end(), [&rest](std::string_view one) { return rest.starts_with(one); });
    const bool mark = std::string_view("[]()").find(rest.front()) != std::string_view::npos;
    if (word == kCounted.end() && !mark && !is_digit(rest.front()) && std::string_view(" ,+:").find(rest.front()) == std::string_view::npos) return false;
    number = number || is_digit(rest.front());
    marked = marked || mark || word != kCounted.end();
    rest.remove_prefix(word == kCounted.end() ? 1 : word->size());
  }
  return number && marked;
}

bool is_age(std::string_view text) { return text::has_only_date_words(text) && text::read_date_near(text, kWhenever).has_value(); }

bool is_aside(Node node) {
  if (is_one_of(node.name(), {"time", "small", "sup", "button", "script", "style", "noscript", "template"})) return true;
  return is_called(node, {"time", "date", "dated", "datetime", "ago", "cnt", "count", "counter", "comment", "comments", "cmt", "reply", "replies", "badge", "ico", "icon", "num", "rank", "label",
                          "cate", "category", "summary", "lead", "desc", "press", "byline", "writer"});
}

struct Piece {
  std::string_view text;
  bool bare_number = false;  // a counter at the end, a rank at the beginning; between words it is one of them
};
using Line = std::vector<Piece>;

// The lines below `top`, as its blocks part them, without what stands aside.
std::vector<Line> lines_of(Node top) {
  std::vector<Line> lines(1);
  Node inside;  // the block of the last piece
  int pieces = 0;
  for (Node at = top.first_child(); at && ++pieces <= kMostPieces;) {
    if (at.is_element() && is_aside(at)) {
      at = at.next_behind(top);
      continue;
    }
    if (at.name() == "br") lines.back().push_back({" "});
    if (at.is_text()) {
      Node block = at.parent();
      while (block != top && !is_block(block)) block = block.parent();
      if (block != inside) lines.emplace_back();
      inside = block;
      const std::string_view text = trimmed(at.text_content());
      const bool emphasis = is_one_of(at.parent().name(), {"b", "strong", "mark"});
      const bool other = text.size() <= kLongestAside && (is_counter(text, false) || is_age(text));
      const bool bare = !emphasis && text.size() <= kLongestAside && is_counter(text, true);
      if (!other) lines.back().push_back({at.text_content(), bare});
    }
    at = at.next_below(top);
  }
  return lines;
}

// "[3]" behind the headline, in one text with it or not.
void drop_counter(std::string& text) {
  if (!text.ends_with(']')) return;
  const std::size_t open = text.rfind('[');
  if (open == std::string::npos || open == 0 || open + 2 >= text.size()) return;
  if (!std::all_of(text.begin() + static_cast<std::ptrdiff_t>(open) + 1, text.end() - 1, [](char c) { return is_digit(c) || c == ' ' || c == ','; })) return;
  text.erase(open);
}

std::string text_of(Line line) {
  const auto is_word = [](const Piece& piece) { return !piece.bare_number && !trimmed(piece.text).empty(); };
  line.erase(std::find_if(line.rbegin(), line.rend(), is_word).base(), line.end());
  line.erase(line.begin(), std::find_if(line.begin(), line.end(), is_word));
  std::string text;
  for (const Piece& piece : line) text += piece.text;
  text = squeezed(text);
  drop_counter(text);
  return squeezed(text);
}

// A score, a rank or a film's length is none.
bool is_surely_a_time(std::string_view text) {
  if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) return true;
  return std::count_if(text.begin(), text.end(), is_digit) >= kFewestDigits && text.find_first_of(".-/") != std::string_view::npos;
}

bool is_long(const std::string& text) { return text::code_points(text) >= kShortHeadline; }

// The first line that is long enough for a headline; or empty.
std::string first_line(Node top) {
  for (Line& line : lines_of(top)) {
    std::string text = text_of(std::move(line));
    if (is_long(text)) return text;
  }
  return {};
}

bool stands_alone(Node node) {
  for (Node at = node.parent().first_child(); at; at = at.next_sibling()) {
    if (at.is_text() && !trimmed(at.text_content()).empty()) return false;
  }
  return true;
}

// What the page calls the headline: a heading before a title's class before a strong text.
int rank_of(Node node) {
  if (is_heading(node)) return 3;
  if (is_called(node, {"tit", "title", "ttl", "headline", "subject"}) && !is_called(node, {"sub", "subtitle"})) return 2;
  return node.name() == "strong" && stands_alone(node) ? 1 : 0;
}

// Of a picture the headline is not known, whatever it is labelled.
bool holds_nothing(Node link) {
  int pieces = 0;
  for (Node at = link.first_child(); at; at = at.next_below(link)) {
    if (++pieces > kMostCoverPieces || (at.is_element() && at.name() != "span")) return false;
  }
  return true;
}

struct Headings {
  int count = 0;
  Node first;
};

// Where there is more than can be looked through it is no card.
Headings headings_in(Node card) {
  Headings found;
  int pieces = 0;
  for (Node at = card.first_child(); at && found.count < 2; at = at.next_below(card)) {
    if (++pieces > kMostPieces) return {2, {}};
    if (!is_heading(at)) continue;
    if (++found.count == 1) found.first = at;
  }
  return found;
}

}  // namespace

bool is_called(Node node, std::initializer_list<std::string_view> words) {
  for (const std::string_view name : {node.attribute("class"), node.attribute("id")}) {
    std::string word;
    for (std::size_t i = 0; i <= name.size(); ++i) {
      const char c = i < name.size() ? name[i] : ' ';
      const bool big = c >= 'A' && c <= 'Z', small = c >= 'a' && c <= 'z';
      const bool ends = (!big && !small) || (big && i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z');
      if (ends && is_one_of(word, words)) return true;
      if (ends) word.clear();
      if (big || small) word += text::lower(c);
    }
  }
  return false;
}

std::string title_of_link(Node link) {
  Node best;
  std::string title;
  int rank = 0, pieces = 0;
  for (Node at = link.first_child(); at && ++pieces <= kMostPieces; at = at.next_below(link)) {
    const int mine = at.is_element() ? rank_of(at) : 0;
    if (mine <= rank) continue;
    std::string text = first_line(at);
    if (text.empty()) continue;
    title = std::move(text);
    rank = mine;
  }
  if (title.empty()) title = first_line(link);
  return title.empty() ? link.text() : title;
}

std::string title_of_cover(Node link) {
  if (!holds_nothing(link)) return {};
  Node card = link.parent();
  for (int level = 0; level < kCardLevels && card; ++level, card = card.parent()) {
    const Headings headings = headings_in(card);
    if (headings.count > 1) break;
    if (headings.count == 1) return first_line(headings.first);
  }
  return squeezed(link.attribute("aria-label"));
}

std::optional<model::Stamp> time_of_entry(const markup::Document& document, Node entry, Instant fetched_at) {
  for (const Node node : document.all("time, [class*=date], [class*=time]", entry)) {
    if (const auto exact = text::read_date(node.attribute("datetime"))) return *exact;
    if (const auto near = text::read_date_near(node.text(), fetched_at)) return *near;
  }
  int pieces = 0;
  for (Node at = entry.first_child(); at && ++pieces <= kMostPieces; at = at.next_below(entry)) {
    const std::string_view text = trimmed(at.text_content());
    if (text.empty() || text.size() > kLongestAside || !text::has_only_date_words(text) || !is_surely_a_time(text)) continue;
    if (const auto near = text::read_date_near(text, fetched_at)) return *near;
  }
  return std::nullopt;
}

}  // namespace bylined::listing
