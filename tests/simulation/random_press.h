// SPDX-License-Identifier: Apache-2.0
// A press of 22 outlets and the wishes of a desk with three receivers, made from a seed: feeds, list pages and a
// portal's journalists; articles whose headline, text or later edit names somebody, and more that name nobody.
#pragma once

#include "tests/simulation/profiles.h"
#include "tests/support/world.h"

namespace bylined::tests {

struct Scene {
  press::Script script;
  Wishes wishes;
  Targets targets;
};

// `articles`: of each outlet, a day.
Scene make_scene(std::uint64_t seed, int days, int articles = 6);

}  // namespace bylined::tests
