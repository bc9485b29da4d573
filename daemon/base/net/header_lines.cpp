// SPDX-License-Identifier: Apache-2.0
#include "base/net/header_lines.h"

#include <algorithm>

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
}

void HeaderLines::leave_out(std::string_view name) {
  text_.insert(text_.end(), name.begin(), name.end());
  text_.push_back(':');
  text_.push_back('\0');
}

void HeaderLines::chain(curl_slist* rest) {
  const auto count = static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '\0'));
  lines_.resize(count);
  auto begin = text_.begin();
  for (std::size_t i = 0; i < count; ++i) {
    lines_[i] = curl_slist{&*begin, i + 1 < count ? &lines_[i + 1] : rest};
    begin = std::find(begin, text_.end(), '\0') + 1;
  }
  first_ = count == 0 ? rest : &lines_.front();
}

}  // namespace bylined::net
