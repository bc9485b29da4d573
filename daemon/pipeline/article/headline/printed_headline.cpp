// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/headline/printed_headline.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/decode.h"
#include "pipeline/article/days/days.h"
#include "pipeline/article/headline/headline.h"
#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

constexpr std::size_t kMostLines = 2000;  // blocks that are looked at
constexpr int kMostInner = 6;             // elements in a line that are looked at: a kicker may stand before the headline
constexpr std::size_t kLeastLine = 8;     // letters; shorter ones name sections
constexpr int kLongestLine = 200;         // letters
constexpr std::size_t kLongestTitle = 1000;  // bytes in which a line is looked for
constexpr int kText = 120;           // letters in one block, of which the first stands below the headline
constexpr double kInTitle = 0.6;     // how far to trust a line that is most of a title, as a h1 is
constexpr double kByClass = 0.5;     // a line that is called so
constexpr double kAboveDay = 0.4;    // a line that only stands where headlines do
constexpr double kNameAlone = 0.2;   // of a title's weight, where it is the outlet's name

// Of a title the rest behind its headline.
bool ends_there(std::string_view rest) { return text::trimmed(rest).empty() || begins_with_bar(rest); }

bool ends_in_step(std::string_view text) {
  text = text::trimmed(text);
  return text.ends_with(">") || text.ends_with("›") || text.ends_with("»");
}

// "art-title", "newstitle", "subject", "tit"; not "sub_title".
bool calls_it_headline(std::string_view names) {
  bool found = false;
  while (!names.empty()) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const std::size_t length = static_cast<std::size_t>(std::find_if_not(names.begin(), names.end(), is_letter) - names.begin());
    const std::string word = text::lower(names.substr(0, length));
    if (word == "sub" || word == "site" || word == "list" || word == "subtitle" || word == "subtit") return false;
    for (const std::string_view end : {"title", "tit", "subject", "headline"}) found = found || word.ends_with(end);
    names.remove_prefix(std::min(names.size(), length + 1));
  }
  return found;
}

class Lines {
 public:
  Lines(const std::vector<Block>& blocks, const Outline& outline, Evidence& evidence) : blocks_(blocks), outline_(outline), evidence_(evidence) {}

  void run() {
    if (is_told_by_h1()) return;
    const std::string held = line_in_titles();
    if (!held.empty()) return cut_titles(held);
    auto& titles = evidence_.claims(Field::kTitle);
    if (!std::all_of(titles.begin(), titles.end(), [this](const Claim& claim) { return says_no_headline(claim.values.front()) && !is_printed(claim.values.front()); })) return;
    const std::string called = called_line();
    const std::string line = called.empty() ? line_above_day() : called;
    if (line.empty()) return;
    for (Claim& claim : titles) claim.weight *= kNameAlone;
    evidence_.add(Field::kTitle, line, called.empty() ? "printed line above the day" : "printed line that is called so", called.empty() ? kAboveDay : kByClass);
  }

 private:
  bool is_outlet(std::string_view text) const {
    const auto& outlets = evidence_.claims(Field::kOutlet);
    const std::string bare = squashed(text);
    return !bare.empty() && std::any_of(outlets.begin(), outlets.end(), [&bare](const Claim& claim) { return squashed(claim.values.front()) == bare; });
  }

  // All of a title or most of it: up to a bar, and behind nothing but the outlet or the way to it.
  bool is_most_of(std::string_view line, std::string_view title) const {
    if (title.size() > kLongestTitle || 2 * line.size() < title.size()) return false;
    const std::size_t at = title.find(line);
    if (at == std::string_view::npos || !ends_there(title.substr(at + line.size()))) return false;
    const std::string_view before = title.substr(0, at);
    return before.empty() || ends_in_step(before) || is_outlet(before_last_bar(before));
  }

  // The outlet's name, alone or before its slogan, or too short for a headline.
  bool says_no_headline(const std::string& title) const {
    if (text::code_points(squashed(title)) < kLeastLine) return true;
    const std::size_t bar = std::min({title.find(" - "), title.find(" | "), title.find(" :: "), title.size()});
    return is_outlet(title) || is_outlet(std::string_view(title).substr(0, bar));
  }

