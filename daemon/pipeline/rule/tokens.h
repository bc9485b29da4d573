// SPDX-License-Identifier: Apache-2.0
// The words of a rule: brackets, words, "phrases" and /expressions/ with what stands before them and a colon.
// Private to pipeline/rule.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/result.h"

namespace bylined::rule {

inline constexpr std::array<std::string_view, 3> kPlaces{"title", "lead", "body"};
inline constexpr std::array<std::string_view, 11> kFields{"byline", "outlet", "section", "url",       "source", "lang",
                                                         "tag",    "event",  "read",    "published", "age"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  for (const std::string_view one : words) {
    if (one == word) return true;
  }
  return false;
}

struct Token {
  enum class Kind { kOpen, kClose, kWord, kPhrase, kPattern, kEnd };
  Kind kind = Kind::kEnd;
  std::string prefix;  // "title", "entity", "title:entity": what stands before the last colon
  std::string text;
  std::size_t at = 0;

  bool is_bare_word() const { return kind == Kind::kWord && prefix.empty(); }
  bool is_word(std::string_view word) const { return is_bare_word() && text == word; }
  std::string shown() const { return prefix.empty() ? text : prefix + ":" + text; }
};

class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  const Token& now() const { return token_; }
  Status next();
  // With the column of the token, or of a byte, counted in characters.
  Error wrong(const std::string& reason) const { return wrong_at(token_.at, reason); }
  Error wrong_at(std::size_t byte, const std::string& reason) const;

 private:
  Status take_term();
  Status take_word(std::string word);
  Status take_quoted(char mark, Token::Kind kind);

  std::string_view text_;
  std::size_t at_ = 0;
  Token token_;
};

}  // namespace bylined::rule
