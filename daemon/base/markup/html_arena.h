// SPDX-License-Identifier: Apache-2.0
// Where the nodes of one page lie: blocks of memory that are given back all at once. Knows nothing of HTML.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <vector>

namespace bylined::markup {

// Nothing in it has a destructor.
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
