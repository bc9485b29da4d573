// SPDX-License-Identifier: Apache-2.0
// How long what others write may be where it is taken over: of an item that a listing shows, and of an article's fields but
// its text, which has its own limit. Pure. Private to pipeline/*.cpp.
#pragma once

#include <cstddef>

#include "model/article.h"
#include "model/listing.h"

namespace bylined::pipeline {

struct Bounds {
  std::size_t title = 1'000;      // characters
  std::size_t summary = 20'000;
  std::size_t name = 100;         // an author
  std::size_t authors = 20;
  std::size_t words = 300;        // an outlet, a section, a byline, a date as it is printed
  std::size_t caption = 2'000;
  std::size_t captions = 100;
  std::size_t address = 8u << 10; // bytes
};

// What met a bound.
struct Bounded {
  std::size_t texts = 0;      // cut
  std::size_t addresses = 0;  // left out, an item with its address
};

Bounded keep_within(model::Listing& listing, const Bounds& bounds = Bounds());
Bounded keep_within(model::Content& content, const Bounds& bounds = Bounds());

}  // namespace bylined::pipeline
