// SPDX-License-Identifier: Apache-2.0
// Header lines as libcurl reads them, all in one piece of memory; what goes out with every request is made once and
// hung behind a request's own. Names and values were judged before.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <curl/curl.h>

namespace bylined::net {

class HeaderLines {
 public:
  void add(std::string_view name, std::string_view value);
  // Libcurl would send it by itself otherwise.
  void leave_out(std::string_view name);
  // After the last line. `rest` follows and outlives this; it is not ours.
  void chain(curl_slist* rest);
  // As long as this lives; moved, it stays good.
  curl_slist* first() const { return first_; }

 private:
  std::vector<char> text_;  // each line with its end of string
  std::size_t count_ = 0;   // of lines
  std::vector<curl_slist> lines_;
  curl_slist* first_ = nullptr;
};

}  // namespace bylined::net
