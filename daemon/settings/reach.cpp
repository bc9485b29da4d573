// SPDX-License-Identifier: Apache-2.0
// Addresses that are written rightly and still cannot be asked: the guard will refuse them.
#include <algorithm>

#include "base/net/address.h"
#include "pipeline/listing/listing.h"
#include "settings/reading.h"

namespace bylined::settings {
namespace {

// Why the guard will not connect to an address that is written as numbers; empty where it will, or where only the
// resolver knows.
std::string private_use(const net::Url& url, const std::vector<std::string>& allowed) {
  std::string host = url.host();
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  const auto address = net::Address::parse(host);
  if (!address || net::special_use(*address).empty()) return {};
  const auto ranges = net::parse_ranges(allowed);  // a bad one was complained of
  const bool open = ranges && std::any_of(ranges->begin(), ranges->end(), [&address](const net::Range& range) { return range.holds(address->unmapped()); });
  return open ? std::string() : url.host() + " is a private address (" + std::string(net::special_use(*address)) + ") and will not be connected to";
}

void check_source(const model::Source& source, Reading& reading) {
  const auto url = net::Url::parse(source.url);
  const Place* place = place_of(Noun::kSource, source.id.value, reading);
  if (!url || place == nullptr) return;  // each is a fault already
  const std::vector<int>& ports = reading.settings.ports;
  const bool led_elsewhere = reading.settings.connect_to.contains(url->host() + ":" + std::to_string(url->port()));
  if (std::find(ports.begin(), ports.end(), url->port()) == ports.end()) {
    reading.complaints.warn(*place, "port " + std::to_string(url->port()) + " of its url is not among fetch.ports: it will not be asked", "add it to fetch.ports");
  }
  const std::string closed = led_elsewhere ? std::string() : private_use(*url, reading.settings.allow_private);
  if (!closed.empty()) reading.complaints.warn(*place, closed, "watch a public address; in a laboratory set fetch.allow_private");
  const listing::Adapter* const adapter = listing::find_adapter(source.kind);
  if (adapter != nullptr && adapter->one_site && !adapter->recognises(*url)) {
    reading.complaints.warn(*place, source.kind + " does not read such an address: " + source.url, "write kind = \"auto\", or the address it is made for (`byline source kinds`)");
  }
}

void check_receiver(const model::Receiver& receiver, Reading& reading) {
  const auto url = net::Url::parse(receiver.url);
  const Place* place = place_of(Noun::kReceiver, receiver.id.value, reading);
  const std::string closed = url && place != nullptr ? private_use(*url, receiver.allow_private) : std::string();
  if (!closed.empty()) reading.complaints.warn(*place, closed, "write allow_private = [\"" + url->host() + "\"] if it is yours");
}

}  // namespace

void check_reach(Reading& reading) {
  for (const model::Source& source : reading.settings.sources) check_source(source, reading);
  for (const model::Receiver& receiver : reading.settings.receivers) check_receiver(receiver, reading);
}

}  // namespace bylined::settings
