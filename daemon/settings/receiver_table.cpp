// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/net/smtp.h"
#include "pipeline/deliver/deliver.h"
#include "settings/checks.h"
#include "settings/reading.h"

namespace bylined::settings {
namespace {

constexpr std::size_t kRecipientsMost = 100;

void read_secrets(Table& table, model::Receiver& receiver, Reading& reading) {
  const auto value = table.need("secret", "write secret = { file = \"…\" }: messages are signed, so that their reader knows whose they are");
  if (!value) return;
  const std::vector<Value> each = value->is_list() ? value->list(2) : std::vector<Value>{*value};
  if (each.empty()) value->refuse("is empty", "write one secret, or two while rotating");
  for (const Value& one : each) {
    auto secret = read_secret(one, reading);
    if (!secret) continue;
    const Status good = deliver::check_secret(*secret);
    if (!good) one.refuse(good.error().text(), "write \"whsec_\" and 24 to 64 random bytes in base64");
    receiver.secrets.push_back(std::move(*secret));
  }
}

void read_webhook(Table& table, model::Receiver& receiver, Reading& reading) {
  const auto value = table.need("url", "write the address that takes the messages");
  const auto url = value ? read_web_url(*value, "write it as \"https://hooks.example.com/press\"") : std::nullopt;
  if (url) receiver.url = url->text();
  read_secrets(table, receiver, reading);
  table.misplaced({"smtp", "tls", "user", "password", "from", "to"}, "belongs to receivers of the kind email");
}

void read_mail_server(Table& table, model::Receiver& receiver) {
  const auto value = table.need("smtp", "write \"smtps://host:465\" or \"smtp://host:587\"");
  const auto tls = table.find("tls");
  if (const auto text = tls ? tls->text() : std::nullopt) {
    const bool known = *text == "none" || *text == "required";
    if (!known) tls->refuse(quoted(*text) + " is not known here", "write \"none\", or leave it out: TLS is required then");
    receiver.tls_none = *text == "none";
  }
  const auto text = value ? value->text() : std::nullopt;
  if (!text) return;
  if (holds_login(*text)) {
    value->refuse("a user name or password does not stand in a URL", "write user and password as keys of their own");
    return;
  }
  const auto server = net::read_mail_server(*text);
  if (!server) {
    value->refuse(server.error().text(), "write it as \"smtps://mail.example.com:465\" or \"smtp://mail.example.com:587\"");
    return;
  }
  if (server->tls_first && receiver.tls_none) tls->refuse("smtps:// is TLS from the first byte", "write smtp://, or leave tls out");
  receiver.smtp = server->url;
}

void read_login(Table& table, model::Receiver& receiver, Reading& reading) {
  const auto user = table.find("user");
  const auto password = table.find("password");
  if (user) receiver.user = user->text().value_or("");
  if (password) receiver.password = read_secret(*password, reading).value_or(Secret());
  if (user.has_value() != password.has_value()) table.refuse("user and password go together", "write both, or neither");
  if (password && receiver.tls_none) password->refuse("a login is not sent without TLS", "leave out tls = \"none\", or the login");
}

void read_recipients(Table& table, model::Receiver& receiver, Reading& reading) {
  const auto value = table.need("to", "write the addresses that get the mails, each one of its own");
  if (!value) return;
  for (const auto& address : value->texts(kRecipientsMost)) {
    const auto bare = deliver::check_mailbox(address.value);
    const bool twice = bare && std::find(receiver.to.begin(), receiver.to.end(), *bare) != receiver.to.end();
    if (!bare) reading.complaints.refuse(address.place, bare.error().text(), "write \"name@example.com\"");
    else if (twice) reading.complaints.refuse(address.place, quoted(*bare) + " stands here twice");
    else receiver.to.push_back(*bare);
  }
  if (value->is_empty_list()) value->refuse("is empty", "write the addresses that get the mails");
}

void read_email(Table& table, model::Receiver& receiver, Reading& reading) {
  read_mail_server(table, receiver);
  read_login(table, receiver, reading);
  const auto from = table.need("from", "write \"Name <address@example.com>\"");
  if (const auto text = from ? from->text() : std::nullopt) {
    const auto bare = deliver::check_mailbox(*text);
    if (!bare) from->refuse(bare.error().text(), "write \"Name <address@example.com>\"");
    receiver.from = *text;
  }
  read_recipients(table, receiver, reading);
  table.misplaced({"url", "secret"}, "belongs to receivers of the kind webhook");
}

}  // namespace

void read_receiver(Table table, Reading& reading) {
  model::Receiver receiver;
  receiver.id.value = read_id(table, Noun::kReceiver, reading);
  receiver.language = read_language(table).value_or(reading.settings.language);
  if (const auto ranges = table.find("allow_private")) receiver.allow_private = read_ranges(*ranges, reading);
  table.not_yet("policy", "leave it out: every alert goes out at once");
  const auto kind = table.need("kind", "write \"webhook\" or \"email\"");
  receiver.kind = kind ? kind->text().value_or("") : "";
  if (receiver.kind == "webhook") read_webhook(table, receiver, reading);
  else if (receiver.kind == "email") read_email(table, receiver, reading);
  else {
    if (!receiver.kind.empty()) kind->refuse(quoted(receiver.kind) + " is not a kind of receiver", "write \"webhook\" or \"email\"");
    return;  // which other keys belong to it cannot be told
  }
  table.finish();
  reading.settings.receivers.push_back(std::move(receiver));
}

}  // namespace bylined::settings
