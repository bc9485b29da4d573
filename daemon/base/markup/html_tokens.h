// SPDX-License-Identifier: Apache-2.0
// A page as a row of tags and texts, by the HTML Standard's tokenizer, in one pass. Writes into the page:
// names become lower case and references their characters. Builds nothing and never goes back.
#pragma once

#include <string_view>
#include <vector>

#include "base/markup/html.h"
#include "base/markup/html_arena.h"
#include "base/markup/html_raw.h"

namespace bylined::markup {

struct Token {
  enum class Kind { kText, kStart, kEnd, kEndOfPage };

  Kind kind = Kind::kEndOfPage;
  std::string_view text;  // of a text, references decoded; the name of a tag
  Tag tag = Tag::kText;
  bool self_closing = false;
};

class Tokens {
 public:
  // `page` must outlive the tokens' texts, and is written to.
  Tokens(char* begin, char* end, const HtmlLimits& limits) : at_(begin), end_(end), limits_(limits) {}

  Token next();
  // The content of a raw element whose start tag was just read, up to its end tag.
  std::string_view raw_text(std::string_view name, bool decode);
  std::string_view script_text();
  std::string_view all_the_rest();
  void skip_line_feed();
  // In SVG and MathML <![CDATA[…]]> is text.
  void set_foreign(bool foreign) { foreign_ = foreign; }

  // Of the last start tag.
  const std::vector<RawAttribute>& attributes() const { return attributes_; }
  bool cut() const { return cut_; }

 private:
  Token text_token(char* from, char* to);
  Token tag_token(Token::Kind kind, char* name);
  void read_attribute(char* tag_start);
  std::string_view read_value();
  void skip_declaration();
  Token cdata_token();
  char* find(char* from, char c) const;
  char* find(char* from, std::string_view what) const;
  bool ends_here(char* from, std::string_view name) const;

  char* at_;
  char* end_;
  const HtmlLimits& limits_;
  std::vector<RawAttribute> attributes_;
  bool foreign_ = false;
  bool cut_ = false;
};

}  // namespace bylined::markup
