// SPDX-License-Identifier: Apache-2.0
// Looks names up on a few threads of its own, with a bounded queue, a short memory and a deadline, so
// that a dead name server stalls neither the loop nor a stop: a thread stuck in the system's resolver
// is left behind. Names that held a thread for long the last time, and those of strangers, give way to
// others. Judges nothing.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "base/clock.h"
#include "base/metrics.h"
#include "base/net/address.h"

namespace bylined::net {

struct ResolverOptions {
  int threads = 4;
  int queue = 1'000;                  // names that wait for a thread, and so many of those that give way
  int queue_first = 100;              // and so many more of those that go first
  std::size_t kept = 4'096;           // names remembered
  Millis fresh{60'000};
  Millis failed{30'000};              // how long a failure is remembered
  // Runs on the resolver's threads.
  std::function<Result<std::vector<std::string>>(const std::string& host)> lookup;
};

// kFirst: before all that wait, as an alert hangs on it and not one page of many. kNew: its host never answered us, so it may
// be one of hundreds whose name servers say nothing: until it is found in time, it gives way as a slow name does.
enum class Line { kNew, kUsual, kFirst };

class Resolver {
 public:
  Resolver(boost::asio::io_context& context, Clock& clock, Metrics& metrics, ResolverOptions options);
  ~Resolver();
  Resolver(const Resolver&) = delete;

  // All addresses of a name, in the order of preference; at least one. kTransient: no such name, no
  // answer in time. kBusy: too many names wait, or were before it.
  Task<Result<std::vector<Address>>> resolve(std::string host, Millis limit, Line line = Line::kUsual);
  // What it would answer without a wait; none where it would have to wait.
  std::optional<Result<std::vector<Address>>> remembered(const std::string& host) const;

 private:
  struct State;
  struct Pool;
  std::shared_ptr<State> state_;
};

// To be called before there are threads: a name server that says nothing is waited for two seconds, twice, not five, as it
// holds a thread so long. What RES_OPTIONS says goes before.
void ask_servers_impatiently();
// The system's resolver (files, name servers, as nsswitch.conf says).
Result<std::vector<std::string>> look_up_in_system(const std::string& host);

}  // namespace bylined::net
