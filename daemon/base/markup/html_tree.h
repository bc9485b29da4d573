// SPDX-License-Identifier: Apache-2.0
// The tree of a page by the HTML Standard's construction: implied tags, tables whose stray content moves
// before them, formatting that ends inside a block. Left out: formatting is not opened again in a new block.
#pragma once

#include <array>
#include <vector>

#include "base/markup/html_arena.h"
#include "base/markup/html_raw.h"
#include "base/markup/html_tokens.h"

namespace bylined::markup {

// Without the blanks it begins with.
inline std::string_view without_blanks(std::string_view text) {
  const char* const end = text.data() + text.size();
  const char* at = text.data();
  while (at != end && (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r' || *at == '\f')) ++at;
  return {at, static_cast<std::size_t>(end - at)};
}
inline bool is_blank(std::string_view text) { return without_blanks(text).empty(); }
inline bool is_cell(Tag tag) { return tag == Tag::kTd || tag == Tag::kTh; }

class TreeBuilder {
 public:
  TreeBuilder(Arena& arena, char* begin, char* end, const HtmlLimits& limits);

  RawNode* build();
  bool cut() const { return cut_ || tokens_.cut(); }
  std::uint32_t nodes() const { return count_; }

 private:
  enum class Stage { kBeforeHead, kInHead, kAfterHead, kInBody, kInFrameset, kAfterFrameset };

  // Tokens, by where they arrive.
  void take(const Token& token);
  void take_text(const Token& token);
  void take_start(const Token& token);
  void take_end(const Token& token);
  bool take_start_before_body(const Token& token);
  bool take_end_before_body(const Token& token);
  bool take_start_in_foreign(const Token& token);
  bool take_start_in_select(const Token& token);
  bool take_start_of_table(const Token& token);
  void take_start_in_body(const Token& token);
  bool take_end_of_table(const Token& token);
  void take_end_of_formatting(Tag tag, std::string_view name);
  void take_end_of_block(Tag tag);
  void take_other_end(Tag tag, std::string_view name);
  bool take_end_in_foreign(const Token& token);
  void take_end_of_form();

  void close_for(Tag starting);
  void close_item(Tag starting);
  void open_head();
  void open_body();
  void make_row_for(Tag cell_or_row);
  void read_raw_contents(RawNode* node);

  // The stack of open elements.
  RawNode* current() const { return open_.back(); }
  bool current_is_table() const { return has_trait(current()->tag, kIsTable); }
  bool in_foreign() const { return current()->foreign; }
  bool is_open(Tag tag) const { return opened_[static_cast<std::size_t>(tag)] > 0; }
  bool in_scope(Tag tag, Tag boundary = Tag::kOther, Tag other_boundary = Tag::kOther) const;
  bool in_table_scope(Tag tag) const;
  void push(RawNode* node);
  void pop();
  void pop_through(Tag tag);
  void pop_implied(Tag but = Tag::kOther);

  // Nodes.
  RawNode* make(Tag tag, std::string_view text);
  RawNode* make_element(const Token& token);
  RawNode* insert_element(const Token& token);
  RawNode* insert_element(Tag tag);
  void insert_text(std::string_view text);
  void insert(RawNode* node, bool stray);
  static void append(RawNode* parent, RawNode* node);
  static void insert_before(RawNode* place, RawNode* node);
  static void detach(RawNode* node);
  void add_attributes(RawNode* node);

  Arena& arena_;
  const HtmlLimits& limits_;
  Tokens tokens_;
  std::vector<RawNode*> open_;
  std::array<int, 256> opened_{};   // how many of each tag are open
  std::array<int, 256> dropped_{};  // how many were not opened for depth, and have their end tags to come
  RawNode* html_ = nullptr;
  RawNode* head_ = nullptr;
  RawNode* body_ = nullptr;
  RawNode* form_ = nullptr;
  Stage stage_ = Stage::kBeforeHead;
  std::uint32_t count_ = 0;
  std::uint32_t attribute_count_ = 0;
  bool cut_ = false;
};

}  // namespace bylined::markup
