// SPDX-License-Identifier: Apache-2.0
// Bodies as a server packs them.
#pragma once

#include <zlib.h>

#include <string>
#include <string_view>

namespace bylined::net {

// By zlib's `bits` of a window and a format: gzip where nothing else is said.
inline std::string pack(std::string_view text, int bits = 15 + 16) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

inline std::string gzip(std::string_view text) { return pack(text); }

}  // namespace bylined::net
