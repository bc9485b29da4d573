// SPDX-License-Identifier: Apache-2.0
#include "base/net/url.h"

#include <curl/curl.h>

#include <charconv>
#include <memory>

namespace bylined::net {
namespace {

struct CloseHandle {
  void operator()(CURLU* handle) const { curl_url_cleanup(handle); }
};
using Handle = std::unique_ptr<CURLU, CloseHandle>;

std::string part(CURLU* handle, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(handle, which, &text, flags) != CURLUE_OK) return std::string();
  std::string copy(text);
  curl_free(text);
  return copy;
}

bool forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7f || c == '\\';
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return text;
}

Error refused(std::string_view text, std::string_view why) {
  return Error(ErrorKind::kInvalid, "URL " + quoted(text) + " " + std::string(why));
}

}  // namespace

Result<Url> Url::parse(std::string_view text) {
  for (const char c : text) {
    if (forbidden(c)) return refused(text, "has a blank, a control character or a backslash");
  }
  const Handle handle(curl_url());
  if (!handle || curl_url_set(handle.get(), CURLUPART_URL, std::string(text).c_str(), CURLU_URLENCODE) != CURLUE_OK) {
    return refused(text, "is not an absolute URL");
  }
  Url url;
  url.scheme_ = lower(part(handle.get(), CURLUPART_SCHEME));
  if (url.scheme_ != "http" && url.scheme_ != "https") return refused(text, "is neither http nor https");
  if (!part(handle.get(), CURLUPART_USER).empty() || !part(handle.get(), CURLUPART_PASSWORD).empty()) {
    return refused(text, "has a user name or a password");
  }
  url.host_ = lower(part(handle.get(), CURLUPART_HOST));
  if (url.host_.empty()) return refused(text, "has no host");
  const std::string port = part(handle.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
  std::from_chars(port.data(), port.data() + port.size(), url.port_);
  url.path_ = part(handle.get(), CURLUPART_PATH);
  const std::string query = part(handle.get(), CURLUPART_QUERY);
  if (!query.empty()) url.path_ += "?" + query;
  url.text_ = url.origin() + url.path_;
  return url;
}

Result<Url> Url::resolve(std::string_view reference) const {
  const Handle handle(curl_url());
  if (!handle || curl_url_set(handle.get(), CURLUPART_URL, text_.c_str(), 0) != CURLUE_OK ||
      curl_url_set(handle.get(), CURLUPART_URL, std::string(reference).c_str(), CURLU_URLENCODE) != CURLUE_OK) {
    return refused(reference, "cannot be resolved");
  }
  return parse(part(handle.get(), CURLUPART_URL));
}

std::string Url::origin() const {
  const int usual = scheme_ == "https" ? 443 : 80;
  return scheme_ + "://" + host_ + (port_ == usual ? std::string() : ":" + std::to_string(port_));
}

std::string Url::shown() const { return origin() + path_.substr(0, path_.find('?')); }

}  // namespace bylined::net
