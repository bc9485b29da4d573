// SPDX-License-Identifier: Apache-2.0
// All writings of all names in one double array over code points, behind filters of first pairs and triples.
// Finds every occurrence in one pass; what an occurrence means is for others to say.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/match/letters.h"

namespace bylined::match {

// [begin, end) of the folded text holds the key at place `key`, separators between its letters allowed.
struct Hit {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t key = 0;
};

class Trie {
 public:
  struct Key {
    std::u32string_view letters;  // no separators, not empty; keys may repeat
    bool parts_early = false;     // a text may part it behind its first letter
    bool anywhere = false;        // it counts inside words too
  };

  // Fills `places` with a place for each key: equal keys lie next to each other in the order given, and the
  // first of them is what Hit::key says.
  static Trie build(const std::vector<Key>& keys, std::vector<std::uint32_t>& places);

  // Calls hit(Hit) for every occurrence, ordered by begin, then end.
  template <class Sink>
  void scan(std::u32string_view text, Sink&& hit) const {
    if (text.empty()) return;
    if (crowded_) return scan_crowded(text, hit);
    std::uint32_t first = code_of(text[0]);
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::uint32_t second = code_at(text, i + 1);
      const std::uint64_t kind = kind_of(pair(first, second));
      if (kind != 0 && may_begin(text, i, first, kind)) walk(text, static_cast<std::uint32_t>(i), first, hit);
      first = second;
    }
  }

  // One of the keys at this place counts inside words too.
  bool anywhere(std::uint32_t key) const { return key < anywhere_; }

  std::size_t bytes() const;

 private:
  static constexpr std::uint32_t kUnknown = 0;
  static constexpr std::uint32_t kSeparator = 1;  // in texts and in the filter, never in a key
  static constexpr std::uint32_t kKeyEnd = 2;     // leads to the cell that holds the key's number
  static constexpr std::uint32_t kFirstLetter = 3;
  static constexpr std::uint32_t kEndsHere = 1U << 31;  // in Cell::base: a key ends in this node
  static constexpr std::uint32_t kLeaf = 1U << 30;      // only one key goes on from here: the rest of Cell::base is a place in tails_
  static constexpr std::uint32_t kPlace = kLeaf - 1;
  static constexpr std::uint32_t kNobody = 0xFFFFFFFF;
  static constexpr std::uint32_t kFilterSide = 4096;  // beyond so many letters the filter lets some pairs pass in vain
  static constexpr std::uint32_t kRoot = 0;
  static constexpr std::size_t kLot = 32;
  static constexpr std::uint64_t kBeginsSo = 1;  // of a pair: a key begins so, more follows
  static constexpr std::uint64_t kEndsSo = 2;    // of a pair: a key ends so
  static constexpr char32_t kPlane = 0x10000;

  struct Cell {
    std::uint32_t base = 0;
    std::uint32_t check = kNobody;
  };

  friend class TrieBuilder;

  std::uint32_t code_of(char32_t c) const { return c < kPlane ? codes_.data()[c] : rare_code_of(c); }
  std::uint32_t rare_code_of(char32_t c) const;

  std::size_t pair(std::uint32_t first, std::uint32_t second) const {
    return std::size_t{first & (kFilterSide - 1)} << filter_shift_ | (second & (kFilterSide - 1));
  }

  std::size_t triple(std::size_t pair, std::uint32_t third) const {
    return ((pair << 16 | third) * 0x9E3779B97F4A7C15U) >> triples_shift_;
  }

  static bool bit(const std::vector<std::uint64_t>& bits, std::size_t i) { return (bits.data()[i / 64] >> (i % 64) & 1) != 0; }

  std::uint32_t code_at(std::u32string_view text, std::size_t i) const { return i < text.size() ? code_of(text[i]) : kUnknown; }

  std::uint64_t kind_of(std::size_t pair) const { return pairs_.data()[pair / 32] >> (pair % 32 * 2) & 3; }

  // A place where a key may begin, and the node that its letters have led to so far.
  struct Place {
    std::uint32_t begin = 0;
    std::array<std::uint32_t, 3> codes{};
    std::uint32_t node = kRoot;
  };

