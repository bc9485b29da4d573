// SPDX-License-Identifier: Apache-2.0
// Beginnings of worlds for the simulation: a press of one or two outlets, a desk, its receivers.
#pragma once

#include <string>
#include <vector>

#include "tests/support/world.h"

namespace bylined::tests {

inline constexpr const char* kFeed = "https://www.naru.example/rss.xml";

press::Script feed_press();  // one RSS outlet "naru", without articles
// A line of text that names 한빛전자 in the proper way, and the alert that must come of it.
press::Article news(const std::string& number, const std::string& title, Millis appears);
// News that names nobody.
press::Article filler(const std::string& number, Millis appears);

// Watches kFeed each 5 minutes for 한빛전자 and 이서준; tells a webhook "hook" and a mail "desk".
Wishes small_wishes();

}  // namespace bylined::tests
