// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/headline/headline.h"

#include <algorithm>
#include <array>

#include "base/text/ascii.h"
#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

constexpr int kMostParts = 3;           // that are taken off
constexpr std::size_t kLeastName = 3;   // letters by which a host's label is known again
constexpr std::size_t kLongestPart = 60;
constexpr std::size_t kLeastHeading = 12;  // bytes by which a heading is known in a title

constexpr std::array<std::string_view, 21> kBars{" | ", " - ", " – ", " — ", " :: ", " « ", " » ", " · ", " • ", " / ", " < ", " > ", " ‹ ", " › ", "::", "|", "｜", "ㅣ", "：", " : ", "-"};
constexpr std::string_view kBarBegins = " |-:\xEF\xE3";  // their first bytes
static_assert(std::all_of(kBars.begin(), kBars.end(), [](std::string_view bar) { return kBarBegins.find(bar.front()) != std::string_view::npos; }));

// "www.hankookilbo.com" is "hankookilbo"; of "news.bbc.co.uk" it is "bbc".
std::string host_label(std::string_view url) {
  const std::size_t scheme = url.find("://");
  std::string_view host = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/:?#"));
  std::string longest;
  while (!host.empty()) {
    const std::size_t dot = std::min(host.find('.'), host.size());
    const std::string label = squashed(host.substr(0, dot));
    const bool last = dot == host.size();
    if (!last && label.size() > longest.size()) longest = label;
    host.remove_prefix(std::min(host.size(), dot + 1));
  }
  return longest;
}

#define SECTIONS(words) constexpr std::string_view kSections = " " words " ";
#include "pipeline/article/headline/sections.inc"
#undef SECTIONS

bool is_section(std::string_view part) {
  const std::string bare = squashed(part);
  return !bare.empty() && part.size() <= kLongestPart && kSections.find(" " + bare + " ") != std::string_view::npos;
}

class Names {
 public:
  Names(std::string_view outlet, std::string_view url) : outlet_(squashed(outlet)), label_(host_label(url)) {}

  bool named_by(std::string_view part) const {
    const std::string bare = squashed(part);
    if (bare.empty() || part.size() > kLongestPart) return false;
    if (!outlet_.empty() && (bare.find(outlet_) != std::string::npos || (bare.size() >= kLeastName && outlet_.find(bare) != std::string::npos))) return true;
    return label_.size() >= kLeastName && (bare.find(label_) != std::string::npos || (bare.size() >= kLeastName && label_.find(bare) != std::string::npos));
  }

 private:
  const std::string outlet_, label_;
};

// A colon or a slash before such a word belongs to the sentence.
bool goes_before(std::string_view bar) { return bar.find_first_of(":/") == std::string_view::npos && bar != "："; }

// What a page's place in its site is written with; headlines have none.
bool is_step(std::string_view bar) { return bar.find_first_of("<>") != std::string_view::npos || bar == " ‹ " || bar == " › "; }

bool leads_to_section(std::string_view bar, std::string_view behind) {
  return behind.size() <= kLongestPart && (is_step(bar) || (goes_before(bar) && is_section(behind)));
}

// Of "[Outlet] headline" the headline.
std::string_view without_bracket(std::string_view title, const Names& names) {
  const std::size_t close = title.starts_with('[') ? title.find(']') : std::string_view::npos;
  if (close == std::string_view::npos || !names.named_by(title.substr(1, close - 1))) return title;
  const std::string_view behind = text::trimmed(title.substr(close + 1));
  return behind.empty() ? title : behind;
}

// Of "Outlet > section > headline" the headline.
std::string_view without_steps(std::string_view title, const Names& names) {
  for (const std::string_view bar : {" > ", " › "}) {
    const std::size_t first = title.find(bar), last = title.rfind(bar);
    if (first != std::string_view::npos && names.named_by(title.substr(0, first))) return text::trimmed(title.substr(last + bar.size()));
  }
  return title;
}

// The last bar of any kind that has text on both sides.
std::size_t last_bar(std::string_view title, std::size_t& length) {
  for (std::size_t at = title.size(); at-- > 1;) {
    if (kBarBegins.find(title[at]) == std::string_view::npos) continue;
    const auto bar = std::find_if(kBars.begin(), kBars.end(), [behind = title.substr(at)](std::string_view one) { return behind.starts_with(one); });
    if (bar == kBars.end()) continue;
    length = bar->size();
    return at;
  }
  return std::string_view::npos;
}

}  // namespace

bool begins_with_bar(std::string_view text) {
  return std::any_of(kBars.begin(), kBars.end(), [text = text::trimmed(text)](std::string_view bar) { return text.starts_with(text::trimmed(bar)); });
}

std::string_view before_last_bar(std::string_view text) {
  text = text::trimmed(text);
  const auto bar = std::find_if(kBars.begin(), kBars.end(), [text](std::string_view one) { return text.ends_with(text::trimmed(one)); });
  return bar == kBars.end() ? std::string_view() : text::trimmed(text.substr(0, text.size() - text::trimmed(*bar).size()));
}

std::string_view without_outlet(std::string_view headline, std::string_view outlet) {
  if (outlet.empty() || !headline.ends_with(outlet)) return headline;
  const std::string_view bare = before_last_bar(headline.substr(0, headline.size() - outlet.size()));
  return bare.empty() ? headline : bare;
}

std::string bare_headline(std::string_view title, std::string_view outlet, std::string_view url, std::string_view heading) {
  const Names names(outlet, url);
  title = text::trimmed(title);
  const std::string goal = squashed(heading);
  std::string_view bare = without_bracket(without_steps(title, names), names);
  for (int part = 0; part < kMostParts; ++part) {
    std::size_t length = 0;
    const std::size_t bar = last_bar(bare, length);
    if (bar == std::string_view::npos) break;
    const std::string_view before = text::trimmed(bare.substr(0, bar));
    const bool is_heading = !goal.empty() && squashed(before) == goal;
    const std::string_view behind = bare.substr(bar + length);
    if (!is_heading && !names.named_by(behind) && !(part > 0 && leads_to_section(bare.substr(bar, length), behind))) break;
    bare = before;
  }
  for (const std::string_view bar : {" | ", " - ", " :: ", ": "}) {  // "Outlet | headline"
    const std::size_t at = bare.find(bar);
    if (at == std::string_view::npos || at == 0) continue;
    const std::string_view behind = text::trimmed(bare.substr(at + bar.size()));
    const bool is_whole_name = (bar == " | " || bar == " :: ") && !outlet.empty() && squashed(bare.substr(0, at)) == squashed(outlet);
    if (is_whole_name || (!goal.empty() && squashed(behind) == goal && names.named_by(bare.substr(0, at)))) bare = behind;
  }
  return std::string(bare);
}

std::string outlet_in(std::string_view title, std::string_view url, std::string_view heading) {
  title = text::trimmed(title);
  std::size_t length = 0;
  const std::size_t bar = last_bar(title, length);
  if (bar == std::string_view::npos) return {};
  const bool in_word = title.substr(bar, length) == "-" && title[bar - 1] != ' ';
  const std::string_view behind = text::trimmed(title.substr(bar + length));
  const std::string goal = squashed(heading);
  const bool is_heading = goal.size() >= kLeastHeading && squashed(title.substr(0, bar)).starts_with(goal);
  if (in_word || behind.empty() || behind.size() > kLongestPart || is_section(behind)) return {};
  return is_heading || Names("", url).named_by(behind) ? std::string(behind) : std::string();
}

}  // namespace bylined::article
