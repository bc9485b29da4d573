// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cassert>
#include <iterator>

#include "base/markup/html_index.h"

namespace bylined::markup {
namespace {

enum class Test { kType, kId, kClass, kHas, kEquals, kStarts, kEnds, kContains, kWord, kNthChild, kNot };
enum class Combinator { kNone, kDescendant, kChild, kNext };

struct Simple {
  Test test = Test::kType;
  std::string name;
  std::string value;
  int nth = 0;
  std::vector<Simple> negated;  // one, for kNot
};

struct Compound {
  std::vector<Simple> tests;                   // none: '*'
  Combinator before = Combinator::kNone;       // how it follows the compound to its left
  std::uint64_t signs = 0;                     // of the attributes and classes that its tests ask for
};

using Complex = std::vector<Compound>;

constexpr std::size_t kMaxBytes = 1024;

std::string lowered(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return lower;
}

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '\\' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// A class whose name holds a blank is found across classes.
std::uint64_t signs_of(const Simple& test) {
  const auto parts = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  switch (test.test) {
    case Test::kType:
    case Test::kNthChild:
    case Test::kNot: return 0;
    case Test::kId: return attribute_sign("id");
    case Test::kClass: return std::any_of(test.name.begin(), test.name.end(), parts) ? 0 : class_sign(test.name);
    default: return attribute_sign(test.name);
  }
}

class Reader {
 public:
  explicit Reader(std::string_view css) : css_(css) {}

  Result<std::vector<Complex>> list() {
    if (css_.size() > kMaxBytes) return Error(ErrorKind::kInvalid, "a selector may have 1024 bytes at most");
    std::vector<Complex> alternatives;
    do {
      skip_blanks();
      auto next = complex();
      if (!next) return next.error();
      alternatives.push_back(std::move(*next));
    } while (accept(','));
    if (at_ != css_.size()) return expected("a selector, '>', '+' or ','");
    return alternatives;
  }

 private:
  Result<Complex> complex() {
    Complex parts;
    Combinator before = Combinator::kNone;
    for (;;) {
      auto part = compound();
      if (!part) return part.error();
      part->before = before;
      parts.push_back(std::move(*part));
      before = combinator();
      if (before == Combinator::kNone) return parts;
    }
  }

  Combinator combinator() {
    const bool blank = skip_blanks();
    if (accept('>')) return skip_blanks(), Combinator::kChild;
    if (accept('+')) return skip_blanks(), Combinator::kNext;
    return blank && at_ < css_.size() && css_[at_] != ',' ? Combinator::kDescendant : Combinator::kNone;
  }

  Result<Compound> compound() {
    Compound part;
    bool any = accept('*');
    while (at_ < css_.size() && (is_name_char(css_[at_]) || std::string_view("#.[:").find(css_[at_]) != std::string_view::npos)) {
      if (is_name_char(css_[at_]) && (any || !part.tests.empty())) break;
      auto test = simple();
      if (!test) return test.error();
      part.signs |= signs_of(*test);
      part.tests.push_back(std::move(*test));
    }
    if (!any && part.tests.empty()) return expected("a type, '#id', '.class', '[attribute]' or ':first-child'");
    return part;
  }

  Result<Simple> simple() {
    if (accept('#')) return named(Test::kId);
    if (accept('.')) return named(Test::kClass);
    if (accept('[')) return attribute();
    if (accept(':')) return pseudo();
    auto type = named(Test::kType);
    if (type) type->name = lowered(type->name);
    return type;
  }

  Result<Simple> named(Test test) {
    Simple result;
    result.test = test;
    result.name = name();
    if (result.name.empty()) return expected("a name");
    return result;
  }

  Result<Simple> attribute() {
    skip_blanks();
    auto result = named(Test::kHas);
    if (!result) return result;
    result->name = lowered(result->name);
    skip_blanks();
    if (accept(']')) return result;
    static constexpr std::string_view kSigns = "^$*~";
    static constexpr Test kTests[] = {Test::kStarts, Test::kEnds, Test::kContains, Test::kWord};
    const std::size_t sign = at_ < css_.size() ? kSigns.find(css_[at_]) : std::string_view::npos;
    result->test = sign == std::string_view::npos ? Test::kEquals : kTests[sign];
    if (sign != std::string_view::npos) ++at_;
    if (!accept('=')) return expected("'=', '^=', '$=', '*=', '~=' or ']'");
    skip_blanks();
    if (!value(result->value)) return expected("a value, quoted or a name");
    skip_blanks();
    if (!accept(']')) return expected("']'");
    return result;
  }

