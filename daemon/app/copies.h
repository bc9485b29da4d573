// SPDX-License-Identifier: Apache-2.0
// Backups while the daemon runs: one at a time, on a thread that neither the loops nor the pages wait for. What a good copy is,
// the store knows. Lives on the I/O thread.
#pragma once

#include <list>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include <boost/asio/io_context.hpp>

#include "base/bell.h"
#include "base/clock.h"
#include "base/lane.h"
#include "base/result.h"
#include "query/live.h"

namespace bylined::app {

class Copies {
 public:
  // Copies a database to a path; called on the thread.
  using Copier = Status (*)(const std::string& database, const std::string& path, std::stop_token stop);
  // Context and clock outlive it. `patience`: whoever asks is answered within it.
  Copies(boost::asio::io_context& context, Clock& clock, std::string database, Copier copier, Millis patience = Millis(20'000))
      : context_(context), clock_(clock), database_(std::move(database)), copier_(copier), patience_(patience) {}

  // How the copy to this path ended, or that it is still under way: asked again, it tells of the same one. kBusy: another is
  // under way. The copy goes on where nobody asks any more.
  Task<Result<query::Copying>> copy(std::string path, std::string by);
  bool underway() const { return copy_ && !copy_->outcome; }
  // The one under way is to end soon, and to leave nothing; none begins any more.
  void stop() { stop_.request_stop(); }
  // Waits for its end; false where there is none by then (a disk may be stuck).
  Task<bool> over(Steady by);
  // Not while one is under way.
  void join() { lane_.stop(); }

 private:
  struct Copy {
    std::string path;
    std::optional<Status> outcome;
    Steady ended{0};
    std::list<Bell*> asking;  // of those who wait for it
  };
  class Asking;
  Task<void> until(std::shared_ptr<Copy> asked, Steady end);
  Task<void> run(std::shared_ptr<Copy> copy, std::string by);

  boost::asio::io_context& context_;
  Clock& clock_;
  const std::string database_;
  const Copier copier_;
  const Millis patience_;
  std::shared_ptr<Copy> copy_;  // the last one, until somebody was told how it ended
  std::stop_source stop_;
  Lane lane_{1};
};

}  // namespace bylined::app
