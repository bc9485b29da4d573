// SPDX-License-Identifier: Apache-2.0
// All writings of all names in one double array over code points, behind an exact filter of first pairs.
// Finds every occurrence in one pass; what an occurrence means is for others to say.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/match/letters.h"

namespace bylined::match {

// Places in the folded text: [begin, end) holds key number `key`, separators between its letters allowed.
struct Hit {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t key = 0;
};

class Trie {
 public:
  // `keys` hold letters only (no separators), are not empty, and may repeat.
  // Fills `key_of` with the number that each key got; equal keys get one number, numbers are dense from 0.
  static Trie build(const std::vector<std::u32string_view>& keys, std::vector<std::uint32_t>& key_of);

  // Calls hit(Hit) for every occurrence, ordered by begin, then end.
  template <class Sink>
  void scan(std::u32string_view text, Sink&& hit) const {
    if (text.empty()) return;
    const char32_t* const at = text.data();
    const auto size = static_cast<std::uint32_t>(text.size());
    std::uint32_t code = code_of(at[0]);
    for (std::uint32_t i = 0; i < size; ++i) {
      const std::uint32_t next = i + 1 < size ? code_of(at[i + 1]) : kUnknown;
      if (may_start(code, next)) walk(text, i, code, hit);
      code = next;
    }
  }

  std::size_t keys() const { return keys_; }
  std::size_t bytes() const;

 private:
  static constexpr std::uint32_t kUnknown = 0;
  static constexpr std::uint32_t kSeparator = 1;  // in texts and in the filter, never in a key
  static constexpr std::uint32_t kKeyEnd = 2;     // leads to the cell that holds the key's number
  static constexpr std::uint32_t kFirstLetter = 3;
  static constexpr std::uint32_t kEndsHere = 1U << 31;
  static constexpr std::uint32_t kNobody = 0xFFFFFFFF;
  static constexpr std::uint32_t kFilterSide = 4096;  // beyond so many letters the filter lets some pairs pass in vain
  static constexpr std::uint32_t kRoot = 0;
  static constexpr char32_t kPlane = 0x10000;

  struct Cell {
    std::uint32_t base = 0;        // with kEndsHere where a key ends in this node
    std::uint32_t check = kNobody;
  };

  friend class TrieBuilder;

  std::uint32_t code_of(char32_t c) const { return c < kPlane ? codes_[c] : rare_code_of(c); }
  std::uint32_t rare_code_of(char32_t c) const;

  bool may_start(std::uint32_t first, std::uint32_t second) const {
    const std::size_t bit = std::size_t{first & (kFilterSide - 1)} * filter_row_ + (second & (kFilterSide - 1));
    return (filter_[bit / 64] >> (bit % 64) & 1) != 0;
  }

  template <class Sink>
  void walk(std::u32string_view text, std::uint32_t begin, std::uint32_t code, Sink& hit) const {
    std::uint32_t node = kRoot;
    bool parted = true;
    for (std::uint32_t i = begin;;) {
      if (code != kSeparator) {
        const std::uint32_t child = (cells_[node].base & ~kEndsHere) + code;
        if (cells_[child].check != node) return;
        node = child;
        parted = false;
        if (cells_[node].base & kEndsHere) hit(Hit{begin, i + 1, cells_[(cells_[node].base & ~kEndsHere) + kKeyEnd].base});
      } else if (parted) {
        return;
      } else {
        parted = true;
      }
      if (++i >= text.size()) return;
      code = code_of(text[i]);
    }
  }

  std::vector<std::uint16_t> codes_ = std::vector<std::uint16_t>(kPlane);
  std::vector<std::pair<char32_t, std::uint16_t>> rare_codes_;  // beyond the basic plane, sorted
  std::size_t filter_row_ = 0;                                  // bits
  std::vector<std::uint64_t> filter_;
  std::vector<Cell> cells_;
  std::size_t keys_ = 0;
};

}  // namespace bylined::match
