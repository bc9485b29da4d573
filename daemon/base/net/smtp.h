// SPDX-License-Identifier: Apache-2.0
// The words of one mail transaction (RFC 5321): what may be said, how a message is framed, and how
// replies are read. Pure: whoever owns the connection carries the bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/net/mail.h"

namespace bylined::net {

struct MailServer {
  std::string url;    // "smtp://host:port" or "smtps://host:port", nothing more
  std::string host;
  int port = 0;
  bool tls_first = false;
};
// kInvalid: another scheme, user info, a path.
Result<MailServer> read_mail_server(std::string_view text);

// Envelope, message and login, before anything is dialled. kInvalid.
Status check_mail(const Mail& mail, const MailServer& server);

// The message with dots doubled at line starts, and the line that ends it.
std::string framed(std::string_view message);

struct Reply {
  int code = 0;
  std::string text;  // lines joined by blanks, controls taken out, at most 500 bytes
  bool more = false;  // something came behind it that nobody had asked for
};

// Puts replies together from bytes as they come.
class ReplyReader {
 public:
  // A reply once it is whole. kTransient: not SMTP, or too long.
  Result<std::optional<Reply>> take(std::string_view bytes);

 private:
  Status line(std::string_view text);

  std::string pending_;
  Reply reply_;
  std::size_t size_ = 0;
  bool whole_ = false;
};

}  // namespace bylined::net
