// SPDX-License-Identifier: Apache-2.0
#include "pipeline/rule/tokens.h"

#include <algorithm>
#include <charconv>

#include "base/text/decode.h"
#include "pipeline/rule/rule.h"

namespace bylined::rule {
namespace {

constexpr std::string_view kColumn = "column ", kOfQuery = " of the query: ";
constexpr std::string_view kBlanks = " \t\r\n";

bool is_prefix(std::string_view word) { return word == "entity" || word == "in" || is_one_of(word, kPlaces) || is_one_of(word, kFields); }

std::string example_of(const std::string& prefix) {
  if (prefix.ends_with("entity")) return "entity:samsung";
  if (prefix == "in") return "in:added";
  return prefix + ":\"…\"";
}

int column_at(std::string_view query, std::size_t byte) { return static_cast<int>(text::code_points(query.substr(0, byte))) + 1; }

Error fault(int column, const std::string& reason) {
  return Error(ErrorKind::kInvalid, std::string(kColumn) + std::to_string(column) + std::string(kOfQuery) + reason);
}

}  // namespace

Error Tokens::wrong_at(std::size_t byte, const std::string& reason) const { return fault(column_at(text_, byte), reason); }

std::optional<int> fault_column(const Error& error) {
  const std::string text = error.text();
  const std::size_t at = text.find(kColumn);
  int column = 0;
  const char* const from = at == std::string::npos ? nullptr : text.data() + at + kColumn.size();
  if (from == nullptr) return std::nullopt;
  const auto read = std::from_chars(from, text.data() + text.size(), column);
  const bool named = read.ec == std::errc() && std::string_view(read.ptr, text.data() + text.size()).starts_with(kOfQuery);
  return named ? std::optional<int>(column) : std::nullopt;
}

std::optional<int> column_of(std::string_view query, const model::EntityId& entity) {
  Tokens tokens(query);
  while (tokens.next() && tokens.now().kind != Token::Kind::kEnd) {
    const Token& token = tokens.now();
    if (token.prefix.ends_with("entity") && token.text == entity.value) return column_at(query, token.at);
  }
  return std::nullopt;
}

Error fault_at(std::string_view query, const model::EntityId& entity, const std::string& reason) {
  return fault(column_of(query, entity).value_or(1), reason);
}

Status Tokens::next() {
  at_ = std::min(text_.find_first_not_of(kBlanks, at_), text_.size());
  token_ = Token();
  token_.at = at_;
  if (at_ == text_.size()) return Status();
  if (text_[at_] == '(' || text_[at_] == ')') {
    token_.kind = text_[at_++] == '(' ? Token::Kind::kOpen : Token::Kind::kClose;
    return Status();
  }
  return take_term();
}

// Addresses begin with a stroke too: an expression stands where words may stand.
Status Tokens::take_term() {
  for (;;) {
    const char first = at_ < text_.size() ? text_[at_] : ' ';
    if (first == '"') return take_quoted('"', Token::Kind::kPhrase);
    if (first == '/' && (token_.prefix.empty() || is_one_of(token_.prefix, kPlaces))) return take_quoted('/', Token::Kind::kPattern);
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n()\":", at_), text_.size());
    std::string word(text_.substr(at_, end - at_));
    at_ = end;
    if (at_ == text_.size() || text_[at_] != ':' || !is_prefix(word)) return take_word(std::move(word));
    token_.prefix += (token_.prefix.empty() ? "" : ":") + word;
    ++at_;
  }
}

// "12:30" and "https://…" are words with a colon, "titel:x" is a slip of the pen.
Status Tokens::take_word(std::string word) {
  const std::size_t end = std::min(text_.find_first_of(" \t\r\n()\"", at_), text_.size());
  const bool fieldlike = at_ < text_.size() && text_[at_] == ':' && word.find_first_of("0123456789/") == std::string::npos && !text_.substr(at_).starts_with("://");
  if (fieldlike && token_.prefix.empty()) {
    std::string fields = "entity";
    for (const std::string_view place : kPlaces) fields += ", " + std::string(place);
    for (const std::string_view field : kFields) fields += (field == kFields.back() ? " or " : ", ") + std::string(field);
    return wrong(quoted(word) + " is no field (write " + fields + ", or put the words in quotes)");
  }
  word += text_.substr(at_, end - at_);
  at_ = end;
  token_.kind = Token::Kind::kWord;
  token_.text = std::move(word);
  if (token_.text.empty()) return wrong(token_.prefix + ": wants a word right behind it, such as " + example_of(token_.prefix));
  return Status();
}

// In an expression \/ is a stroke; all else stays as RE2 reads it.
Status Tokens::take_quoted(char mark, Token::Kind kind) {
  std::size_t end = at_ + 1;
  std::string inside;
  for (; end < text_.size() && text_[end] != mark; ++end) {
    const bool escapes = kind == Token::Kind::kPattern && text_[end] == '\\' && end + 1 < text_.size();
    if (escapes && text_[++end] != mark) inside += '\\';
    inside += text_[end];
  }
  if (end >= text_.size()) return wrong(mark == '"' ? "the quote is not closed: write \" at its end" : "the expression is not closed: write / at its end, or put an address in quotes");
  token_.kind = kind;
  token_.text = std::move(inside);
  at_ = end + 1;
  if (token_.text.find_first_not_of(' ') == std::string::npos) return wrong(mark == '"' ? "there is nothing between the quotes" : "there is nothing between the strokes");
  return Status();
}

}  // namespace bylined::rule
