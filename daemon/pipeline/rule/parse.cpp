// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/text/decode.h"
#include "pipeline/rule/rule.h"

namespace bylined::rule {
namespace {

using model::Rule;

constexpr std::array<std::string_view, 3> kPlaces{"title", "lead", "body"};
constexpr std::array<std::string_view, 6> kFields{"byline", "outlet", "section", "url", "source", "lang"};
constexpr int kFarthest = 1'000;  // words of NEAR
constexpr int kMostTimes = 1'000;

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

struct Token {
  enum class Kind { kOpen, kClose, kWord, kPhrase, kEnd };
  Kind kind = Kind::kEnd;
  std::string prefix;  // "title", "entity", "title:entity": what stands before the last colon
  std::string text;
  std::size_t at = 0;
};

std::string upper(std::string_view text) {
  std::string big(text);
  std::transform(big.begin(), big.end(), big.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return big;
}

// "NEAR/10" with `name` "NEAR/": 10.
std::optional<int> number_behind(std::string_view text, std::string_view name) {
  if (!text.starts_with(name)) return std::nullopt;
  text.remove_prefix(name.size());
  int value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  return failure == std::errc() && end == text.data() + text.size() ? std::optional<int>(value) : std::optional<int>(-1);
}

class Parser {
 public:
  Parser(std::string_view text, const Limits& limits) : text_(text), limits_(limits) {}

  Result<Rule> run() {
    if (text_.size() > limits_.bytes) return Error(ErrorKind::kInvalid, "the query has more than " + std::to_string(limits_.bytes) + " bytes");
    if (const Status read = next(); !read) return read.error();
    if (token_.kind == Token::Kind::kEnd) return Error(ErrorKind::kInvalid, "the query is empty: leave it out to ask for every entity");
    auto rule = any(0);
    if (!rule) return rule;
    if (token_.kind == Token::Kind::kClose) return wrong("there is no ( to this )");
    const std::string join = token_.kind == Token::Kind::kWord && token_.prefix.empty() ? upper(token_.text) : std::string();
    if (join == "AND" || join == "OR") return wrong("write " + join + " in capitals");
    if (token_.kind != Token::Kind::kEnd) return wrong("expected AND or OR before " + quoted(shown()));
    return rule;
  }

 private:
  Error wrong(const std::string& reason) const {
    return Error(ErrorKind::kInvalid, "column " + std::to_string(text::code_points(text_.substr(0, token_.at)) + 1) + " of the query: " + reason);
  }

  std::string shown() const { return token_.prefix.empty() ? token_.text : token_.prefix + ":" + token_.text; }
  bool is_word(std::string_view word) const { return token_.kind == Token::Kind::kWord && token_.prefix.empty() && token_.text == word; }

  Status next() {
    at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size());
    token_ = Token();
    token_.at = at_;
    if (at_ == text_.size()) return Status();
    if (text_[at_] == '(' || text_[at_] == ')') {
      token_.kind = text_[at_++] == '(' ? Token::Kind::kOpen : Token::Kind::kClose;
      return Status();
    }
    return take_term();
  }

  // A word or phrase with what stands before it and a colon.
  Status take_term() {
    for (;;) {
      if (at_ < text_.size() && text_[at_] == '"') return take_phrase();
      const std::size_t end = std::min(text_.find_first_of(" \t\r\n()\":", at_), text_.size());
      std::string word(text_.substr(at_, end - at_));
      at_ = end;
      if (at_ == text_.size() || text_[at_] != ':' || !is_prefix(word)) return take_word(std::move(word));
      token_.prefix += (token_.prefix.empty() ? "" : ":") + word;
      ++at_;
    }
  }

  // "12:30" and "https://…" are words with a colon, "titel:x" is a slip of the pen.
  Status take_word(std::string word) {
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n()\"", at_), text_.size());
    const bool fieldlike = at_ < text_.size() && text_[at_] == ':' && word.find_first_of("0123456789/") == std::string::npos && !text_.substr(at_).starts_with("://");
    if (fieldlike && token_.prefix.empty()) {
      return wrong(quoted(word) + " is no field (write entity, title, lead, body, byline, outlet, section, url, source or lang, or put the words in quotes)");
    }
    word += text_.substr(at_, end - at_);
    at_ = end;
    token_.kind = Token::Kind::kWord;
    token_.text = std::move(word);
    if (token_.text.empty()) return wrong(token_.prefix + ": wants a word right behind it, such as " + (token_.prefix.ends_with("entity") ? "entity:samsung" : token_.prefix + ":\"…\""));
    return Status();
  }

