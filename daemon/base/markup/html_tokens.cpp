// SPDX-License-Identifier: Apache-2.0
#include "base/markup/html_tokens.h"

#include <array>
#include <cstring>

#include "base/markup/html_references.h"

namespace bylined::markup {
namespace {

enum CharClass : unsigned char { kBlank = 1, kLetter = 2, kUpper = 4, kEndsName = 8, kEndsAttribute = 16 };

constexpr std::array<unsigned char, 256> make_classes() {
  std::array<unsigned char, 256> classes{};
  for (const char c : {' ', '\t', '\r', '\n', '\f'}) classes[static_cast<unsigned char>(c)] = kBlank | kEndsName | kEndsAttribute;
  for (int c = 'a'; c <= 'z'; ++c) classes[c] = kLetter;
  for (int c = 'A'; c <= 'Z'; ++c) classes[c] = kLetter | kUpper;
  for (const char c : {'/', '>'}) classes[static_cast<unsigned char>(c)] |= kEndsName | kEndsAttribute;
  classes['='] |= kEndsAttribute;
  return classes;
}

constexpr auto kClasses = make_classes();

bool is(char c, unsigned char classes) { return (kClasses[static_cast<unsigned char>(c)] & classes) != 0; }
char lower(char c) { return is(c, kUpper) ? static_cast<char>(c + 32) : c; }

std::string_view view(const char* from, const char* to) { return {from, static_cast<std::size_t>(to - from)}; }

}  // namespace

char* Tokens::find(char* from, char c) const {
  return from >= end_ ? nullptr : static_cast<char*>(std::memchr(from, c, static_cast<std::size_t>(end_ - from)));
}

char* Tokens::find(char* from, std::string_view what) const {
  const std::size_t at = view(from, end_).find(what);
  return at == std::string_view::npos ? nullptr : from + at;
}

Token Tokens::text_token(char* from, char* to) {
  Token token;
  token.kind = Token::Kind::kText;
  token.text = decode_references(from, to, false);
  return token;
}

// A '<' that opens nothing is text; the text goes on to the next one.
Token Tokens::next() {
  while (at_ < end_) {
    char* const start = at_;
    char* open = find(at_, '<');
    if (open != start) {
      at_ = open == nullptr ? end_ : open;
      return text_token(start, at_);
    }
    const char what = open + 1 < end_ ? open[1] : ' ';
    if (is(what, kLetter)) return tag_token(Token::Kind::kStart, open + 1);
    if (what == '/' && open + 2 < end_ && is(open[2], kLetter)) return tag_token(Token::Kind::kEnd, open + 2);
    if (foreign_ && view(open, end_).starts_with("<![CDATA[")) return cdata_token();
    if (what == '!' || what == '?' || (what == '/' && open + 2 < end_)) {
      skip_declaration();
      continue;
    }
    open = find(open + 1, '<');
    at_ = open == nullptr ? end_ : open;
    return text_token(start, at_);
  }
  return Token();
}

Token Tokens::cdata_token() {
  char* const start = at_ + 9;
  char* const close = find(start, "]]>");
  at_ = close == nullptr ? end_ : close + 3;
  Token token;
  token.kind = Token::Kind::kText;
  token.text = view(start, close == nullptr ? end_ : close);
  return token;
}

// Comments, doctypes, processing instructions and the like. An unclosed one ends with the page.
void Tokens::skip_declaration() {
  if (!view(at_, end_).starts_with("<!--")) {
    char* const close = find(at_ + 2, '>');
    at_ = close == nullptr ? end_ : close + 1;
    return;
  }
  for (char* dashes = at_ + 2; (dashes = find(dashes, "--")) != nullptr; ++dashes) {
    const std::string_view behind = view(dashes + 2, end_);
    const bool opening = dashes == at_ + 2;  // "<!-->" and "<!--->" are comments too
    const std::size_t length = behind.starts_with('>') ? 1 : behind.starts_with(opening ? "->" : "!>") ? 2 : 0;
    if (length == 0) continue;
    at_ = dashes + 2 + length;
    return;
  }
  at_ = end_;
}

Token Tokens::tag_token(Token::Kind kind, char* name) {
  char* const start = at_;
  Token token;
  token.kind = kind;
  for (at_ = name; at_ < end_ && !is(*at_, kEndsName); ++at_) *at_ = lower(*at_);
  token.text = view(name, at_);
  token.tag = tag_of(token.text);
  attributes_.clear();
  for (;;) {
    while (at_ < end_ && is(*at_, kBlank)) ++at_;
    if (at_ >= end_) return Token();  // the page ends inside the tag: nothing was said
    if (*at_ == '>') break;
    if (*at_ == '/') {
      token.self_closing = ++at_ < end_ && *at_ == '>';
      continue;
    }
    read_attribute(start);
  }
  ++at_;
  return token;
}

// Of attributes beyond the limits only the end is sought.
void Tokens::read_attribute(char* tag_start) {
  RawAttribute attribute;
  char* const name = at_++;  // even where it is '='
  for (*name = lower(*name); at_ < end_ && !is(*at_, kEndsAttribute); ++at_) *at_ = lower(*at_);
  attribute.name = view(name, at_);
  char* value = at_;
  while (value < end_ && is(*value, kBlank)) ++value;
  if (value < end_ && *value == '=') {
    at_ = value + 1;
    attribute.value = read_value();
  }
  const bool fits = attributes_.size() < static_cast<std::size_t>(limits_.attributes) && static_cast<std::size_t>(at_ - tag_start) <= limits_.tag_bytes;
  if (fits) attributes_.push_back(attribute);
  cut_ = cut_ || !fits;
}

std::string_view Tokens::read_value() {
  while (at_ < end_ && is(*at_, kBlank)) ++at_;
  if (at_ >= end_ || *at_ == '>') return {};
  char* const start = at_;
  if (*start == '"' || *start == '\'') {
    char* const close = find(start + 1, *start);
    at_ = close == nullptr ? end_ : close + 1;
    return close == nullptr ? std::string_view() : decode_references(start + 1, close, true);
  }
  while (at_ < end_ && !is(*at_, kBlank) && *at_ != '>') ++at_;
  return decode_references(start, at_, true);
}

bool Tokens::ends_here(char* from, std::string_view name) const {
  if (static_cast<std::size_t>(end_ - from) < name.size() + 1) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (lower(from[i]) != name[i]) return false;
  }
  return is(from[name.size()], kEndsName);
}

