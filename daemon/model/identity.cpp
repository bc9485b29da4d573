// SPDX-License-Identifier: Apache-2.0
#include "model/identity.h"

#include <algorithm>
#include <array>

#include "base/net/web_url.h"
#include "base/text/fold.h"
#include "model/canonical_url.h"

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

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t to = std::min(text.find(mark, from), text.size());
    parts.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  return parts;
}

constexpr std::array<std::string_view, 8> kNaverHosts{"n.news.naver.com", "news.naver.com", "m.news.naver.com", "m.sports.naver.com",
                                                      "sports.naver.com", "sports.news.naver.com", "m.entertain.naver.com", "entertain.naver.com"};
bool is_web(const net::WebUrl& url) { return url.scheme == "http" || url.scheme == "https"; }

std::optional<NaverNumbers> numbers(std::string_view office, std::string_view article) {
  if (!all_digits(office) || office.size() != 3 || !all_digits(article) || article.size() > 10) return std::nullopt;
  return NaverNumbers{std::string(office), std::string(10 - article.size(), '0') + std::string(article)};
}

std::optional<NaverNumbers> numbers_of_path(const std::vector<std::string>& segments) {
  for (std::size_t at = 0; at < segments.size() && at < 4; ++at) {
    if (segments[at] != "article") continue;
    ++at;
    if (at < segments.size() && (segments[at] == "comment" || segments[at] == "print")) ++at;
    return at + 1 < segments.size() ? numbers(segments[at], segments[at + 1]) : std::nullopt;
  }
  return std::nullopt;
}

// Value of a parameter; empty where there is none.
std::string_view parameter(const net::WebUrl& url, std::string_view key) {
  if (!url.query) return std::string_view();
  for (const std::string_view pair : split(*url.query, '&')) {
    if (pair.size() > key.size() && pair.starts_with(key) && pair[key.size()] == '=') return pair.substr(key.size() + 1);
  }
  return std::string_view();
}

std::optional<NaverNumbers> numbers_at(const net::WebUrl& url) {
  if (!is_web(url) || url.port || std::find(kNaverHosts.begin(), kNaverHosts.end(), *url.host) == kNaverHosts.end()) return std::nullopt;
  if (auto found = numbers_of_path(url.path)) return found;
  const bool reads = std::any_of(url.path.begin(), url.path.end(), [](const std::string& segment) { return segment.starts_with("read"); });
  return reads ? numbers(parameter(url, "oid"), parameter(url, "aid")) : std::nullopt;
}

std::string naver_identity(const net::WebUrl& url) {
  const auto found = numbers_at(url);
  return found ? "naver:" + found->office + "/" + found->article : std::string();
}

// By the article's number, in its path or in old parameters: "20250204093000123".
std::string daum_identity(const net::WebUrl& url) {
  std::string_view number = parameter(url, "newsId");
  if (number.empty()) number = parameter(url, "newsid");
  if (url.path.size() >= 2 && url.path[url.path.size() - 2] == "v") number = url.path.back();
  return all_digits(number) && number.size() >= 14 && number.size() <= 20 ? "daum:" + std::string(number) : std::string();
}

// By the article's number: "20250204n12345".
std::string nate_identity(const net::WebUrl& url) {
  if (*url.host != "news.nate.com" && *url.host != "m.news.nate.com") return std::string();
  if (url.path.size() < 2 || (url.path[0] != "view" && url.path[0] != "View")) return std::string();
  const std::string& number = url.path[1];
  return number.size() > 9 && all_digits(std::string_view(number).substr(0, 8)) && number[8] == 'n' ? "nate:" + number : std::string();
}

// Portals number their articles; empty where the address is none of an article's.
struct Portal {
  std::string_view domain;
  std::string (*identity)(const net::WebUrl& url);
};
constexpr std::array<Portal, 3> kPortals{{{"naver.com", naver_identity}, {"daum.net", daum_identity}, {"nate.com", nate_identity}}};

bool is_under(std::string_view host, std::string_view domain) {
  return host.ends_with(domain) && (host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.');
}

// Looks at the host's end alone, and at that of whatever may be one.
bool may_be_portals(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return true;
  const std::string_view behind = text.substr(scheme + 3);
  const std::string_view host = behind.substr(0, behind.find('/'));
  return std::any_of(kPortals.begin(), kPortals.end(), [&](const Portal& one) { return host.ends_with(one.domain); });
}

// Letters and digits of a folded text; the blocks between are punctuation and symbols.
bool is_of_a_word(char32_t c) {
  constexpr std::array<std::pair<char32_t, char32_t>, 10> kBlocks{{{'0', '9'}, {'a', 'z'}, {0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x1FFF}, {0x3041, 0x3096},
                                                                   {0x30A1, 0x30FA}, {0x3400, 0x9FFF}, {0xAC00, 0xD7A3}, {0x20000, 0x3FFFF}}};
  return std::any_of(kBlocks.begin(), kBlocks.end(), [c](const auto& block) { return c >= block.first && c <= block.second; });
}

}  // namespace

std::optional<NaverNumbers> naver_numbers(std::string_view text) {
  const auto url = net::parse_web_url(text, nullptr);
  return url ? numbers_at(*url) : std::nullopt;
}

ArticleIdentity identity_of(std::string_view text) {
  if (!may_be_portals(text)) {
    if (std::string quick = quick_canonical_url(text); !quick.empty()) return ArticleIdentity{std::move(quick)};
  }
  const auto url = net::parse_web_url(text, nullptr);
  if (!url || !is_web(*url)) return ArticleIdentity();
  for (const Portal& one : kPortals) {
    if (!is_under(*url->host, one.domain)) continue;
    if (std::string identity = one.identity(*url); !identity.empty()) return ArticleIdentity{std::move(identity)};
  }
  return ArticleIdentity{canonical_url(*url)};
}

std::vector<std::string_view> hosts_of_office(std::string_view office) {
  const Office* found = find_office(office);
  return found == nullptr ? std::vector<std::string_view>() : found->hosts;
}

std::string_view name_of_office(std::string_view office) {
  const Office* found = find_office(office);
  return found == nullptr ? std::string_view() : found->name;
}

std::string title_key(std::string_view title) {
  std::u32string words = text::fold(title).text;
  std::erase_if(words, [](char32_t c) { return !is_of_a_word(c); });
  return text::to_utf8(words);
}

}  // namespace bylined::model
