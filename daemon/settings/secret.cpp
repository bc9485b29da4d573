// SPDX-License-Identifier: Apache-2.0
#include "settings/reading.h"

#include <cerrno>

#include <unistd.h>

namespace bylined::settings {
namespace {

constexpr std::size_t kSecretMost = 16u << 10;

// systemd 252 names the folder of credentials to the commands of a reload, and hides what lies in it from them.
bool is_closed_to_us(const std::string& folder) { return ::access(folder.c_str(), X_OK) != 0 && errno == EACCES; }

// Where the secret's bytes lie; none where it complained or need not be known.
std::optional<std::string> secret_path(Table table, Reading& reading) {
  const auto file = table.find("file");
  const auto credential = table.find("credential");
  table.finish();
  if (file.has_value() == credential.has_value()) {
    table.refuse("wants either a file or a credential", "write { file = \"…\" } or { credential = \"…\" }");
    return std::nullopt;
  }
  const auto written = file ? file->text() : credential->text();
  if (!written || reading.secrets == Secrets::kSkip) return std::nullopt;
  if (file) return beside(reading.folder, *written);

  if (written->find('/') != std::string::npos) {
    credential->refuse("a credential is a name, not a path", "write { file = \"…\" } for a file");
    return std::nullopt;
  }
  const auto folder = reading.environment("CREDENTIALS_DIRECTORY");
  if (reading.secrets == Secrets::kCheck && (!folder || is_closed_to_us(*folder))) {
    credential->warn("cannot be checked here: systemd gives it to the service only");
    return std::nullopt;
  }
  if (!folder) {
    credential->refuse("systemd passed no credentials to this process",
                       "start it as a service with LoadCredential=" + *written + ":PATH, or use a file");
    return std::nullopt;
  }
  return beside(*folder, *written);
}

std::optional<Secret> judge(std::string bytes, const Value& value, const std::string& path) {
  if (bytes.ends_with('\n')) bytes.pop_back();
  if (bytes.empty()) value.refuse("the secret in " + path + " is empty");
  else if (bytes.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
    value.refuse("the secret in " + path + " holds a line break or a zero byte", "store it as one line, with Unix line ends");
  } else return Secret(std::move(bytes));
  return std::nullopt;
}

}  // namespace

std::optional<Secret> read_secret(const Value& value, Reading& reading) {
  if (!value.is_table()) {
    value.refuse("a secret does not stand in the configuration", "write it to a file of its own: { file = \"…\" } or { credential = \"…\" }");
    return std::nullopt;
  }
  const auto path = secret_path(*value.table(), reading);
  if (!path) return std::nullopt;
  auto bytes = read_file(*path, kSecretMost);
  if (!bytes) {
    value.refuse("the secret's file " + *path + " " + (bytes.error().kind() == ErrorKind::kNotFound ? "does not exist" : bytes.error().text()));
    return std::nullopt;
  }
  switch (openness(*path)) {
    case Openness::kClosed: break;
    case Openness::kReadableByOthers: value.warn("every user of this machine may read " + *path, "chmod o-rwx " + *path); break;
    case Openness::kWritableByOthers: value.refuse("every user of this machine may write " + *path, "chmod o-rwx " + *path); return std::nullopt;
  }
  return judge(std::move(*bytes), value, *path);
}

}  // namespace bylined::settings
