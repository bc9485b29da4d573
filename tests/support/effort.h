// SPDX-License-Identifier: Apache-2.0
// How long a loop of a test is, by what it runs in. Header only, so that tests of every floor can use it.
#pragma once

#include <cstdlib>
#include <string_view>

namespace bylined::tests {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

// `./test --full`
inline bool in_full() {
  const char* const mode = std::getenv("BYLINED_TEST_MODE");
  return mode != nullptr && std::string_view(mode) == "full";
}
// `./test --quick`, which has less than a minute: what takes seconds is left to `./test`.
inline bool in_quick() {
  const char* const mode = std::getenv("BYLINED_TEST_MODE");
  return mode != nullptr && std::string_view(mode) == "quick";
}
// `./test --quick`, and under a sanitizer, whatever the mode.
inline bool in_haste() { return kSanitized || in_quick(); }

inline int effort(int least, int usual, int full) { return in_haste() ? least : in_full() ? full : usual; }

}  // namespace bylined::tests
