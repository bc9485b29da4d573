// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include "base/text/decode.h"
#include "base/text/steering.h"

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
  const bool cut = foreign.size() > kLimit;
  foreign = text::first_bytes(foreign, kLimit);
  const bool readable = text::valid_utf8(foreign);
  std::string out = "'";
  while (!foreign.empty()) {
    const bool bad = (foreign[0] & 0x80) != 0 && !readable;
    const std::size_t steering = bad ? 1 : text::steering_length(foreign);
    const std::size_t length = steering > 0 ? steering : 1;
    if (steering > 0) {
      text::append_escaped(out, foreign.substr(0, length));
    } else {
      out += foreign[0];
    }
    foreign.remove_prefix(length);
  }
  out += cut ? "…'" : "'";
  return out;
}

}  // namespace bylined