  bool value(std::string& out) {
    if (at_ >= css_.size()) return false;
    const char quote = css_[at_];
    if (quote != '"' && quote != '\'') {
      out = name();
      return !out.empty();
    }
    const std::size_t end = css_.find(quote, at_ + 1);
    if (end == std::string_view::npos) return false;
    out = css_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return true;
  }

  Result<Simple> pseudo() {
    const std::size_t start = at_;
    const std::string which = lowered(name());
    Simple result;
    result.test = Test::kNthChild;
    if (which == "first-child") {
      result.nth = 1;
      return result;
    }
    if (which == "nth-child" && accept('(')) {
      while (at_ < css_.size() && css_[at_] >= '0' && css_[at_] <= '9' && result.nth < 100000) result.nth = result.nth * 10 + (css_[at_++] - '0');
      if (result.nth == 0 || !accept(')')) return expected("a number from 1 and ')'");
      return result;
    }
    if (which == "not" && accept('(')) return negation();
    at_ = start;
    return expected("first-child, nth-child(n) or not(…)");
  }

  Result<Simple> negation() {
    skip_blanks();
    auto inner = simple();
    if (!inner) return inner;
    if (inner->test == Test::kNot) return expected("a simple selector without ':not'");
    skip_blanks();
    if (!accept(')')) return expected("')'");
    Simple result;
    result.test = Test::kNot;
    result.negated.push_back(std::move(*inner));
    return result;
  }

  std::string name() {
    std::string text;
    while (at_ < css_.size() && is_name_char(css_[at_])) {
      if (css_[at_] == '\\' && ++at_ >= css_.size()) break;
      text += css_[at_++];
    }
    return text;
  }

  bool skip_blanks() {
    const std::size_t before = at_;
    while (at_ < css_.size() && (css_[at_] == ' ' || css_[at_] == '\t' || css_[at_] == '\n' || css_[at_] == '\r')) ++at_;
    return at_ != before;
  }

  bool accept(char c) {
    if (at_ >= css_.size() || css_[at_] != c) return false;
    ++at_;
    return true;
  }

  Error expected(std::string_view what) const {
    return Error(ErrorKind::kInvalid, "selector " + quoted(css_) + ", column " + std::to_string(at_ + 1) + ": expected " + std::string(what));
  }

  std::string_view css_;
  std::size_t at_ = 0;
};

Node previous_element(Node node) {
  do node = node.previous_sibling();
  while (node && !node.is_element());
  return node;
}

bool is_nth_child(Node node, int nth) {
  while (nth > 0 && node) {
    node = previous_element(node);
    --nth;
  }
  return nth == 0 && !node;
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos && !word.empty(); at = text.find(word, at + 1)) {
    const bool starts = at == 0 || static_cast<unsigned char>(text[at - 1]) <= ' ';
    const bool ends = at + word.size() == text.size() || static_cast<unsigned char>(text[at + word.size()]) <= ' ';
    if (starts && ends) return true;
  }
  return false;
}

bool passes(const Simple& simple, Node node) {
  const auto attribute = [&] { return node.attribute(simple.name); };
  switch (simple.test) {
    case Test::kType: return node.name() == simple.name;
    case Test::kId: return node.attribute("id") == simple.name;
    case Test::kClass: return has_word(node.attribute("class"), simple.name);
    case Test::kHas: return node.has_attribute(simple.name);
    case Test::kEquals: return node.has_attribute(simple.name) && attribute() == simple.value;
    case Test::kStarts: return !simple.value.empty() && attribute().starts_with(simple.value);
    case Test::kEnds: return !simple.value.empty() && attribute().ends_with(simple.value);
    case Test::kContains: return !simple.value.empty() && attribute().find(simple.value) != std::string_view::npos;
    case Test::kWord: return has_word(attribute(), simple.value);
    case Test::kNthChild: return is_nth_child(node, simple.nth);
    case Test::kNot: return !passes(simple.negated.front(), node);
  }
  return false;
}

bool passes(const Compound& compound, Node node) {
  return node.may_have(compound.signs) && std::all_of(compound.tests.begin(), compound.tests.end(), [&](const Simple& test) { return passes(test, node); });
}

// kNowhere: what is missing is missing for every other ancestor too, so nobody need look further up. It
// keeps the search polynomial however many descendants a selector names.
enum class Match { kYes, kNotHere, kNowhere };

Match match(const Complex& complex, std::size_t last, Node node) {
  if (!passes(complex[last], node)) return Match::kNotHere;
  switch (complex[last].before) {
    case Combinator::kNone: return Match::kYes;
    case Combinator::kChild: return node.parent() ? match(complex, last - 1, node.parent()) : Match::kNowhere;
    case Combinator::kNext: {
      const Node before = previous_element(node);
      return before && match(complex, last - 1, before) == Match::kYes ? Match::kYes : Match::kNotHere;
    }
    case Combinator::kDescendant: break;
  }
  for (Node above = node.parent(); above; above = above.parent()) {
    const Match found = match(complex, last - 1, above);
    if (found != Match::kNotHere) return found;
  }
  return Match::kNowhere;
}

}  // namespace

