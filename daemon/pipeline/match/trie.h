// SPDX-License-Identifier: Apache-2.0
// All writings of all names in one double array over code points, behind filters of first pairs and triples.
// Finds every occurrence, chunk by chunk: letters to codes, codes to candidates without a branch that depends on
// the text, candidates to occurrences. What an occurrence means is for others to say.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
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
    if (text.empty() || longest_ == 0) return;
    const std::size_t chunk = std::min(text.size(), std::max(kChunk, 8 * longest_));
    Window window(std::min(text.size(), chunk + longest_));
    for (std::size_t begin = 0; begin < text.size(); begin += chunk) {
      encode(text, begin, std::min(begin + chunk, text.size()), window);
      filter_by_triples(window);
      walk_all(window, hit);
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
  static constexpr std::size_t kChunk = 1024;    // letters at a time, so that their codes stay in the nearest cache
  static constexpr std::size_t kBatch = 32;      // walks that wait for memory together
  static constexpr std::size_t kPrefetched = 3;  // letters of each
  static constexpr char32_t kPlane = 0x10000;

  struct Cell {
    std::uint32_t base = 0;
    std::uint32_t check = kNobody;
  };

  friend class TrieBuilder;

  std::uint32_t code_of(char32_t c) const { return c < kPlane ? codes_.data()[c] : rare_code_of(c); }
  std::uint32_t rare_code_of(char32_t c) const;

  static std::size_t pair(std::uint32_t first, std::uint32_t second, unsigned shift) {
    return std::size_t{first & (kFilterSide - 1)} << shift | (second & (kFilterSide - 1));
  }

  std::uint64_t triple_hash(std::size_t pair, std::uint32_t third) const { return (pair << 16 | third) * 0x9E3779B97F4A7C15U; }
  std::size_t triple_word(std::uint64_t hash) const { return hash >> triples_shift_; }
  // Two bits of that word, chosen by the twelve bits of the hash below those that chose the word.
  std::uint64_t triple_bits(std::uint64_t hash) const {
    return std::uint64_t{1} << (hash >> (triples_shift_ - 6) & 63) | std::uint64_t{1} << (hash >> (triples_shift_ - 12) & 63);
  }

  static bool bit(const std::uint64_t* bits, std::size_t i) { return (bits[i / 64] >> (i % 64) & 1) != 0; }

  // A chunk of a text as codes, and behind it what a key that begins in it may reach. A separator that a key may
  // have between its letters is left out; of a run of them all but the first stay, so that nothing goes on over it.
  struct Window {
    explicit Window(std::size_t size)
        : codes(std::make_unique_for_overwrite<std::uint16_t[]>(size + 2)),
          positions(std::make_unique_for_overwrite<std::uint32_t[]>(size + 2)),
          candidates(std::make_unique_for_overwrite<std::uint32_t[]>(size + 2)) {}

    std::unique_ptr<std::uint16_t[]> codes;       // kUnknown, twice, behind the last
    std::unique_ptr<std::uint32_t[]> positions;   // of the codes in the text
    std::unique_ptr<std::uint32_t[]> candidates;  // the codes with which a key may begin
    std::size_t candidate_count = 0;
  };

  // Fills a window. What may be appended is always written, and counted only if it is wanted: a branch would be
  // mispredicted too often. No part of the window, so that its members stay in registers.
  struct Writer {
    void put(std::uint32_t code, std::size_t position) {
      const bool letter = code != kSeparator;
      codes[size] = static_cast<std::uint16_t>(code);
      positions[size] = static_cast<std::uint32_t>(position);
      size += static_cast<std::size_t>(letter | parted);
      parted = !letter;
    }
    // Before the code itself is put.
    void put_candidate(bool wanted) {
      candidates[candidate_count] = static_cast<std::uint32_t>(size);
      candidate_count += static_cast<std::size_t>(wanted);
    }

    std::uint16_t* codes;
    std::uint32_t* positions;
    std::uint32_t* candidates;
    std::size_t size = 0;
    std::size_t candidate_count = 0;
    bool parted = false;
  };

  // Candidates are the letters of [begin, end) that may begin a key before what follows in the text, be it a separator.
  void encode(std::u32string_view text, std::size_t begin, std::size_t end, Window& window) const {
    Writer writer{window.codes.get(), window.positions.get(), window.candidates.get()};
    // Copies of members: the compiler cannot know that writing to the window changes none of them.
    const std::uint16_t* const codes = codes_.data();
    const std::uint64_t* const pairs = pairs_.data();
    const unsigned shift = filter_shift_;
    std::uint32_t code = code_of(text[begin]);
    std::size_t i = begin;
    for (const std::size_t last = std::min(end, text.size() - 1); i < last; ++i) {
      const char32_t c = text[i + 1];
      const std::uint32_t next = c < kPlane ? codes[c] : rare_code_of(c);
      writer.put_candidate(bit(pairs, pair(code, next, shift)) & (code != kSeparator));
      writer.put(code, i);
      code = next;
    }
    if (i < end) {
      writer.put_candidate(bit(pairs, pair(code, kUnknown, shift)) & (code != kSeparator));
      writer.put(code, i++);
    }
    for (const std::size_t size = writer.size + longest_; i < text.size() && writer.size < size; ++i) writer.put(code_of(text[i]), i);
    writer.codes[writer.size] = writer.codes[writer.size + 1] = kUnknown;
    window.candidate_count = writer.candidate_count;
  }

  void filter_by_triples(Window& window) const {
    const std::uint16_t* const codes = window.codes.get();
    std::uint32_t* const candidates = window.candidates.get();
    std::size_t count = 0;
    for (std::size_t one = 0; one < window.candidate_count; ++one) {
      const std::uint32_t i = candidates[one];
      const std::size_t at = pair(codes[i], codes[i + 1], filter_shift_);
      const std::uint64_t hash = triple_hash(at, codes[i + 2]);
      const std::uint64_t bits = triple_bits(hash);
      const bool known = (triples_.data()[triple_word(hash)] & bits) == bits;
      candidates[count] = i;
      count += static_cast<std::size_t>(known | bit(ends_.data(), at));
    }
    window.candidate_count = count;
  }

  template <class Sink>
  void walk_all(const Window& window, Sink& hit) const {
    for (std::size_t begin = 0; begin < window.candidate_count; begin += kBatch) {
      const std::size_t end = std::min(begin + kBatch, window.candidate_count);
      if (crowded_) prefetch(window, begin, end);
      for (std::size_t one = begin; one < end; ++one) walk(window, window.candidates[one], hit);
    }
  }

  // Of many keys nearly every step of a walk waits for memory: the first steps of a batch are taken side by side.
  void prefetch(const Window& window, std::size_t begin, std::size_t end) const {
    std::array<std::uint32_t, kBatch> nodes{};  // all kRoot
    for (std::size_t letter = 0; letter < kPrefetched; ++letter) {
      for (std::size_t one = begin; one < end; ++one) {
        const std::uint16_t* const code = window.codes.get() + window.candidates[one] + letter;
        std::uint32_t& node = nodes[one - begin];
        if (letter > 0) node = child_or_same(node, code[-1]);
        const std::uint32_t base = cells_.data()[node].base;
        if (base & kLeaf) __builtin_prefetch(tails_.data() + (base & kPlace));
        else __builtin_prefetch(cells_.data() + (base & kPlace) + *code);
      }
    }
  }

  // The same node where the letter leads nowhere.
  std::uint32_t child_or_same(std::uint32_t node, std::uint32_t code) const {
    const std::uint32_t base = cells_.data()[node].base;
    const std::uint32_t child = base & kLeaf ? node : (base & kPlace) + code;
    return cells_.data()[child].check == node ? child : node;
  }

  template <class Sink>
  void walk(const Window& window, std::size_t begin, Sink& hit) const {
    const Cell* const cells = cells_.data();
    std::uint32_t node = kRoot;
    for (std::size_t i = begin;; ++i) {
      const std::uint32_t child = (cells[node].base & kPlace) + window.codes[i];
      if (cells[child].check != node) return;
      node = child;
      const std::uint32_t base = cells[node].base;
      if (base & kLeaf) return compare(window, begin, i + 1, base & kPlace, hit);
      if (base & kEndsHere) hit(Hit{window.positions[begin], window.positions[i] + 1, cells[(base & kPlace) + kKeyEnd].base});
    }
  }

  // The rest of the only key that begins so, letter by letter.
  template <class Sink>
  void compare(const Window& window, std::size_t begin, std::size_t i, std::uint32_t tail, Sink& hit) const {
    const std::uint16_t* const at = tails_.data() + tail;
    const std::uint16_t* const rest = at + 3;
    const std::size_t length = at[2];
    for (std::size_t k = 0; k < length; ++k) {
      if (window.codes[i + k] != rest[k]) return;
    }
    hit(Hit{window.positions[begin], window.positions[i + length - 1] + 1, at[0] | std::uint32_t{at[1]} << 16});
  }

  std::vector<std::uint16_t> codes_ = std::vector<std::uint16_t>(kPlane);
  std::vector<std::pair<char32_t, std::uint16_t>> rare_codes_;  // beyond the basic plane, sorted
  unsigned filter_shift_ = 0;                                   // bits of a row, as a power of two
  std::vector<std::uint64_t> pairs_;                            // a bit a pair: a key begins so; exact up to kFilterSide letters
  std::vector<std::uint64_t> ends_;                             // a bit a pair: a key ends so
  bool crowded_ = false;
  unsigned triples_shift_ = 63;
  std::vector<std::uint64_t> triples_;                          // by hash: eight bits a key, two of them set
  std::size_t longest_ = 0;                                     // letters of the longest key
  std::vector<Cell> cells_;
  std::vector<std::uint16_t> tails_;  // a key's place (two units), the length of its rest, its codes
  std::uint32_t anywhere_ = 0;        // keys below count anywhere
};

}  // namespace bylined::match
