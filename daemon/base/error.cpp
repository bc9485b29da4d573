// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include <cstdio>

#include "base/text/decode.h"

namespace bylined {

std::string_view kind_name(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kTransient: return "transient";
    case ErrorKind::kRefused: return "refused";
    case ErrorKind::kInvalid: return "invalid";
    case ErrorKind::kNotFound: return "not_found";
    case ErrorKind::kExhausted: return "exhausted";
    case ErrorKind::kBusy: return "busy";
    case ErrorKind::kCancelled: return "cancelled";
    case ErrorKind::kCorrupt: return "corrupt";
  }
  return "unknown";
}

Error Error::within(std::string_view where) const {
  std::string text(where);
  text += ": ";
  text += text_;
  return Error(kind_, std::move(text));
}

std::string quoted(std::string_view foreign) {
  constexpr std::size_t kLimit = 200;
  bool cut = foreign.size() > kLimit;
  if (cut) {
    std::size_t end = kLimit;
    while (end > 0 && (static_cast<unsigned char>(foreign[end]) & 0xC0) == 0x80) --end;
    foreign = foreign.substr(0, end);
  }
  const bool readable = text::valid_utf8(foreign);
  std::string out = "'";
  for (const char c : foreign) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || (byte >= 0x80 && !readable)) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\x%02x", byte);
      out += escaped;
    } else {
      out += c;
    }
  }
  out += cut ? "…'" : "'";
  return out;
}

}  // namespace bylined
