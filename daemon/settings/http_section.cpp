// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>

#include "settings/checks.h"
#include "settings/reading.h"

namespace bylined::settings {
namespace {

constexpr std::size_t kTokenLeast = 20;

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
    if (good && !local && reading.settings.tokens.empty()) {
      reading.complaints.warn(address.place, "everybody who reaches " + address.value + " can read all alerts",
                              "listen on 127.0.0.1, or set tokens");
    }
    if (std::find(listen.begin(), listen.end(), address.value) != listen.end()) reading.complaints.refuse(address.place, quoted(address.value) + " stands here twice");
    listen.push_back(address.value);
  }
  const bool takes_orders = std::any_of(listen.begin(), listen.end(), [](const std::string& one) { return one.starts_with("unix:"); });
  if (!takes_orders) {
    table.find("listen")->warn("names no Unix socket: orders such as replay and backup cannot be given, and `byline` may not find the daemon",
                               "add \"unix:/run/bylined/bylined.sock\"");
  }
  reading.settings.listen = std::move(listen);
}

// Whoever guesses a token reads everything: it must not be a word.
bool hard_to_guess(const std::string& token) {
  const bool plain = std::all_of(token.begin(), token.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; });
  return plain && token.size() >= kTokenLeast;
}

void read_token(Table table, Reading& reading) {
  Token token;
  const auto name = table.need("name", "say whose it is");
  if (name) token.name = name->text().value_or("");
  const auto same = [&token](const Token& other) { return other.name == token.name; };
  const bool taken = std::any_of(reading.settings.tokens.begin(), reading.settings.tokens.end(), same);
  if (taken && !token.name.empty()) name->refuse("there is a token of this name", "give one of them another name");
  const auto role = table.need("role", "write \"reader\"");
  if (role) token.role = role->text().value_or("");
  const bool later = token.role == "responder" || token.role == "editor" || token.role == "admin";
  if (later) role->refuse("the role " + quoted(token.role) + " is not supported yet", "write \"reader\": orders go through the Unix socket");
  else if (!token.role.empty() && token.role != "reader") role->refuse(quoted(token.role) + " is not a role", "write \"reader\"");
  const auto value = table.need("secret", "write secret = { file = \"…\" }");
  const auto secret = value ? read_secret(*value, reading) : std::nullopt;
  if (secret && !hard_to_guess(secret->reveal())) {
    value->refuse("the token is shorter than " + std::to_string(kTokenLeast) + " letters, or holds others than ASCII's",
                  "make one with: openssl rand -hex 32");
  }
  table.finish();
  token.secret = secret.value_or(Secret());
  reading.settings.tokens.push_back(std::move(token));
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
  for (Table& token : table->tables("tokens", 100)) read_token(std::move(token), reading);
  if (table->find("listen")) read_listeners(*table, reading);
  read_public_url(*table, reading);
  reading.settings.hosts = read_hosts(*table, "hosts", reading);
  table->finish();
}

}  // namespace bylined::settings