  Status take_phrase() {
    const std::size_t end = text_.find('"', at_ + 1);
    if (end == std::string_view::npos) return wrong("the quote is not closed: write \" at its end");
    token_.kind = Token::Kind::kPhrase;
    token_.text = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    if (token_.text.find_first_not_of(' ') == std::string::npos) return wrong("there is nothing between the quotes");
    return Status();
  }

  static bool is_prefix(std::string_view word) { return word == "entity" || is_one_of(word, kPlaces) || is_one_of(word, kFields); }

  Result<Rule> joined(Rule::Kind kind, std::string_view word, Result<Rule> (Parser::*part)(int), int depth) {
    auto first = (this->*part)(depth);
    if (!first || !is_word(word)) return first;
    Rule rule;
    rule.kind = kind;
    rule.parts.push_back(*std::move(first));
    while (is_word(word)) {
      if (const Status read = next(); !read) return read.error();
      auto more = (this->*part)(depth);
      if (!more) return more;
      rule.parts.push_back(*std::move(more));
    }
    return rule;
  }

  Result<Rule> any(int depth) { return joined(Rule::Kind::kAny, "OR", &Parser::all, depth); }
  Result<Rule> all(int depth) { return joined(Rule::Kind::kAll, "AND", &Parser::negated, depth); }

  Result<Rule> negated(int depth) {
    if (!is_word("NOT")) return near(depth);
    if (depth >= limits_.depth) return wrong("nested deeper than " + std::to_string(limits_.depth));
    if (const Status read = next(); !read) return read.error();
    auto part = negated(depth + 1);
    if (!part) return part;
    Rule rule;
    rule.kind = Rule::Kind::kNot;
    rule.parts.push_back(*std::move(part));
    return rule;
  }

  Result<Rule> near(int depth) {
    auto left = counted(depth);
    if (!left || token_.kind != Token::Kind::kWord || !token_.prefix.empty()) return left;
    const bool ordered = token_.text.starts_with("ONEAR/");
    const auto words = number_behind(token_.text, ordered ? "ONEAR/" : "NEAR/");
    if (!words) return left;
    if (*words < 0 || *words > kFarthest) return wrong("NEAR/ wants a number of words up to " + std::to_string(kFarthest) + ", such as NEAR/10");
    if (!is_place(*left)) return wrong("NEAR joins entities and words only");
    if (const Status read = next(); !read) return read.error();
    auto right = counted(depth);
    if (!right) return right;
    if (!is_place(*right)) return wrong("NEAR joins entities and words only");
    Rule rule;
    rule.kind = Rule::Kind::kNear;
    rule.number = *words;
    rule.ordered = ordered;
    rule.parts = {*std::move(left), *std::move(right)};
    return rule;
  }

  static bool is_place(const Rule& rule) {
    if (rule.kind == Rule::Kind::kAny) return std::all_of(rule.parts.begin(), rule.parts.end(), is_place);
    return rule.kind == Rule::Kind::kEntity || rule.kind == Rule::Kind::kWords;
  }