std::string_view Tokens::raw_text(std::string_view name, bool decode) {
  char* const start = at_;
  char* close = at_;
  while ((close = find(close, "</")) != nullptr && !ends_here(close + 2, name)) close += 2;
  at_ = close == nullptr ? end_ : close;
  return decode ? decode_references(start, at_, false) : view(start, at_);
}

// Within "<!-- <script" of a script, "</script" is text once more, up to the next one or "-->".
std::string_view Tokens::script_text() {
  char* const start = at_;
  bool escaped = false;
  bool doubled = false;
  for (char* at = at_; at < end_; ++at) {
    if (!escaped && (at = find(at, '<')) == nullptr) break;
    if (*at != '<' && *at != '-') continue;
    const std::string_view rest = view(at, end_);
    if (rest.starts_with("-->")) escaped = doubled = false;
    if (rest.starts_with("<!--")) escaped = true;
    if (rest.starts_with("</") && ends_here(at + 2, "script")) {
      if (!doubled) return at_ = at, view(start, at);
      doubled = false;
    } else if (escaped && *at == '<' && ends_here(at + 1, "script")) {
      doubled = true;
    }
  }
  at_ = end_;
  return view(start, end_);
}

std::string_view Tokens::all_the_rest() {
  char* const start = at_;
  at_ = end_;
  return view(start, end_);
}

void Tokens::skip_line_feed() {
  if (at_ < end_ && *at_ == '\r') ++at_;
  if (at_ < end_ && *at_ == '\n') ++at_;
}

}  // namespace bylined::markup
