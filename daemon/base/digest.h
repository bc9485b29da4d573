// SPDX-License-Identifier: Apache-2.0
// Fingerprints and signatures of bytes (OpenSSL behind it). Never a password hash.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace bylined {

// 32 raw bytes.
std::string sha256(std::string_view bytes);
std::string hmac_sha256(std::string_view key, std::string_view bytes);
std::string hex(std::string_view bytes);
std::string base64(std::string_view bytes);
// Standard alphabet with padding; anything else is kInvalid.
Result<std::string> decode_base64(std::string_view text);
// An opaque id made from content: 26 characters of a-z 2-7 (the first 130 bits of SHA-256).
// Parts are joined by their lengths, so that ("ab","c") and ("a","bc") differ.
std::string id_from(std::initializer_list<std::string_view> parts);
// Same time for every answer of one length.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace bylined
