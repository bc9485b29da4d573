// SPDX-License-Identifier: Apache-2.0
#include "base/text/domain.h"

#include <unicode/uidna.h>

#include <algorithm>
#include <memory>

namespace bylined::text {
namespace {

constexpr std::size_t kLongestHost = 4096;  // no host name is; what is longer is refused unread

struct CloseIdna {
  void operator()(UIDNA* idna) const { uidna_close(idna); }
};

// Hyphens and lengths are the registrars' business, not a parser's.
constexpr uint32_t kForgiven = UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4 | UIDNA_ERROR_EMPTY_LABEL |
                               UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG;

}  // namespace

std::optional<std::string> domain_to_ascii(std::string_view utf8) {
  if (utf8.size() > kLongestHost) return std::nullopt;
  const bool is_ascii = std::all_of(utf8.begin(), utf8.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (is_ascii) {
    std::string lower(utf8);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower;
  }
  UErrorCode code = U_ZERO_ERROR;
  constexpr uint32_t kOptions = UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII;
  const std::unique_ptr<UIDNA, CloseIdna> idna(uidna_openUTS46(kOptions, &code));
  if (U_FAILURE(code)) return std::nullopt;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  std::string ascii(utf8.size() * 4 + 64, '\0');
  const int32_t length = uidna_nameToASCII_UTF8(idna.get(), utf8.data(), static_cast<int32_t>(utf8.size()), ascii.data(),
                                                static_cast<int32_t>(ascii.size()), &info, &code);
  if (U_FAILURE(code) || (info.errors & ~kForgiven) != 0 || length <= 0) return std::nullopt;
  ascii.resize(static_cast<std::size_t>(length));
  return ascii;
}

}  // namespace bylined::text
