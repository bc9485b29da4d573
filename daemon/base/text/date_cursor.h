// SPDX-License-Identifier: Apache-2.0
// How a printed date is walked through. Private to base/text/date*.cpp.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/text/ascii.h"

namespace bylined::text {

// Values and not functions, so that what takes one can be compiled with it inside.
inline constexpr std::chrono::minutes kSeoul{9 * 60};  // ahead of UTC; Korea has no summer time
inline constexpr auto any_digit = [](char c) { return c >= '0' && c <= '9'; };
inline constexpr auto any_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };

// Walks a printed date from left to right. Each `take_` moves on only where it finds its thing.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  std::string_view rest() const { return rest_; }
  bool done() const { return rest_.empty(); }
  char front() const { return rest_.empty() ? '\0' : rest_.front(); }
  std::size_t digits_ahead() const { return run_ahead(any_digit); }
  std::size_t letters_ahead() const { return run_ahead(any_letter); }
  void skip(std::string_view set) {
    while (!rest_.empty() && std::find(set.begin(), set.end(), rest_.front()) != set.end()) rest_.remove_prefix(1);
  }
  void blanks() { skip(" \t\r\n"); }
  bool take(std::string_view word) {
    if (front() != word.front() || !rest_.starts_with(word)) return false;  // most differ in the first byte
    rest_.remove_prefix(word.size());
    return true;
  }
  std::string take_word() {
    const std::size_t length = letters_ahead();
    const std::string word = lower(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return word;
  }
  std::optional<int> take_number(std::size_t shortest, std::size_t longest) {
    const std::size_t length = digits_ahead();
    if (length < shortest || length > longest) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < length; ++i) value = value * 10 + (rest_[i] - '0');
    rest_.remove_prefix(length);
    return value;
  }
  void drop(std::size_t count) { rest_.remove_prefix(std::min(count, rest_.size())); }

 private:
  template <class Is>
  std::size_t run_ahead(Is is) const {
    std::size_t length = 0;
    while (length < rest_.size() && is(rest_[length])) ++length;
    return length;
  }

  std::string_view rest_;
};

}  // namespace bylined::text