  Result<Rule> counted(int depth) {
    auto part = primary(depth);
    if (!part || token_.kind != Token::Kind::kWord || !token_.prefix.empty()) return part;
    const auto times = number_behind(token_.text, "count>=");
    if (!times) return part;
    if (*times < 1 || *times > kMostTimes) return wrong("count>= wants a number from 1 to " + std::to_string(kMostTimes));
    if (!is_place(*part)) return wrong("count>= stands behind entities and words only");
    if (const Status read = next(); !read) return read.error();
    Rule rule;
    rule.kind = Rule::Kind::kCount;
    rule.number = *times;
    rule.parts.push_back(*std::move(part));
    return rule;
  }

  Result<Rule> primary(int depth) {
    if (++clauses_ > limits_.clauses) return wrong("the query has more than " + std::to_string(limits_.clauses) + " clauses");
    if (token_.kind == Token::Kind::kOpen) return bracketed(depth);
    if (token_.kind == Token::Kind::kEnd) return wrong("expected an entity or words at the end");
    if (token_.kind == Token::Kind::kClose) return wrong("expected an entity or words before )");
    const bool bare = token_.kind == Token::Kind::kWord && token_.prefix.empty();
    for (const std::string_view join : {"AND", "OR", "NOT"}) {
      if (bare && token_.text == join) return wrong("expected an entity or words before " + std::string(join));
      if (bare && upper(token_.text) == join) return wrong("write " + std::string(join) + " in capitals, or \"" + token_.text + "\" in quotes for the word");
    }
    auto rule = term();
    if (!rule) return rule;
    if (const Status read = next(); !read) return read.error();
    if (bare_word()) return wrong("expected AND or OR before " + quoted(shown()));
    return rule;
  }

  // A word that joins nothing: "entity:a entity:b".
  bool bare_word() const {
    if (token_.kind != Token::Kind::kWord && token_.kind != Token::Kind::kPhrase && token_.kind != Token::Kind::kOpen) return false;
    if (token_.kind != Token::Kind::kWord || !token_.prefix.empty()) return true;
    const bool joins = token_.text == "AND" || token_.text == "OR" || token_.text.starts_with("NEAR/") || token_.text.starts_with("ONEAR/") || token_.text.starts_with("count>=");
    return !joins && upper(token_.text) != "AND" && upper(token_.text) != "OR";
  }

  Result<Rule> bracketed(int depth) {
    if (depth >= limits_.depth) return wrong("nested deeper than " + std::to_string(limits_.depth));
    if (const Status read = next(); !read) return read.error();
    auto inner = any(depth + 1);
    if (!inner) return inner;
    if (token_.kind != Token::Kind::kClose) return wrong(token_.kind == Token::Kind::kEnd ? "the ( is not closed: write ) at the end" : "expected AND, OR or ) before " + quoted(shown()));
    if (const Status read = next(); !read) return read.error();
    return inner;
  }

  Result<Rule> term() {
    Rule rule;
    rule.text = token_.text;
    std::string prefix = token_.prefix;
    if (prefix.ends_with("entity")) {
      if (!is_id(token_.text)) return wrong(quoted(token_.text) + " is no id of an entity: write entity:samsung");
      rule.kind = Rule::Kind::kEntity;
      prefix = prefix.size() > 7 ? prefix.substr(0, prefix.size() - 7) : "";
    } else {
      rule.kind = is_one_of(prefix, kFields) ? Rule::Kind::kField : Rule::Kind::kWords;
    }
    const bool known = prefix.empty() || is_one_of(prefix, kPlaces) || (rule.kind == Rule::Kind::kField && is_one_of(prefix, kFields));
    if (!known) return wrong(quoted(token_.prefix) + " cannot be joined so: write title:, lead: or body: before entity:");
    rule.field = prefix;
    return rule;
  }

  // As the configuration takes them.
  static bool is_id(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) {
      return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == '-';
    });
  }

  std::string_view text_;
  const Limits& limits_;
  std::size_t at_ = 0;
  int clauses_ = 0;
  Token token_;
};

}  // namespace

Result<Rule> parse(std::string_view text, const Limits& limits) { return Parser(text, limits).run(); }

}  // namespace bylined::rule
