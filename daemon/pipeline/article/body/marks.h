// SPDX-License-Identifier: Apache-2.0
// What an element's class, id, role and labels say it is: "related-posts" is a list of related pieces. A table of
// words of many outlets (marks.inc); what a mark weighs is learned elsewhere.
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "base/markup/html.h"

namespace bylined::article {

enum class Mark : std::uint8_t {
#define MARK(mark, name, words) k##mark,
#include "pipeline/article/body/marks.inc"
#undef MARK
  kBodyProperty,    // itemprop=articleBody
  kMainRole,        // role=main, role=article
  kBesideRole,      // role=navigation, complementary, banner, contentinfo, search, dialog
  kNotDisplayed,    // display:none, hidden
  kNotSpoken,       // aria-hidden
  kCount,
};
inline constexpr std::size_t kMarks = static_cast<std::size_t>(Mark::kCount);
static_assert(kMarks <= 64);
std::string_view mark_name(Mark mark);

class Marks {
 public:
  template <class... M>
  constexpr explicit Marks(M... marks) : bits_((std::uint64_t{0} | ... | bit_of(marks))) {}

  bool has(Mark mark) const { return (bits_ & bit_of(mark)) != 0; }
  bool has_one_of(Marks marks) const { return (bits_ & marks.bits_) != 0; }
  void add(Mark mark) { bits_ |= bit_of(mark); }
  void add(Marks other) { bits_ |= other.bits_; }
  Marks without(Marks other) const {
    Marks rest;
    rest.bits_ = bits_ & ~other.bits_;
    return rest;
  }

 private:
  static constexpr std::uint64_t bit_of(Mark mark) { return std::uint64_t{1} << static_cast<unsigned>(mark); }

  std::uint64_t bits_ = 0;
};

// Of the words in a class or id; "articleBody", "article-body" and "article_body" are the same.
Marks marks_in(std::string_view words);

// Remembers the classes of one page, most of which stand many times.
class MarkReader {
 public:
  Marks read(markup::Node element);
  // What the element holds belongs to the page, or to other articles: a menu, comments, teasers, a form.
  bool stands_beside(markup::Node element);

 private:
  Marks remembered(std::string_view words);

  std::unordered_map<std::string_view, Marks> known_;
};

}  // namespace bylined::article
