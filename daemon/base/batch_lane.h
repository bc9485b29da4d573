// SPDX-License-Identifier: Apache-2.0
// One thread that runs jobs in batches: what waits is run together inside one envelope (a transaction),
// and the callers go on only when the envelope is closed. Never runs two jobs at once, never drops one.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "base/result.h"
#include "base/task.h"

namespace bylined {

class BatchLane {
 public:
  // Calls `jobs` once and says whether what they did stands.
  using Envelope = std::function<Status(const std::function<void()>& jobs)>;

  struct Options {
    std::size_t waiting_max = 4096;  // beyond it a call is refused (kExhausted)
    std::size_t batch_max = 50;
  };

  // No thread (0): every job runs in place, in an envelope of its own, in the callers' order (tests).
  BatchLane(unsigned threads, Envelope envelope, Options options);
  ~BatchLane() { stop(); }
  BatchLane(const BatchLane&) = delete;
  BatchLane& operator=(const BatchLane&) = delete;

  // Await it on the I/O thread. The answer is the envelope's, or kExhausted, or kCancelled after stop();
  // in the last two cases `work` did not run. A job that is `alone` gets no envelope and no company.
  Task<Status> run(std::function<void()> work, bool alone);

  // Runs what waits, then ends the thread. Call before the I/O context is destroyed.
  void stop();

 private:
  struct Job {
    std::function<void()> work;
    std::function<void(Status)> finish;
    bool alone = false;
  };

  Status perform(const std::vector<Job>& batch);
  bool admit(Job job, Status& refusal);
  std::vector<Job> take();
  void serve();

  const Envelope envelope_;
  const Options options_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Job> waiting_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace bylined
