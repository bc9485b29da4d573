// SPDX-License-Identifier: Apache-2.0
// The tree as it lies in memory: nodes and attributes in blocks, their text in the page itself. Private to
// the parser and to Node, which looks into it without a call.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/markup/html_tags.h"

namespace bylined::markup {

struct RawAttribute {
  std::string_view name;  // lower case
  std::string_view value;
};

// One of 64 bits for a name: of what lacks the bit of a name, the name is none.
inline std::uint64_t sign_of(std::string_view name, unsigned seed) {
  if (name.empty()) return 0;
  const auto byte = [](char c) { return static_cast<unsigned>(static_cast<unsigned char>(c)); };
  return std::uint64_t{1} << ((byte(name.front()) * 5 + byte(name.back()) * 11 + static_cast<unsigned>(name.size()) * 17 + seed) & 63);
}
inline std::uint64_t attribute_sign(std::string_view name) { return sign_of(name, 0); }
inline std::uint64_t class_sign(std::string_view name) { return sign_of(name, 32); }

struct RawNode {
  RawNode* parent = nullptr;
  RawNode* first = nullptr;
  RawNode* last = nullptr;
  RawNode* next = nullptr;
  RawNode* previous = nullptr;
  std::string_view text;  // of a text; the name of an element
  const RawAttribute* attributes = nullptr;
  std::uint64_t signs = 0;  // of its attributes' names and of its classes
  std::uint32_t index = 0;  // in order of creation, from 0
  std::uint16_t attribute_count = 0;
  Tag tag = Tag::kText;
  bool foreign = false;  // in SVG or MathML
};

}  // namespace bylined::markup
