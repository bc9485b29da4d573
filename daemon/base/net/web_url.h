// SPDX-License-Identifier: Apache-2.0
// URLs of any scheme as browsers read them: the URL Standard's parsing, resolving and writing, to the letter.
// Takes anything and dials nothing; what we are willing to dial is Url.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bylined::net {

struct WebUrl {
  std::string scheme;  // without its colon
  std::string username, password;
  std::optional<std::string> host;  // none is not the same as empty
  std::optional<int> port;          // none where it is the scheme's own
  std::vector<std::string> path;    // segments, percent-encoded
  std::optional<std::string> opaque_path;  // instead of segments: "mailto:…"
  std::optional<std::string> query, fragment;

  std::string href() const;
  std::string path_text() const;
  bool is_special() const;  // http, https, ws, wss, ftp, file
};

// None where the standard says failure. `base` may be null.
std::optional<WebUrl> parse_web_url(std::string_view text, const WebUrl* base);

}  // namespace bylined::net
