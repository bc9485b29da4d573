// SPDX-License-Identifier: Apache-2.0
// Bugs on purpose: each is a wrong behaviour put before the real store, fetcher, courier or clock. Whoever says
// that the simulation finds bugs shows it with these.
#pragma once

#include <string_view>
#include <vector>

#include "tests/support/world.h"

namespace bylined::tests {

// Where a bug shows.
enum class Shows {
  kInDays,     // in random days of its profile
  kOnDiskErrors,  // where one of its disk operations fails
  kInDeaths,   // where the process dies at one of its store calls
  kInARestore  // when yesterday's database is put back
};

struct PlantedBug {
  std::string_view name;
  Shows shows;
  std::string_view profile;  // of the days
  Spoilt (*plant)();
};

const std::vector<PlantedBug>& planted_bugs();

}  // namespace bylined::tests
