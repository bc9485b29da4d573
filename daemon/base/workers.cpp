// SPDX-License-Identifier: Apache-2.0
#include "base/workers.h"

#include <algorithm>
#include <mutex>
#include <thread>
#include <vector>

namespace bylined {

unsigned cores() { return std::max(1u, std::thread::hardware_concurrency()); }

void run_workers(unsigned threads, const std::function<bool(std::string&)>& next, const std::function<std::string(std::string)>& work,
                 const std::function<void(const std::string&)>& done) {
  std::mutex taking;
  std::mutex giving;
  const auto loop = [&] {
    std::string piece;
    for (;;) {
      {
        const std::scoped_lock lock(taking);
        if (!next(piece)) return;
      }
      const std::string result = work(std::move(piece));
      const std::scoped_lock lock(giving);
      done(result);
    }
  };
  if (threads == 0) threads = cores();
  std::vector<std::jthread> others;
  for (unsigned i = 1; i < threads; ++i) others.emplace_back(loop);
  loop();
}

}  // namespace bylined
