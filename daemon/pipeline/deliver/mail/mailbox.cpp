// SPDX-License-Identifier: Apache-2.0
// One place that decides which addresses we write to: libcurl passes any byte on into SMTP commands.
#include <algorithm>

#include "base/text/decode.h"
#include "base/text/ascii.h"
#include "pipeline/deliver/deliver.h"
#include "pipeline/deliver/mail/message.h"

namespace bylined::deliver {
namespace {

constexpr std::size_t kMostAddress = 254;  // RFC 5321, 4.5.3.1.3, without the angle brackets
constexpr std::size_t kMostLocal = 64;
constexpr std::size_t kMostLabel = 63;
constexpr std::size_t kMostName = 100;

bool is_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

Error wrong(std::string_view text, std::string_view why) {
  return Error(ErrorKind::kInvalid, "mail address " + quoted(text) + " " + std::string(why));
}

// Words of [A-Za-z0-9_+=&~-] with single dots between them. Quoted strings, comments, percent and bang
// routes are legal and never meant.
bool good_local(std::string_view local) {
  if (local.empty() || local.size() > kMostLocal || local.front() == '.' || local.back() == '.' || local.front() == '-') return false;
  if (local.find("..") != std::string_view::npos) return false;
  return std::all_of(local.begin(), local.end(), [](char c) { return is_alnum(c) || std::string_view("._+=&~-").find(c) != std::string_view::npos; });
}

bool good_label(std::string_view label) {
  if (label.empty() || label.size() > kMostLabel || label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(), [](char c) { return is_alnum(c) || c == '-'; });
}

bool good_domain(std::string_view domain) {
  for (std::size_t dot = domain.find('.'); dot != std::string_view::npos; dot = domain.find('.')) {
    if (!good_label(domain.substr(0, dot))) return false;
    domain.remove_prefix(dot + 1);
  }
  return good_label(domain);
}

Status check_address(std::string_view address, std::string_view text) {
  if (address.size() > kMostAddress) return wrong(text, "is longer than 254 characters");
  const bool ascii = std::all_of(address.begin(), address.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!ascii) return wrong(text, "is not ASCII: write the domain in punycode (xn--…); local parts in Korean cannot be reached");
  const std::size_t at = address.find('@');
  if (at == std::string_view::npos) return wrong(text, "has no @");
  if (!good_local(address.substr(0, at))) return wrong(text, "has a part before the @ that we do not write to (letters, digits, . _ + = & ~ -)");
  if (!good_domain(address.substr(at + 1))) return wrong(text, "has no host name after the @");
  return Status();
}

}  // namespace

Result<Mailbox> parse_mailbox(std::string_view text) {
  const bool control = std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (control) return wrong(text, "holds a control character");
  if (!text::valid_utf8(text)) return wrong(text, "is not UTF-8");
  const std::string_view whole = text::trimmed(text, " ");
  const std::size_t open = whole.find('<');
  if (open == std::string_view::npos) {
    if (auto good = check_address(whole, text); !good) return good.error();
    return Mailbox{"", std::string(whole)};
  }
  if (!whole.ends_with('>')) return wrong(text, "has a < without a > at its end");
  const std::string_view address = whole.substr(open + 1, whole.size() - open - 2);
  if (auto good = check_address(address, text); !good) return good.error();
  std::string_view name = text::trimmed(whole.substr(0, open), " ");
  if (name.size() >= 2 && name.front() == '"' && name.back() == '"') name = text::trimmed(name.substr(1, name.size() - 2), " ");
  if (text::code_points(name) > kMostName) return wrong(text, "has a name of more than 100 characters");
  if (name.find_first_of("\"\\<>") != std::string_view::npos) return wrong(text, "has a quotation mark, backslash or bracket in its name");
  return Mailbox{std::string(name), std::string(address)};
}

Result<std::string> check_mailbox(std::string_view text) {
  auto mailbox = parse_mailbox(text);
  if (!mailbox) return mailbox.error();
  if (const Status sendable = net::check_address(mailbox->address); !sendable) return sendable.error();
  return std::move(mailbox->address);
}

}  // namespace bylined::deliver
