// SPDX-License-Identifier: Apache-2.0
// Which URLs are the same article. An identity is opaque: "naver:277/0005642161" for an article of
// the portal ("daum:…" and "nate:…" for the others), else the canonical URL. Never made from a title or a feed's guid.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bylined::model {

struct ArticleIdentity {
  std::string value;

  auto operator<=>(const ArticleIdentity&) const = default;
  bool empty() const { return value.empty(); }
};

// Identity of the article at an absolute http(s) URL; empty where the URL is none. Scheme, "www.", mobile and AMP
// forms, default port, doubled and closing slashes, index pages, percent-encoding, order of parameters, tracking
// parameters and a place on the page ("#top") make no other article; what tells a script which one to show does.
ArticleIdentity identity_of(std::string_view url);

// That part of an address, from its '#' on ("#/news/1", "#!/news/1"); empty where there is none, or no URL may hold it.
std::string_view route_of(std::string_view address);

// The portal's numbers in a Naver article URL of any known form (hosts compared exactly).
struct NaverNumbers {
  std::string office;   // three digits
  std::string article;  // ten digits
};
std::optional<NaverNumbers> naver_numbers(std::string_view url);

// Hosts of the outlet that has this Naver press code ("277"), such as "asiae.co.kr": an article whose
// host is one of them or ends in "." + one of them is the outlet's own. Empty where unknown.
std::vector<std::string_view> hosts_of_office(std::string_view office);
std::string_view name_of_office(std::string_view office);

// Two texts of one article may carry the same headline: letters and digits only, folded.
// Used to find the outlet's own copy among *its own* items, never as an identity.
std::string title_key(std::string_view title);

}  // namespace bylined::model
