// SPDX-License-Identifier: Apache-2.0
#include "base/batch_lane.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace bylined {
namespace {

// Brings a suspended coroutine back to its own executor, once, from any thread. Until then, and no
// longer, its I/O context has work.
template <class Handler>
std::function<void()> resumption(Handler handler) {
  using Executor = boost::asio::associated_executor_t<Handler>;
  struct Suspended {
    explicit Suspended(Handler one) : handler(std::move(one)), work(boost::asio::get_associated_executor(handler)) {}
    Handler handler;
    boost::asio::executor_work_guard<Executor> work;
  };
  auto suspended = std::make_shared<Suspended>(std::move(handler));
  return [suspended] {
    boost::asio::post(suspended->work.get_executor(), std::move(suspended->handler));
    suspended->work.reset();
  };
}

}  // namespace

BatchLane::BatchLane(unsigned threads, Envelope envelope, Options options) : envelope_(std::move(envelope)), options_(options) {
  assert(threads <= 1 && options_.batch_max > 0);
  if (threads > 0) thread_ = std::thread([this] { serve(); });
}

Task<Status> BatchLane::run(std::function<void()> work, bool alone) {
  Job job;
  job.work = std::move(work);
  job.alone = alone;
  if (!thread_.joinable()) {
    if (stopping_) co_return Error(ErrorKind::kCancelled, "stopping");
    std::vector<Job> batch(1, std::move(job));
    co_return perform(batch);
  }

  auto outcome = std::make_shared<Status>();
  auto start = [this, outcome, waiting = std::make_shared<Job>(std::move(job))](auto handler) {
    auto resume = resumption(std::move(handler));
    waiting->finish = [outcome, resume](Status whole) {
      *outcome = std::move(whole);
      resume();
    };
    Status refusal;
    if (!admit(*waiting, refusal)) waiting->finish(std::move(refusal));
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void()>(start, boost::asio::use_awaitable);
  co_return *outcome;
}

void BatchLane::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Status BatchLane::perform(const std::vector<Job>& batch) {
  if (batch.front().alone) {
    batch.front().work();
    return Status();
  }
  return envelope_([&batch] {
    for (const Job& job : batch) job.work();
  });
}

bool BatchLane::admit(Job job, Status& refusal) {
  {
    const std::scoped_lock lock(mutex_);
    if (stopping_) {
      refusal = Error(ErrorKind::kCancelled, "stopping");
      return false;
    }
    if (waiting_.size() >= options_.waiting_max) {
      refusal = Error(ErrorKind::kExhausted, std::to_string(waiting_.size()) + " calls wait already");
      return false;
    }
    waiting_.push_back(std::move(job));
  }
  arrived_.notify_one();
  return true;
}

// The next batch; empty when we are stopping and nothing waits any more.
std::vector<BatchLane::Job> BatchLane::take() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
  std::vector<Job> batch;
  while (!waiting_.empty() && batch.size() < options_.batch_max) {
    if (waiting_.front().alone && !batch.empty()) break;
    batch.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
    if (batch.back().alone) break;
  }
  return batch;
}

void BatchLane::serve() {
  for (std::vector<Job> batch = take(); !batch.empty(); batch = take()) {
    const Status whole = perform(batch);
    for (const Job& job : batch) job.finish(whole);
  }
}

}  // namespace bylined
