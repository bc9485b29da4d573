// SPDX-License-Identifier: Apache-2.0
#include "base/random.h"

namespace bylined {

std::uint64_t seed_from_system() {
  std::random_device device;
  return (static_cast<std::uint64_t>(device()) << 32) ^ device();
}

}  // namespace bylined
