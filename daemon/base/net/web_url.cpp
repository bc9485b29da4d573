// SPDX-License-Identifier: Apache-2.0
#include "base/net/web_url.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/net/web_host.h"
#include "base/text/ascii.h"

namespace bylined::net {
namespace {

struct Scheme {
  std::string_view name;
  int port;
};
constexpr std::array<Scheme, 6> kSpecial{{{"http", 80}, {"https", 443}, {"ws", 80}, {"wss", 443}, {"ftp", 21}, {"file", 0}}};

const Scheme* special_scheme(std::string_view name) {
  const auto found = std::find_if(kSpecial.begin(), kSpecial.end(), [&](const Scheme& one) { return one.name == name; });
  return found == kSpecial.end() ? nullptr : &*found;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
using text::is_digit;

// Controls and blanks at the ends go.
std::string_view trimmed(std::string_view text) {
  const auto is_edge = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  while (!text.empty() && is_edge(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_edge(text.back())) text.remove_suffix(1);
  return text;
}

// So do all tabs and line ends; hardly any text has one, and only such a text is copied.
std::string_view cleaned(std::string_view text, std::string& copy) {
  const auto goes = [](char c) { return c == '\t' || c == '\n' || c == '\r'; };
  text = trimmed(text);
  if (std::none_of(text.begin(), text.end(), goes)) return text;
  copy = text;
  std::erase_if(copy, goes);
  return copy;
}

// "C:" or "C|"
bool is_drive(std::string_view text) { return text.size() == 2 && is_letter(text[0]) && (text[1] == ':' || text[1] == '|'); }
bool is_normal_drive(std::string_view text) { return is_drive(text) && text[1] == ':'; }
bool starts_with_drive(std::string_view text) {
  return text.size() >= 2 && is_drive(text.substr(0, 2)) && (text.size() == 2 || text[2] == '/' || text[2] == '\\');
}

// Of how many dots a segment is, each written as itself or encoded; 0 where anything else is in it.
int dots(std::string_view segment) {
  int count = 0;
  while (!segment.empty()) {
    const bool is_coded = segment.size() >= 3 && segment[0] == '%' && segment[1] == '2' && (segment[2] | 0x20) == 'e';
    if (!is_coded && segment[0] != '.') return 0;
    segment.remove_prefix(is_coded ? 3 : 1);
    ++count;
  }
  return count;
}

void shorten(WebUrl& url) {
  if (url.scheme == "file" && url.path.size() == 1 && is_normal_drive(url.path.front())) return;
  if (!url.path.empty()) url.path.pop_back();
}

// What stands before the query, without the scheme, and what stands behind.
class Parser {
 public:
  Parser(std::string_view body, const WebUrl* base) : body_(body), base_(base) {}

  bool with_scheme(std::string_view scheme) {
    url.scheme = text::lower(scheme);
    if (url.scheme == "file") return file();
    if (url.is_special()) {
      if (base_ != nullptr && base_->scheme == url.scheme && !body_.starts_with("//")) return relative();
      skip_slashes();
      return authority();
    }
    if (body_.starts_with("//")) {
      body_.remove_prefix(2);
      return authority();
    }
    if (body_.starts_with('/')) return path();
    url.opaque_path = std::string();  // filled in when it is known what stands behind
    return true;
  }

  bool without_scheme() {
    url.scheme = base_->scheme;
    return url.scheme == "file" ? file() : relative();
  }

  std::string_view body() const { return body_; }

  WebUrl url;

 private:
  bool is_slash(char c) const { return c == '/' || (c == '\\' && url.is_special()); }
  bool slash_at(std::size_t at) const { return at < body_.size() && is_slash(body_[at]); }

  void skip_slashes() {
    while (slash_at(0)) body_.remove_prefix(1);
  }

  bool relative() {
    if (slash_at(0) && slash_at(1)) {
      url.is_special() ? skip_slashes() : body_.remove_prefix(2);
      return authority();
    }
    url.username = base_->username;
    url.password = base_->password;
    url.host = base_->host;
    url.port = base_->port;
    if (slash_at(0)) return path();
    url.path = base_->path;
    if (body_.empty()) {
      url.query = base_->query;
      return true;
    }
    shorten(url);
    return segments(body_);
  }

  bool authority() {
    std::size_t end = 0;
    while (end < body_.size() && !is_slash(body_[end])) ++end;
    std::string_view host = body_.substr(0, end);
    body_.remove_prefix(end);
    const std::size_t at = host.rfind('@');
    if (at != std::string_view::npos) {
      const std::string_view user = host.substr(0, at);
      const std::size_t colon = std::min(user.find(':'), user.size());
      url.username = percent_encode(user.substr(0, colon), EncodeSet::kUserInfo);
      if (colon < user.size()) url.password = percent_encode(user.substr(colon + 1), EncodeSet::kUserInfo);
      host.remove_prefix(at + 1);
      if (host.empty()) return false;
    }
    return host_and_port(host) && path();
  }

  bool host_and_port(std::string_view text) {
    const std::size_t bracket = text.rfind(']');
    const std::size_t colon = text.find(':', bracket == std::string_view::npos || !text.starts_with('[') ? 0 : bracket);
    const std::string_view host = text.substr(0, colon);
    if (host.empty() && (colon != std::string_view::npos || url.is_special())) return false;
    url.host = host.empty() ? std::optional<std::string>(std::string()) : parse_web_host(host, url.is_special());
    return url.host && (colon == std::string_view::npos || port(text.substr(colon + 1)));
  }

  bool port(std::string_view text) {
    if (!std::all_of(text.begin(), text.end(), is_digit)) return false;
    if (text.empty()) return true;
    int number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc() || number > 65'535) return false;
    const Scheme* special = special_scheme(url.scheme);
    if (special == nullptr || special->port != number) url.port = number;
    return true;
  }

  // The path's start: one slash is the separator, not a segment.
  bool path() {
    if (body_.empty() && !url.is_special()) return true;
    if (slash_at(0)) body_.remove_prefix(1);
    return segments(body_);
  }

  bool segments(std::string_view text) {
    url.path.reserve(url.path.size() + 4);
    for (std::size_t from = 0;;) {
      std::size_t to = from;
      while (to < text.size() && !is_slash(text[to])) ++to;
      segment(percent_encode(text.substr(from, to - from), EncodeSet::kPath), to == text.size());
      if (to == text.size()) return true;
      from = to + 1;
    }
  }

  void segment(std::string encoded, bool is_last) {
    const int dot_count = dots(encoded);
    if (dot_count == 2) shorten(url);
    if (dot_count == 1 || dot_count == 2) {
      if (is_last) url.path.emplace_back();
      return;
    }
    if (url.scheme == "file" && url.path.empty() && is_drive(encoded)) encoded[1] = ':';
    url.path.push_back(std::move(encoded));
  }

  bool file() {
    url.host = std::string();
    const WebUrl* base = base_ != nullptr && base_->scheme == "file" ? base_ : nullptr;
    if (slash_at(0) && slash_at(1)) return file_host();
    if (slash_at(0)) {
      body_.remove_prefix(1);
      if (base != nullptr) {
        url.host = base->host;
        if (!starts_with_drive(body_) && !base->path.empty() && is_normal_drive(base->path.front())) url.path.push_back(base->path.front());
      }
      return segments(body_);
    }
    if (base == nullptr) return segments(body_);
    url.host = base->host;
    url.path = base->path;
    if (body_.empty()) {
      url.query = base->query;
      return true;
    }
    starts_with_drive(body_) ? url.path.clear() : shorten(url);
    return segments(body_);
  }

  bool file_host() {
    body_.remove_prefix(2);
    std::size_t end = 0;
    while (end < body_.size() && !is_slash(body_[end])) ++end;
    const std::string_view host = body_.substr(0, end);
    if (is_drive(host)) return segments(body_);
    body_.remove_prefix(end);
    if (!host.empty()) url.host = parse_web_host(host, true);
    if (!url.host) return false;
    if (*url.host == "localhost") url.host->clear();
    return path();
  }

  std::string_view body_;
  const WebUrl* base_;
};

std::size_t scheme_length(std::string_view text) {
  if (text.empty() || !is_letter(text.front())) return 0;
  std::size_t at = 1;
  while (at < text.size() && (is_letter(text[at]) || is_digit(text[at]) || text[at] == '+' || text[at] == '-' || text[at] == '.')) ++at;
  return at < text.size() && text[at] == ':' ? at : 0;
}

// A blank right before the query or the fragment is written out, so that it is not lost when they go.
std::string opaque(std::string_view text, bool something_behind) {
  std::string out = percent_encode(text, EncodeSet::kControl);
  if (something_behind && out.ends_with(' ')) out.replace(out.size() - 1, 1, "%20");
  return out;
}

}  // namespace

bool WebUrl::is_special() const { return special_scheme(scheme) != nullptr; }

std::string WebUrl::path_text() const {
  if (opaque_path) return *opaque_path;
  std::string text;
  for (const std::string& segment : path) text.append("/").append(segment);
  return text;
}

std::string WebUrl::href() const {
  std::string text = scheme + ":";
  if (host) {
    text += "//" + username;
    if (!password.empty()) text += ":" + password;
    if (!username.empty() || !password.empty()) text += "@";
    text += *host;
    if (port) text += ":" + std::to_string(*port);
  } else if (!opaque_path && path.size() > 1 && path.front().empty()) {
    text += "/.";
  }
  text += path_text();
  if (query) text += "?" + *query;
  if (fragment) text += "#" + *fragment;
  return text;
}

std::optional<WebUrl> parse_web_url(std::string_view text, const WebUrl* base) {
  std::string copy;
  const std::string_view whole = cleaned(text, copy);
  const std::size_t hash = whole.find('#');
  const std::string_view front = whole.substr(0, hash);
  const std::size_t scheme = scheme_length(front);
  const std::size_t mark = front.find('?', scheme);
  const std::string_view body = front.substr(0, mark).substr(scheme > 0 ? scheme + 1 : 0);
  const bool has_query = mark != std::string_view::npos, has_fragment = hash != std::string_view::npos;
  WebUrl url;
  if (scheme == 0 && (base == nullptr || base->opaque_path)) {
    if (base == nullptr || !body.empty() || has_query || !has_fragment) return std::nullopt;
    url = *base;
  } else {
    Parser parser(body, base);
    if (!(scheme > 0 ? parser.with_scheme(front.substr(0, scheme)) : parser.without_scheme())) return std::nullopt;
    url = std::move(parser.url);
    if (url.opaque_path) url.opaque_path = opaque(body, has_query || has_fragment);
  }
  if (has_query) url.query = percent_encode(front.substr(mark + 1), url.is_special() ? EncodeSet::kSpecialQuery : EncodeSet::kQuery);
  url.fragment.reset();
  if (has_fragment) url.fragment = percent_encode(whole.substr(hash + 1), EncodeSet::kFragment);
  return url;
}

}  // namespace bylined::net
