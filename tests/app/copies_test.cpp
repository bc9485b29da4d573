// SPDX-License-Identifier: Apache-2.0
#include "app/copies.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stop_token>
#include <thread>

#include <boost/asio/co_spawn.hpp>

namespace bylined::app {
namespace {

using namespace std::chrono_literals;
using query::Copying;

std::atomic<bool> held = false;
std::atomic<int> copies = 0;

// Takes for as long as it is held.
Status copy_slowly(const std::string&, const std::string& path, std::stop_token stop) {
  while (held && !stop.stop_requested()) std::this_thread::sleep_for(1ms);
  if (stop.stop_requested()) return Error(ErrorKind::kCancelled, "the copy was cut short");
  ++copies;
  return path == "/full.db" ? Status(Error(ErrorKind::kExhausted, "no space left")) : Status();
}

struct Rig {
  explicit Rig(Millis until_told = 100ms) : patience(until_told) { held = false, copies = 0; }
  ~Rig() {
    held = false;
    context.restart();
    context.run();
  }

  static Task<void> into(Copies& room, std::string path, std::optional<Result<Copying>>& answer) { answer = co_await room.copy(std::move(path), "uid 1"); }

  void begin_to_ask(const std::string& path, std::optional<Result<Copying>>& answer) {
    boost::asio::co_spawn(context, into(room, path, answer), [](std::exception_ptr thrown) {
      if (thrown) std::rethrow_exception(thrown);
    });
    context.restart();
  }
  Result<Copying> ask(const std::string& path) {
    std::optional<Result<Copying>> answer;
    begin_to_ask(path, answer);
    for (turns = 0; !answer;) turns += context.run_one_for(1s);
    return *answer;
  }

  boost::asio::io_context context;
  std::unique_ptr<Clock> clock = make_system_clock(context.get_executor());
  const Millis patience;
  Copies room{context, *clock, "/state.db", copy_slowly, patience};
  std::size_t turns = 0;  // of the loop, until there was an answer
};

TEST(Copies, AnswerWhenTheCopyIsComplete) {
  Rig rig;
  EXPECT_EQ(*rig.ask("/b.db"), Copying::kComplete);
  EXPECT_FALSE(rig.room.underway());
  EXPECT_EQ(*rig.ask("/b.db"), Copying::kComplete);
  EXPECT_EQ(copies, 2) << "who was told asks for a new one";
}

TEST(Copies, AnswerBeforeItIsCompleteAndAskedAgainTellOfTheSameOne) {
  Rig rig;
  held = true;
  EXPECT_EQ(*rig.ask("/b.db"), Copying::kUnderWay);
  EXPECT_EQ(*rig.ask("/b.db"), Copying::kUnderWay);
  EXPECT_TRUE(rig.room.underway());
  held = false;
  EXPECT_EQ(*rig.ask("/b.db"), Copying::kComplete);
  EXPECT_EQ(copies, 1);
}

TEST(Copies, TakeNoTurnOfTheLoopWhileOneIsUnderWay) {
  Rig rig(1s);
  held = true;
  EXPECT_EQ(*rig.ask("/b.db"), Copying::kUnderWay);
  EXPECT_LT(rig.turns, 10u);
}

TEST(Copies, TellAllWhoWaitForOne) {
  Rig rig;
  held = true;
  std::optional<Result<Copying>> first, second;
  rig.begin_to_ask("/b.db", first);
  rig.begin_to_ask("/b.db", second);
  rig.context.run_for(10ms);
  held = false;
  rig.context.restart();
  while (!first || !second) rig.context.run_one_for(1s);
  EXPECT_EQ(**first, Copying::kComplete);
  EXPECT_EQ(**second, Copying::kComplete);
  EXPECT_EQ(copies, 1);
}

TEST(Copies, AreOneAtATime) {
  Rig rig;
  held = true;
  EXPECT_EQ(*rig.ask("/b.db"), Copying::kUnderWay);
  const auto other = rig.ask("/c.db");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().kind(), ErrorKind::kBusy);
  EXPECT_NE(other.error().text().find("'/b.db'"), std::string::npos);
  held = false;
  EXPECT_EQ(*rig.ask("/b.db"), Copying::kComplete);
  EXPECT_EQ(*rig.ask("/c.db"), Copying::kComplete);
}

TEST(Copies, EndAtAStopAndNoneBeginsAfterIt) {
  Rig rig;
  held = true;
  EXPECT_EQ(*rig.ask("/b.db"), Copying::kUnderWay);
  rig.room.stop();
  std::optional<bool> over;
  boost::asio::co_spawn(rig.context, rig.room.over(rig.clock->steady() + 10s), [&over](std::exception_ptr, bool ended) { over = ended; });
  rig.context.restart();
  while (!over) rig.context.run_one_for(1s);
  EXPECT_TRUE(*over);
  EXPECT_EQ(copies, 0);
  EXPECT_EQ(rig.ask("/c.db").error().kind(), ErrorKind::kBusy);
}

TEST(Copies, SayWhyOneFailed) {
  Rig rig;
  const auto failed = rig.ask("/full.db");
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind(), ErrorKind::kExhausted);
  EXPECT_EQ(*rig.ask("/b.db"), Copying::kComplete);
}

}  // namespace
}  // namespace bylined::app
