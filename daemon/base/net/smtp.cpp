// SPDX-License-Identifier: Apache-2.0
#include "base/net/smtp.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "base/text/ascii.h"

namespace bylined::net {
namespace {

constexpr std::size_t kLongestAddress = 254;       // RFC 5321, 4.5.3.1.3 without the brackets
constexpr std::size_t kLocalLimit = 64;
constexpr std::size_t kLabelLimit = 63;
constexpr std::size_t kLineLimit = 998;
constexpr std::size_t kMessageLimit = 16u << 20;
constexpr std::size_t kReplyLimit = 16u << 10;
constexpr std::size_t kTextLimit = 500;

Error invalid(std::string text) { return Error(ErrorKind::kInvalid, std::move(text)); }

bool alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool local_character(char c) {
  constexpr std::string_view kOthers = "!#$%&'*+-/=?^_`{|}~.";
  return alphanumeric(c) || kOthers.find(c) != std::string_view::npos;
}
bool dotted_well(std::string_view text) {
  return !text.empty() && text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos;
}
bool good_label(std::string_view label) {
  const auto inside = [](char c) { return alphanumeric(c) || c == '-'; };
  return !label.empty() && label.size() <= kLabelLimit && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), inside);
}
bool good_domain(std::string_view domain) {
  while (true) {
    const std::size_t dot = domain.find('.');
    if (!good_label(domain.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    domain.remove_prefix(dot + 1);
  }
}

// Anything but pairs of CR and LF lets a server see two messages where we see one.
Status check_message(std::string_view message) {
  if (message.size() > kMessageLimit) return invalid("the message exceeds " + std::to_string(kMessageLimit) + " bytes");
  if (!message.ends_with("\r\n")) return invalid("the message does not end with CR LF");
  std::size_t start = 0;
  for (std::size_t i = 0; i < message.size(); ++i) {
    const auto byte = static_cast<unsigned char>(message[i]);
    if (byte == 0 || byte > 0x7e) return invalid("the message holds byte " + std::to_string(byte) + " at " + std::to_string(i));
    if (byte == '\r' && message.substr(i, 2) != "\r\n") return invalid("the message holds a CR without LF at " + std::to_string(i));
    if (byte != '\n') continue;
    if (i == 0 || message[i - 1] != '\r') return invalid("the message holds an LF without CR at " + std::to_string(i));
    if (i - 1 - start > kLineLimit) return invalid("the message's line at " + std::to_string(start) + " exceeds " + std::to_string(kLineLimit) + " bytes");
    start = i + 1;
  }
  return Status();
}

}  // namespace

Status check_address(std::string_view address) {
  const auto wrong = [&](std::string_view why) { return invalid("mail address " + quoted(address) + " " + std::string(why)); };
  if (address.size() > kLongestAddress) return wrong("is longer than 254 bytes");
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos || at == 0 || at > kLocalLimit) return wrong("has no local part of 1 to 64 bytes");
  const std::string_view local = address.substr(0, at);
  if (!std::all_of(local.begin(), local.end(), local_character) || !dotted_well(local)) return wrong("has a local part that we do not send to");
  if (!good_domain(address.substr(at + 1))) return wrong("has no host name after the @");
  return Status();
}

