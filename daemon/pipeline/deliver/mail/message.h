// SPDX-License-Identifier: Apache-2.0
// A mail's bytes (RFC 5322, 2045, 2047): header fields that nothing can be injected into, and bodies in
// base64, so that no line of an article is ever a line of the message. Knows no alert.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace bylined::deliver {

struct Mailbox {
  std::string name;     // UTF-8, may be empty
  std::string address;  // ASCII, "local@domain"
};
// "a@b.c", "Name <a@b.c>" or "\"Name\" <a@b.c>". kInvalid with the reason: nothing is repaired.
Result<Mailbox> parse_mailbox(std::string_view text);

// "Name: value" and CR LF, for a value of printable ASCII that is written as it stands. kInvalid where
// it holds anything else or is longer than a line may be: the field would not be ours any more.
Result<std::string> plain_field(std::string_view name, std::string_view value);
// The same for any text: as it stands where it is short and plain, else as encoded words on folded lines.
Result<std::string> text_field(std::string_view name, std::string_view value);
// From, To: the name as a phrase, the address on the same or its own line.
Result<std::string> mailbox_field(std::string_view name, const Mailbox& mailbox);

// A part of a multipart body, with its own headers and CR LF at its end.
std::string base64_part(std::string_view content_type, std::string_view text);

}  // namespace bylined::deliver
