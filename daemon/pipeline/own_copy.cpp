// SPDX-License-Identifier: Apache-2.0
#include "pipeline/own_copy.h"

#include "base/net/url.h"
#include "base/text/decode.h"
#include "model/identity.h"

namespace bylined::pipeline {
namespace {

constexpr std::size_t kTellingHeadline = 8;  // letters and digits

bool is_host_of(const std::string& url, const std::string& office) {
  const auto parsed = net::Url::parse(url);
  if (!parsed) return false;
  for (const std::string_view own : model::hosts_of_office(office)) {
    if (parsed->host() == own || parsed->host().ends_with("." + std::string(own))) return true;
  }
  return false;
}

}  // namespace

bool portal_and_own(const std::string& url, const std::string& other) {
  const auto here = model::naver_numbers(url);
  const auto there = model::naver_numbers(other);
  if (here.has_value() == there.has_value()) return false;
  return here ? is_host_of(other, here->office) : is_host_of(url, there->office);
}

std::vector<store::Copy> own_copies(const model::ListedItem& item, Instant first_seen, const std::vector<store::Copy>& copies) {
  std::vector<store::Copy> own;
  if (text::code_points(model::title_key(item.title)) < kTellingHeadline) return own;
  for (const store::Copy& copy : copies) {
    const Millis apart = first_seen > copy.first_seen ? first_seen - copy.first_seen : copy.first_seen - first_seen;
    if (apart <= kCopyWindow && portal_and_own(item.url, copy.url)) own.push_back(copy);
  }
  return own;
}

}  // namespace bylined::pipeline
