// SPDX-License-Identifier: Apache-2.0
// Where answers come from: the running daemon over its socket or an address, or the database itself,
// read-only, where no daemon runs. A command does not see the difference.
#pragma once

#include <iosfwd>
#include <memory>
#include <string>

#include "query/service/service.h"

namespace bylined::cli {

struct Connection {
  std::string config = "/etc/bylined/bylined.toml";
  std::string server;      // instead of the socket of the configuration
  std::string token_file;
};

class Asker {
 public:
  virtual ~Asker() = default;
  virtual Result<query::json::value> ask(const query::Question& question) = 0;
  // kTransient without a daemon: orders need one. What takes long answers before it is done, and says so.
  virtual Result<query::json::value> order(const std::string& path, const query::json::object& body) = 0;
  virtual bool daemon() const = 0;
};

// A daemon is found although its files have got faults since it read them; `remarks` is then told so.
// kInvalid: the configuration cannot be read, and no daemon answers. kNotFound: no daemon and no database.
Result<std::unique_ptr<Asker>> make_asker(const Connection& connection, std::ostream& remarks);

// As its files are now, without secrets or, for a command that needs one, with those that this user may read. kInvalid:
// they have faults.
Result<settings::SettingsPtr> configured(const Connection& connection, settings::Secrets secrets = settings::Secrets::kSkip);
// The database file of the configuration, for `db` commands.
Result<std::string> database_of(const Connection& connection);

}  // namespace bylined::cli
