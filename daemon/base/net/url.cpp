// SPDX-License-Identifier: Apache-2.0
#include "base/net/url.h"

#include <algorithm>

#include "base/net/address.h"
#include "base/net/web_host.h"
#include "base/net/web_url.h"

namespace bylined::net {
namespace {

bool forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7f || c == '\\';
}

Error refused(std::string_view text, std::string_view why) {
  return Error(ErrorKind::kInvalid, "URL " + quoted(text) + " " + std::string(why));
}

}  // namespace

Result<Url> Url::parse(std::string_view text) {
  if (std::any_of(text.begin(), text.end(), forbidden)) return refused(text, "has a blank, a control character or a backslash");
  const auto url = parse_web_url(text, nullptr);
  return url ? take(*url, text) : refused(text, "is not an absolute URL");
}

Result<Url> Url::resolve(std::string_view reference) const {
  const auto base = parse_web_url(text_, nullptr);
  const auto url = parse_web_url(reference, base ? &*base : nullptr);
  return url ? take(*url, reference) : refused(reference, "cannot be resolved");
}

Result<Url> Url::take(const WebUrl& url, std::string_view text) {
  if (url.scheme != "http" && url.scheme != "https") return refused(text, "is neither http nor https");
  if (!url.username.empty() || !url.password.empty()) return refused(text, "has a user name or a password");
  Url taken;
  taken.scheme_ = url.scheme;
  taken.host_ = *url.host;  // a special scheme has one, and it is not empty
  taken.port_ = url.port.value_or(url.scheme == "https" ? 443 : 80);
  taken.path_ = url.path_text();
  if (url.query && !url.query->empty()) taken.path_ += "?" + *url.query;
  // The standard leaves a backslash in a query as it is; what dials it might read it as the end of the host.
  for (std::size_t at = taken.path_.find('\\'); at != std::string::npos; at = taken.path_.find('\\', at)) taken.path_.replace(at, 1, "%5C");
  const int usual = url.scheme == "https" ? 443 : 80;
  taken.text_.reserve(url.scheme.size() + taken.host_.size() + taken.path_.size() + sizeof "://:65535");
  taken.text_.append(url.scheme).append("://").append(taken.host_);
  if (taken.port_ != usual) taken.text_.append(":").append(std::to_string(taken.port_));
  taken.text_.append(taken.path_);
  return taken;
}

std::string Url::origin() const { return text_.substr(0, text_.size() - path_.size()); }

std::string Url::shown() const { return text_.substr(0, text_.find('?')); }

bool is_in_the_clear(const Url& url) {
  const std::string& host = url.host();
  const auto address = Address::parse(host);
  const bool here = host == "localhost" || host == "[::1]" || (address && special_use(*address) == "loopback");
  return url.scheme() == "http" && !here;
}

bool is_same_site(std::string_view one, std::string_view other) {
  const auto a = Url::parse(one), b = Url::parse(other);
  return a && b && site_of(a->host()) == site_of(b->host());
}

}  // namespace bylined::net
