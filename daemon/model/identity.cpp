// SPDX-License-Identifier: Apache-2.0
#include "model/identity.h"

#include <algorithm>
#include <array>

#include "base/net/url.h"

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
constexpr std::array<std::string_view, 12> kTracking{"fbclid", "gclid", "ref", "from", "input", "influxdiv", "did", "rss", "cds", "lfrom", "mc_cid", "mc_eid"};

std::optional<NaverNumbers> numbers(std::string_view office, std::string_view article) {
  if (!all_digits(office) || office.size() != 3 || !all_digits(article) || article.size() > 10) return std::nullopt;
  return NaverNumbers{std::string(office), std::string(10 - article.size(), '0') + std::string(article)};
}

std::optional<NaverNumbers> numbers_of_path(std::string_view path) {
  const auto parts = split(path.substr(1), '/');
  for (std::size_t i = 0; i < parts.size() && i < 4; ++i) {
    if (parts[i] != "article") continue;
    std::size_t at = i + 1;
    if (at < parts.size() && (parts[at] == "comment" || parts[at] == "print")) ++at;
    if (at + 1 < parts.size()) return numbers(parts[at], parts[at + 1]);
  }
  return std::nullopt;
}

std::optional<NaverNumbers> numbers_of_query(std::string_view path, std::string_view query) {
  if (path.find("read") == std::string_view::npos) return std::nullopt;
  std::string_view office, article;
  for (const std::string_view pair : split(query, '&')) {
    if (pair.starts_with("oid=")) office = pair.substr(4);
    if (pair.starts_with("aid=")) article = pair.substr(4);
  }
  return numbers(office, article);
}

std::string kept_query(std::string_view query) {
  std::vector<std::string_view> pairs = split(query, '&');
  std::erase_if(pairs, [](std::string_view pair) {
    std::string key(pair.substr(0, pair.find('=')));
    std::transform(key.begin(), key.end(), key.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return key.empty() || key.starts_with("utm_") || std::find(kTracking.begin(), kTracking.end(), key) != kTracking.end();
  });
  std::sort(pairs.begin(), pairs.end());
  std::string joined;
  for (const std::string_view pair : pairs) joined.append(joined.empty() ? "?" : "&").append(pair);
  return joined;
}

}  // namespace

std::optional<NaverNumbers> naver_numbers(std::string_view text) {
  const auto url = net::Url::parse(text);
  if (!url || std::find(kNaverHosts.begin(), kNaverHosts.end(), url->host()) == kNaverHosts.end()) return std::nullopt;
  const std::string_view whole = url->path();
  const std::size_t mark = whole.find('?');
  const std::string_view path = whole.substr(0, mark);
  if (auto found = numbers_of_path(path)) return found;
  return mark == std::string_view::npos ? std::nullopt : numbers_of_query(path, whole.substr(mark + 1));
}

ArticleIdentity identity_of(std::string_view text) {
  if (const auto naver = naver_numbers(text)) return ArticleIdentity{"naver:" + naver->office + "/" + naver->article};
  const auto url = net::Url::parse(text);
  if (!url) return ArticleIdentity();
  std::string_view host = url->host();
  for (const std::string_view prefix : {"www.", "m.", "amp."}) {
    if (host.starts_with(prefix) && std::count(host.begin(), host.end(), '.') > 1) host.remove_prefix(prefix.size());
  }
  const std::string_view whole = url->path();
  const std::size_t mark = whole.find('?');
  std::string path(whole.substr(0, mark));
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  std::string value = "https://" + std::string(host);
  if (url->port() != 443 && url->port() != 80) value += ":" + std::to_string(url->port());
  value += path;
  if (mark != std::string_view::npos) value += kept_query(whole.substr(mark + 1));
  return ArticleIdentity{value};
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
  std::string key;
  for (const char c : title) {
    const auto byte = static_cast<unsigned char>(c);
    if (c >= 'A' && c <= 'Z') {
      key += static_cast<char>(c + 32);
    } else if (byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      key += c;
    }
  }
  return key;
}

}  // namespace bylined::model