Result<MailServer> read_mail_server(std::string_view text) {
  const auto wrong = [&](std::string_view why) { return invalid("mail server " + quoted(text) + " " + std::string(why)); };
  if (text::has_control(text) || text.find('\\') != std::string_view::npos) return wrong("holds a control character or a backslash");
  const std::unique_ptr<CURLU, void (*)(CURLU*)> handle(curl_url(), curl_url_cleanup);
  if (curl_url_set(handle.get(), CURLUPART_URL, std::string(text).c_str(), 0) != CURLUE_OK) return wrong("is not an address");
  const auto part = [&](CURLUPart which, unsigned flags = 0) {
    char* value = nullptr;
    if (curl_url_get(handle.get(), which, &value, flags) != CURLUE_OK) return std::string();
    std::string copy(value);
    curl_free(value);
    return copy;
  };
  MailServer server;
  const std::string scheme = part(CURLUPART_SCHEME);
  if (scheme != "smtp" && scheme != "smtps") return wrong("is neither smtp:// nor smtps://");
  const std::string path = part(CURLUPART_PATH);
  const bool more = !part(CURLUPART_USER).empty() || !part(CURLUPART_PASSWORD).empty() || !part(CURLUPART_OPTIONS).empty() ||
                    (path != "/" && !path.empty()) || !part(CURLUPART_QUERY).empty() || !part(CURLUPART_FRAGMENT).empty();
  if (more) return wrong("has more than a host and a port");
  server.tls_first = scheme == "smtps";
  server.host = part(CURLUPART_HOST);
  const std::string port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT);
  std::from_chars(port.data(), port.data() + port.size(), server.port);
  if (server.host.empty() || server.port == 0) return wrong("has no host");
  std::transform(server.host.begin(), server.host.end(), server.host.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  server.url = scheme + "://" + server.host + ":" + std::to_string(server.port);
  return server;
}

Status check_mail(const Mail& mail, const MailServer& server) {
  if (const Status good = check_address(mail.from); !good) return good.error().within("sender");
  if (const Status good = check_address(mail.to); !good) return good.error().within("recipient");
  const bool login = !mail.user.empty() || !mail.password.empty();
  if (login && mail.tls_none && !server.tls_first) return invalid("a login is not sent without TLS");
  if (text::has_control(mail.user) || text::has_control(mail.password.reveal())) return invalid("the login holds a control character");
  return check_message(mail.message);
}

std::string framed(std::string_view message) {
  std::string out;
  out.reserve(message.size() + 64);
  bool at_start = true;
  for (const char c : message) {
    if (at_start && c == '.') out += '.';
    out += c;
    at_start = c == '\n';
  }
  return out + ".\r\n";
}

Result<std::optional<Reply>> ReplyReader::take(std::string_view bytes) {
  size_ += bytes.size();
  if (size_ > kReplyLimit) return Error(ErrorKind::kTransient, "the server's reply exceeds " + std::to_string(kReplyLimit) + " bytes");
  pending_ += bytes;
  for (std::size_t end = pending_.find('\n'); end != std::string::npos; end = pending_.find('\n')) {
    if (whole_) break;
    const Status read = line(std::string_view(pending_).substr(0, end));
    if (!read) return read.error();
    pending_.erase(0, end + 1);
  }
  if (!whole_) return std::optional<Reply>();
  std::optional<Reply> reply(std::move(reply_));
  reply->more = !pending_.empty();
  *this = ReplyReader();
  return reply;
}

Status ReplyReader::line(std::string_view text) {
  if (text.ends_with('\r')) text.remove_suffix(1);
  int code = 0;
  const bool digits = text.size() >= 3 && std::all_of(text.begin(), text.begin() + 3, [](char c) { return c >= '0' && c <= '9'; });
  if (digits) std::from_chars(text.data(), text.data() + 3, code);
  const char mark = text.size() > 3 ? text[3] : ' ';
  if (code < 200 || code > 599 || (mark != ' ' && mark != '-') || (reply_.code != 0 && reply_.code != code)) {
    return Error(ErrorKind::kTransient, "the server's reply " + quoted(text) + " is not SMTP");
  }
  reply_.code = code;
  whole_ = mark == ' ';
  if (text.size() <= 4) return Status();
  if (!reply_.text.empty()) reply_.text += ' ';
  for (const char c : text.substr(4)) reply_.text += text::has_control(std::string_view(&c, 1)) ? ' ' : c;
  if (reply_.text.size() > kTextLimit) reply_.text.resize(kTextLimit);
  return Status();
}

}  // namespace bylined::net
