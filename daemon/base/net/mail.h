// SPDX-License-Identifier: Apache-2.0
// Hands one composed message to a mail server. Knows SMTP, not what mails say.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "base/task.h"
#include "base/time.h"

namespace bylined::net {

struct Mail {
  std::string server;       // "smtp://host:port" (STARTTLS required unless `tls_none`) or "smtps://host:port"
  bool tls_none = false;
  std::string user;
  Secret password;
  std::string from;         // envelope addresses, as check_address() wants them
  std::string to;
  std::string message;      // RFC 5322 bytes: 7 bits, CR LF everywhere, lines up to 998
  Millis timeout{120'000};      // up to the message's end
  Millis end_timeout{600'000};  // for the answer to it (RFC 5321, 4.5.3.2.6): a server that is given less gets the mail again
  std::vector<std::string> allow_private;
};

// What the server said. `code` 0: no answer was read. `sent`: the message's end had gone out, so that
// without an answer nobody knows whether it was taken (RFC 5321, 4.5.3.2.6). `refused`: the mail or our
// settings break a rule of ours (envelope, message, server, login without TLS); unchanged it will never go.
// `to_us`: said before the recipient was named (greeting, EHLO, login, MAIL FROM), so that it is about the server or our account.
struct MailAnswer {
  int code = 0;
  std::string text;      // reply with its enhanced status, or why there is none; at most 500 bytes
  bool sent = false;
  bool refused = false;
  bool to_us = false;
};

// Is this a bare address that we put into an envelope: an ASCII local part without quotes or comments,
// a host name, 254 bytes at most? kInvalid with the reason.
Status check_address(std::string_view address);

class MailClient {
 public:
  virtual ~MailClient() = default;
  // Never throws the password into an answer, and never sends it without TLS.
  virtual Task<MailAnswer> send(Mail mail) = 0;
};

}  // namespace bylined::net
