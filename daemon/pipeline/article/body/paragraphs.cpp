// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/paragraphs.h"

namespace bylined::article {
namespace {

using markup::Node;
using markup::Tag;

bool is_code(Tag tag) { return tag == Tag::kScript || tag == Tag::kStyle || tag == Tag::kTemplate; }

// Length of the blank that `text` begins with; 0 where it begins with none. U+00A0, U+3000 and U+200B are blanks.
std::size_t blank_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first > 0x20 && first < 0x7F) return 0;
  if (first <= 0x20) return 1;
  if (text.starts_with("\xC2\xA0")) return 2;
  return text.starts_with("\xE3\x80\x80") || text.starts_with("\xE2\x80\x8B") || text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

}  // namespace

void Paragraphs::add_text(std::string_view text) {
  while (!text.empty()) {
    if (const std::size_t length = blank_length(text); length > 0) {
      blank_ = true;
      text.remove_prefix(length);
      continue;
    }
    std::size_t end = 1;
    while (end < text.size() && blank_length(text.substr(end)) == 0) ++end;
    start_word();
    open_ += text.substr(0, end);
    text.remove_prefix(end);
  }
}

void Paragraphs::start_word() {
  if (breaks_ >= kParting && !open_.empty()) {
    done_.push_back(std::move(open_));
    open_.clear();
  }
  if (!open_.empty() && breaks_ == 1) open_ += '\n';
  else if (!open_.empty() && blank_) open_ += ' ';
  breaks_ = 0;
  blank_ = false;
}

std::vector<std::string> Paragraphs::take() {
  if (!open_.empty()) done_.push_back(std::move(open_));
  open_.clear();
  return std::move(done_);
}

std::vector<std::string> paragraphs_of(Node top, const std::function<bool(Node)>& skip) {
  Paragraphs text;
  const auto edge = [&](Node node) {
    const Tag tag = node.tag();
    if (tag == Tag::kTd || tag == Tag::kTh) text.add_text(" ");
    else if (tag == Tag::kTr) text.end_line();
    else if (tag == Tag::kBr) text.add_line_break();
    else if (node.is_element() && !has_trait(tag, markup::kIsInline)) text.end_paragraph();
  };
  Node node = top;
  while (node) {
    edge(node);
    text.add_text(node.text_content());
    const bool leave_out = is_code(node.tag()) || (node != top && node.is_element() && skip(node));
    const Node child = leave_out ? Node() : node.first_child();
    if (child) {
      node = child;
      continue;
    }
    while (node != top && !node.next_sibling()) edge(node = node.parent());
    node = node == top ? Node() : node.next_sibling();
  }
  return text.take();
}

std::string joined(const std::vector<std::string>& paragraphs) {
  std::string text;
  for (const std::string& paragraph : paragraphs) {
    if (!text.empty()) text += "\n\n";
    text += paragraph;
  }
  return text;
}

}  // namespace bylined::article
