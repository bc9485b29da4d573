// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/blocks.h"

#include <algorithm>
#include <bit>

#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

using markup::Node;
using markup::Tag;

// Readings above letters (ruby) part a word; nobody reads a button.
bool is_silent(Tag tag) {
  return has_trait(tag, markup::kIsSilent) || tag == Tag::kButton || tag == Tag::kHead || tag == Tag::kRt || tag == Tag::kRp;
}
bool is_slanted(Tag tag) { return tag == Tag::kEm || tag == Tag::kI; }
bool leads_inside(Node link) { return link.attribute("href").starts_with('#'); }
bool is_inline(Tag tag) { return has_trait(tag, markup::kIsInline) || tag == Tag::kImg || tag == Tag::kInput || tag == Tag::kOther; }

class Segmenter {
 public:
  explicit Segmenter(Node root) : root_(root) {}

  std::vector<Block> run() {
    Node node = root_;
    while (node) {
      const bool silent = node.is_element() && is_silent(node.tag());
      if (!silent) enter(node);
      const Node child = silent ? Node() : node.first_child();
      if (child) {
        node = child;
        continue;
      }
      if (!silent) leave(node);
      while (node != root_ && !node.next_sibling()) leave(node = node.parent());
      node = node == root_ ? Node() : node.next_sibling();
    }
    flush();
    return std::move(blocks_);
  }

 private:
  void enter(Node node) {
    if (node.is_text()) return add(node);
    const Tag tag = node.tag();
    if (tag == Tag::kBr) ++breaks_;
    count_style(node, 1);
    if (tag != Tag::kBr && !is_inline(tag)) flush(), holders_.push_back(node);
  }

  void leave(Node node) {
    const Tag tag = node.tag();
    if (node.is_text() || tag == Tag::kBr) return;
    count_style(node, -1);
    if (!is_inline(tag)) flush(), holders_.pop_back();
  }

  void count_style(Node node, int step) {
    const Tag tag = node.tag();
    if (tag == Tag::kA && node.has_attribute("href")) links_ += step, inner_links_ += leads_inside(node) ? step : 0;
    if (tag == Tag::kB || tag == Tag::kStrong) bolds_ += step;
    if (is_slanted(tag)) slants_ += step;
  }

  void flush() {
    if (!text_.empty() && blocks_.size() < kMostBlocks) {
      open_.holder = holders_.empty() ? root_ : holders_.back();
      open_.within = common();
      open_.text = text_;
      blocks_.push_back(std::move(open_));
    }
    if (!text_.empty()) open_ = Block();
    text_.clear();
    breaks_ = 0;
    blank_ = false;
  }

  // The innermost element of the holder that both the first and the last of the texts stand in.
  Node common() {
    above_.clear();
    for (Node node = first_.parent(); node && node != open_.holder; node = node.parent()) above_.push_back(node);
    for (Node node = last_.parent(); node && node != open_.holder; node = node.parent()) {
      if (std::find(above_.begin(), above_.end(), node) != above_.end()) return node;
    }
    return open_.holder;
  }

  void add(Node node) {
    current_ = node;
    std::string_view text = node.text_content();
    while (!text.empty()) {
      const Letter letter = letter_at(text);
      if (!is_blank(letter.code)) {
        text.remove_prefix(add_run(text));
        continue;
      }
      blank_ = true;
      text.remove_prefix(letter.bytes);
    }
  }

  // The letters up to the next blank; their bytes.
  std::size_t add_run(std::string_view text) {
    start_run(is_digit(static_cast<unsigned char>(text.front())));
    const int before = open_.letters;
    const char* const end = text.data() + text.size();
    const char* at = text.data();
    while (at != end) {
      const Letter letter = letter_at({at, static_cast<std::size_t>(end - at)});
      if (is_blank(letter.code)) break;
      count(letter.code);
      at += letter.bytes;
    }
    text_.append(text.data(), at);
    const int added = open_.letters - before;
    if (links_ > 0) open_.link_letters += added;
    if (inner_links_ > 0) open_.inner_link_letters += added;
    if (bolds_ > 0) open_.bold_letters += added;
    if (slants_ > 0) open_.slanted_letters += added;
    return static_cast<std::size_t>(at - text.data());
  }

  void count(std::uint32_t letter) {
    ++open_.letters;
    if (is_between(letter, '@', 0x7F)) return;  // most letters of most pages, and no sign among them
    if (is_wide(letter) && open_.letters % 2 == 0) ++open_.words;
    if (is_sentence_end(letter)) ++open_.sentences;
    if (is_comma(letter)) ++open_.commas;
  }

  void start_run(bool with_digit) {
    if (breaks_ >= 2) flush();
    if (with_digit && !blank_ && breaks_ == 0 && current_ != last_) note_seam();
    if (!text_.empty() && (breaks_ == 1 || blank_)) {
      text_ += breaks_ == 1 ? '\n' : ' ';
      ++open_.words;
    }
    if (text_.empty()) open_.words = 1, open_.opens_with_link = links_ > 0, first_ = current_;
    last_ = current_;
    breaks_ = 0;
    blank_ = false;
  }

  void note_seam() {
    constexpr std::size_t kBits = 64;
    if (text_.empty() || text_.size() >= kBits || !is_digit(static_cast<unsigned char>(text_.back()))) return;
    open_.seams |= std::uint64_t{1} << text_.size();
  }

  Node root_;
  std::vector<Block> blocks_;
  std::vector<Node> holders_;
  Block open_;         // without its text
  std::string text_;   // keeps its room from block to block
  int breaks_ = 0;
  int links_ = 0;
  int inner_links_ = 0;
  int bolds_ = 0;
  int slants_ = 0;
  Node current_, first_, last_;  // texts: the one being read, and two of the open block
  std::vector<Node> above_;      // the first of them, below the holder; keeps its room
  bool blank_ = false;
};

}  // namespace

std::string parted_text(const Block& block) {
  std::string text = block.text;
  for (std::uint64_t seams = block.seams; seams != 0;) {
    const std::size_t last = std::bit_width(seams) - 1;
    text.insert(last, 1, ' ');
    seams ^= std::uint64_t{1} << last;
  }
  return text;
}

std::vector<Block> blocks_of(const markup::Document& document) { return Segmenter(document.root()).run(); }

}  // namespace bylined::article
