// SPDX-License-Identifier: Apache-2.0
// One text (a headline or a body) measured once: words, sentences and paragraphs before each letter. Private to
// pipeline/rule.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/rule.h"

namespace bylined::rule {

// Code points [start, end), not empty.
struct Place {
  std::size_t start = 0, end = 0;
};

class Side {
 public:
  explicit Side(std::string_view utf8);

  std::size_t letters() const { return text_.size(); }
  std::size_t lead_end() const { return lead_end_; }  // of the first paragraph
  // Between the end of one and the start of a later one: words that stand there, or sentences or paragraphs further; 0 in
  // the same one, and for neighbours.
  int apart(const Place& left, const Place& right, model::Rule::Reach reach) const;
  // Without the blanks around it.
  std::u32string_view sentence_of(const Place& place) const;
  const std::set<std::u32string_view>& sentences() const { return all_; }

 private:
  struct Before {
    int words = 0, sentences = 0, paragraphs = 0;
  };
  const Before& at(std::size_t letter) const { return before_[std::min(letter, before_.size() - 1)]; }

  std::u32string text_;
  std::vector<Before> before_;                // one more than letters
  std::vector<std::u32string_view> sentence_;  // by number
  std::set<std::u32string_view> all_;
  std::size_t lead_end_ = 0;
};

}  // namespace bylined::rule
