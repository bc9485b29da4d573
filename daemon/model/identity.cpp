// SPDX-License-Identifier: Apache-2.0
#include "model/identity.h"

#include <algorithm>
#include <array>

#include "base/net/normal_url.h"
#include "base/net/web_url.h"
#include "base/text/fold.h"
#include "model/canonical_url.h"
#include "model/outlet.h"

namespace bylined::model {
namespace {

struct Office {
  std::string_view code, name;
  std::vector<std::string_view> hosts;
};
const std::vector<Office>& offices() {
  static const std::vector<Office> kOffices{
#include "model/office_table.inc"
  };
  return kOffices;
}
const Office* find_office(std::string_view code) {
  for (const Office& one : offices()) {
    if (one.code == code) return &one;
  }
  return nullptr;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// What of a web address may name a portal's article.
struct Place {
  std::string_view host, path, query;
  bool has_port = false;
};

// Of an address in normal form, which is without a port.
Place place_of(std::string_view normal) {
  Place place;
  place.host = normal.substr(normal.find("://") + 3);
  place.path = place.host.substr(place.host.find('/'));
  place.host.remove_suffix(place.path.size());
  const std::size_t mark = place.path.find('?');
  if (mark == std::string_view::npos) return place;
  place.query = place.path.substr(mark + 1);
  place.path = place.path.substr(0, mark);
  return place;
}

// `path` is the address's, and outlives it.
Place place_of(const net::WebUrl& url, std::string_view path) {
  return Place{*url.host, path, url.query ? std::string_view(*url.query) : std::string_view(), url.port.has_value()};
}

// Takes what stands before the next mark, and the mark.
std::string_view take_part(std::string_view& left, char mark) {
  const std::string_view part = left.substr(0, left.find(mark));
  left.remove_prefix(std::min(part.size() + 1, left.size()));
  return part;
}

constexpr std::array<std::string_view, 8> kNaverHosts{"n.news.naver.com", "news.naver.com", "m.news.naver.com", "m.sports.naver.com",
                                                      "sports.naver.com", "sports.news.naver.com", "m.entertain.naver.com", "entertain.naver.com"};
bool is_web(const net::WebUrl& url) { return url.scheme == "http" || url.scheme == "https"; }

std::optional<NaverNumbers> numbers(std::string_view office, std::string_view article) {
  if (!all_digits(office) || office.size() != 3 || !all_digits(article) || article.size() > 10) return std::nullopt;
  return NaverNumbers{std::string(office), std::string(10 - article.size(), '0') + std::string(article)};
}

std::optional<NaverNumbers> numbers_of_path(std::string_view path) {
  path.remove_prefix(std::min<std::size_t>(1, path.size()));
  for (int at = 0; at < 4 && !path.empty(); ++at) {
    if (take_part(path, '/') != "article") continue;
    std::string_view office = take_part(path, '/');
    if (office == "comment" || office == "print") office = take_part(path, '/');
    return numbers(office, take_part(path, '/'));
  }
  return std::nullopt;
}

// Value of a parameter; empty where there is none.
std::string_view parameter(std::string_view query, std::string_view key) {
  while (!query.empty()) {
    const std::string_view pair = take_part(query, '&');
    if (pair.size() > key.size() && pair.starts_with(key) && pair[key.size()] == '=') return pair.substr(key.size() + 1);
  }
  return std::string_view();
}

std::optional<NaverNumbers> numbers_at(const Place& place) {
  if (place.has_port || std::find(kNaverHosts.begin(), kNaverHosts.end(), place.host) == kNaverHosts.end()) return std::nullopt;
  if (auto found = numbers_of_path(place.path)) return found;
  const bool reads = place.path.find("/read") != std::string_view::npos;
  return reads ? numbers(parameter(place.query, "oid"), parameter(place.query, "aid")) : std::nullopt;
}

std::string naver_identity(const Place& place) {
  const auto found = numbers_at(place);
  return found ? "naver:" + found->office + "/" + found->article : std::string();
}

// By the article's number, in its path or in old parameters: "20250204093000123".
std::string daum_identity(const Place& place) {
  std::string_view number = parameter(place.query, "newsId");
  if (number.empty()) number = parameter(place.query, "newsid");
  const std::size_t last = place.path.rfind('/');
  if (last != std::string_view::npos && place.path.substr(0, last).ends_with("/v")) number = place.path.substr(last + 1);
  return all_digits(number) && number.size() >= 14 && number.size() <= 20 ? "daum:" + std::string(number) : std::string();
}

// By the article's number: "20250204n12345".
std::string nate_identity(const Place& place) {
  if (place.host != "news.nate.com" && place.host != "m.news.nate.com") return std::string();
  if (!place.path.starts_with("/view/") && !place.path.starts_with("/View/")) return std::string();
  std::string_view behind = place.path.substr(std::string_view("/view/").size());
  const std::string_view number = take_part(behind, '/');
  return number.size() > 9 && all_digits(number.substr(0, 8)) && number[8] == 'n' ? "nate:" + std::string(number) : std::string();
}

// Portals number their articles; empty where the address is none of an article's.
struct Portal {
  std::string_view domain;
  std::string (*identity)(const Place& place);
};
constexpr std::array<Portal, 3> kPortals{{{"naver.com", naver_identity}, {"daum.net", daum_identity}, {"nate.com", nate_identity}}};

bool is_under(std::string_view host, std::string_view domain) {
  return host.ends_with(domain) && (host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.');
}

std::string portal_identity(const Place& place) {
  for (const Portal& one : kPortals) {
    if (!is_under(place.host, one.domain)) continue;
    if (std::string identity = one.identity(place); !identity.empty()) return identity;
  }
  return std::string();
}

// Letters and digits of a folded text; the blocks between are punctuation and symbols.
bool is_of_a_word(char32_t c) {
  constexpr std::array<std::pair<char32_t, char32_t>, 10> kBlocks{{{'0', '9'}, {'a', 'z'}, {0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x1FFF}, {0x3041, 0x3096},
                                                                   {0x30A1, 0x30FA}, {0x3400, 0x9FFF}, {0xAC00, 0xD7A3}, {0x20000, 0x3FFFF}}};
  return std::any_of(kBlocks.begin(), kBlocks.end(), [c](const auto& block) { return c >= block.first && c <= block.second; });
}

}  // namespace

std::optional<NaverNumbers> naver_numbers(std::string_view text) {
  if (net::is_plainly_normal(text)) return numbers_at(place_of(text));
  const auto url = net::parse_web_url(text, nullptr);
  return url && is_web(*url) ? numbers_at(place_of(*url, url->path_text())) : std::nullopt;
}

ArticleIdentity identity_of(std::string_view text) {
  if (net::is_plainly_normal(text)) {
    if (std::string identity = portal_identity(place_of(text)); !identity.empty()) return ArticleIdentity{std::move(identity)};
    if (std::string quick = quick_canonical_url(text); !quick.empty()) return ArticleIdentity{std::move(quick)};
  }
  const auto url = net::parse_web_url(text, nullptr);
  if (!url || !is_web(*url)) return ArticleIdentity();
  const std::string path = url->path_text();
  std::string identity = portal_identity(place_of(*url, path));
  return ArticleIdentity{identity.empty() ? canonical_url(*url) : std::move(identity)};
}

std::string_view route_of(std::string_view address) {
  const std::size_t mark = address.find('#');
  if (mark == std::string_view::npos || !is_route(address.substr(mark + 1))) return std::string_view();
  const std::string_view route = address.substr(mark);
  const auto is_no_part = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || c == '\\'; };
  return std::any_of(route.begin(), route.end(), is_no_part) ? std::string_view() : route;
}

std::vector<std::string_view> hosts_of_office(std::string_view office) {
  const Office* found = find_office(office);
  return found == nullptr ? std::vector<std::string_view>() : found->hosts;
}

std::string_view name_of_office(std::string_view office) {
  const Office* found = find_office(office);
  return found == nullptr ? std::string_view() : found->name;
}

bool is_korean_outlet(std::string_view host) {
  const auto is_of = [host](std::string_view own) { return host.ends_with(own) && (host.size() == own.size() || host[host.size() - own.size() - 1] == '.'); };
  const auto has_host = [&is_of](const Office& office) { return std::any_of(office.hosts.begin(), office.hosts.end(), is_of); };
  return host.ends_with(".kr") || std::any_of(offices().begin(), offices().end(), has_host);
}

std::string title_key(std::string_view title) {
  std::u32string words = text::fold(title).text;
  std::erase_if(words, [](char32_t c) { return !is_of_a_word(c); });
  return text::to_utf8(words);
}

}  // namespace bylined::model
