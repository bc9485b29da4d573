// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "settings/checks.h"
#include "settings/reading.h"

namespace bylined::settings {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

void read_contact(Table& table, Reading& reading) {
  const auto value = table.find("contact");
  if (!value) return;
  const auto text = value->text();
  if (!text) return;
  // It goes into a header's comment: "bylined/1.0 (+contact)".
  const auto fits = [](unsigned char c) { return c > 0x20 && c < 0x7f && c != '(' && c != ')' && c != '\\'; };
  const bool plain = std::all_of(text->begin(), text->end(), fits);
  const bool reachable = text->find('@') != std::string::npos || text->starts_with("https://") || text->starts_with("http://");
  if (!plain || !reachable || text->size() > 200) value->refuse(quoted(*text) + " is not a contact", "write a mail address or a URL");
  else reading.settings.contact = *text;
}

void read_per_host(Table& table, Reading& reading) {
  auto pace = table.table("per_host");
  if (!pace) return;
  fetch::PaceLimits& limits = reading.settings.fetch.pace;
  limits.per_host = pace->whole("concurrency", 1, 64).value_or(limits.per_host);
  limits.interval = pace->duration("interval", seconds(0), minutes(10)).value_or(limits.interval);
  pace->finish();
}

void read_ports(Table& table, Reading& reading) {
  const auto value = table.find("ports");
  if (!value) return;
  std::vector<int> ports;
  for (const Value& one : value->list(1000)) {
    if (const auto port = one.whole(1, 65'535)) ports.push_back(*port);
  }
  if (value->is_empty_list()) value->refuse("no port is left to go to", "write [80, 443], or leave it out");
  reading.settings.ports = std::move(ports);
}

void read_ca_file(Table& table, Reading& reading) {
  const auto value = table.find("ca_file");
  const auto text = value ? value->text() : std::nullopt;
  if (!text) return;
  const std::string path = beside(reading.folder, *text);
  const auto bytes = read_file(path, 4u << 20);
  if (!bytes) value->refuse(path + ": " + bytes.error().text());
  else if (bytes->find("-----BEGIN CERTIFICATE-----") == std::string::npos) value->refuse(path + " holds no certificate in PEM form");
  reading.settings.ca_file = path;
}

void read_proxy(Table& table, Reading& reading) {
  constexpr const char* kForm = "write it as \"http://proxy.example.com:3128\"";
  const auto value = table.find("proxy");
  const auto url = value ? read_web_url(*value, kForm) : std::nullopt;
  if (!url) return;
  if (url->scheme() != "http" || url->path() != "/") value->refuse("is not the address of a proxy", kForm);
  else reading.settings.proxy = url->scheme() + "://" + url->host() + ":" + std::to_string(url->port());
}

void read_laboratory(Table& table, Reading& reading) {
  const auto ranges = table.find("allow_private");
  if (ranges) reading.settings.allow_private = read_ranges(*ranges, reading);
  if (!reading.settings.allow_private.empty()) ranges->warn("pages at private addresses may be fetched", "for the laboratory only");

  auto connect = table.table("connect_to");
  if (!connect) return;
  for (const auto& [from, to] : connect->entries()) {
    const auto target = to.text();
    if (!target) continue;
    const Status known = check_endpoint(from, false), literal = check_endpoint(*target, true);
    if (!known) to.refuse(known.error().text());
    else if (!literal) to.refuse(literal.error().text());
    else reading.settings.connect_to[from] = *target;
  }
  if (!reading.settings.connect_to.empty()) connect->warn("connections are led elsewhere", "for the laboratory only");
}

}  // namespace

void read_fetch(Table& root, Reading& reading) {
  Settings& settings = reading.settings;
  auto table = root.table("fetch");
  if (table) {
    read_contact(*table, reading);
    int& places = settings.fetch.pace.concurrency;
    places = table->whole("concurrency", 1, 1024).value_or(places);
    read_per_host(*table, reading);
    settings.fetch.timeout = table->duration("timeout", seconds(1), minutes(10)).value_or(settings.fetch.timeout);
    settings.fetch.max_body = table->size("max_body", 1u << 10, 64u << 20).value_or(settings.fetch.max_body);
    read_ports(*table, reading);
    read_ca_file(*table, reading);
    read_proxy(*table, reading);
    read_laboratory(*table, reading);
    table->finish();
  }
  if (settings.contact.empty()) {
    Place place = table ? table->place() : root.place();
    place.key = "fetch.contact";
    reading.complaints.warn(place, "is missing: a publisher cannot tell whose requests these are", "write a mail address or a URL");
  }
}

}  // namespace bylined::settings
