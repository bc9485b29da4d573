// SPDX-License-Identifier: Apache-2.0
// What a short line is for, by the words it begins with or holds: "Read also", "사진", "Newsletter". A table of many
// languages (phrases.inc); what it weighs is learned elsewhere.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bylined::article {

enum class Purpose : std::uint8_t {
#define PHRASES(purpose, name, phrases) k##purpose,
#include "pipeline/article/body/phrases.inc"
#undef PHRASES
  kCount,
};
inline constexpr std::size_t kPurposes = static_cast<std::size_t>(Purpose::kCount);
std::string_view purpose_name(Purpose purpose);

// Bit i stands for purpose i.
struct Purposes {
  std::uint32_t at_start = 0;
  std::uint32_t anywhere = 0;
};

// Looks at the first words of a text only.
Purposes purposes_of(std::string_view text);

}  // namespace bylined::article
