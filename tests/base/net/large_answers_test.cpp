// SPDX-License-Identifier: Apache-2.0
// Of answers that are larger than usual only some are in memory at a time.
#include <gtest/gtest.h>

#include <boost/asio/detached.hpp>

#include "tests/base/net/loopback.h"

namespace bylined::net {
namespace {

// Of which two thirds are left when it is packed.
std::string noise(std::size_t bytes) {
  std::string text;
  for (std::uint32_t i = 1; text.size() < bytes; ++i) text += std::to_string(i * 2'654'435'761u);
  text.resize(bytes);
  return text;
}

const std::string kPlain = noise(700'000);                   // beyond what is usual
const std::string kEven(900'000, 'x');                       // beyond it when unpacked
const std::string kTwoParts = gzip(kEven) + gzip("behind");  // whose last part's size says little
const std::string kPacked = gzip(noise(1'500'000));          // unpacked as it comes
const std::string kUsual = noise(300'000);

std::string answer_to(const std::string& request) {
  constexpr const char* kGzip = "Content-Encoding: gzip\r\n";
  if (request.starts_with("GET /plain ")) return ok(kPlain);
  if (request.starts_with("GET /even ")) return ok(gzip(kEven), kGzip);
  if (request.starts_with("GET /parts ")) return ok(kTwoParts, kGzip);
  if (request.starts_with("GET /packed ")) return ok(kPacked, kGzip);
  return ok(kUsual);
}

class LargeAnswers : public testing::Test {
 protected:
  static void serve(Connection& connection) {
    for (std::string request = connection.request(); !request.empty(); request = connection.request()) connection.write(answer_to(request));
  }
  ClientOptions options() const {
    ClientOptions options = laboratory({origin_.port()});
    options.large_answers = 1;
    return options;
  }
  Task<void> keep(HttpRequest request) { answers_.push_back(co_await desk_.client.http->send(std::move(request))); }
  void ask(const std::string& path, Millis timeout = Millis(10'000)) {
    HttpRequest request = request_for(origin_.url(path));
    request.timeout = timeout;
    boost::asio::co_spawn(desk_.context, keep(std::move(request)), boost::asio::detached);
  }
  // Until so many answers are here, or some time has passed.
  void settle(std::size_t wanted, Millis longest = Millis(5'000)) {
    const Steady end = desk_.clock->steady() + longest;
    while (answers_.size() < wanted && desk_.clock->steady() < end) {
      desk_.context.restart();
      desk_.context.run_for(std::chrono::milliseconds(5));
    }
  }

  Listener origin_{serve};
  Desk desk_{options()};
  std::vector<Result<HttpResponse>> answers_;
};

TEST_F(LargeAnswers, WaitForEachOtherHoweverTheyArePacked) {
  ask("/plain");
  settle(1);
  ASSERT_TRUE(answers_.at(0)) << answers_[0].error().text();
  EXPECT_EQ(answers_[0]->body, kPlain);
  for (const auto& [path, body] : {std::pair{"/even", kEven}, {"/parts", kEven + "behind"}, {"/packed", noise(1'500'000)}, {"/plain", kPlain}}) {
    answers_.erase(answers_.begin() + 1, answers_.end());
    ask(path);
    settle(2, Millis(150));
    ASSERT_EQ(answers_.size(), 1u) << path << " came beside another";
    answers_[0]->large.give_back();
    settle(2);
    ASSERT_EQ(answers_.size(), 2u) << path;
    ASSERT_TRUE(answers_[1]) << answers_[1].error().text();
    EXPECT_EQ(answers_[1]->body, body) << path;
    EXPECT_TRUE(answers_[1]->large) << path;
    answers_[0] = std::move(answers_[1]);
  }
  EXPECT_EQ(desk_.metrics.value("bylined_http_limits_total", "limit=\"large\""), 4);
}

TEST_F(LargeAnswers, HoldUpNoneOfTheUsualSize) {
  ask("/plain");
  settle(1);
  ask("/plain");
  for (int i = 0; i < 5; ++i) ask("/usual");
  settle(6);
  ASSERT_EQ(answers_.size(), 6u);
  for (std::size_t i = 1; i < 6; ++i) EXPECT_EQ(answers_[i]->body, kUsual);
}

TEST_F(LargeAnswers, ThatFindNoRoomInTheirTimeAreToBeAskedForAgain) {
  ask("/plain");
  settle(1);
  ask("/packed", Millis(1'500));
  ask("/even", Millis(1'500));
  settle(3);
  ASSERT_EQ(answers_.size(), 3u);
  EXPECT_EQ(answers_[1].error().kind(), ErrorKind::kBusy);
  EXPECT_EQ(answers_[2].error().kind(), ErrorKind::kBusy);
  answers_.clear();
  ask("/packed");
  settle(1);
  EXPECT_TRUE(answers_.at(0));
}

TEST_F(LargeAnswers, EndWithTheClientWhileTheyWait) {
  ask("/plain");
  settle(1);
  ask("/plain");
  settle(2, Millis(100));
  EXPECT_EQ(answers_.size(), 1u);
}

}  // namespace
}  // namespace bylined::net
