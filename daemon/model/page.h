// SPDX-License-Identifier: Apache-2.0
// The bytes that a server answered with, content encoding undone, charset as sent. What adapters and
// the article reader take.
#pragma once

#include <string>

#include "base/time.h"

namespace bylined::model {

struct Page {
  std::string url;           // after redirects
  std::string content_type;  // the header's value, or empty
  std::string bytes;
  Instant fetched_at;        // our clock
  bool end_told = true;      // whoever sent it said where it ends; else a connection that broke looks like the end (RFC 9112, 6.3)
};

}  // namespace bylined::model
