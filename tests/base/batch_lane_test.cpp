// SPDX-License-Identifier: Apache-2.0
#include "base/batch_lane.h"

#include <gtest/gtest.h>

#include <atomic>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

namespace bylined {
namespace {

// Counts how jobs were put together. Written on the lane's thread, read when it stopped.
struct Ledger {
  std::vector<int> batches;
  int running = 0;
  Status answer;

  BatchLane::Envelope envelope() {
    return [this](const std::function<void()>& jobs) {
      running = 0;
      jobs();
      batches.push_back(running);
      return answer;
    };
  }
};

Task<> once(BatchLane& lane, std::function<void()> work, bool alone, std::vector<Status>& answers) {
  Status answer = co_await lane.run(std::move(work), alone);
  answers.push_back(std::move(answer));
}

void call(boost::asio::io_context& io, BatchLane& lane, std::function<void()> work, std::vector<Status>& answers, bool alone = false) {
  boost::asio::co_spawn(io, once(lane, std::move(work), alone, answers), boost::asio::detached);
}

// Holds the lane's thread until it is opened.
class Gate {
 public:
  std::function<void()> work() {
    return [this] { open_.wait(false); };
  }
  void open() {
    open_ = true;
    open_.notify_all();
  }

 private:
  std::atomic<bool> open_ = false;
};

TEST(BatchLane, WithoutAThreadEachJobRunsInPlaceInAnEnvelopeOfItsOwn) {
  Ledger ledger;
  boost::asio::io_context io;  // outlives the lane
  BatchLane lane(0, ledger.envelope(), {});
  std::vector<Status> answers;
  for (int i = 0; i < 3; ++i) call(io, lane, [&ledger] { ++ledger.running; }, answers);
  io.run();
  EXPECT_EQ(ledger.batches, (std::vector<int>{1, 1, 1}));
  EXPECT_EQ(answers.size(), 3u);
}

TEST(BatchLane, JobsThatWaitShareAnEnvelopeUpToTheLimit) {
  Ledger ledger;
  boost::asio::io_context io;  // outlives the lane
  BatchLane lane(1, ledger.envelope(), {.waiting_max = 100, .batch_max = 4});
  std::vector<Status> answers;
  Gate gate;
  call(io, lane, gate.work(), answers, true);
  io.poll();
  for (int i = 0; i < 9; ++i) call(io, lane, [&ledger] { ++ledger.running; }, answers);
  io.poll();
  gate.open();
  io.run();
  lane.stop();
  EXPECT_EQ(ledger.batches, (std::vector<int>{4, 4, 1}));
  EXPECT_EQ(answers.size(), 10u);
}

TEST(BatchLane, ACallerGoesOnOnlyWhenTheEnvelopeIsClosed) {
  std::atomic<bool> closed = false;
  boost::asio::io_context io;  // outlives the lane
  BatchLane lane(1, [&closed](const std::function<void()>& jobs) {
    jobs();
    closed = true;
    return Status();
  }, {});
  std::vector<Status> answers;
  call(io, lane, [&closed] { EXPECT_FALSE(closed); }, answers);
  while (answers.empty()) io.run_one();
  EXPECT_TRUE(closed);
}

TEST(BatchLane, AnEnvelopeThatFailsAnswersAllItsCallers) {
  Ledger ledger;
  ledger.answer = Error(ErrorKind::kTransient, "the disk is full");
  boost::asio::io_context io;  // outlives the lane
  BatchLane lane(1, ledger.envelope(), {});
  std::vector<Status> answers;
  for (int i = 0; i < 3; ++i) call(io, lane, [] {}, answers);
  io.run();
  ASSERT_EQ(answers.size(), 3u);
  for (const Status& answer : answers) EXPECT_EQ(answer.error().text(), "the disk is full");
}

TEST(BatchLane, AJobThatIsAloneGetsNoEnvelopeAndNoCompany) {
  Ledger ledger;
  boost::asio::io_context io;  // outlives the lane
  BatchLane lane(1, ledger.envelope(), {});
  std::vector<Status> answers;
  std::vector<int> order;
  Gate gate;
  call(io, lane, gate.work(), answers, true);
  io.poll();
  call(io, lane, [&] { order.push_back(1); ++ledger.running; }, answers);
  call(io, lane, [&] { order.push_back(2); }, answers, true);
  call(io, lane, [&] { order.push_back(3); ++ledger.running; }, answers);
  io.poll();
  gate.open();
  io.run();
  lane.stop();
  EXPECT_EQ(order, (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(ledger.batches, (std::vector<int>{1, 1}));
}

TEST(BatchLane, ItsQueueHoldsWhatItSaysAndRefusesOneMore) {
  Ledger ledger;
  boost::asio::io_context io;  // outlives the lane
  BatchLane lane(1, ledger.envelope(), {.waiting_max = 2, .batch_max = 50});
  std::vector<Status> answers;
  Gate gate;
  std::atomic<bool> taken = false;
  call(io, lane, [&] { taken = true; taken.notify_all(); gate.work()(); }, answers, true);
  io.poll();
  taken.wait(false);
  for (int i = 0; i < 3; ++i) call(io, lane, [&ledger] { ++ledger.running; }, answers);
  io.poll();
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].error().kind(), ErrorKind::kExhausted);
  gate.open();
  io.run();
  EXPECT_EQ(answers.size(), 4u);
}

TEST(BatchLane, StoppingRunsWhatWaitsAndRefusesWhatComesLater) {
  for (const unsigned threads : {0u, 1u}) {
    Ledger ledger;
    boost::asio::io_context io;  // outlives the lane
    BatchLane lane(threads, ledger.envelope(), {});
    std::vector<Status> answers;
    int ran = 0;
    for (int i = 0; i < 5; ++i) call(io, lane, [&ran] { ++ran; }, answers);
    io.poll();
    lane.stop();
    EXPECT_EQ(ran, 5);
    io.restart();  // in place all was done, and the context took it for the end
    call(io, lane, [&ran] { ++ran; }, answers);
    io.run();
    EXPECT_EQ(ran, 5);
    ASSERT_EQ(answers.size(), 6u);
    EXPECT_EQ(answers.back().error().kind(), ErrorKind::kCancelled);
  }
}

TEST(BatchLane, NoCallIsLostUnderManyAtOnce) {
  std::int64_t sum = 0;  // of the lane's thread
  boost::asio::io_context io;  // outlives the lane
  BatchLane lane(1, [](const std::function<void()>& jobs) { jobs(); return Status(); }, {.waiting_max = 100'000, .batch_max = 7});
  std::vector<Status> answers;
  for (int i = 1; i <= 5000; ++i) call(io, lane, [&sum, i] { sum += i; }, answers);
  io.run();
  lane.stop();
  EXPECT_EQ(answers.size(), 5000u);
  EXPECT_EQ(sum, 5000 * 5001 / 2);
}

TEST(BatchLane, AnIoContextThatEndsEarlyLeavesNothingBehind) {
  Ledger ledger;
  boost::asio::io_context io;  // outlives the lane
  BatchLane lane(1, ledger.envelope(), {});
  std::vector<Status> answers;
  {
      for (int i = 0; i < 10; ++i) call(io, lane, [&ledger] { ++ledger.running; }, answers);
    io.poll();
    lane.stop();
  }
  EXPECT_LE(answers.size(), 10u);
}

}  // namespace
}  // namespace bylined