  // As scan, where half of all pairs begin a key: the third letter is looked at too before anything is decided, so
  // that the one branch hardly ever goes the other way, and places are walked in lots, because nearly every step
  // of a walk waits for memory.
  template <class Sink>
  void scan_crowded(std::u32string_view text, Sink& hit) const {
    std::array<Place, kLot> lot;
    std::size_t size = 0;
    std::array<std::uint32_t, 3> codes{code_of(text[0]), code_at(text, 1), 0};
    for (std::size_t i = 0; i < text.size(); ++i) {
      codes[2] = code_at(text, i + 2);
      const std::size_t at = pair(codes[0], codes[1]);
      const std::uint64_t kind = kind_of(at);
      const bool parted = codes[1] == kSeparator || codes[2] == kSeparator;
      const std::uint64_t more = std::uint64_t{bit(triples_, triple(at, codes[2]))} | std::uint64_t{parted};
      if (((kind >> 1) | (kind & more)) != 0 && may_begin(text, i, codes[0], kind)) lot[size++] = {static_cast<std::uint32_t>(i), codes, kRoot};
      if (size == kLot) walk_lot(text, lot.data(), std::exchange(size, 0), hit);
      codes = {codes[1], codes[2], 0};
    }
    walk_lot(text, lot.data(), size, hit);
  }

  template <class Sink>
  void walk_lot(std::u32string_view text, Place* lot, std::size_t size, Sink& hit) const {
    for (std::size_t letter = 0; letter < 3; ++letter) {
      for (Place* one = lot; one != lot + size; ++one) ask_for_next(*one, letter);
    }
    for (const Place* one = lot; one != lot + size; ++one) walk(text, one->begin, one->codes[0], hit);
  }

  // Steps over a letter whose node has been asked for, and asks for what the next step will look at.
  void ask_for_next(Place& one, std::size_t letter) const {
    const std::uint32_t base = cells_.data()[one.node].base;
    if (base & kLeaf) return __builtin_prefetch(tails_.data() + (base & kPlace));
    const std::uint32_t child = (base & kPlace) + one.codes[letter];
    __builtin_prefetch(cells_.data() + child);
    one.node = child;
  }

  // False only where no key begins. The pair at i has passed; the second and third letters are looked for
  // behind separators, each at most one.
  bool may_begin(std::u32string_view text, std::size_t i, std::uint32_t first, std::uint64_t kind) const {
    if (kind & kEndsSo) return true;
    std::uint32_t second = code_at(text, ++i);
    if (second == kSeparator) second = code_at(text, ++i);
    const std::size_t at = pair(first, second);
    if (kind_of(at) & kEndsSo) return true;
    std::uint32_t third = code_at(text, ++i);
    if (third == kSeparator) third = code_at(text, ++i);
    return bit(triples_, triple(at, third));
  }

  template <class Sink>
  void walk(std::u32string_view text, std::uint32_t begin, std::uint32_t code, Sink& hit) const {
    const Cell* const cells = cells_.data();
    std::uint32_t node = kRoot;
    bool parted = true;
    for (std::uint32_t i = begin;;) {
      if (code != kSeparator) {
        const std::uint32_t child = (cells[node].base & kPlace) + code;
        if (cells[child].check != node) return;
        node = child;
        parted = false;
        const std::uint32_t base = cells[node].base;
        if (base & kLeaf) return compare(text, begin, i + 1, base & kPlace, hit);
        if (base & kEndsHere) hit(Hit{begin, i + 1, cells[(base & kPlace) + kKeyEnd].base});
      } else if (parted) {
        return;
      } else {
        parted = true;
      }
      if (++i >= text.size()) return;
      code = code_of(text[i]);
    }
  }

  // The rest of the only key that begins so, letter by letter.
  template <class Sink>
  void compare(std::u32string_view text, std::uint32_t begin, std::uint32_t i, std::uint32_t tail, Sink& hit) const {
    const std::uint16_t* at = tails_.data() + tail;
    const std::uint32_t key = at[0] | std::uint32_t{at[1]} << 16;
    const std::uint16_t* const end = at + 3 + at[2];
    bool parted = false;
    for (at += 3; at != end; ++i) {
      if (i >= text.size()) return;
      const std::uint32_t code = code_of(text[i]);
      if (code == *at) {
        ++at;
        parted = false;
      } else if (code != kSeparator || parted) {
        return;
      } else {
        parted = true;
      }
    }
    hit(Hit{begin, i, key});
  }

  std::vector<std::uint16_t> codes_ = std::vector<std::uint16_t>(kPlane);
  std::vector<std::pair<char32_t, std::uint16_t>> rare_codes_;  // beyond the basic plane, sorted
  unsigned filter_shift_ = 0;                                   // bits of a row, as a power of two
  std::vector<std::uint64_t> pairs_;                            // two bits a pair, exact up to kFilterSide letters
  bool crowded_ = false;
  unsigned triples_shift_ = 63;
  std::vector<std::uint64_t> triples_;                          // by hash: eight bits a key
  std::vector<Cell> cells_;
  std::vector<std::uint16_t> tails_;  // a key's place (two units), the length of its rest, its codes
  std::uint32_t anywhere_ = 0;        // keys below count anywhere
};

}  // namespace bylined::match