struct Selector::Parts {
  std::string css;
  std::vector<Complex> alternatives;
};

Selector::Selector(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}
Selector::~Selector() = default;
Selector::Selector(Selector&&) noexcept = default;
Selector& Selector::operator=(Selector&&) noexcept = default;
Selector::Selector(const Selector&) = default;
Selector& Selector::operator=(const Selector&) = default;

Result<Selector> Selector::compile(std::string_view css) {
  auto alternatives = Reader(css).list();
  if (!alternatives) return alternatives.error();
  return Selector(std::make_shared<Parts>(Parts{std::string(css), std::move(*alternatives)}));
}

const std::string& Selector::css() const { return parts_->css; }

bool Selector::matches(Node node) const {
  if (!node.is_element()) return false;
  return std::any_of(parts_->alternatives.begin(), parts_->alternatives.end(),
                     [&](const Complex& complex) { return match(complex, complex.size() - 1, node) == Match::kYes; });
}

namespace {

// What of the page can match: the elements of the tag that the last compound names, else all.
std::span<const Node> candidates(const Complex& complex, const ElementIndex& index) {
  for (const Simple& test : complex.back().tests) {
    const Tag tag = test.test == Test::kType ? tag_of(test.name) : Tag::kOther;
    if (tag != Tag::kOther) return index.of(tag);
  }
  return index.all();
}

bool matches(const Complex& complex, Node node) { return match(complex, complex.size() - 1, node) == Match::kYes; }

// The first of `nodes` that matches, or the end. What lacks a sign is passed over without a call.
auto first_match(const Complex& complex, std::span<const Node> nodes) {
  const std::uint64_t signs = complex.back().signs;
  return std::find_if(nodes.begin(), nodes.end(), [&](Node node) { return node.may_have(signs) && matches(complex, node); });
}

}  // namespace

std::vector<Node> Document::all(const Selector& selector, Node below) const {
  std::vector<Node> found;
  if (below) {
    for (Node node = below.next_below(below); node; node = node.next_below(below)) {
      if (selector.matches(node)) found.push_back(node);
    }
    return found;
  }
  const auto& alternatives = selector.parts_->alternatives;
  for (const Complex& complex : alternatives) {
    const auto nodes = candidates(complex, index());
    for (auto at = first_match(complex, nodes); at != nodes.end(); at = first_match(complex, {at + 1, nodes.end()})) found.push_back(*at);
  }
  if (alternatives.size() == 1) return found;
  std::ranges::sort(found, [this](Node one, Node other) { return index().before(one, other); });
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Node Document::first(const Selector& selector, Node below) const {
  if (below) {
    for (Node node = below.next_below(below); node; node = node.next_below(below)) {
      if (selector.matches(node)) return node;
    }
    return Node();
  }
  Node best;
  for (const Complex& complex : selector.parts_->alternatives) {
    const auto nodes = candidates(complex, index());
    const auto end = best ? std::partition_point(nodes.begin(), nodes.end(), [&](Node node) { return index().before(node, best); }) : nodes.end();
    const auto at = first_match(complex, {nodes.begin(), end});
    if (at != end) best = *at;
  }
  return best;
}

namespace {

Selector compiled(const char* css) {
  auto selector = Selector::compile(css);
  assert(selector.has_value());
  return *std::move(selector);
}

}  // namespace

std::vector<Node> Document::all(const char* css, Node below) const { return all(compiled(css), below); }
Node Document::first(const char* css, Node below) const { return first(compiled(css), below); }

}  // namespace bylined::markup
