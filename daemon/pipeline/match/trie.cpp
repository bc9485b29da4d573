// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/trie.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <unordered_map>

namespace bylined::match {
namespace {

constexpr int kTriesForAPlace = 24;  // then the node goes to the end: time before space

}  // namespace

// Lays the sorted keys out breadth first, so that the crowded nodes near the root find room first and
// the long single lines fill the holes they left.
class TrieBuilder {
 public:
  explicit TrieBuilder(Trie& trie) : trie_(trie) {}

  void run(const std::vector<std::u32string_view>& keys, std::vector<std::uint32_t>& key_of) {
    number_letters(keys);
    encode(keys);
    sort(key_of);
    lay_out();
    make_filter();
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
  void number_letters(const std::vector<std::u32string_view>& keys) {
    std::vector<std::uint32_t> plane(Trie::kPlane, 0);
    std::unordered_map<char32_t, std::uint32_t> rare;
    for (const auto& key : keys) {
      for (const char32_t c : key) c < plane.size() ? ++plane[c] : ++rare[c];
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

  void encode(const std::vector<std::u32string_view>& keys) {
    starts_.reserve(keys.size() + 1);
    starts_.push_back(0);
    for (const auto& key : keys) {
      for (const char32_t c : key) pool_.push_back(static_cast<std::uint16_t>(trie_.code_of(c)));
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

  void sort(std::vector<std::uint32_t>& key_of) {
    std::vector<std::uint32_t> order(starts_.size() - 1);
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return compare(a, b) < 0; });
    key_of.assign(order.size(), 0);
    for (const std::uint32_t key : order) {
      if (distinct_.empty() || compare(distinct_.back(), key) != 0) distinct_.push_back(key);
      key_of[key] = static_cast<std::uint32_t>(distinct_.size() - 1);
    }
    trie_.keys_ = distinct_.size();
  }

  void lay_out() {
    grow(letters_ + 1);
    take(Trie::kRoot, Trie::kRoot);
    std::vector<Range> queue{{Trie::kRoot, 0, static_cast<std::uint32_t>(distinct_.size()), 0}};
    for (std::size_t i = 0; i < queue.size(); ++i) {
      const Range range = queue[i];
      children(range);
      const std::uint32_t base = place();
      trie_.cells_[range.node].base = base | (range.depth > 0 && edges_.front() == Trie::kKeyEnd ? Trie::kEndsHere : 0);
      for (std::size_t edge = 0; edge < edges_.size(); ++edge) {
        const std::uint32_t child = base + edges_[edge];
        take(child, range.node);
        if (edges_[edge] == Trie::kKeyEnd) trie_.cells_[child].base = bounds_[edge];
        else queue.push_back({child, bounds_[edge], bounds_[edge + 1], range.depth + 1});
      }
      if (i == kForgetAfter) {
        queue.erase(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        i = static_cast<std::size_t>(-1);
      }
    }
    // Every node may be asked for every letter: no check of bounds is needed if the last base has room.
    trie_.cells_.resize(used_ + letters_);
    trie_.cells_.shrink_to_fit();
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

  std::uint32_t place() {
    int tries = 0;
    for (std::uint32_t slot = next_free_[kHead]; slot != kTail && tries < kTriesForAPlace; slot = next_free_[slot + 1]) {
      if (slot <= edges_.front()) continue;
      const std::uint32_t base = slot - edges_.front();
      if (fits(base)) return base;
      ++tries;
    }
    return static_cast<std::uint32_t>(trie_.cells_.size());
  }

  bool fits(std::uint32_t base) const {
    for (const std::uint32_t edge : edges_) {
      const std::size_t slot = std::size_t{base} + edge;
      if (slot < trie_.cells_.size() && trie_.cells_[slot].check != Trie::kNobody) return false;
    }
    return true;
  }

  void grow(std::size_t size) {
    std::size_t from = trie_.cells_.size();
    if (size <= from) return;
    trie_.cells_.resize(size);
    next_free_.resize(size + 1);
    previous_free_.resize(size + 1);
    if (from == 0) last_free_ = kHead;
    for (; from < size; ++from) {
      next_free_[last_free_] = static_cast<std::uint32_t>(from);
      previous_free_[from + 1] = last_free_;
      next_free_[from + 1] = kTail;
      last_free_ = static_cast<std::uint32_t>(from + 1);
    }
  }

  // The list of free cells: entry 0 is its head, entry i + 1 belongs to cell i.
  void take(std::uint32_t slot, std::uint32_t parent) {
    grow(std::size_t{slot} + 1);
    trie_.cells_[slot].check = parent;
    used_ = std::max<std::size_t>(used_, std::size_t{slot} + 1);
    const std::uint32_t next = next_free_[slot + 1];
    const std::uint32_t previous = previous_free_[slot + 1];
    next_free_[previous] = next;
    if (next == kTail) last_free_ = previous;
    else previous_free_[next + 1] = previous;
  }

  void make_filter() {
    const std::size_t side = std::min<std::size_t>(letters_, Trie::kFilterSide);
    trie_.filter_row_ = (side + 63) / 64 * 64;
    trie_.filter_.assign(side * trie_.filter_row_ / 64, 0);
    for (const std::uint32_t key : distinct_) {
      const std::uint32_t first = codes(key)[0];
      allow(first, Trie::kSeparator);
      if (length(key) > 1) allow(first, codes(key)[1]);
      for (std::uint32_t any = 0; length(key) == 1 && any < side; ++any) allow(first, any);
    }
  }

  void allow(std::uint32_t first, std::uint32_t second) {
    const std::size_t bit = std::size_t{first & (Trie::kFilterSide - 1)} * trie_.filter_row_ + (second & (Trie::kFilterSide - 1));
    trie_.filter_[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }

  static constexpr std::uint32_t kHead = 0;
  static constexpr std::uint32_t kTail = 0xFFFFFFFF;
  static constexpr std::size_t kForgetAfter = 1 << 16;  // ranges done are let go of in lots

  Trie& trie_;
  std::uint32_t letters_ = 0;            // codes in use are below
  std::vector<std::uint16_t> pool_;      // all keys' codes
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> distinct_;  // sorted
  std::vector<std::uint32_t> edges_;
  std::vector<std::uint32_t> bounds_;
  std::vector<std::uint32_t> next_free_;
  std::vector<std::uint32_t> previous_free_;
  std::uint32_t last_free_ = 0;
  std::size_t used_ = 0;
};

Trie Trie::build(const std::vector<std::u32string_view>& keys, std::vector<std::uint32_t>& key_of) {
  Trie trie;
  TrieBuilder(trie).run(keys, key_of);
  return trie;
}

std::uint32_t Trie::rare_code_of(char32_t c) const {
  const auto found = std::lower_bound(rare_codes_.begin(), rare_codes_.end(), std::pair<char32_t, std::uint16_t>(c, 0));
  return found != rare_codes_.end() && found->first == c ? found->second : kUnknown;
}

std::size_t Trie::bytes() const {
  return sizeof *this + codes_.size() * sizeof codes_[0] + rare_codes_.size() * sizeof rare_codes_[0] + filter_.size() * sizeof filter_[0] + cells_.size() * sizeof(Cell);
}

}  // namespace bylined::match
