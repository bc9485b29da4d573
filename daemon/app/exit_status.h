// SPDX-License-Identifier: Apache-2.0
// Exit statuses of the daemon, after sysexits(3). Scripts and the unit file rely on them.
#pragma once

namespace bylined::app {

inline constexpr int kStopped = 0;       // by a signal
inline constexpr int kUsage = 64;
inline constexpr int kDamaged = 65;      // state damaged, or of a newer schema
inline constexpr int kAddressInUse = 69;
inline constexpr int kBroken = 70;       // an internal assertion
inline constexpr int kNotWritable = 73;  // the state folder
inline constexpr int kInUse = 75;        // state in use by another daemon
inline constexpr int kConfig = 78;

}  // namespace bylined::app
