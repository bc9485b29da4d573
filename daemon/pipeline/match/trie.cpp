// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/trie.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <numeric>
#include <unordered_map>

namespace bylined::match {

// Lays the sorted keys out breadth first, so that the crowded nodes near the root find room first and
// the long single lines fill the holes they left.
class TrieBuilder {
 public:
  explicit TrieBuilder(Trie& trie) : trie_(trie) {}

  void run(const std::vector<Trie::Key>& keys, std::vector<std::uint32_t>& places) {
    number_letters(keys);
    encode(keys);
    sort();
    number(keys, places);
    lay_out();
    make_filters(keys);
  }

 private:
  // Keys [first, last) of the sorted, distinct keys share `depth` letters and the node.
  struct Range {
    std::uint32_t node = 0;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::uint32_t depth = 0;
  };

  // Frequent letters get small codes, so that nodes stay compact and the filter's hot rows lie together.
  void number_letters(const std::vector<Trie::Key>& keys) {
    std::vector<std::uint32_t> plane(Trie::kPlane, 0);
    std::unordered_map<char32_t, std::uint32_t> rare;
    for (const auto& key : keys) {
      for (const char32_t c : key.letters) c < plane.size() ? ++plane[c] : ++rare[c];
    }
    std::vector<std::pair<std::uint32_t, char32_t>> counts;
    for (char32_t c = 0; c < plane.size(); ++c) {
      if (plane[c] != 0) counts.emplace_back(plane[c], c);
    }
    for (const auto& [c, count] : rare) counts.emplace_back(count, c);
    std::sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    letters_ = Trie::kFirstLetter;
    for (const auto& [count, c] : counts) {
      const auto code = static_cast<std::uint16_t>(letters_++);
      c < plane.size() ? void(trie_.codes_[c] = code) : void(trie_.rare_codes_.emplace_back(c, code));
    }
    assert(letters_ <= 0x10000);
    std::sort(trie_.rare_codes_.begin(), trie_.rare_codes_.end());
    for (const char32_t c : {U' ', U'\n', U'-', U'\u00B7'}) trie_.codes_[c] = Trie::kSeparator;
  }

  void encode(const std::vector<Trie::Key>& keys) {
    starts_.reserve(keys.size() + 1);
    starts_.push_back(0);
    for (const auto& key : keys) {
      for (const char32_t c : key.letters) pool_.push_back(static_cast<std::uint16_t>(trie_.code_of(c)));
      starts_.push_back(static_cast<std::uint32_t>(pool_.size()));
    }
  }

  std::uint32_t length(std::uint32_t key) const { return starts_[key + 1] - starts_[key]; }
  const std::uint16_t* codes(std::uint32_t key) const { return pool_.data() + starts_[key]; }

  int compare(std::uint32_t a, std::uint32_t b) const {
    const std::uint32_t common = std::min(length(a), length(b));
    for (std::uint32_t i = 0; i < common; ++i) {
      const int difference = int{codes(a)[i]} - int{codes(b)[i]};
      if (difference != 0) return difference;
    }
    return static_cast<int>(length(a)) - static_cast<int>(length(b));
  }

