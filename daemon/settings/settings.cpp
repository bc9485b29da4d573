// SPDX-License-Identifier: Apache-2.0
#include "settings/settings.h"

#include <filesystem>

#include "settings/reading.h"

namespace bylined::settings {
namespace {

constexpr std::size_t kSourcesMost = 50'000;
constexpr std::size_t kEntitiesMost = 50'000;
constexpr std::size_t kWatchesMost = 5'000;
constexpr std::size_t kReceiversMost = 1'000;
constexpr const char* kFolders[] = {"sources.d", "entities.d", "watches.d", "receivers.d"};

void read_tables(Table& root, Reading& reading) {
  for (Table& table : root.tables("source", kSourcesMost)) read_source(std::move(table), reading);
  for (Table& table : root.tables("entity", kEntitiesMost)) read_entity(std::move(table), reading);
  for (Table& table : root.tables("watch", kWatchesMost)) read_watch(std::move(table), reading);
  for (Table& table : root.tables("receiver", kReceiversMost)) read_receiver(std::move(table), reading);
}

void read_main(const Document& document, Reading& reading) {
  Table root = document.root();
  read_daemon(root, reading);
  read_http(root, reading);
  read_fetch(root, reading);
  read_tables(root, reading);
  root.finish();
}

void read_part(const Document& document, Reading& reading) {
  Table root = document.root();
  root.misplaced({"daemon", "store", "http", "fetch"}, "belongs into the main file");
  read_tables(root, reading);
  root.finish();
}

}  // namespace

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
  reading.folder = std::filesystem::absolute(path).parent_path();
  reading.environment = environment;
  reading.secrets = secrets;
  reading.settings.file = path;

  if (const auto main = Document::open(path, reading.complaints)) read_main(*main, reading);
  else reading.whole = false;
  for (const char* folder : kFolders) {
    for (const std::string& file : files_of_folder(beside(reading.folder, folder), reading.complaints)) {
      if (const auto part = Document::open(file, reading.complaints)) read_part(*part, reading);
      else reading.whole = false;
    }
  }
  check_whole(reading);

  Checked checked;
  if (!reading.complaints.any_fatal()) checked.settings = std::move(reading.settings);
  checked.complaints = reading.complaints.take();
  return checked;
}

}  // namespace bylined::settings
