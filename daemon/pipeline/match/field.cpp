// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/field.h"

#include <algorithm>
#include <cstring>

namespace bylined::match {
namespace {

constexpr std::size_t kBlock = 64;

bool leads(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

// Code points that begin in eight bytes.
std::uint32_t leads_in_word(const char* at) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  const std::uint64_t continuations = (word >> 7) & ~(word >> 6) & kOnes;
  return 8 - static_cast<std::uint32_t>((continuations * kOnes) >> 56);
}

}  // namespace

std::string_view Utf8Places::slice(std::uint32_t start, std::uint32_t end) {
  if (before_.empty()) count();
  const std::size_t from = byte_of(start);
  if (end - start > kBlock) return utf8_.substr(from, byte_of(end) - from);
  std::size_t to = from;
  for (std::uint32_t left = end - start; left > 0 && to < utf8_.size(); --left) {
    do ++to;
    while (to < utf8_.size() && !leads(utf8_[to]));
  }
  return utf8_.substr(from, to - from);
}

void Utf8Places::count() {
  before_.reserve(utf8_.size() / kBlock + 1);
  std::uint32_t seen = 0;
  for (std::size_t block = 0; block < utf8_.size(); block += kBlock) {
    before_.push_back(seen);
    if (block + kBlock > utf8_.size()) break;
    for (std::size_t i = block; i < block + kBlock; i += 8) seen += leads_in_word(utf8_.data() + i);
  }
}

std::size_t Utf8Places::byte_of(std::uint32_t code_point) const {
  const auto after = std::upper_bound(before_.begin(), before_.end(), code_point);
  if (after == before_.begin()) return 0;
  std::size_t block = static_cast<std::size_t>(after - before_.begin()) - 1;
  std::uint32_t left = code_point - before_[block];
  std::size_t i = block * kBlock;
  for (; i + 8 <= utf8_.size(); i += 8) {
    const std::uint32_t leading = leads_in_word(utf8_.data() + i);
    if (leading > left) break;
    left -= leading;
  }
  for (; i < utf8_.size(); ++i) {
    if (leads(utf8_[i]) && left-- == 0) return i;
  }
  return utf8_.size();
}

}  // namespace bylined::match
