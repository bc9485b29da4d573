// SPDX-License-Identifier: Apache-2.0
#include "settings/settings.h"

#include <cstdlib>
#include <filesystem>

#include "settings/reading.h"

namespace bylined::settings {
namespace {

constexpr const char* kFolders[] = {"sources.d", "entities.d", "watches.d", "receivers.d"};

struct Kind {
  Noun noun;
  std::size_t most;  // in all files together
  void (*read)(Table table, Reading& reading);
};
constexpr Kind kKinds[] = {{Noun::kSource, 50'000, read_source},
                           {Noun::kEntity, 50'000, read_entity},
                           {Noun::kWatch, 5'000, read_watch},
                           {Noun::kReceiver, 1'000, read_receiver}};

void read_tables(Table& root, Reading& reading) {
  for (const Kind& kind : kKinds) {
    std::size_t& tables = reading.tables[kind.noun];
    for (Table& table : root.tables(std::string(noun_name(kind.noun)), kind.most - tables)) {
      ++tables;
      kind.read(std::move(table), reading);
    }
  }
}

void read_main(const Document& document, Reading& reading) {
  Table root = document.root();
  read_daemon(root, reading);
  read_http(root, reading);
  read_fetch(root, reading);
  read_tables(root, reading);
  root.finish();
}

// The main file says nothing: the service's own socket is where a daemon may still be.
void read_nothing(Reading& reading) {
  reading.whole = false;
  reading.settings.listen = {"unix:/run/bylined/bylined.sock"};
}

void read_part(const Document& document, Reading& reading) {
  Table root = document.root();
  root.misplaced({"daemon", "store", "http", "fetch"}, "belongs into the main file");
  read_tables(root, reading);
  root.finish();
}

void read_files(const std::string& path, Reading& reading) {
  if (const auto main = Document::open(path, reading.complaints)) read_main(*main, reading);
  else read_nothing(reading);
  for (const char* folder : kFolders) {
    for (const std::string& file : files_of_folder(beside(reading.folder, folder), reading.complaints)) {
      if (const auto part = Document::open(file, reading.complaints)) read_part(*part, reading);
      else reading.whole = false;
    }
  }
}

}  // namespace

std::optional<std::string> process_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? std::optional<std::string>(value) : std::nullopt;
}

std::string text(const Complaint& complaint) {
  std::string text = complaint.file + ":";
  if (complaint.line > 0) text += std::to_string(complaint.line) + ":" + std::to_string(complaint.column) + ":";
  text += " ";
  if (!complaint.key.empty()) text += complaint.key + ": ";
  text += complaint.reason;
  if (!complaint.remedy.empty()) text += " (" + complaint.remedy + ")";
  return text;
}

Checked read(const std::string& path, Environment environment, Secrets secrets) {
  Reading reading;
  std::error_code trouble;  // of an empty path; the file is then not found either
  reading.folder = std::filesystem::absolute(path, trouble).parent_path();
  reading.environment = environment;
  reading.secrets = secrets;
  reading.settings.file = path;

  read_files(path, reading);
  check_whole(reading);

  Checked checked;
  checked.whereabouts = {reading.settings.listen, reading.settings.database};
  if (!reading.complaints.any_fatal()) checked.settings = std::make_shared<const Settings>(std::move(reading.settings));
  checked.complaints = reading.complaints.take();
  return checked;
}

}  // namespace bylined::settings