  void sort() {
    order_.resize(starts_.size() - 1);
    std::iota(order_.begin(), order_.end(), 0U);
    std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) { return compare(a, b) < 0; });
    for (std::uint32_t i = 0; i < order_.size(); ++i) {
      if (i == 0 || compare(order_[i - 1], order_[i]) != 0) distinct_.push_back(i);
    }
    distinct_.push_back(static_cast<std::uint32_t>(order_.size()));
  }

  // Keys that count anywhere come first.
  void number(const std::vector<Trie::Key>& keys, std::vector<std::uint32_t>& places) {
    const std::size_t count = distinct_.size() - 1;
    numbers_.resize(count);
    places.assign(keys.size(), 0);
    std::uint32_t next = 0;
    for (const bool anywhere : {true, false}) {
      for (std::size_t i = 0; i < count; ++i) {
        const auto first = order_.begin() + distinct_[i];
        const auto last = order_.begin() + distinct_[i + 1];
        if (std::any_of(first, last, [&](std::uint32_t key) { return keys[key].anywhere; }) != anywhere) continue;
        std::sort(first, last);
        numbers_[i] = next;
        for (auto key = first; key != last; ++key) places[*key] = next++;
      }
      if (anywhere) trie_.anywhere_ = next;
    }
    for (std::size_t i = 0; i < count; ++i) distinct_[i] = order_[distinct_[i]];
    distinct_.pop_back();
  }

  void lay_out() {
    take(Trie::kRoot, Trie::kNobody);  // nobody's child: an unknown letter, whose code is 0, must not lead back to it
    std::vector<Range> queue{{Trie::kRoot, 0, static_cast<std::uint32_t>(distinct_.size()), 0}};
    for (std::size_t i = 0; i < queue.size(); ++i) {
      const Range range = queue[i];
      if (range.last - range.first == 1 && range.depth > 0) {
        trie_.cells_[range.node].base = Trie::kLeaf | add_tail(range);
        continue;
      }
      children(range);
      const std::uint32_t base = place();
      trie_.cells_[range.node].base = base | (range.depth > 0 && edges_.front() == Trie::kKeyEnd ? Trie::kEndsHere : 0);
      for (std::size_t edge = 0; edge < edges_.size(); ++edge) {
        const std::uint32_t child = base + edges_[edge];
        take(child, range.node);
        if (edges_[edge] == Trie::kKeyEnd) trie_.cells_[child].base = numbers_[bounds_[edge]];
        else queue.push_back({child, bounds_[edge], bounds_[edge + 1], range.depth + 1});
      }
      if (i >= kForgetAfter) {
        queue.erase(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        i = static_cast<std::size_t>(-1);
      }
    }
    // Every node may be asked for every letter: no check of bounds is needed if the last base has room.
    trie_.cells_.resize(used_ + letters_);
    trie_.cells_.shrink_to_fit();
    trie_.tails_.shrink_to_fit();
  }

  std::uint32_t add_tail(const Range& range) {
    auto& tails = trie_.tails_;
    const std::size_t place = tails.size();
    assert(place < Trie::kLeaf);
    const std::uint32_t key = distinct_[range.first];
    tails.push_back(static_cast<std::uint16_t>(numbers_[range.first]));
    tails.push_back(static_cast<std::uint16_t>(numbers_[range.first] >> 16));
    tails.push_back(static_cast<std::uint16_t>(length(key) - range.depth));
    tails.insert(tails.end(), codes(key) + range.depth, codes(key) + length(key));
    return static_cast<std::uint32_t>(place);
  }

  // Fills edges_ with the codes that follow, and bounds_ with where their keys begin (and the end).
  void children(const Range& range) {
    edges_.clear();
    bounds_.clear();
    for (std::uint32_t i = range.first; i < range.last; ++i) {
      const std::uint32_t key = distinct_[i];
      const std::uint32_t code = range.depth == length(key) ? Trie::kKeyEnd : codes(key)[range.depth];
      if (!edges_.empty() && edges_.back() == code) continue;
      edges_.push_back(code);
      bounds_.push_back(i);
    }
    bounds_.push_back(range.last);
  }

  // The lowest base near the end of what is laid out where all edges find free cells; 64 bases are tried at once.
  std::uint32_t place() {
    if (edges_.size() == 1) return place_one();
    const std::size_t from = used_ > kReach ? (used_ - kReach) / 64 * 64 : 0;
    for (std::size_t base = from; base < used_; base += 64) {
      std::uint64_t taken = 0;
      for (const std::uint32_t edge : edges_) {
        taken |= cells_taken(base + edge);
        if (taken == ~std::uint64_t{0}) break;
      }
      if (taken != ~std::uint64_t{0}) return static_cast<std::uint32_t>(base + static_cast<std::size_t>(std::countr_one(taken)));
    }
    return static_cast<std::uint32_t>(used_);
  }

  std::uint32_t place_one() {
    // Holes below the number of letters stay: a base must not be negative.
    std::size_t word = std::max<std::size_t>(first_hole_ / 64, letters_ / 64 + 1);
    while (word < taken_.size() && taken_[word] == ~std::uint64_t{0}) ++word;
    first_hole_ = word * 64;
    const std::size_t slot = word < taken_.size() ? word * 64 + static_cast<std::size_t>(std::countr_one(taken_[word])) : first_hole_;
    return static_cast<std::uint32_t>(slot - edges_.front());
  }

  // Bit i: cell `from` + i is taken.
  std::uint64_t cells_taken(std::size_t from) const {
    const std::size_t word = from / 64;
    const std::size_t shift = from % 64;
    if (word >= taken_.size()) return 0;
    const std::uint64_t low = taken_[word] >> shift;
    const std::uint64_t high = shift > 0 && word + 1 < taken_.size() ? taken_[word + 1] << (64 - shift) : 0;
    return low | high;
  }

  void take(std::uint32_t slot, std::uint32_t parent) {
    if (slot >= trie_.cells_.size()) trie_.cells_.resize(std::max<std::size_t>(slot + 1, trie_.cells_.size() * 5 / 4));
    if (slot / 64 >= taken_.size()) taken_.resize(slot / 64 + 1);
    assert(trie_.cells_[slot].check == Trie::kNobody);
    trie_.cells_[slot].check = parent;
    taken_[slot / 64] |= std::uint64_t{1} << (slot % 64);
    used_ = std::max<std::size_t>(used_, std::size_t{slot} + 1);
  }

  void make_filters(const std::vector<Trie::Key>& keys) {
    const std::size_t side = std::min<std::size_t>(std::bit_ceil(letters_), Trie::kFilterSide);
    trie_.filter_shift_ = static_cast<unsigned>(std::countr_zero(side));
    trie_.pairs_.assign(std::max<std::size_t>(side * side / 64, 1), 0);
    trie_.ends_ = trie_.pairs_;
    const std::size_t words = std::max<std::size_t>(std::bit_ceil(distinct_.size()) * kTripleBits / 64, 2);
    trie_.triples_shift_ = 64 - static_cast<unsigned>(std::countr_zero(words));
    trie_.triples_.assign(words, 0);
    trie_.crowded_ = distinct_.size() > kCrowd;
    for (std::uint32_t key = 0; key < keys.size(); ++key) {
      trie_.longest_ = std::max<std::size_t>(trie_.longest_, length(key));
      const std::uint32_t first = codes(key)[0];
      if (keys[key].parts_early) allow(trie_.pairs_, first, Trie::kSeparator);
      if (length(key) > 1) allow(trie_.pairs_, first, codes(key)[1]);
      if (length(key) == 2) allow(trie_.ends_, first, codes(key)[1]);
      if (length(key) > 2) allow_triple(key);
      for (std::uint32_t any = 0; length(key) == 1 && any < side; ++any) {
        allow(trie_.pairs_, first, any);
        allow(trie_.ends_, first, any);
      }
    }
  }

  void allow_triple(std::uint32_t key) {
    const std::size_t pair = Trie::pair(codes(key)[0], codes(key)[1], trie_.filter_shift_);
    const std::uint64_t hash = trie_.triple_hash(pair, codes(key)[2]);
    trie_.triples_[trie_.triple_word(hash)] |= trie_.triple_bits(hash);
  }

  void allow(std::vector<std::uint64_t>& bits, std::uint32_t first, std::uint32_t second) const {
    const std::size_t at = Trie::pair(first, second, trie_.filter_shift_);
    bits[at / 64] |= std::uint64_t{1} << (at % 64);
  }

  static constexpr std::size_t kTripleBits = 8;         // a key: more would let fewer pass in vain, and no longer fit a near cache
  static constexpr std::size_t kReach = 1 << 15;        // cells back from the end in which holes are looked for
  static constexpr std::size_t kCrowd = 20'000;           // keys, from which on most pairs of a text begin one
  static constexpr std::size_t kForgetAfter = 1 << 16;  // ranges done are let go of in lots

  Trie& trie_;
  std::uint32_t letters_ = 0;            // codes in use are below
  std::vector<std::uint16_t> pool_;      // all keys' codes
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> order_;     // keys, sorted
  std::vector<std::uint32_t> distinct_;  // one of each, sorted
  std::vector<std::uint32_t> numbers_;   // what each of distinct_ is called
  std::vector<std::uint32_t> edges_;
  std::vector<std::uint32_t> bounds_;
  std::vector<std::uint64_t> taken_;     // a bit a cell
  std::size_t first_hole_ = 0;
  std::size_t used_ = 0;
};

Trie Trie::build(const std::vector<Key>& keys, std::vector<std::uint32_t>& places) {
  Trie trie;
  TrieBuilder(trie).run(keys, places);
  return trie;
}

std::uint32_t Trie::rare_code_of(char32_t c) const {
  const auto found = std::lower_bound(rare_codes_.begin(), rare_codes_.end(), std::pair<char32_t, std::uint16_t>(c, 0));
  return found != rare_codes_.end() && found->first == c ? found->second : kUnknown;
}

std::size_t Trie::bytes() const {
  return sizeof *this + codes_.size() * sizeof codes_[0] + rare_codes_.size() * sizeof rare_codes_[0] + (pairs_.size() + ends_.size() + triples_.size()) * sizeof pairs_[0] + cells_.capacity() * sizeof(Cell) + tails_.capacity() * sizeof tails_[0];
}

}  // namespace bylined::match
