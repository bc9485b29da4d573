// SPDX-License-Identifier: Apache-2.0
// What every answer of a channel's servers means, row by row from tests/messages/CHANNEL/answers.table.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "pipeline/deliver/channels/channel.h"

namespace bylined::deliver {
namespace {

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kDelivered: return "delivered";
    case Verdict::kRetry: return "retry";
    case Verdict::kAmbiguous: return "ambiguous";
    case Verdict::kRefused: return "refused";
    case Verdict::kPause: return "pause";
  }
  return "";
}

std::string trouble_of(const Judgement& judgement) {
  if (judgement.verdict == Verdict::kDelivered) return "nobody";
  return judgement.whole_receiver ? "receiver" : "message";
}

class Answers : public testing::TestWithParam<std::string> {};

TEST_P(Answers, MeanWhatTheTableSays) {
  const Channel* channel = find_channel(GetParam());
  ASSERT_NE(channel, nullptr);
  std::ifstream table(std::string(BYLINED_SOURCE_DIR) + "/tests/messages/" + GetParam() + "/answers.table");
  int rows = 0;
  for (std::string line; std::getline(table, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream words(line);
    Answer answer;
    std::string sent, verdict, trouble, stage;
    words >> answer.status >> sent >> verdict >> trouble >> stage;
    answer.to_us = stage == "greeted";
    answer.sent = sent == "yes";
    const Judgement judgement = channel->judge(answer);
    EXPECT_EQ(name_of(judgement.verdict), verdict) << line;
    EXPECT_EQ(trouble_of(judgement), trouble) << line;
    EXPECT_EQ(judgement.status, answer.status);
    ++rows;
  }
  EXPECT_GE(rows, 20);
}

TEST_P(Answers, KeepTheWordsOfTheServerShortAndInert) {
  Answer answer;
  answer.status = 500;
  answer.retry_after = Millis(90'000);
  answer.text = "\x1b[31m한\r\n";
  for (int i = 0; i < 300; ++i) answer.text += "가";
  const Judgement judgement = find_channel(GetParam())->judge(answer);
  EXPECT_TRUE(judgement.reply.starts_with("\\x1b[31m한\\x0d\\x0a가"));
  EXPECT_LE(judgement.reply.size(), 500u);
  EXPECT_GT(judgement.reply.size(), 496u);
  EXPECT_EQ(judgement.asked_wait, Millis(90'000));
}

INSTANTIATE_TEST_SUITE_P(All, Answers, testing::ValuesIn([] {
                           std::vector<std::string> names;
                           for (const std::string_view name : channel_names()) names.emplace_back(name);
                           return names;
                         }()),
                         [](const auto& instance) { return instance.param; });

TEST(Channels, AreFoundByTheirExactName) {
  EXPECT_EQ(channel_names(), (std::vector<std::string_view>{"webhook", "email"}));
  EXPECT_EQ(find_channel("Webhook"), nullptr);
  EXPECT_EQ(find_channel(""), nullptr);
}

}  // namespace
}  // namespace bylined::deliver
