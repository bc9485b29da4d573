// SPDX-License-Identifier: Apache-2.0
// The tree as it lies in memory: nodes and attributes in blocks, their text in the page itself. Private to
// the parser and to Node.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

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

// Memory that is given back all at once. Nothing in it has a destructor.
class Arena {
 public:
  template <class T>
  T* make(std::size_t count = 1) {
    static_assert(std::is_trivially_destructible_v<T>);
    T* first = static_cast<T*>(take(count * sizeof(T)));
    for (std::size_t i = 0; i < count; ++i) new (first + i) T();
    return first;
  }

 private:
  static constexpr std::size_t kBlock = 64u << 10;

  void* take(std::size_t bytes) {
    bytes = (bytes + 15) & ~std::size_t{15};
    if (bytes > left_) {
      left_ = bytes > kBlock ? bytes : kBlock;
      blocks_.emplace_back(new std::byte[left_]);
      next_ = blocks_.back().get();
    }
    void* taken = next_;
    next_ += bytes;
    left_ -= bytes;
    return taken;
  }

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace bylined::markup
