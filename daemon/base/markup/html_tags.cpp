// SPDX-License-Identifier: Apache-2.0
#include "base/markup/html_tags.h"

#include <array>
#include <iterator>

namespace bylined::markup {
namespace {

constexpr std::string_view kNames[] = {
    "",
    "",
#define TAG(tag, name, traits) name,
#include "base/markup/html_tags.inc"
#undef TAG
};

constexpr std::size_t kSlots = 1024;

constexpr std::size_t slot_of(std::string_view name) {
  std::uint32_t hash = 2166136261u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return (hash ^ (hash >> 13)) % kSlots;
}

// Open addressing; 0 is free.
constexpr std::array<std::uint8_t, kSlots> make_index() {
  std::array<std::uint8_t, kSlots> index{};
  for (std::size_t row = 2; row < std::size(kNames); ++row) {
    std::size_t slot = slot_of(kNames[row]);
    while (index[slot] != 0) slot = (slot + 1) % kSlots;
    index[slot] = static_cast<std::uint8_t>(row);
  }
  return index;
}

constexpr auto kIndex = make_index();
static_assert(std::size(kNames) < 256);

}  // namespace

Tag tag_of(std::string_view lower_name) {
  for (std::size_t slot = slot_of(lower_name); kIndex[slot] != 0; slot = (slot + 1) % kSlots) {
    if (kNames[kIndex[slot]] == lower_name) return static_cast<Tag>(kIndex[slot]);
  }
  return Tag::kOther;
}

std::string_view tag_name(Tag tag) { return kNames[static_cast<std::size_t>(tag)]; }

}  // namespace bylined::markup
