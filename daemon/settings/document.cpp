// SPDX-License-Identifier: Apache-2.0
#include "settings/document.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <toml++/toml.h>

#include "base/text/shown.h"

namespace bylined::settings {
namespace {

namespace fs = std::filesystem;

std::string remedy_for(std::string_view parser_words) {
  constexpr std::pair<std::string_view, const char*> kRemedies[] = {
      {"utf-8", "save the file as UTF-8"},
      {"redefine", "write each key once"},
      {"expected keys", "put keys with other letters than a-z, 0-9, - and _ in quotes"},
  };
  for (const auto& [word, remedy] : kRemedies) {
    if (parser_words.find(word) != std::string_view::npos) return remedy;
  }
  return "strings, durations and sizes stand in quotes";
}

// toml++ of Debian is built with exceptions: this is the one place that meets them.
std::unique_ptr<toml::table> parse(const std::string& text, const std::string& path, Complaints& complaints) {
  try {
    return std::make_unique<toml::table>(toml::parse(text, path));
  } catch (const toml::parse_error& error) {
    const toml::source_position at = error.source().begin;
    const Place place{path, static_cast<int>(at.line), static_cast<int>(at.column), {}};
    complaints.refuse(place, "not valid TOML: " + text::shown(error.description()), remedy_for(error.description()));
    return nullptr;
  }
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t most) {
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  if (status.type() == fs::file_type::not_found) return Error(ErrorKind::kNotFound, "there is no such file");
  if (code) return Error(ErrorKind::kInvalid, "cannot be opened: " + code.message());
  if (status.type() == fs::file_type::directory) return Error(ErrorKind::kInvalid, "is a folder, not a file");
  if (status.type() != fs::file_type::regular) return Error(ErrorKind::kInvalid, "is not a plain file");

  std::ifstream file(path, std::ios::binary);
  if (!file) return Error(ErrorKind::kInvalid, "cannot be opened: permission denied");
  std::string bytes(std::min<std::uintmax_t>(fs::file_size(path, code), most) + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.bad()) return Error(ErrorKind::kInvalid, "cannot be read");
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (bytes.size() > most) return Error(ErrorKind::kExhausted, "is larger than " + size_text(most));
  return bytes;
}

Document::Document(std::string path, Complaints& complaints) : path_(std::move(path)), complaints_(complaints) {}
Document::~Document() = default;

std::unique_ptr<Document> Document::open(const std::string& path, Complaints& complaints) {
  const Place whole{path, 0, 0, {}};
  const auto text = read_file(path, kFileMost);
  if (!text) {
    complaints.refuse(whole, text.error().text());
    return nullptr;
  }
  if (openness(path) == Openness::kWritableByOthers) {
    complaints.refuse(whole, "every user of this machine may write it", "chmod o-w " + path);
  }
  std::unique_ptr<Document> document(new Document(path, complaints));
  document->parsed_ = parse(*text, path, complaints);
  return document->parsed_ ? std::move(document) : nullptr;
}

Table Document::root() const { return Table(*parsed_, Place{path_, 1, 1, {}}, complaints_); }

std::vector<std::string> files_of_folder(const std::string& folder, Complaints& complaints) {
  std::vector<std::string> files;
  std::error_code code;
  const fs::file_status status = fs::status(folder, code);
  if (status.type() == fs::file_type::not_found) return files;
  fs::directory_iterator at(folder, code);
  if (code) {
    complaints.refuse({folder, 0, 0, {}}, "cannot be listed: " + code.message());
    return files;
  }
  for (; !code && at != fs::directory_iterator(); at.increment(code)) {
    const std::string name = at->path().filename();
    if (name.ends_with(".toml") && !name.starts_with(".")) files.push_back(at->path());
  }
  if (openness(folder) == Openness::kWritableByOthers) {
    complaints.refuse({folder, 0, 0, {}}, "every user of this machine may write in it", "chmod o-w " + folder);
  }
  std::sort(files.begin(), files.end());
  if (files.size() > kFilesMost) {
    complaints.refuse({folder, 0, 0, {}}, "holds more than " + std::to_string(kFilesMost) + " files", "put several tables into one file");
    files.resize(kFilesMost);
  }
  return files;
}

Openness openness(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return Openness::kClosed;
  if (status.st_mode & S_IWOTH) return Openness::kWritableByOthers;
  return status.st_mode & S_IROTH ? Openness::kReadableByOthers : Openness::kClosed;
}

std::string beside(const std::string& folder, const std::string& path) {
  return (fs::path(folder) / path).lexically_normal();
}

}  // namespace bylined::settings
