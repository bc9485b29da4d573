// SPDX-License-Identifier: Apache-2.0
#include "base/markup/html_tree.h"

#include <algorithm>

namespace bylined::markup {
namespace {

bool is_heading(Tag tag) { return tag >= Tag::kH1 && tag <= Tag::kH6; }

// Elements of SVG and MathML whose content is HTML again.
bool holds_html(Tag tag) {
  switch (tag) {
    case Tag::kForeignobject:
    case Tag::kDesc:
    case Tag::kTitle:
    case Tag::kMi:
    case Tag::kMo:
    case Tag::kMn:
    case Tag::kMs:
    case Tag::kMtext: return true;
    default: return false;
  }
}

}  // namespace

TreeBuilder::TreeBuilder(Arena& arena, char* begin, char* end, const HtmlLimits& limits)
    : arena_(arena), limits_(limits), tokens_(begin, end, limits) {
  open_.reserve(64);
  html_ = make(Tag::kHtml, tag_name(Tag::kHtml));
  push(html_);
}

RawNode* TreeBuilder::build() {
  for (;;) {
    tokens_.set_foreign(in_foreign());
    const Token token = tokens_.next();
    if (token.kind == Token::Kind::kEndOfPage) break;
    take(token);
    if (count_ + attribute_count_ < limits_.pieces) continue;
    cut_ = true;
    break;
  }
  open_body();
  return html_;
}

void TreeBuilder::take(const Token& token) {
  if (token.kind == Token::Kind::kText) return take_text(token);
  if (token.kind == Token::Kind::kStart) return take_start(token);
  take_end(token);
}

void TreeBuilder::take_text(const Token& token) {
  std::string_view text = token.text;
  if (text.empty() || stage_ == Stage::kInFrameset) return;
  if (stage_ != Stage::kInBody && !is_open(Tag::kTemplate)) {
    if (is_blank(text)) return;
    text = without_blanks(text);
    open_body();
  }
  insert_text(text);
}

void TreeBuilder::take_start(const Token& token) {
  if (in_foreign() && take_start_in_foreign(token)) return;
  if (stage_ != Stage::kInBody && !is_open(Tag::kTemplate) && take_start_before_body(token)) return;
  if (is_open(Tag::kSelect) && take_start_in_select(token)) return;
  if (take_start_of_table(token)) return;
  take_start_in_body(token);
}

bool TreeBuilder::take_start_before_body(const Token& token) {
  if (stage_ == Stage::kInFrameset) {
    if (token.tag == Tag::kFrameset || token.tag == Tag::kFrame) insert_element(token);
    if (token.tag == Tag::kNoframes) read_raw_contents(insert_element(token));
    return true;
  }
  switch (token.tag) {
    case Tag::kHtml: add_attributes(html_); return true;
    case Tag::kHead:
      if (stage_ == Stage::kBeforeHead) open_head(), add_attributes(head_);
      return true;
    case Tag::kBody:
      open_body();
      add_attributes(body_);
      return true;
    case Tag::kFrameset:
      if (stage_ == Stage::kBeforeHead) open_head();
      pop_through(Tag::kHead);
      insert_element(token);
      stage_ = Stage::kInFrameset;
      return true;
    case Tag::kNoscript:
      if (stage_ == Stage::kAfterHead) break;
      open_head();
      insert_element(token);
      return true;
    default: break;
  }
  if (!has_trait(token.tag, kInHead)) {
    open_body();
    return false;
  }
  const bool behind = stage_ == Stage::kAfterHead;
  open_head();
  take_start_in_body(token);
  if (behind && current() == head_) pop(), stage_ = Stage::kAfterHead;
  return true;
}

bool TreeBuilder::take_start_in_foreign(const Token& token) {
  if (has_trait(token.tag, kLeavesForeign)) {
    while (in_foreign()) pop();
    return false;
  }
  RawNode* node = make_element(token);
  node->foreign = !holds_html(token.tag);
  append(current(), node);
  if (!token.self_closing) push(node);
  return true;
}

bool TreeBuilder::take_start_in_select(const Token& token) {
  const bool inside = current()->tag == Tag::kSelect || current()->tag == Tag::kOption || current()->tag == Tag::kOptgroup;
  if (!inside) return false;
  switch (token.tag) {
    case Tag::kOption:
    case Tag::kOptgroup:
    case Tag::kHr:
      if (current()->tag == Tag::kOption) pop();
      if (token.tag != Tag::kOption && current()->tag == Tag::kOptgroup) pop();
      insert_element(token);
      return true;
    case Tag::kScript:
    case Tag::kTemplate: return false;
    case Tag::kSelect: pop_through(Tag::kSelect); return true;
    case Tag::kInput:
    case Tag::kTextarea:
    case Tag::kKeygen: break;
    default:
      if (!has_trait(token.tag, kIsTable) && !is_cell(token.tag) && token.tag != Tag::kCaption) return true;
      if (!is_open(Tag::kTable)) return true;
  }
  pop_through(Tag::kSelect);
  return false;
}

bool TreeBuilder::take_start_of_table(const Token& token) {
  const Tag tag = token.tag;
  if (tag == Tag::kTable) {
    if (current_is_table()) pop_through(Tag::kTable);
    return false;
  }
  const bool part = has_trait(tag, kIsTable) || is_cell(tag) || tag == Tag::kCaption || tag == Tag::kColgroup || tag == Tag::kCol;
  if (!part) return false;
  if (!in_table_scope(Tag::kTable)) return true;
  make_row_for(tag);
  insert_element(token);
  return true;
}

// Closes what cannot hold this part of a table, and opens what must.
void TreeBuilder::make_row_for(Tag part) {
  const bool in_row = is_cell(part);
  while (current()->tag != Tag::kTable) {
    const Tag at = current()->tag;
    const bool section = at == Tag::kTbody || at == Tag::kThead || at == Tag::kTfoot;
    const bool holds = (in_row && at == Tag::kTr) || ((in_row || part == Tag::kTr) && section) || (part == Tag::kCol && at == Tag::kColgroup);
    if (holds) break;
    pop();
  }
  if (part == Tag::kCol && current()->tag == Tag::kTable) insert_element(Tag::kColgroup);
  if ((in_row || part == Tag::kTr) && current()->tag == Tag::kTable) insert_element(Tag::kTbody);
  if (in_row && current()->tag != Tag::kTr) insert_element(Tag::kTr);
}

void TreeBuilder::take_start_in_body(const Token& token) {
  switch (token.tag) {
    case Tag::kHtml: return add_attributes(html_);
    case Tag::kBody: return add_attributes(body_ == nullptr ? html_ : body_);
    case Tag::kHead:
    case Tag::kFrame:
    case Tag::kFrameset: return;
    case Tag::kForm:
      if (form_ != nullptr && !is_open(Tag::kTemplate)) return;
      break;
    default: break;
  }
  close_for(token.tag);
  const bool in_place = current_is_table() && token.tag == Tag::kForm;
  RawNode* node = in_place ? make_element(token) : insert_element(token);
  if (in_place) append(current(), node);
  if (token.tag == Tag::kForm) form_ = node;
  if (token.tag == Tag::kSvg || token.tag == Tag::kMath) {
    node->foreign = true;
    if (token.self_closing && current() == node) pop();
  }
  if (token.tag == Tag::kPre || token.tag == Tag::kListing) tokens_.skip_line_feed();
  if (has_trait(token.tag, kIsRaw | kIsRcdata) || token.tag == Tag::kPlaintext) read_raw_contents(node);
}

// Start tags end elements that cannot hold them.
void TreeBuilder::close_for(Tag starting) {
  if (starting == Tag::kLi || starting == Tag::kDd || starting == Tag::kDt) close_item(starting);
  if (has_trait(starting, kClosesParagraph) && in_scope(Tag::kP, Tag::kButton)) {
    pop_implied(Tag::kP);
    pop_through(Tag::kP);
  }
  switch (starting) {
    case Tag::kA:
    case Tag::kNobr:
      if (is_open(starting)) take_end_of_formatting(starting, tag_name(starting));
      return;
    case Tag::kButton:
      if (in_scope(starting)) pop_implied(), pop_through(starting);
      return;
    case Tag::kOption:
    case Tag::kOptgroup:
      if (current()->tag == Tag::kOption) pop();
      return;
    case Tag::kRb:
    case Tag::kRtc:
    case Tag::kRp:
    case Tag::kRt:
      if (in_scope(Tag::kRuby)) pop_implied(starting == Tag::kRp || starting == Tag::kRt ? Tag::kRtc : Tag::kOther);
      return;
    default:
      if (is_heading(starting) && is_heading(current()->tag)) pop();
  }
}

void TreeBuilder::close_item(Tag starting) {
  for (std::size_t i = open_.size(); i-- > 1;) {
    const Tag tag = open_[i]->tag;
    const bool same = tag == starting || (starting != Tag::kLi && (tag == Tag::kDd || tag == Tag::kDt));
    if (same) {
      pop_implied(tag);
      return pop_through(tag);
    }
    if (has_trait(tag, kIsSpecial) && tag != Tag::kAddress && tag != Tag::kDiv && tag != Tag::kP) return;
  }
}

void TreeBuilder::read_raw_contents(RawNode* node) {
  std::string_view text;
  if (node->tag == Tag::kPlaintext) {
    text = tokens_.all_the_rest();
  } else if (node->tag == Tag::kScript) {
    text = tokens_.script_text();
  } else {
    if (node->tag == Tag::kTextarea) tokens_.skip_line_feed();
    text = tokens_.raw_text(node->text, has_trait(node->tag, kIsRcdata));
  }
  if (!text.empty()) append(node, make(Tag::kText, text));
}

void TreeBuilder::take_end(const Token& token) {
  int& dropped = dropped_[static_cast<std::size_t>(token.tag)];
  if (dropped > 0) {
    --dropped;
    return;
  }
  if (in_foreign() && take_end_in_foreign(token)) return;
  if (stage_ != Stage::kInBody && !is_open(Tag::kTemplate) && take_end_before_body(token)) return;
  if (take_end_of_table(token)) return;
  switch (token.tag) {
    case Tag::kHtml:
    case Tag::kBody:
    case Tag::kHead: return;
    case Tag::kBr: insert_element(Tag::kBr); return;
    case Tag::kForm: return take_end_of_form();
    case Tag::kSelect:
      if (is_open(Tag::kSelect)) pop_through(Tag::kSelect);
      return;
    case Tag::kTemplate:
      if (is_open(Tag::kTemplate)) pop_through(Tag::kTemplate);
      return;
    case Tag::kP:
      if (!in_scope(Tag::kP, Tag::kButton)) insert_element(Tag::kP);
      break;
    default: break;
  }
  if (has_trait(token.tag, kIsFormatting)) return take_end_of_formatting(token.tag, token.text);
  if (has_trait(token.tag, kIsSpecial)) return take_end_of_block(token.tag);
  take_other_end(token.tag, token.text);
}

bool TreeBuilder::take_end_before_body(const Token& token) {
  switch (token.tag) {
    case Tag::kHead:
      open_head();
      pop_through(Tag::kHead);
      stage_ = Stage::kAfterHead;
      return true;
    case Tag::kBody:
    case Tag::kHtml:
    case Tag::kBr:
      if (stage_ == Stage::kInFrameset) return true;
      open_body();
      return false;
    default:
      if (current()->tag == token.tag && open_.size() > 1 && current() != head_) pop();
      return true;
  }
}

bool TreeBuilder::take_end_in_foreign(const Token& token) {
  if (token.tag == Tag::kBr || token.tag == Tag::kP) {
    while (in_foreign()) pop();
    return false;
  }
  for (std::size_t i = open_.size(); i-- > 1 && open_[i]->foreign;) {
    if (open_[i]->text != token.text) continue;
    while (open_.size() > i) pop();
    return true;
  }
  return false;
}

bool TreeBuilder::take_end_of_table(const Token& token) {
  const bool part = has_trait(token.tag, kIsTable) || is_cell(token.tag) || token.tag == Tag::kCaption || token.tag == Tag::kColgroup;
  if (part && in_table_scope(token.tag)) pop_through(token.tag);
  return part;
}

// A form's end tag takes the form off the stack and leaves what is open in it.
void TreeBuilder::take_end_of_form() {
  const RawNode* form = form_;
  form_ = nullptr;
  const auto found = std::find(open_.begin(), open_.end(), form);
  if (found == open_.end()) return;
  pop_implied();
  if (current() == form) return pop();
  --opened_[static_cast<std::size_t>(Tag::kForm)];
  open_.erase(found);
}

void TreeBuilder::take_end_of_block(Tag tag) {
  if (is_heading(tag)) {
    for (Tag heading = Tag::kH1; heading <= Tag::kH6; heading = static_cast<Tag>(static_cast<int>(heading) + 1)) {
      if (!in_scope(heading)) continue;
      while (!is_heading(current()->tag)) pop();
      return pop();
    }
    return;
  }
  if (tag == Tag::kLi ? !in_scope(tag, Tag::kOl, Tag::kUl) : tag == Tag::kP ? !in_scope(tag, Tag::kButton) : !in_scope(tag)) return;
  pop_implied(tag);
  pop_through(tag);
}

// Where a block is still open inside the formatting, the block moves behind it and what it holds so far
// moves into a copy of the formatting: <a><p>1</a>2</p> becomes <a></a><p><a>1</a>2</p>.
void TreeBuilder::take_end_of_formatting(Tag tag, std::string_view name) {
  if (!is_open(tag)) return;
  std::size_t at = open_.size() - 1;
  std::size_t block = 0;
  for (; at > 0 && open_[at]->tag != tag; --at) {
    if (has_trait(open_[at]->tag, kIsScope)) return;
    if (has_trait(open_[at]->tag, kIsSpecial)) block = at;
  }
  if (at == 0) return;
  if (block == 0) {
    while (open_.size() > at) pop();
    return;
  }
  RawNode* formatting = open_[at];
  RawNode* moved = open_[block];
  RawNode* copy = make(tag, name);
  copy->attributes = formatting->attributes;
  copy->attribute_count = formatting->attribute_count;
  copy->signs = formatting->signs;
  copy->first = moved->first;
  copy->last = moved->last;
  for (RawNode* child = copy->first; child != nullptr; child = child->next) child->parent = copy;
  moved->first = moved->last = nullptr;
  append(moved, copy);
  detach(moved);
  if (formatting->next == nullptr) append(formatting->parent, moved);
  else insert_before(formatting->next, moved);
  for (std::size_t i = at; i < block; ++i) --opened_[static_cast<std::size_t>(open_[i]->tag)];
  open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(at), open_.begin() + static_cast<std::ptrdiff_t>(block));
}

void TreeBuilder::take_other_end(Tag tag, std::string_view name) {
  if (!is_open(tag)) return;
  for (std::size_t i = open_.size(); i-- > 1;) {
    if (open_[i]->tag == tag && open_[i]->text == name) {
      while (open_.size() > i) pop();
      return;
    }
    if (has_trait(open_[i]->tag, kIsSpecial)) return;
  }
}

}  // namespace bylined::markup
