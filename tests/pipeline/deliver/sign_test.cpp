// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/digest.h"
#include "pipeline/deliver/deliver.h"

namespace bylined::deliver {
namespace {

const Secret kPublished("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
constexpr std::string_view kSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

Secret secret_of(std::size_t bytes) { return Secret("whsec_" + base64(std::string(bytes, 'k'))); }

TEST(Sign, GivesThePublishedVectorOfStandardWebhooks) {
  const auto signature = sign({kPublished}, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})");
  ASSERT_TRUE(signature);
  EXPECT_EQ(*signature, kSignature);
}

TEST(Sign, SignsWithBothSecretsWhileTheyRotateTheFirstFirst) {
  const auto signature = sign({kPublished, secret_of(32)}, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})");
  ASSERT_TRUE(signature);
  EXPECT_TRUE(signature->starts_with(std::string(kSignature) + " v1,"));
  EXPECT_EQ(std::count(signature->begin(), signature->end(), ' '), 1);
}

TEST(Sign, CoversIdTimeAndBody) {
  const auto base = sign({kPublished}, "a", 1, "x");
  EXPECT_NE(*base, *sign({kPublished}, "b", 1, "x"));
  EXPECT_NE(*base, *sign({kPublished}, "a", 2, "x"));
  EXPECT_NE(*base, *sign({kPublished}, "a", 1, "y"));
}

TEST(Sign, RefusesToSignWithNothing) { EXPECT_EQ(sign({}, "a", 1, "x").error().kind(), ErrorKind::kInvalid); }

TEST(CheckSecret, TakesTwentyFourToSixtyFourBytes) {
  EXPECT_FALSE(check_secret(secret_of(23)));
  EXPECT_TRUE(check_secret(secret_of(24)));
  EXPECT_TRUE(check_secret(secret_of(64)));
  EXPECT_FALSE(check_secret(secret_of(65)));
}

TEST(CheckSecret, RefusesWhatIsNoneAndNeverRepeatsIt) {
  for (const char* text : {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n"}) {
    const auto checked = check_secret(Secret(text));
    ASSERT_FALSE(checked) << text;
    EXPECT_EQ(checked.error().text().find("MfKQ"), std::string::npos);
  }
}

}  // namespace
}  // namespace bylined::deliver
