// SPDX-License-Identifier: Apache-2.0
#include "app/daily_audit.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include <boost/asio/co_spawn.hpp>

#include "tests/support/sim_clock.h"

namespace bylined::app {
namespace {

using namespace std::chrono_literals;

std::atomic<int> audits = 0;
std::atomic<bool> damaged = false, under_way = false;

Result<store::Audit> look(std::string, std::stop_token) {
  store::Audit audit;
  if (damaged) audit.findings.push_back("texts of versions: 'a-1 version 1' is not what was stored");
  ++audits;
  return audit;
}

Result<store::Audit> look_until_stopped(std::string, std::stop_token stop) {
  under_way = true;
  while (!stop.stop_requested()) std::this_thread::sleep_for(1ms);
  return Error(ErrorKind::kCancelled, "cut short");
}

class Daily : public testing::Test {
 protected:
  explicit Daily(DailyAudit::Auditor auditor = look) : room_(clock_, metrics_, "/state.db", auditor) {
    audits = 0, damaged = false, under_way = false;
    boost::asio::co_spawn(context_, room_.run(), [this](std::exception_ptr thrown) {
      ended_ = true;
      if (thrown) std::rethrow_exception(thrown);
    });
  }
  ~Daily() override {
    room_.stop();
    for (int i = 0; i < 1'000 && !ended_; ++i) run(25h);
    EXPECT_TRUE(ended_);
    room_.join();
  }

  // The audit takes real time on its thread, and none of the clock's.
  void run(Millis length) {
    clock_.run_for(length);
    for (int i = 0; i < 50; ++i) context_.restart(), context_.run_for(1ms);
  }

  boost::asio::io_context context_;
  tests::SimClock clock_{context_, Instant(1'770'000'000'000ms)};
  Metrics metrics_;
  DailyAudit room_;
  bool ended_ = false;
};

TEST_F(Daily, TheFirstIsAnHourAfterTheStartAndThenOneADay) {
  run(59min);
  EXPECT_EQ(audits, 0);
  EXPECT_FALSE(room_.last());
  run(2min);
  EXPECT_EQ(audits, 1);
  ASSERT_TRUE(room_.last());
  EXPECT_TRUE(room_.last()->findings.empty());
  run(23h);
  EXPECT_EQ(audits, 1);
  run(61min);
  EXPECT_EQ(audits, 2);
}

TEST_F(Daily, WhatIsFoundStandsInReportAndSeries) {
  damaged = true;
  run(61min);
  ASSERT_TRUE(room_.last());
  EXPECT_EQ(room_.last()->findings.size(), 1u);
  EXPECT_NE(metrics_.text().find("bylined_audit_findings 1"), std::string::npos) << metrics_.text();
  damaged = false;
  run(24h);
  EXPECT_TRUE(room_.last()->findings.empty());
  EXPECT_NE(metrics_.text().find("bylined_audit_findings 0"), std::string::npos) << metrics_.text();
}

class Long : public Daily {
 protected:
  Long() : Daily(look_until_stopped) {}
};

TEST_F(Long, OneThatIsUnderWayIsCutShortByTheStopAndFoundNothing) {
  run(61min);
  while (!under_way) std::this_thread::sleep_for(1ms);
  room_.stop();
  run(1s);
  EXPECT_FALSE(room_.last());
}

}  // namespace
}  // namespace bylined::app
