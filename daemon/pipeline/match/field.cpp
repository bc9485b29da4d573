// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/field.h"

#include <bit>
#include <cstring>

namespace bylined::match {
namespace {

constexpr std::size_t kWord = 8;

bool leads(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

constexpr std::uint64_t kOnes = 0x0101010101010101;

// A bit for each of eight bytes that begins a code point.
std::uint64_t leads_of(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return (~(word >> 7) | (word >> 6)) & kOnes;
}

std::uint32_t sum_of_bytes(std::uint64_t word) { return static_cast<std::uint32_t>((word * kOnes) >> 56); }

std::uint32_t leads_in_word(const char* at) { return sum_of_bytes(leads_of(at)); }
std::uint32_t leads_in_four_words(const char* at) {
  return sum_of_bytes(leads_of(at) + leads_of(at + kWord) + leads_of(at + 2 * kWord) + leads_of(at + 3 * kWord));
}

// The byte that has `skipped` bits before its own.
std::size_t place_of_bit(std::uint64_t bits, std::size_t skipped) {
  static_assert(std::endian::native == std::endian::little);
  for (; skipped > 0; --skipped) bits &= bits - 1;
  return static_cast<std::size_t>(std::countr_zero(bits)) / 8;
}

}  // namespace

std::string_view Utf8Places::slice(std::size_t start, std::size_t end) {
  const std::size_t from = byte_of(start);
  return utf8_.substr(from, byte_of(end) - from);
}

std::size_t Utf8Places::byte_of(std::size_t code_point) {
  while (before_ > code_point) {
    byte_ -= kWord;
    before_ -= leads_in_word(utf8_.data() + byte_);
  }
  for (; byte_ + 4 * kWord <= utf8_.size(); byte_ += 4 * kWord) {
    const std::uint32_t leading = leads_in_four_words(utf8_.data() + byte_);
    if (before_ + leading > code_point) break;
    before_ += leading;
  }
  for (; byte_ + kWord <= utf8_.size(); byte_ += kWord) {
    const std::uint32_t leading = leads_in_word(utf8_.data() + byte_);
    if (before_ + leading > code_point) break;
    before_ += leading;
  }
  std::size_t left = code_point - before_;
  if (byte_ + kWord <= utf8_.size()) return byte_ + place_of_bit(leads_of(utf8_.data() + byte_), left);
  for (std::size_t i = byte_; i < utf8_.size(); ++i) {
    if (leads(utf8_[i]) && left-- == 0) return i;
  }
  return utf8_.size();
}

}  // namespace bylined::match
