// SPDX-License-Identifier: Apache-2.0
#include "base/permits.h"

#include <list>

namespace bylined {

struct Permit::Lot {
  int free = 0;
  std::list<Bell*> line;  // of those who wait

  void wake_next() {
    if (free > 0 && !line.empty()) line.front()->ring();
  }
};

class Permit::Held {
 public:
  explicit Held(std::shared_ptr<Lot> lot) : lot_(std::move(lot)) { --lot_->free; }
  ~Held() {
    ++lot_->free;
    lot_->wake_next();
  }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

 private:
  const std::shared_ptr<Lot> lot_;
};

// Whoever leaves the line, also by being cancelled, wakes the next. It may be left after the Permits are gone.
class Permit::InLine {
 public:
  InLine(std::shared_ptr<Lot> lot, Bell& bell) : lot_(std::move(lot)), place_(lot_->line.insert(lot_->line.end(), &bell)) {}
  ~InLine() {
    lot_->line.erase(place_);
    lot_->wake_next();
  }
  InLine(const InLine&) = delete;
  InLine& operator=(const InLine&) = delete;

  bool has_turn() const { return lot_->free > 0 && place_ == lot_->line.begin(); }

 private:
  const std::shared_ptr<Lot> lot_;
  std::list<Bell*>::iterator place_;
};

Permits::Permits(Clock& clock, int count) : clock_(clock), lot_(std::make_shared<Permit::Lot>()) { lot_->free = count; }

bool Permits::any_free() const { return lot_->free > 0 && lot_->line.empty(); }

Permit Permits::give() const {
  Permit permit;
  permit.held_ = std::make_shared<Permit::Held>(lot_);
  return permit;
}

Task<Permit> Permits::take(Millis limit) {
  if (any_free()) co_return give();
  const Steady end = clock_.steady() + limit;
  Bell bell;
  const Permit::InLine place(lot_, bell);
  while (!place.has_turn()) {
    const Millis left = end - clock_.steady();
    if (left <= Millis(0)) co_return Permit();
    co_await clock_.wait(bell, left);
  }
  co_return give();
}

}  // namespace bylined
