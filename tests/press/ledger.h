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

  // The script's moments are real times less this much: it was held at its start.
  void begun(Millis held, Instant now);
  // Lines "appeared", "edited", "vanished" for what the script did up to its moment `now`, once each.
  void publish_until(Instant now);
  void served(std::string_view host, std::string_view target, const net::Headers& asked, const Answer& answer, Instant now);

 private:
  struct Event {
    Instant at;
    const char* what = "";
    std::string article, outlet, url;
  };
  void write(const Event& event);

  std::ofstream file_;
  Millis held_{0};
  std::vector<Event> events_;  // by time
  std::size_t written_ = 0;
};

}  // namespace bylined::press
