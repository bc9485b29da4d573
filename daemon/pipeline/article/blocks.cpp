// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/blocks.h"

#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

using markup::Node;
using markup::Tag;

// Readings above letters (ruby) part a word; nobody reads a button.
bool is_silent(Tag tag) {
  return has_trait(tag, markup::kIsSilent) || tag == Tag::kButton || tag == Tag::kHead || tag == Tag::kRt || tag == Tag::kRp;
}
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
    if (node.is_text()) return add(node.text_content());
    const Tag tag = node.tag();
    if (tag == Tag::kBr) ++breaks_;
    if (tag == Tag::kA && node.has_attribute("href")) ++links_;
    if (tag == Tag::kB || tag == Tag::kStrong) ++bolds_;
    if (tag != Tag::kBr && !is_inline(tag)) flush(), holders_.push_back(node);
  }

  void leave(Node node) {
    const Tag tag = node.tag();
    if (node.is_text() || tag == Tag::kBr) return;
    if (tag == Tag::kA && node.has_attribute("href")) --links_;
    if (tag == Tag::kB || tag == Tag::kStrong) --bolds_;
    if (!is_inline(tag)) flush(), holders_.pop_back();
  }

  void flush() {
    if (!text_.empty() && blocks_.size() < kMostBlocks) {
      open_.holder = holders_.empty() ? root_ : holders_.back();
      open_.text = text_;
      blocks_.push_back(std::move(open_));
    }
    if (!text_.empty()) open_ = Block();
    text_.clear();
    breaks_ = 0;
    blank_ = false;
  }

  void add(std::string_view text) {
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
    start_run();
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
    if (links_ > 0) open_.link_letters += open_.letters - before;
    if (bolds_ > 0) open_.bold_letters += open_.letters - before;
    return static_cast<std::size_t>(at - text.data());
  }

  void count(std::uint32_t letter) {
    ++open_.letters;
    if (is_between(letter, '@', 0x7F)) return;  // most letters of most pages, and no sign among them
    if (is_wide(letter) && open_.letters % 2 == 0) ++open_.words;
    if (is_sentence_end(letter)) ++open_.sentences;
    if (is_comma(letter)) ++open_.commas;
  }

  void start_run() {
    if (breaks_ >= 2) flush();
    if (!text_.empty() && (breaks_ == 1 || blank_)) {
      text_ += breaks_ == 1 ? '\n' : ' ';
      ++open_.words;
    }
    if (text_.empty()) open_.words = 1;
    breaks_ = 0;
    blank_ = false;
  }

  Node root_;
  std::vector<Block> blocks_;
  std::vector<Node> holders_;
  Block open_;         // without its text
  std::string text_;   // keeps its room from block to block
  int breaks_ = 0;
  int links_ = 0;
  int bolds_ = 0;
  bool blank_ = false;
};

}  // namespace

std::vector<Block> blocks_of(const markup::Document& document) { return Segmenter(document.root()).run(); }

}  // namespace bylined::article
