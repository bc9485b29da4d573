// SPDX-License-Identifier: Apache-2.0
// What systemd is told, and what it passes to us (sd_notify(3), sd_listen_fds(3)). Does nothing where
// we were not started by it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"

namespace bylined::app {

void notify_ready(const std::string& status);
void notify_reloading();
void notify_stopping();
void notify_failed(const std::string& status);  // we end at once, for this
void notify_watchdog(const std::string& status);
// A start that takes long is not ended while it gets on: whoever moves it says so, as often as it likes, and systemd is told once a
// second that two minutes more are wanted.
class LongStart {
 public:
  explicit LongStart(const Clock& clock) : clock_(clock) {}
  void moved();

 private:
  const Clock& clock_;
  std::optional<Steady> told_;
};

// How often the watchdog wants to hear from us; none where it does not watch.
std::optional<Millis> watchdog_interval();
// Listening sockets passed to us. Call once, at start.
std::vector<int> inherited_sockets();

}  // namespace bylined::app
