// SPDX-License-Identifier: Apache-2.0
// The press behind the daemon's HttpClient: no sockets, no waiting. For the simulation.
#pragma once

#include <functional>

#include "base/clock.h"
#include "base/net/http.h"
#include "tests/press/press.h"

namespace bylined::press {

class PressClient final : public net::HttpClient {
 public:
  // What was asked and answered, for a site ledger.
  using Served = std::function<void(const net::HttpRequest&, const Answer&, Instant)>;

  // `press` and `clock` outlive it.
  PressClient(const Press& press, Clock& clock, Served served = nullptr) : press_(press), clock_(clock), served_(std::move(served)) {}

  Task<Result<net::HttpResponse>> send(net::HttpRequest request) override;

 private:
  const Press& press_;
  Clock& clock_;
  Served served_;
};

}  // namespace bylined::press