  // As readers see it, not as the logo that leads home: then a short title is a short headline.
  bool is_printed(const std::string& title) const {
    if (is_outlet(title)) return false;
    const auto end = blocks_.begin() + static_cast<std::ptrdiff_t>(std::min(blocks_.size(), kMostLines));
    return std::any_of(blocks_.begin(), end, [&title](const Block& block) { return block.text == title && 2 * block.link_letters < block.letters; });
  }

  bool is_told_by_h1() const {
    const auto& titles = evidence_.claims(Field::kTitle);
    return std::any_of(titles.begin(), titles.end(), [this](const Claim& claim) { return claim.from.starts_with("h1") && !says_no_headline(claim.values.front()); });
  }

  bool is_beside(const Block& block) const {
    constexpr std::uint32_t kBeside = (1u << static_cast<unsigned>(Kind::kNav)) | (1u << static_cast<unsigned>(Kind::kAside)) | (1u << static_cast<unsigned>(Kind::kFooter));
    return (outline_.at(outline_.place_of(block.holder)).kinds & kBeside) != 0;
  }

  bool may_be_line(const Block& block) const {
    return block.letters >= static_cast<int>(kLeastLine) && block.letters <= kLongestLine && 2 * block.link_letters < block.letters && !is_beside(block);
  }

  // The longest.
  std::string line_in_titles() const {
    std::string best;
    const auto try_line = [&](const std::string& line) {
      const auto& titles = evidence_.claims(Field::kTitle);
      const auto is_held = [&](const Claim& claim) { return is_most_of(line, claim.values.front()); };  // first: few lines are
      if (line.size() <= best.size() || std::none_of(titles.begin(), titles.end(), is_held)) return;
      if (text::code_points(squashed(line)) >= kLeastLine && !is_outlet(line)) best = line;
    };
    for (std::size_t i = 0; i < std::min(blocks_.size(), kMostLines); ++i) {
      if (!may_be_line(blocks_[i])) continue;
      try_line(blocks_[i].text);
      int looked_at = 0;
      for (markup::Node inner = blocks_[i].holder.first_child(); inner && looked_at < kMostInner; inner = inner.next_sibling(), ++looked_at) {
        if (inner.is_element()) try_line(inner.text());
      }
    }
    return best;
  }

  void cut_titles(const std::string& line) {
    for (Claim& claim : evidence_.claims(Field::kTitle)) {
      if (is_most_of(line, claim.values.front())) claim.values.front() = line;
      else if (says_no_headline(claim.values.front())) claim.weight *= kNameAlone;
    }
    evidence_.add(Field::kTitle, line, "printed line that a title holds", kInTitle);
  }

  // Where the first block stands that is surely text.
  std::size_t end_of_head() const {
    const std::size_t end = std::min(blocks_.size(), kMostLines);
    for (std::size_t i = 0; i < end; ++i) {
      if (blocks_[i].letters >= kText && 2 * blocks_[i].link_letters < blocks_[i].letters) return i;
    }
    return end;
  }

  static bool is_called(markup::Node node) { return node.is_element() && (calls_it_headline(node.attribute("class")) || calls_it_headline(node.attribute("id"))); }

  std::string called_line() const {
    for (std::size_t i = 0; i < end_of_head_; ++i) {
      const Block& block = blocks_[i];
      if (may_be_line(block) && !is_outlet(block.text) && (is_called(block.holder) || is_called(block.within))) return block.text;
    }
    return {};
  }

  std::string line_above_day() const {
    for (std::size_t i = 1; i < end_of_head_; ++i) {
      if (blocks_[i].letters > kLongestLine || days_in(blocks_[i].text, {.year_first = evidence_.year_first}, 1).empty()) continue;
      const Block& above = blocks_[i - 1];
      return may_be_line(above) && !is_outlet(above.text) ? above.text : std::string();
    }
    return {};
  }

  const std::vector<Block>& blocks_;
  const Outline& outline_;
  Evidence& evidence_;
  const std::size_t end_of_head_ = end_of_head();
};

}  // namespace

void read_printed_headline(const std::vector<Block>& blocks, const Outline& outline, Evidence& evidence) { Lines(blocks, outline, evidence).run(); }

}  // namespace bylined::article
