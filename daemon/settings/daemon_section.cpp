// SPDX-License-Identifier: Apache-2.0
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

void read_store(Table& root, Reading& reading) {
  std::string name = "bylined.db";
  auto table = root.table("store");
  const auto url = table ? table->find("url") : std::nullopt;
  if (table) table->finish();
  const auto text = url ? url->text() : std::nullopt;
  if (text && text->starts_with("postgres")) url->refuse("PostgreSQL is not supported yet", "write \"sqlite:bylined.db\"");
  else if (text && (!text->starts_with("sqlite:") || text->size() <= 7 || text->find_first_of("?:%", 7) != std::string::npos)) {
    url->refuse(quoted(*text) + " is not a database", "write \"sqlite:FILE\", FILE being relative to state_dir");
  } else if (text) name = text->substr(7);
  reading.settings.database = beside(reading.settings.state_dir, name);
}

}  // namespace

void read_daemon(Table& root, Reading& reading) {
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

}  // namespace bylined::settings
