// SPDX-License-Identifier: Apache-2.0
#include "base/digest.h"
#include "pipeline/deliver/deliver.h"

namespace bylined::deliver {
namespace {

constexpr std::string_view kPrefix = "whsec_";
constexpr std::size_t kLeastBytes = 24;
constexpr std::size_t kMostBytes = 64;

// The error names no byte of the secret.
Result<std::string> key_of(const Secret& secret) {
  const std::string_view text = secret.reveal();
  const Error wrong(ErrorKind::kInvalid, "a webhook secret is whsec_ and 24 to 64 bytes in base64 (as `openssl rand -base64 32` makes them)");
  if (!text.starts_with(kPrefix)) return wrong;
  auto key = decode_base64(text.substr(kPrefix.size()));
  if (!key || key->size() < kLeastBytes || key->size() > kMostBytes) return wrong;
  return std::move(*key);
}

}  // namespace

Result<std::string> sign(const std::vector<Secret>& secrets, std::string_view id, std::int64_t timestamp, std::string_view body) {
  if (secrets.empty()) return Error(ErrorKind::kInvalid, "a webhook needs a secret to sign with");
  std::string content(id);
  content.append(".").append(std::to_string(timestamp)).append(".").append(body);
  std::string signatures;
  for (const Secret& secret : secrets) {
    const auto key = key_of(secret);
    if (!key) return key.error();
    if (!signatures.empty()) signatures += ' ';
    signatures += "v1," + base64(hmac_sha256(*key, content));
  }
  return signatures;
}

Status check_secret(const Secret& secret) {
  const auto key = key_of(secret);
  return key ? Status() : Status(key.error());
}

}  // namespace bylined::deliver
