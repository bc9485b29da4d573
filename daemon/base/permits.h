// SPDX-License-Identifier: Apache-2.0
// A fixed number of permits for what takes much, such as memory: first come, first served. Lives on the I/O thread.
#pragma once

#include <memory>

#include "base/bell.h"
#include "base/clock.h"

namespace bylined {

// One permit, or none. It is given back with its last copy, which may be after its Permits are gone.
class Permit {
 public:
  explicit operator bool() const { return held_ != nullptr; }
  void give_back() { held_.reset(); }

 private:
  friend class Permits;
  struct Lot;
  class Held;
  class InLine;

  std::shared_ptr<Held> held_;
};

class Permits {
 public:
  Permits(Clock& clock, int count);
  Permits(const Permits&) = delete;
  Permits& operator=(const Permits&) = delete;

  // None where there was none within `limit`.
  Task<Permit> take(Millis limit);
  bool any_free() const;

 private:
  Permit give() const;

  Clock& clock_;
  std::shared_ptr<Permit::Lot> lot_;
};

}  // namespace bylined
