// SPDX-License-Identifier: Apache-2.0
// Configuration files to typed, checked values. Reads everything, reports every fault in one run with
// file, line, column, key, reason and remedy; changes nothing. Never writes a file.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "base/time.h"
#include "model/definition.h"
#include "model/entity.h"
#include "model/receiver.h"
#include "model/source.h"
#include "pipeline/fetch/fetch.h"

namespace bylined::settings {

struct Complaint {
  bool fatal = true;    // false: a warning; the daemon starts
  std::string file;
  int line = 0;
  int column = 0;
  std::string key;      // "source[2].every"
  std::string reason;
  std::string remedy;
  std::string name;     // of an entity, where it is what is doubted
};
// "file:line:column: key: reason (remedy)".
std::string text(const Complaint& complaint);

struct Token {
  std::string name;
  std::string role;     // "reader"
  Secret secret;
};

struct Settings {
  std::string file;
  // [daemon]
  std::string state_dir = "/var/lib/bylined";
  std::string timezone = "Asia/Seoul";
  model::Language language = model::Language::kKorean;
  // [store]
  std::string database;  // absolute path, from store.url
  // [http]
  std::vector<std::string> listen;
  std::string public_url;
  std::vector<std::string> hosts;
  std::vector<Token> tokens;
  // [fetch]
  std::string contact;
  fetch::Options fetch;
  std::vector<int> ports = {80, 443};
  std::string ca_file;
  std::string proxy;
  std::vector<std::string> allow_private;
  std::map<std::string, std::string> connect_to;

  std::vector<model::Source> sources;
  std::vector<model::Entity> entities;
  std::vector<model::Watch> watches;
  std::vector<model::Receiver> receivers;
  std::vector<model::Definition> definitions;  // of the entities, watches and tagged sources, with their places
};

using SettingsPtr = std::shared_ptr<const Settings>;

// Where a daemon that once read these files is to be found, as far as they can still be read.
struct Whereabouts {
  std::vector<std::string> listen;
  std::string database;  // empty where the main file cannot be parsed
};

struct Checked {
  SettingsPtr settings;  // none where a complaint is fatal
  std::vector<Complaint> complaints;
  Whereabouts whereabouts;
};

// Gives STATE_DIRECTORY and CREDENTIALS_DIRECTORY; programs pass `process_environment`.
using Environment = std::optional<std::string> (*)(const std::string& name);
std::optional<std::string> process_environment(const std::string& name);
// kCheck: as kRead, but a credential that only the service is given is a warning, so that a person can check.
// kSkip: secrets are left empty and their files untouched, for programs that only look for the daemon.
enum class Secrets { kRead, kCheck, kSkip };
Checked read(const std::string& path, Environment environment, Secrets secrets = Secrets::kRead);

// A watch's query (docs/rules.md), which must name an entity whose mention is asked for. kInvalid with the column and what
// to write.
Result<model::Rule> parse_query(std::string_view query);

}  // namespace bylined::settings
