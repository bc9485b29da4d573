// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/folds.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

namespace bylined::article {
namespace {

using markup::Node;
using markup::Tag;

constexpr int kFewestSeen = 2;             // paragraphs before the fold
constexpr std::size_t kLongestHandle = 60;  // bytes of what a button says
constexpr int kNearest = 2;                // elements behind the fold

bool is_unseen(const Outline& outline, int place) { return outline.at(place).under.has(Mark::kNotDisplayed); }

// The topmost unseen element that `place` is or stands in.
int fold_of(const Outline& outline, int place) {
  int fold = place;
  while (is_unseen(outline, outline.above(fold)) && outline.above(fold) != fold) fold = outline.above(fold);
  return fold;
}

// "더보기", "Read more": what opens the rest, and not another page.
bool is_handle(Node element) {
  const bool is_button = element.tag() == Tag::kButton || element.tag() == Tag::kLabel || element.attribute("role") == "button";
  const std::string_view address = element.attribute("href");
  if (!is_button && (element.tag() != Tag::kA || !(address.empty() || address.starts_with('#') || address.starts_with("javascript:")))) return false;
  std::string says = element.text();
  if (says.size() > kLongestHandle) return false;
  std::transform(says.begin(), says.end(), says.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  for (const std::string_view words : {"더보기", "더 보기", "펼치", "펼쳐", "전체보기", "전체 보기", "계속 읽", "이어서", "read more", "show more", "see more", "continue reading"}) {
    if (says.find(words) != std::string::npos) return true;
  }
  return false;
}

Node next_element(Node node) {
  do node = node.next_sibling();
  while (node && !node.is_element());
  return node;
}

// The handle may stand in an element of its own.
bool holds_handle(Node element) {
  for (Node child = element.first_child(); child; child = child.next_sibling()) {
    if (child.is_element()) return is_handle(child) && !next_element(child);
  }
  return false;
}

bool has_handle(Node fold) {
  Node beside = next_element(fold);
  for (int i = 0; i < kNearest && beside; ++i, beside = next_element(beside)) {
    if (is_handle(beside) || holds_handle(beside)) return true;
  }
  return false;
}

// A sentence or more, not links.
bool is_text(const Block& block) { return block.sentences > 0 && 2 * block.link_letters < block.letters; }

}  // namespace

std::vector<bool> in_folds(const std::vector<Block>& blocks, const Outline& outline, const std::vector<bool>& in_text) {
  std::vector<bool> folded(blocks.size());
  std::unordered_map<int, int> seen;     // paragraphs by the element they stand in
  std::unordered_map<int, bool> opened;  // folds, whether there is a handle
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const int place = outline.place_of(blocks[i].holder);
    if (!is_unseen(outline, place)) {
      if (in_text[i]) ++seen[outline.above(place)];
      continue;
    }
    const int fold = fold_of(outline, place);
    const auto before = seen.find(outline.above(fold));
    if (!is_text(blocks[i]) || before == seen.end() || before->second < kFewestSeen) continue;
    const auto [known, fresh] = opened.try_emplace(fold);
    if (fresh) known->second = has_handle(outline.at(fold).node);
    folded[i] = known->second;
  }
  return folded;
}

}  // namespace bylined::article
