// SPDX-License-Identifier: Apache-2.0
#include "base/lane.h"

#include <unistd.h>

namespace bylined {
namespace {

constexpr int kBehind = 5;  // a third of the I/O thread's share where both want one core

// Of the calling thread. Refused, it changes no result: only who waits for whom.
void stand_back() { static_cast<void>(::nice(kBehind) == -1); }

}  // namespace

Lane::Lane(unsigned threads) : in_place_(threads == 0), context_(static_cast<int>(threads)), open_(boost::asio::make_work_guard(context_)) {
  for (unsigned i = 0; i < threads; ++i) {
    threads_.emplace_back([this] {
      stand_back();
      context_.run();
    });
  }
}

void Lane::stop() {
  context_.stop();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace bylined
