// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <unistd.h>

#include "query/plumbing/plumbing.h"

namespace bylined::plumbing {
namespace {

class WebhookSign : public testing::Test {
 protected:
  WebhookSign() {
    char path[] = "/tmp/webhook_sign_XXXXXX";
    const int file = mkstemp(path);
    close(file);
    body_ = path;
    std::ofstream(body_) << R"({"test": 2432232314})";
  }
  ~WebhookSign() override { std::remove(body_.c_str()); }

  int run(const Words& words, const std::string& requests = "") {
    std::istringstream in(requests);
    out_.str("");
    return run_tool(*find_tool("webhook-sign"), words, in, out_, err_);
  }

  std::string body_;
  std::ostringstream out_, err_;
};

TEST_F(WebhookSign, PrintsThePublishedSignature) {
  EXPECT_EQ(run({"--id", "msg_p5jXN8AQM9LWM0D4loKWxJek", "--timestamp", "1614265330", "--secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", body_}), 0);
  EXPECT_EQ(out_.str(), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=\n");
}

TEST_F(WebhookSign, AnswersABatchUnderTheRequestsIds) {
  const std::string request = R"({"id":"a","msg_id":"msg_p5jXN8AQM9LWM0D4loKWxJek","timestamp":1614265330,)"
                              R"("secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw","file":")" + body_ + "\"}\n";
  EXPECT_EQ(run({"--batch"}, request), 0);
  EXPECT_EQ(out_.str(), "{\"signature\":\"v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=\",\"id\":\"a\"}\n");
}

TEST_F(WebhookSign, SaysWhatIsWrongAndNotTheSecret) {
  EXPECT_EQ(run({"--id", "m", "--timestamp", "soon", "--secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", body_}), 65);
  EXPECT_EQ(run({"--id", "m", "--timestamp", "1", "--secret", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", body_}), 65);
  EXPECT_NE(err_.str().find("seconds since 1970"), std::string::npos);
  EXPECT_NE(err_.str().find("whsec_"), std::string::npos);
  EXPECT_EQ(err_.str().find("MfKQ"), std::string::npos);
}

}  // namespace
}  // namespace bylined::plumbing
