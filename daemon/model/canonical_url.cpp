// SPDX-License-Identifier: Apache-2.0
#include "model/canonical_url.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace bylined::model {
namespace {

using namespace std::string_view_literals;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
int hex_of(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = static_cast<char>(c | 32);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string lower(std::string_view text) {
  std::string copy(text);
  std::transform(copy.begin(), copy.end(), copy.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return copy;
}

template <std::size_t n>
bool is_one_of(std::string_view text, const std::array<std::string_view, n>& list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

std::vector<std::string_view> split(std::string_view text, std::string_view marks) {
  const auto is_mark = [&](char c) { return std::find(marks.begin(), marks.end(), c) != marks.end(); };
  std::vector<std::string_view> parts;
  parts.reserve(8);
  for (std::size_t from = 0; from <= text.size();) {
    std::size_t to = from;
    while (to < text.size() && !is_mark(text[to])) ++to;
    parts.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  return parts;
}

void add_encoded(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += kHex[byte >> 4];
  out += kHex[byte & 15];
}

// Letters that need no encoding are written out, all others encoded in capitals, a '%' that encodes nothing too.
std::string normal_encoding(std::string_view text) {
  constexpr std::string_view kPlain = "-._~!$&'()*+,;=:@/";
  const auto stays = [&](char c) { return is_letter(c) || is_digit(c) || kPlain.find(c) != std::string_view::npos; };
  std::string out(text.begin(), std::find_if_not(text.begin(), text.end(), stays));
  for (std::size_t at = out.size(); at < text.size(); ++at) {
    char c = text[at];
    const bool coded = c == '%' && at + 2 < text.size() && hex_of(text[at + 1]) >= 0 && hex_of(text[at + 2]) >= 0;
    if (coded) {
      c = static_cast<char>(hex_of(text[at + 1]) * 16 + hex_of(text[at + 2]));
      at += 2;
    }
    const bool is_free = is_letter(c) || is_digit(c) || std::string_view("-._~").find(c) != std::string_view::npos;
    const bool is_plain = is_free || (!coded && kPlain.find(c) != std::string_view::npos);
    is_plain ? static_cast<void>(out += c) : add_encoded(out, c);
  }
  return out;
}

// Labels that name a device or nothing, in front of a name that stands without them.
bool is_variant_label(std::string_view label) {
  constexpr std::array<std::string_view, 5> kVariants{"m", "mobile", "amp", "touch", "mweb"};
  if (is_one_of(label, kVariants)) return true;
  return label.starts_with("www") && std::all_of(label.begin() + 3, label.end(), is_digit);
}

// Writes it behind what there is.
void add_plain_host(std::string& out, std::string_view host) {
  if (host.starts_with('[')) return static_cast<void>(out += host);
  while (host.ends_with('.')) host.remove_suffix(1);
  const std::size_t front = out.size();
  for (auto dots = std::count(host.begin(), host.end(), '.'); dots >= 2; --dots) {  // the last two labels are the name itself
    const std::string_view label = host.substr(0, host.find('.'));
    host.remove_prefix(label.size() + 1);
    const bool stays = !is_variant_label(label) && (!label.empty() || out.size() > front);
    if (stays) out.append(label).append(".");
  }
  while (out.size() == front && host.starts_with('.')) host.remove_prefix(1);
  out += host;
}

std::string plain_host(std::string_view host) {
  std::string plain;
  add_plain_host(plain, host);
  return plain;
}

bool is_index_page(std::string_view segment) {
  const std::size_t dot = segment.find('.');
  if (dot == std::string_view::npos) return false;
  constexpr std::array<std::string_view, 2> kNames{"index", "default"};
  constexpr std::array<std::string_view, 8> kEndings{"html", "htm", "php", "asp", "aspx", "jsp", "shtml", "do"};
  return is_one_of(lower(segment.substr(0, dot)), kNames) && is_one_of(lower(segment.substr(dot + 1)), kEndings);
}

// ";jsessionid=…" behind a segment.
std::string_view without_session(std::string_view segment) {
  const std::size_t mark = segment.find(';');
  if (mark == std::string_view::npos || !lower(segment.substr(mark + 1)).starts_with("jsessionid")) return segment;
  return segment.substr(0, mark);
}

// AMP copies say so in the first or last segment, or in the ending.
void drop_amp(std::vector<std::string>& segments) {
  if (segments.size() > 1 && segments.front() == "amp") segments.erase(segments.begin());
  if (segments.size() > 1 && segments.back() == "amp") segments.pop_back();
  if (segments.empty()) return;
  std::string& last = segments.back();
  if (last.ends_with(".amp.html")) last.erase(last.size() - 9, 4);
  if (last.ends_with(".amp")) last.erase(last.size() - 4);
}

std::string plain_path(const net::WebUrl& url) {
  std::vector<std::string> segments;
  for (const std::string& segment : url.path) {
    const std::string_view bare = without_session(segment);
    if (!bare.empty()) segments.push_back(normal_encoding(bare));  // "a//b" is "a/b"
  }
  drop_amp(segments);
  if (!segments.empty() && is_index_page(segments.back())) segments.pop_back();
  std::string path;
  for (const std::string& segment : segments) path.append("/").append(segment);
  return path;
}

// As PHP and others make them: 26 letters and digits or more, of 32 at most.
bool is_session_id(std::string_view value) {
  constexpr std::size_t kShortest = 26;
  const auto is_of_it = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'v') || (c >= 'A' && c <= 'V'); };
  return value.size() >= kShortest && std::all_of(value.begin(), value.end(), is_of_it) && std::any_of(value.begin(), value.end(), is_digit);
}

// Parameters that say how somebody came to the page: clicks, campaigns, channels, sessions.
bool tells_the_way(const std::string& key, std::string_view value) {
  static constexpr std::array kExact{
#include "model/tracking_table.inc"
  };
  constexpr std::array<std::string_view, 20> kPrefixes{"utm_", "at_", "mc_", "mtm_", "pk_", "piwik_", "matomo_", "ns_", "hsa_", "_hs", "vero_", "fb_",
                                                       "oly_", "ga_", "_ga", "wt_", "wt.", "itm_", "trk_", "__twitter"};
  constexpr std::array<std::string_view, 9> kWords{"source", "campaign", "medium", "affiliate", "referrer", "referer", "tracking", "utm", "clickid"};
  constexpr std::array<std::string_view, 4> kSession{"phpsessid", "sessionid", "session_id", "jsessionid"};
  if (is_one_of(key, kExact) || is_one_of(key, kSession) || key.starts_with("aspsessionid")) return true;
  if (std::any_of(kPrefixes.begin(), kPrefixes.end(), [&](std::string_view prefix) { return key.starts_with(prefix); })) return true;
  for (const std::string_view word : split(key, "_-.")) {
    if (is_one_of(word, kWords)) return true;
  }
  return (key == "s" || key == "sid") && is_session_id(value);
}

// Of those words some name an article at one outlet or the other: "view.php?from=1204".
bool may_name_it(const std::string& key, std::string_view value) {
  constexpr std::array<std::string_view, 10> kAmbiguous{"ref", "refid", "from", "src", "via", "share", "rss", "source", "did", "cds"};
  return !value.empty() && std::all_of(value.begin(), value.end(), is_digit) && is_one_of(key, kAmbiguous);
}

// A script's name, and neither a number nor a headline.
bool names_no_article(std::string_view path) {
  constexpr std::size_t kLongestName = 24;
  const std::string_view last = path.substr(path.rfind('/') + 1);
  return !last.empty() && last.size() <= kLongestName && path.find_first_of("0123456789%-_") == std::string_view::npos;
}

bool asks_for_amp(const std::string& key, std::string_view value) {
  return key == "amp" || ((key == "outputtype" || key == "output" || key == "view") && value == "amp");
}

// `path`: of the page that is asked.
std::string plain_query(std::string_view query, std::string_view path) {
  std::vector<std::string> pairs, doubtful;
  for (std::string_view pair : split(query, "&")) {
    if (pair.starts_with("amp;")) pair.remove_prefix(4);  // escaped once too often
    const std::size_t mark = pair.find('=');
    const std::string_view value = mark == std::string_view::npos ? std::string_view() : pair.substr(mark + 1);
    const std::string key = lower(pair.substr(0, mark));
    if (key.empty() || asks_for_amp(key, value)) continue;
    const bool is_way = tells_the_way(key, value);
    if (is_way && !may_name_it(key, value)) continue;
    if (value.empty()) pair = pair.substr(0, mark);
    std::string& kept = (is_way ? doubtful : pairs).emplace_back(normal_encoding(pair));
    for (std::size_t at = kept.find("%20"); at != std::string::npos; at = kept.find("%20")) kept.replace(at, 3, "+");
  }
  if (pairs.empty() && names_no_article(path)) pairs = std::move(doubtful);  // else all its articles would be one
  std::sort(pairs.begin(), pairs.end());
  std::string joined;
  for (const std::string& pair : pairs) joined.append(joined.empty() ? "?" : "&").append(pair);
  return joined;
}

std::string plain_route(std::string_view fragment) {
  std::string_view path = fragment.substr(0, fragment.find('?'));
  const std::string_view query = fragment.substr(std::min(path.size() + 1, fragment.size()));
  while (path.ends_with('/')) path.remove_suffix(1);
  return "#" + normal_encoding(path) + (query.empty() ? std::string() : plain_query(query, path));
}

// The page behind a cache of AMP copies: "press-example.cdn.ampproject.org/c/s/press.example/1".
std::optional<net::WebUrl> behind_cache(const net::WebUrl& url) {
  const std::string& host = *url.host;
  const bool is_project = host.ends_with(".cdn.ampproject.org") && url.path.size() > 1 && url.path.front().size() == 1;
  const bool may_be_google = url.path.size() > 2 && url.path.front() == "amp" && !host.ends_with(".cdn.ampproject.org");
  if (!is_project && !(may_be_google && plain_host(host).starts_with("google."))) return std::nullopt;
  const std::size_t first = url.path[1] == "s" ? 2 : 1;
  std::string text = "https:/";
  for (std::size_t at = first; at < url.path.size(); ++at) text.append("/").append(url.path[at]);
  if (url.query) text += "?" + *url.query;
  auto inner = net::parse_web_url(text, nullptr);
  return inner && inner->host->find('.') != std::string::npos ? inner : std::nullopt;
}

// Whether plain_path would leave every letter of a normal path as it is, but for a slash at its end.
bool is_plain_path(std::string_view path) {
  const auto changes = [](char c) { return c == '%' || c == ';'; };
  if (std::any_of(path.begin(), path.end(), changes) || path.find("//") != std::string_view::npos) return false;
  if (path.ends_with('/')) path.remove_suffix(1);
  const std::string_view last = path.substr(path.rfind('/') + 1);  // of none all there is
  return !path.starts_with("/amp") && last.find("amp") == std::string_view::npos && !is_index_page(last);
}

}  // namespace

bool is_route(std::string_view fragment) {
  if (!fragment.starts_with('/') && !fragment.starts_with('!')) return false;
  const std::size_t says = fragment.find_first_not_of("/!");
  return says != std::string_view::npos && fragment[says] != '?';
}

std::string canonical_url(const net::WebUrl& given) {
  const auto inner = behind_cache(given);
  const net::WebUrl& url = inner ? *inner : given;
  std::string text = "https://";
  add_plain_host(text, *url.host);
  if (url.port && *url.port != 80 && *url.port != 443) text += ":" + std::to_string(*url.port);
  const std::string path = plain_path(url);
  text += path;
  if (url.query) text += plain_query(*url.query, path);
  if (given.fragment && is_route(*given.fragment)) text += plain_route(*given.fragment);
  return text;
}

std::string quick_canonical_url(std::string_view text) {
  std::string_view path = text.substr(text.find("://") + 3);
  const std::string_view host = path.substr(0, path.find('/'));
  path.remove_prefix(host.size());
  const std::size_t mark = path.find('?');
  const std::string_view query = mark == std::string_view::npos ? std::string_view() : path.substr(mark + 1);
  path = path.substr(0, mark);
  const bool may_be_refused = host.find("--") != std::string_view::npos;  // letters of another script, encoded
  if (!is_plain_path(path) || may_be_refused || host.ends_with(".ampproject.org")) return std::string();
  if (path.ends_with('/')) path.remove_suffix(1);
  std::string canonical = "https://";
  canonical.reserve(text.size() + 1);
  add_plain_host(canonical, host);
  canonical += path;
  if (!query.empty()) canonical += plain_query(query, path);
  return canonical;
}

}  // namespace bylined::model
