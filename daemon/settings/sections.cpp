// SPDX-License-Identifier: Apache-2.0
// [daemon], [store] and [http] of the main file.
#include <filesystem>

#include "settings/checks.h"
#include "settings/reading.h"

namespace bylined::settings {
namespace {

namespace fs = std::filesystem;

// systemd may pass several folders, parted by colons: the first is ours.
std::optional<std::string> first_folder(const std::optional<std::string>& folders) {
  if (!folders || folders->empty()) return std::nullopt;
  return folders->substr(0, folders->find(':'));
}

std::string state_folder(const std::optional<std::string>& written, const Reading& reading) {
  if (const auto given = first_folder(reading.environment("STATE_DIRECTORY"))) return fs::absolute(*given).lexically_normal();
  return written ? beside(reading.folder, *written) : reading.settings.state_dir;
}

void read_store(Table root, Reading& reading) {
  std::string name = "bylined.db";
  auto table = root.table("store");
  const auto url = table ? table->find("url") : std::nullopt;
  if (table) table->finish();
  const auto text = url ? url->text() : std::nullopt;
  if (text && text->starts_with("postgres")) url->refuse("PostgreSQL is not supported yet", "write \"sqlite:bylined.db\"");
  else if (text && (!text->starts_with("sqlite:") || text->size() <= 7 || text->find_first_of("?:%", 7) != std::string::npos)) {
    url->refuse(bylined::quoted(*text) + " is not a database", "write \"sqlite:FILE\", FILE being relative to state_dir");
  } else if (text) name = text->substr(7);
  reading.settings.database = beside(reading.settings.state_dir, name);
}

std::vector<std::string> default_listeners(const std::string& state_dir) {
  // A service finds its folder made by systemd; a person's own daemon has none there.
  std::error_code code;
  const bool service = fs::is_directory("/run/bylined", code);
  return {"127.0.0.1:7277", "unix:" + (service ? std::string("/run/bylined") : state_dir) + "/bylined.sock"};
}

void read_listeners(Table& table, Reading& reading) {
  std::vector<std::string> listen;
  for (const auto& address : table.texts("listen", 16)) {
    const Status good = check_listener(address.value);
    if (!good) reading.complaints.refuse(address.place, good.error().text());
    const bool local = address.value.starts_with("unix:") || address.value.starts_with("127.") || address.value.starts_with("[::1]");
    if (good && !local) {
      reading.complaints.warn(address.place, "everybody who reaches " + address.value + " can read all alerts", "listen on 127.0.0.1 behind a proxy that asks who comes");
    }
    listen.push_back(address.value);
  }
  reading.settings.listen = std::move(listen);
}

void read_public_url(Table& table, Reading& reading) {
  const auto value = table.find("public_url");
  const auto text = value ? value->text() : std::nullopt;
  if (!text) return;
  const auto url = net::Url::parse(*text);
  if (!url) value->refuse(url.error().text(), "write it as \"https://press.example.com\"");
  else reading.settings.public_url = text->ends_with('/') ? text->substr(0, text->size() - 1) : *text;
}

}  // namespace

void read_daemon(Table root, Reading& reading) {
  Settings& settings = reading.settings;
  std::optional<std::string> state_dir;
  if (auto table = root.table("daemon")) {
    state_dir = table->text("state_dir");
    const auto zone = table->find("timezone");
    if (const auto name = zone ? zone->text() : std::nullopt) {
      const Status known = check_zone(*name);
      if (!known) zone->refuse(known.error().text());
      settings.timezone = *name;
    }
    if (const auto language = read_language(*table)) settings.language = *language;
    table->finish();
  }
  settings.state_dir = state_folder(state_dir, reading);
  read_store(root, reading);
}

std::optional<model::Language> read_language(Table& table) {
  const auto value = table.find("language");
  const auto name = value ? value->text() : std::nullopt;
  if (!name) return std::nullopt;
  if (*name == "ko") return model::Language::kKorean;
  if (*name == "en") return model::Language::kEnglish;
  value->refuse(bylined::quoted(*name) + " is not a language of ours", "write \"ko\" or \"en\"");
  return std::nullopt;
}

void read_http(Table root, Reading& reading) {
  reading.settings.listen = default_listeners(reading.settings.state_dir);
  auto table = root.table("http");
  if (!table) return;
  if (table->find("listen")) read_listeners(*table, reading);
  read_public_url(*table, reading);
  for (const auto& host : table->texts("hosts", 100)) {
    const auto name = normal_host(host.value);
    if (!name) reading.complaints.refuse(host.place, name.error().text());
    else reading.settings.hosts.push_back(*name);
  }
  table->not_yet("tokens", "leave it out: orders go through the Unix socket");
  table->finish();
}

}  // namespace bylined::settings
