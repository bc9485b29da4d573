// SPDX-License-Identifier: Apache-2.0
// An absolute http or https URL in the normal form of the URL Standard, which every parser behind us (libcurl's
// when it dials) reads the same way: the check and the use cannot disagree. Anything else is refused.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace bylined::net {

struct WebUrl;

class Url {
 public:
  // kInvalid with the reason: other schemes, user info, control characters, backslashes, blanks.
  static Result<Url> parse(std::string_view text);
  // A reference found on this page, made absolute; blanks and backslashes in it are read as browsers do.
  Result<Url> resolve(std::string_view reference) const;

  const std::string& text() const { return text_; }      // normal form, without a fragment
  const std::string& scheme() const { return scheme_; }  // "http" or "https"
  const std::string& host() const { return host_; }      // lower case, punycode; IPv6 in brackets
  int port() const { return port_; }                     // the scheme's where none is written
  const std::string& path() const { return path_; }      // with its query; starts with '/'
  std::string origin() const;                            // "https://host" or "https://host:port"
  // For logs and errors: no query, no user info.
  std::string shown() const;

 private:
  static Result<Url> take(const WebUrl& url, std::string_view text);

  std::string text_, scheme_, host_, path_;
  int port_ = 0;
};

// Could others on the way read what is sent there, such as a key? Not over TLS, and not on this machine itself.
bool is_in_the_clear(const Url& url);
// Are both addresses of hosts under one registered name? Not where one of them is none.
bool is_same_site(std::string_view one, std::string_view other);

}  // namespace bylined::net
