// SPDX-License-Identifier: Apache-2.0
#include "base/net/header_lines.h"

#include <cstring>

namespace bylined::net {
namespace {

constexpr std::size_t kUsualBytes = 256;

}  // namespace

// An empty value needs libcurl's "Name;": "Name:" would take the header away.
void HeaderLines::add(std::string_view name, std::string_view value) {
  constexpr std::string_view kBetween = ": ";
  if (text_.empty()) text_.reserve(kUsualBytes);
  text_.insert(text_.end(), name.begin(), name.end());
  if (value.empty()) text_.push_back(';');
  else text_.insert(text_.end(), kBetween.begin(), kBetween.end());
  text_.insert(text_.end(), value.begin(), value.end());
  text_.push_back('\0');
  ++count_;
}

void HeaderLines::leave_out(std::string_view name) {
  text_.insert(text_.end(), name.begin(), name.end());
  text_.push_back(':');
  text_.push_back('\0');
  ++count_;
}

void HeaderLines::chain(curl_slist* rest) {
  lines_.resize(count_);
  char* begin = text_.data();
  for (std::size_t i = 0; i < count_; ++i) {
    lines_[i] = curl_slist{begin, i + 1 < count_ ? &lines_[i + 1] : rest};
    begin += std::strlen(begin) + 1;
  }
  first_ = count_ == 0 ? rest : &lines_.front();
}

}  // namespace bylined::net
