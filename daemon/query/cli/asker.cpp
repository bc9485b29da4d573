// SPDX-License-Identifier: Apache-2.0
#include "query/cli/asker.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <ostream>
#include <utility>

#include "base/clock.h"
#include "base/net/daemon_client.h"
#include "query/api/target.h"
#include "settings/settings.h"

namespace bylined::cli {
namespace {

namespace json = query::json;

constexpr std::string_view kUnix = "unix:";
constexpr Millis kProbe{10'000};      // of all addresses together: a daemon that is silent at one is silent at all
constexpr Millis kLeastProbe{1'000};  // of each of them
constexpr const char* kNone = "no daemon is running: start it first";
constexpr const char* kSilent = "a daemon has the database, but does not answer: see `systemctl status bylined` and its log";
constexpr std::string_view kFaultsPassedOver =
    "byline: warning: the configuration has faults (see `byline config check`); the daemon goes on with what it read before\n";

// The daemon's own word for what went wrong.
Error error_of(const net::HttpResponse& response) {
  const auto body = markup::parse_json(response.body);
  std::string detail = body ? std::string(markup::text_at(*body, "detail")) : std::string();
  if (detail.empty()) detail = "the daemon answered with status " + std::to_string(response.status);
  switch (response.status) {
    case 400: return Error(ErrorKind::kInvalid, detail);
    case 404: return Error(ErrorKind::kNotFound, detail);
    case 401:
    case 403:
    case 409:
    case 421: return Error(ErrorKind::kRefused, detail);
    default: return Error(ErrorKind::kTransient, detail);
  }
}

class RemoteAsker final : public Asker {
 public:
  explicit RemoteAsker(net::DaemonAddress address) : address_(std::move(address)) {}

  Result<json::value> ask(const query::Question& question) override {
    std::string target = "/api/v1/" + question.path;
    char join = '?';
    for (const auto& [name, value] : question.params) {
      target += join + api::encoded(name) + '=' + api::encoded(value);
      join = '&';
    }
    return read(net::ask_daemon(address_, "GET", target, std::string()));
  }

  Result<json::value> order(const std::string& path, const json::object& body) override {
    return read(net::ask_daemon(address_, "POST", "/api/v1/" + path, json::serialize(body)));
  }

  bool daemon() const override { return true; }

 private:
  static Result<json::value> read(const Result<net::HttpResponse>& response) {
    if (!response) return response.error();
    if (response->status != 200 && response->status != 202) return error_of(*response);
    return markup::parse_json(response->body);
  }

  const net::DaemonAddress address_;
};

class LocalAsker final : public Asker {
 public:
  // `why`: there is no daemon to order.
  LocalAsker(std::unique_ptr<store::Reader> reader, settings::SettingsPtr settings, std::string why)
      : reader_(std::move(reader)), settings_(std::move(settings)), why_(std::move(why)), now_(system_now()) {}

  Result<json::value> ask(const query::Question& question) override {
    return query::answer(query::Sight{*reader_, settings_, json::object(), now_}, question);
  }
  Result<json::value> order(const std::string&, const json::object&) override {
    return Error(ErrorKind::kTransient, why_ + "; this is an order, and only the daemon writes");
  }
  bool daemon() const override { return false; }

 private:
  std::unique_ptr<store::Reader> reader_;
  const settings::SettingsPtr settings_;
  const std::string why_;
  const Instant now_;
};

settings::Checked read_settings(const std::string& file, settings::Secrets secrets = settings::Secrets::kSkip) { return settings::read(file, settings::process_environment, secrets); }

Error faults_of(const settings::Checked& checked) {
  std::string text;
  for (const settings::Complaint& complaint : checked.complaints) {
    if (complaint.fatal) text += (text.empty() ? "" : "\n") + settings::text(complaint);
  }
  return Error(ErrorKind::kInvalid, text);
}

Result<Secret> read_token(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error(ErrorKind::kNotFound, "cannot read the token file " + quoted(file));
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return Secret(std::move(text));
}

Result<std::unique_ptr<Asker>> named_server(const Connection& connection) {
  net::DaemonAddress address;
  address.server = connection.server;
  if (!connection.token_file.empty()) {
    auto token = read_token(connection.token_file);
    if (!token) return token.error();
    address.token = std::move(*token);
  }
  return std::unique_ptr<Asker>(std::make_unique<RemoteAsker>(std::move(address)));
}

// Well, unwell, or busy, or not to be asked by this name: it says so itself.
bool is_daemons(int status) { return status == 200 || status == 503 || status == 421; }

// Does a daemon answer on one of its configured addresses? The socket first: it takes orders.
std::unique_ptr<Asker> running_daemon(const std::vector<std::string>& listeners) {
  const Instant end = system_now() + kProbe;
  for (const bool socket : {true, false}) {
    for (const std::string& listen : listeners) {
      if (listen.starts_with(kUnix) != socket) continue;
      net::DaemonAddress address;
      if (socket) {
        address.socket = listen.substr(kUnix.size());
      } else {
        address.server = "http://" + listen;
      }
      net::DaemonAddress probed = address;
      probed.patience = std::clamp<Millis>(end - system_now(), kLeastProbe, kProbe);
      const auto alive = net::ask_daemon(probed, "GET", "/livez", std::string());
      if (alive && is_daemons(alive->status)) return std::make_unique<RemoteAsker>(std::move(address));
    }
  }
  return nullptr;
}

}  // namespace

Result<std::unique_ptr<Asker>> make_asker(const Connection& connection, std::ostream& remarks) {
  if (!connection.server.empty()) return named_server(connection);
  const settings::Checked checked = read_settings(connection.config);
  auto daemon = running_daemon(checked.whereabouts.listen);
  if (!daemon && !checked.settings) return faults_of(checked);
  if (!checked.settings) remarks << kFaultsPassedOver;
  if (daemon) return daemon;
  const bool held = store::is_held(checked.whereabouts.database);
  auto reader = store::open_reader(checked.whereabouts.database);
  if (!reader) return reader.error().within("no daemon answers, and its database cannot be read");
  if (held) remarks << "byline: warning: " << kSilent << "; what follows is its database as it stands\n";
  return std::unique_ptr<Asker>(std::make_unique<LocalAsker>(std::move(*reader), checked.settings, held ? kSilent : kNone));
}

Result<settings::SettingsPtr> configured(const Connection& connection, settings::Secrets secrets) {
  const settings::Checked checked = read_settings(connection.config, secrets);
  if (!checked.settings) return faults_of(checked);
  return checked.settings;
}

Result<std::string> database_of(const Connection& connection) {
  const auto settings = configured(connection);
  if (!settings) return settings.error();
  return (*settings)->database;
}

}  // namespace bylined::cli
