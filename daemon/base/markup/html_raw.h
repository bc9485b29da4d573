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

struct RawNode {
  RawNode* parent = nullptr;
  RawNode* first = nullptr;
  RawNode* last = nullptr;
  RawNode* next = nullptr;
  RawNode* previous = nullptr;
  std::string_view text;  // of a text; the name of an element
  const RawAttribute* attributes = nullptr;
  std::uint32_t index = 0;  // in order of creation, from 0
  std::uint16_t attribute_count = 0;
  Tag tag = Tag::kText;
  bool foreign = false;  // in SVG or MathML
};

}  // namespace bylined::markup
