// SPDX-License-Identifier: Apache-2.0
// Regular expressions over UTF-8 in RE2's syntax: time linear in the text, whatever the expression. Never
// backtracks, so there are no back references.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace re2 {
class RE2;
}

namespace bylined::text {

class Pattern {
 public:
  static constexpr std::size_t kMostBytes = 500;  // of an expression

  // kInvalid: RE2's reason, or that it is too long, or that it would be found between any two letters.
  static Result<Pattern> compile(std::string expression);

  Pattern() = default;  // finds nothing
  const std::string& expression() const { return expression_; }
  // Bytes [first, second) of each match that is not empty, none within another. Looks `most` times at the most, empty matches
  // counted: each look may go through the rest of the text.
  std::vector<std::pair<std::size_t, std::size_t>> find(std::string_view utf8, std::size_t most) const;

  friend bool operator==(const Pattern& a, const Pattern& b) { return a.expression_ == b.expression_; }

 private:
  std::string expression_;
  std::shared_ptr<const re2::RE2> compiled_;
};

}  // namespace bylined::text
