// SPDX-License-Identifier: Apache-2.0
// The half of TreeBuilder that keeps the open elements and places nodes; which tag does what stands in html_tree.cpp.
#include <algorithm>

#include "base/markup/html_tree.h"

namespace bylined::markup {

void TreeBuilder::open_head() {
  if (head_ == nullptr) head_ = insert_element(Tag::kHead);
  else if (!is_open(Tag::kHead)) push(head_);
  if (stage_ == Stage::kBeforeHead) stage_ = Stage::kInHead;
}

void TreeBuilder::open_body() {
  if (body_ != nullptr || stage_ == Stage::kInFrameset) return;
  open_head();
  while (open_.size() > 1) pop();
  stage_ = Stage::kInBody;
  body_ = insert_element(Tag::kBody);
}

bool TreeBuilder::in_scope(Tag tag, Tag boundary, Tag other_boundary) const {
  if (!is_open(tag)) return false;
  for (std::size_t i = open_.size(); i-- > 0;) {
    const Tag at = open_[i]->tag;
    if (at == tag) return true;
    if (has_trait(at, kIsScope) || (at != Tag::kOther && (at == boundary || at == other_boundary))) return false;
  }
  return false;
}

bool TreeBuilder::in_table_scope(Tag tag) const {
  if (!is_open(tag)) return false;
  for (std::size_t i = open_.size(); i-- > 0;) {
    const Tag at = open_[i]->tag;
    if (at == tag) return true;
    if (at == Tag::kTable || at == Tag::kTemplate) return false;
  }
  return false;
}

void TreeBuilder::push(RawNode* node) {
  const auto tag = static_cast<std::size_t>(node->tag);
  if (open_.size() >= static_cast<std::size_t>(limits_.depth)) {
    ++dropped_[tag];
    cut_ = true;
    return;
  }
  open_.push_back(node);
  ++opened_[tag];
}

void TreeBuilder::pop() {
  --opened_[static_cast<std::size_t>(current()->tag)];
  if (open_.size() == static_cast<std::size_t>(limits_.depth)) dropped_.fill(0);
  open_.pop_back();
}

void TreeBuilder::pop_through(Tag tag) {
  if (!is_open(tag)) return;
  while (current()->tag != tag) pop();
  pop();
}

void TreeBuilder::pop_implied(Tag but) {
  while (has_trait(current()->tag, kIsImplied) && current()->tag != but) pop();
}

RawNode* TreeBuilder::make(Tag tag, std::string_view text) {
  RawNode* node = arena_.make<RawNode>();
  node->tag = tag;
  node->text = text;
  node->index = count_++;
  return node;
}

namespace {

// Classes are parted by whatever is not above a blank.
std::uint64_t signs_of_classes(std::string_view classes) {
  std::uint64_t signs = 0;
  const char* const end = classes.data() + classes.size();
  const auto parts = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  for (const char* at = classes.data(); at != end;) {
    const char* const start = at;
    while (at != end && !parts(*at)) ++at;
    signs |= class_sign({start, static_cast<std::size_t>(at - start)});
    while (at != end && parts(*at)) ++at;
  }
  return signs;
}

}  // namespace

void TreeBuilder::add_attributes(RawNode* node) {
  if (node->attribute_count != 0 || tokens_.attributes().empty()) return;
  const auto& attributes = tokens_.attributes();
  RawAttribute* copy = arena_.make<RawAttribute>(attributes.size());
  std::copy(attributes.begin(), attributes.end(), copy);
  node->attributes = copy;
  node->attribute_count = static_cast<std::uint16_t>(attributes.size());
  for (const RawAttribute& attribute : attributes) {
    node->signs |= attribute_sign(attribute.name);
    if (attribute.name == "class") node->signs |= signs_of_classes(attribute.value);
  }
  attribute_count_ += static_cast<std::uint32_t>(attributes.size());
}

RawNode* TreeBuilder::make_element(const Token& token) {
  const Tag tag = token.tag == Tag::kImage ? Tag::kImg : token.tag;
  RawNode* node = make(tag, tag == token.tag ? token.text : tag_name(tag));
  add_attributes(node);
  return node;
}

RawNode* TreeBuilder::insert_element(const Token& token) {
  RawNode* node = make_element(token);
  const bool at_home = has_trait(node->tag, kIsTable) || is_cell(node->tag) || node->tag == Tag::kCaption || node->tag == Tag::kColgroup ||
                       node->tag == Tag::kCol || node->tag == Tag::kScript || node->tag == Tag::kStyle || node->tag == Tag::kTemplate;
  insert(node, !at_home || node->tag == Tag::kTable);
  if (!has_trait(node->tag, kIsVoid) && !has_trait(node->tag, kIsRaw | kIsRcdata)) push(node);
  return node;
}

RawNode* TreeBuilder::insert_element(Tag tag) {
  RawNode* node = make(tag, tag_name(tag));
  insert(node, !has_trait(tag, kIsTable) && tag != Tag::kColgroup);
  if (!has_trait(tag, kIsVoid)) push(node);
  return node;
}

void TreeBuilder::insert_text(std::string_view text) { insert(make(Tag::kText, text), !is_blank(text)); }

// What a table cannot hold goes before it.
void TreeBuilder::insert(RawNode* node, bool stray) {
  if (!stray || !current_is_table()) return append(current(), node);
  for (std::size_t i = open_.size(); i-- > 1;) {
    if (open_[i]->tag == Tag::kTemplate) return append(open_[i], node);
    if (open_[i]->tag != Tag::kTable) continue;
    return open_[i]->parent == nullptr ? append(open_[i - 1], node) : insert_before(open_[i], node);
  }
  append(current(), node);
}

void TreeBuilder::append(RawNode* parent, RawNode* node) {
  node->parent = parent;
  node->previous = parent->last;
  node->next = nullptr;
  if (parent->last == nullptr) parent->first = node;
  else parent->last->next = node;
  parent->last = node;
}

void TreeBuilder::insert_before(RawNode* place, RawNode* node) {
  node->parent = place->parent;
  node->previous = place->previous;
  node->next = place;
  if (place->previous == nullptr) place->parent->first = node;
  else place->previous->next = node;
  place->previous = node;
}

void TreeBuilder::detach(RawNode* node) {
  if (node->previous == nullptr) node->parent->first = node->next;
  else node->previous->next = node->next;
  if (node->next == nullptr) node->parent->last = node->previous;
  else node->next->previous = node->previous;
}

}  // namespace bylined::markup
