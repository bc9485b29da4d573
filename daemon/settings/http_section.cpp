// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "settings/checks.h"
#include "settings/reading.h"

namespace bylined::settings {
namespace {

std::vector<std::string> default_listeners(const std::string& state_dir) {
  // A service finds its folder made by systemd; a person's own daemon has none there.
  std::error_code code;
  const bool service = std::filesystem::is_directory("/run/bylined", code);
  return {"127.0.0.1:7277", "unix:" + (service ? std::string("/run/bylined") : state_dir) + "/bylined.sock"};
}

void read_listeners(Table& table, Reading& reading) {
  std::vector<std::string> listen;
  for (const auto& address : table.texts("listen", 16)) {
    const Status good = check_listener(address.value);
    if (!good) reading.complaints.refuse(address.place, good.error().text());
    const bool local = address.value.starts_with("unix:") || address.value.starts_with("127.") || address.value.starts_with("[::1]");
    if (good && !local) {
      reading.complaints.warn(address.place, "everybody who reaches " + address.value + " can read all alerts",
                              "listen on 127.0.0.1 behind a proxy that asks who comes");
    }
    listen.push_back(address.value);
  }
  reading.settings.listen = std::move(listen);
}

void read_public_url(Table& table, Reading& reading) {
  const auto value = table.find("public_url");
  const auto url = value ? read_web_url(*value, "write it as \"https://press.example.com\"") : std::nullopt;
  if (!url) return;
  std::string text = url->text();
  if (text.ends_with('/')) text.pop_back();
  reading.settings.public_url = std::move(text);
}

}  // namespace

void read_http(Table& root, Reading& reading) {
  reading.settings.listen = default_listeners(reading.settings.state_dir);
  auto table = root.table("http");
  if (!table) return;
  if (table->find("listen")) read_listeners(*table, reading);
  read_public_url(*table, reading);
  reading.settings.hosts = read_hosts(*table, "hosts", reading);
  table->not_yet("tokens", "leave it out: orders go through the Unix socket");
  table->finish();
}

}  // namespace bylined::settings
