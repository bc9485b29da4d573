// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/text/fold.h"
#include "model/entity.h"
#include "pipeline/rule/fields.h"
#include "pipeline/rule/rule.h"
#include "pipeline/rule/tokens.h"

namespace bylined::rule {
namespace {

using model::Rule;

constexpr int kFarthest = 1'000;  // words of NEAR
constexpr int kMostTimes = 1'000;
constexpr std::string_view kWantsPlace = "entities, words and expressions";

std::string upper(std::string_view text) {
  std::string big(text);
  std::transform(big.begin(), big.end(), big.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return big;
}

// "NEAR/10" with `name` "NEAR/": 10; -1 where no number stands there.
std::optional<int> number_behind(std::string_view text, std::string_view name) {
  if (!text.starts_with(name)) return std::nullopt;
  text.remove_prefix(name.size());
  int value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  return failure == std::errc() && end == text.data() + text.size() ? value : -1;
}

// Something that stands somewhere in the text, so that it can be counted and measured from.
bool is_place(const Rule& rule) {
  switch (rule.kind) {
    case Rule::Kind::kEntity:
    case Rule::Kind::kWords:
    case Rule::Kind::kPattern: return true;
    case Rule::Kind::kWhere: return true;
    case Rule::Kind::kAny: return std::all_of(rule.parts.begin(), rule.parts.end(), is_place);
    default: return false;
  }
}

// It stood in the version before: nothing of this one is near it.
bool is_gone(const Rule& rule) {
  if (rule.kind == Rule::Kind::kWhere && rule.where == Rule::Where::kRemoved) return true;
  return std::any_of(rule.parts.begin(), rule.parts.end(), is_gone);
}

class Parser {
 public:
  Parser(std::string_view text, const Limits& limits) : text_(text), limits_(limits), tokens_(text) {}

  Result<Rule> run() {
    if (text_.size() > limits_.bytes) return Error(ErrorKind::kInvalid, "the query has more than " + std::to_string(limits_.bytes) + " bytes");
    if (const Status read = tokens_.next(); !read) return read.error();
    if (token().kind == Token::Kind::kEnd) return Error(ErrorKind::kInvalid, "the query is empty: leave it out to ask for every entity");
    auto rule = any(0);
    if (!rule) return rule;
    if (token().kind == Token::Kind::kClose) return wrong("there is no ( to this )");
    const std::string join = token().is_bare_word() ? upper(token().text) : std::string();
    if (join == "AND" || join == "OR") return wrong("write " + join + " in capitals");
    if (token().kind != Token::Kind::kEnd) return wrong("expected AND or OR before " + quoted(token().shown()));
    return rule;
  }

 private:
  const Token& token() const { return tokens_.now(); }
  Error wrong(const std::string& reason) const { return tokens_.wrong(reason); }

  Result<Rule> joined(Rule::Kind kind, std::string_view word, Result<Rule> (Parser::*part)(int), int depth) {
    auto first = (this->*part)(depth);
    if (!first || !token().is_word(word)) return first;
    Rule rule;
    rule.kind = kind;
    rule.parts.push_back(*std::move(first));
    while (token().is_word(word)) {
      if (const Status read = tokens_.next(); !read) return read.error();
      auto more = (this->*part)(depth);
      if (!more) return more;
      rule.parts.push_back(*std::move(more));
    }
    return rule;
  }

  Result<Rule> any(int depth) { return joined(Rule::Kind::kAny, "OR", &Parser::all, depth); }
  Result<Rule> all(int depth) { return joined(Rule::Kind::kAll, "AND", &Parser::negated, depth); }

  Result<Rule> negated(int depth) {
    if (!token().is_word("NOT")) return near(depth);
    if (depth >= limits_.depth) return wrong("nested deeper than " + std::to_string(limits_.depth));
    if (const Status read = tokens_.next(); !read) return read.error();
    auto part = negated(depth + 1);
    if (!part) return part;
    Rule rule;
    rule.kind = Rule::Kind::kNot;
    rule.parts.push_back(*std::move(part));
    return rule;
  }

  // NEAR/10, NEAR/s (the same sentence), NEAR/p (the same paragraph), each with ONEAR.
  Result<Rule> near(int depth) {
    auto left = placed(depth);
    if (!left || !token().is_bare_word()) return left;
    Rule rule;
    rule.kind = Rule::Kind::kNear;
    rule.ordered = token().text.starts_with("ONEAR/");
    const std::string name = rule.ordered ? "ONEAR/" : "NEAR/";
    const auto words = number_behind(token().text, name);
    if (!words) return left;
    if (token().text == name + "s") rule.reach = Rule::Reach::kSentence;
    else if (token().text == name + "p") rule.reach = Rule::Reach::kParagraph;
    else if (*words < 0 || *words > kFarthest) return wrong("NEAR/ wants a number of words up to " + std::to_string(kFarthest) + ", such as NEAR/10, or NEAR/s for the same sentence, NEAR/p for the same paragraph");
    if (!is_place(*left) || is_gone(*left)) return wrong("NEAR joins " + std::string(kWantsPlace) + " only");
    if (const Status read = tokens_.next(); !read) return read.error();
    const std::size_t at = token().at;
    auto right = placed(depth);
    if (!right) return right;
    if (!is_place(*right) || is_gone(*right)) return tokens_.wrong_at(at, "NEAR joins " + std::string(kWantsPlace) + " only");
    if (rule.reach == Rule::Reach::kWords) rule.number = *words;
    rule.parts = {*std::move(left), *std::move(right)};
    return rule;
  }

  // What is said of a place stands behind it, as often as one likes; how often it stands there comes last.
  Result<Rule> placed(int depth) {
    auto part = primary(depth);
    while (part && says_of_place()) {
      Rule rule;
      rule.kind = Rule::Kind::kWhere;
      if (auto read = read_where(rule); !read) return read.error();
      if (!is_place(*part)) return wrong(token().shown() + " stands behind " + std::string(kWantsPlace) + " only");
      if (const Status read = tokens_.next(); !read) return read.error();
      rule.parts.push_back(*std::move(part));
      part = std::move(rule);
      if (++clauses_ > limits_.clauses) return too_many();
    }
    return part ? counted(*std::move(part)) : part;
  }

  bool says_of_place() const {
    if (token().kind != Token::Kind::kWord) return false;
    if (token().prefix == "in") return true;
    const std::string& text = token().text;
    return token().prefix.empty() && (text.starts_with("first<=") || text.starts_with("confidence>=") || text.starts_with("how="));
  }

  Status read_where(Rule& rule) const {
    const std::string& text = token().text;
    if (token().prefix == "in") {
      if (text != "added" && text != "removed") return wrong("in: wants added or removed");
      rule.where = text == "added" ? Rule::Where::kAdded : Rule::Where::kRemoved;
    } else if (text.starts_with("how=")) {
      rule.where = Rule::Where::kHow;
      rule.text = text.substr(4);
      if (!model::how_from_name(rule.text)) return wrong("how= wants name, alias, variant, short_form or credit");
    } else if (text.starts_with("first<=")) {
      rule.where = Rule::Where::kFirst;
      rule.number = text.ends_with('%') ? number_behind(std::string_view(text).substr(0, text.size() - 1), "first<=").value_or(-1) : -1;
      if (rule.number < 1 || rule.number > 99) return wrong("first<= wants per cent of the text from 1 to 99, such as first<=20%");
    } else {
      rule.where = Rule::Where::kConfidence;
      rule.number = hundredths(std::string_view(text).substr(12));
      if (rule.number < 0) return wrong("confidence>= wants a number from 0 to 1 with two digits at most, such as confidence>=0.25");
    }
    return Status();
  }

  static int hundredths(std::string_view text) {
    double value = -1;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    const bool good = failure == std::errc() && end == text.data() + text.size() && text.size() <= 4 && value >= 0 && value <= 1;
    return good ? static_cast<int>(std::lround(value * 100)) : -1;
  }

  Result<Rule> counted(Rule part) {
    const auto times = token().is_bare_word() ? number_behind(token().text, "count>=") : std::nullopt;
    if (!times) return part;
    if (*times < 1 || *times > kMostTimes) return wrong("count>= wants a number from 1 to " + std::to_string(kMostTimes));
    if (!is_place(part)) return wrong("count>= stands behind " + std::string(kWantsPlace) + " only");
    if (const Status read = tokens_.next(); !read) return read.error();
    if (says_of_place()) return wrong("write " + token().shown() + " before count>=");
    Rule rule;
    rule.kind = Rule::Kind::kCount;
    rule.number = *times;
    rule.parts.push_back(std::move(part));
    return rule;
  }

  Error too_many() const { return wrong("the query has more than " + std::to_string(limits_.clauses) + " clauses"); }

  Result<Rule> primary(int depth) {
    if (++clauses_ > limits_.clauses) return too_many();
    if (token().kind == Token::Kind::kOpen) return bracketed(depth);
    if (token().kind == Token::Kind::kEnd) return wrong("expected an entity or words at the end");
    if (token().kind == Token::Kind::kClose) return wrong("expected an entity or words before )");
    if (says_of_place()) return wrong(token().shown() + " stands behind " + std::string(kWantsPlace) + " only");
    const bool bare = token().is_bare_word();
    for (const std::string_view join : {"AND", "OR", "NOT"}) {
      if (bare && token().text == join) return wrong("expected an entity or words before " + std::string(join));
      if (bare && upper(token().text) == join) return wrong("write " + std::string(join) + " in capitals, or \"" + token().text + "\" in quotes for the word");
    }
    auto rule = term();
    if (!rule) return rule;
    if (const Status read = tokens_.next(); !read) return read.error();
    if (joins_nothing()) return wrong("expected AND or OR before " + quoted(token().shown()));
    return rule;
  }

  // A word that joins nothing: "entity:a entity:b".
  bool joins_nothing() const {
    const Token::Kind kind = token().kind;
    if (kind == Token::Kind::kEnd || kind == Token::Kind::kClose || says_of_place()) return false;
    if (!token().is_bare_word()) return true;
    const std::string& text = token().text;
    const bool joins = text == "AND" || text == "OR" || text.starts_with("NEAR/") || text.starts_with("ONEAR/") || text.starts_with("count>=");
    return !joins && upper(text) != "AND" && upper(text) != "OR";
  }

  Result<Rule> bracketed(int depth) {
    if (depth >= limits_.depth) return wrong("nested deeper than " + std::to_string(limits_.depth));
    if (const Status read = tokens_.next(); !read) return read.error();
    auto inner = any(depth + 1);
    if (!inner) return inner;
    if (token().kind != Token::Kind::kClose) return wrong(token().kind == Token::Kind::kEnd ? "the ( is not closed: write ) at the end" : "expected AND, OR or ) before " + quoted(token().shown()));
    if (const Status read = tokens_.next(); !read) return read.error();
    return inner;
  }

  Result<Rule> term() {
    Rule rule;
    rule.text = token().text;
    std::string prefix = token().prefix;
    if (prefix.ends_with("entity")) {
      if (!is_id(token().text)) return wrong(quoted(token().text) + " is no id of an entity: write entity:samsung");
      rule.kind = Rule::Kind::kEntity;
      prefix = prefix.size() > 7 ? prefix.substr(0, prefix.size() - 7) : "";
    } else if (token().kind == Token::Kind::kPattern) {
      auto pattern = text::Pattern::compile(token().text);
      if (!pattern) return wrong("the expression " + pattern.error().text());
      rule.kind = Rule::Kind::kPattern;
      rule.text.clear();
      rule.pattern = *std::move(pattern);
    } else {
      rule.kind = is_one_of(prefix, kFields) ? Rule::Kind::kField : Rule::Kind::kWords;
    }
    rule.field = std::move(prefix);
    const bool looked_for = rule.kind == Rule::Kind::kWords || (rule.kind == Rule::Kind::kField && rule.field != "url");
    if (looked_for && !text::has_letters(rule.text)) return wrong(quoted(token().text) + " has no letter or digit that could be looked for");
    if (rule.kind != Rule::Kind::kField && !rule.field.empty() && !is_one_of(rule.field, kPlaces)) {
      return wrong(quoted(token().prefix) + " cannot be joined so: write title:, lead: or body: before entity:");
    }
    if (rule.kind == Rule::Kind::kField) {
      if (const std::string reason = wrong_value(rule.field, rule.text); !reason.empty()) return wrong(rule.field + ": " + reason);
    }
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
  Tokens tokens_;
  int clauses_ = 0;
};

}  // namespace

Result<Rule> parse(std::string_view text, const Limits& limits) { return Parser(text, limits).run(); }

}  // namespace bylined::rule
