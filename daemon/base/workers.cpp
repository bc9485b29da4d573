// SPDX-License-Identifier: Apache-2.0
#include "base/workers.h"

#include <algorithm>
#include <mutex>
#include <thread>
#include <vector>

namespace bylined {

unsigned cores() { return std::max(1u, std::thread::hardware_concurrency()); }

void run_workers(unsigned threads, const std::function<Work()>& next) {
  std::mutex taking;
  std::mutex giving;
  const auto loop = [&] {
    for (;;) {
      Work work;
      {
        const std::scoped_lock lock(taking);
        work = next();
      }
      if (!work) return;
      const Done done = work();
      const std::scoped_lock lock(giving);
      done();
    }
  };
  if (threads == 0) threads = cores();
  std::vector<std::jthread> others;
  for (unsigned i = 1; i < threads; ++i) others.emplace_back(loop);
  loop();
}

}  // namespace bylined
