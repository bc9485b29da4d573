// SPDX-License-Identifier: Apache-2.0
#include "app/notify.h"

#include <systemd/sd-daemon.h>

namespace bylined::app {
namespace {

constexpr Millis kToldEvery{1'000};
constexpr Millis kMore{120'000};  // as the unit's TimeoutStartSec

void notify(const std::string& state) { static_cast<void>(sd_notify(0, state.c_str())); }  // its outcome changes nothing for us

}  // namespace

void notify_ready(const std::string& status) { notify("READY=1\nSTATUS=" + status); }
void notify_reloading() { notify("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(monotonic_micros())); }
void notify_stopping() { notify("STOPPING=1\nSTATUS=stopping"); }
void notify_failed(const std::string& status) { notify("STOPPING=1\nSTATUS=" + status); }
void notify_watchdog(const std::string& status) { notify("WATCHDOG=1\nSTATUS=" + status); }

void LongStart::moved() {
  const Steady now = clock_.steady();
  if (told_ && now - *told_ < kToldEvery) return;
  told_ = now;
  notify("EXTEND_TIMEOUT_USEC=" + std::to_string(std::chrono::microseconds(kMore).count()) + "\nSTATUS=bringing the database forward");
}

std::optional<Millis> watchdog_interval() {
  std::uint64_t usec = 0;
  if (sd_watchdog_enabled(0, &usec) <= 0) return std::nullopt;
  return Millis(static_cast<std::int64_t>(usec / 1'000));
}

std::vector<int> inherited_sockets() {
  std::vector<int> sockets;
  const int count = sd_listen_fds(1);
  for (int i = 0; i < count; ++i) sockets.push_back(SD_LISTEN_FDS_START + i);
  return sockets;
}

}  // namespace bylined::app
