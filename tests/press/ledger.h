// SPDX-License-Identifier: Apache-2.0
// The site ledger: one JSON line for everything the press published and for every request it answered.
// Written before the answer goes out; read by whoever judges a run.
#pragma once

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/net/http.h"
#include "tests/press/press.h"

namespace bylined::press {

class Ledger {
 public:
  Ledger(const Press& press, const std::string& path);
  bool good() const { return file_.good(); }

  // Lines "appeared", "edited", "vanished" for what the script did up to `now`, once each.
  void publish_until(Instant now);
  void served(std::string_view host, std::string_view target, const net::Headers& asked, const Answer& answer, Instant now);

 private:
  struct Event {
    Instant at;
    std::string line;
  };

  std::ofstream file_;
  std::vector<Event> events_;  // by time
  std::size_t written_ = 0;
};

}  // namespace bylined::press
