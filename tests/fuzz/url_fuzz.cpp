// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "base/net/address.h"
#include "base/net/url.h"
#include "base/net/web_url.h"
#include "model/identity.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace bylined;
using fuzz::require;

// What we dial is in one writing only, and every reader of it finds the same host and port.
void check(const net::Url& url) {
  const auto again = net::Url::parse(url.text());
  require(again && again->text() == url.text() && again->host() == url.host() && again->port() == url.port());
  require(url.scheme() == "http" || url.scheme() == "https");
  require(!url.host().empty() && url.port() >= 0 && url.port() <= 65'535 && url.path().starts_with('/'));
  for (const char c : url.text()) require(!fuzz::is_control(c) && c != ' ' && c != '\\' && static_cast<unsigned char>(c) < 0x80);
  require(url.host().find_first_of("/@?#") == std::string::npos);
  require(url.shown().find('?') == std::string::npos && url.text().find('#') == std::string::npos);
}

}  // namespace

// The first line is a URL, the second a reference found on its page.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const std::size_t end = text.find('\n');
  const std::string_view reference = end == std::string_view::npos ? std::string_view("../a?b=%EA#c") : text.substr(end + 1);

  if (const auto url = net::Url::parse(text.substr(0, end))) {
    check(*url);
    if (const auto resolved = url->resolve(reference)) check(*resolved);
    const auto identity = model::identity_of(url->text());
    require(!identity.empty());
  }
  if (const auto web = net::parse_web_url(text.substr(0, end), nullptr)) {
    const auto again = net::parse_web_url(web->href(), nullptr);
    require(again && again->href() == web->href());
  }
  if (const auto address = net::Address::parse(text)) {
    require(net::Address::parse(address->text()) == address);
    require(net::special_use(*address) == net::special_use(address->unmapped()) || !net::special_use(*address).empty());
  }
  return 0;
}
