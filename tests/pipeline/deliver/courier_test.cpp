// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "tests/pipeline/deliver/samples.h"
#include "tests/support/sim_clock.h"

namespace bylined::deliver {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
const Instant kNow(Millis(1'738'661'530'999));

// A receiver's server that notes what it got and says what it was told to.
struct Web final : net::HttpClient {
  Task<Result<net::HttpResponse>> send(net::HttpRequest request) override {
    requests.push_back(std::move(request));
    co_return answer;
  }
  std::vector<net::HttpRequest> requests;
  Result<net::HttpResponse> answer = net::HttpResponse();
};

struct Post final : net::MailClient {
  Task<net::MailAnswer> send(net::Mail mail) override {
    mails.push_back(std::move(mail));
    co_return answer;
  }
  std::vector<net::Mail> mails;
  net::MailAnswer answer;
};

class CourierTest : public testing::Test {
 protected:
  CourierTest() {
    net::HttpResponse response;
    response.status = 200;
    web_.answer = response;
    post_.answer = {250, "2.0.0 queued", true, false};
  }

  Judgement deliver(const model::Receiver& receiver, const model::Delivery& delivery) {
    auto judged = asio::co_spawn(context_, courier_->deliver(receiver, delivery), asio::use_future);
    context_.restart();
    context_.run();
    return judged.get();
  }
  std::string header(std::size_t request, std::string_view name) const {
    for (const auto& [key, value] : web_.requests.at(request).headers) {
      if (key == name) return value;
    }
    return "";
  }

  asio::io_context context_;
  tests::SimClock clock_{context_, kNow};
  Web web_;
  Post post_;
  std::unique_ptr<Courier> courier_ = make_courier(web_, post_, clock_, "bylined/0.1 (+press@example.com)");
};

TEST_F(CourierTest, SendsAWebhookThatItsReceiverCanVerify) {
  const auto receiver = samples::webhook();
  const auto delivery = samples::delivery(samples::ordinary(), receiver);
  EXPECT_EQ(deliver(receiver, delivery).verdict, Verdict::kDelivered);
  const net::HttpRequest& request = web_.requests.at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url.text(), "https://hooks.example.com/press");
  EXPECT_EQ(request.body, delivery.payload);
  EXPECT_EQ(header(0, "content-type"), "application/json");
  EXPECT_EQ(header(0, "webhook-id"), delivery.id.value);
  EXPECT_EQ(header(0, "webhook-timestamp"), "1738661530");
  EXPECT_EQ(header(0, "webhook-signature"), *sign(receiver.secrets, delivery.id.value, 1'738'661'530, delivery.payload));
  EXPECT_EQ(header(0, "user-agent"), "bylined/0.1 (+press@example.com)");
}

TEST_F(CourierTest, KeepsOnlyTextOfWhatTheServerSays) {
  net::HttpResponse response;
  response.status = 500;
  response.body = "나중에\r\n\x1b[31m\xc2\x9b\x1f\x8b\xff\xea\xb0";
  web_.answer = response;
  const auto receiver = samples::webhook();
  EXPECT_EQ(deliver(receiver, samples::delivery(samples::ordinary(), receiver)).reply, "나중에\\x0d\\x0a\\x1b[31m\\x9b\\x1f\\x8b\\xff\\xea\\xb0");
}

TEST_F(CourierTest, DoesNotRepeatAKeyOfTheAddressThatTheServerRepeats) {
  auto receiver = samples::webhook();
  receiver.url = "https://hooks.example.com/services/T0123456789ABCDEF?key=0123456789abcdefghij";
  net::HttpResponse response;
  response.status = 500;
  response.body = "POST /services/T0123456789ABCDEF?key=0123456789abcdefghij failed";
  web_.answer = response;
  EXPECT_EQ(deliver(receiver, samples::delivery(samples::ordinary(), receiver)).reply, "POST /services/...?key=... failed");
}

TEST_F(CourierTest, AsksForLittleAndReachesWhereTheReceiverLies) {
  auto receiver = samples::webhook();
  receiver.allow_private = {"10.1.2.3/32"};
  deliver(receiver, samples::delivery(samples::ordinary(), receiver));
  const net::HttpRequest& request = web_.requests.at(0);
  EXPECT_TRUE(request.receiver);
  EXPECT_EQ(request.max_body, 64u << 10);
  EXPECT_EQ(request.timeout, Millis(20s));
  EXPECT_EQ(request.allow_private, receiver.allow_private);
}

TEST_F(CourierTest, RepeatsIdAndBytesUnderAFreshTimestamp) {
  const auto receiver = samples::webhook();
  const auto delivery = samples::delivery(samples::ordinary(), receiver);
  deliver(receiver, delivery);
  clock_.jump(1h);
  deliver(receiver, delivery);
  EXPECT_EQ(header(0, "webhook-id"), header(1, "webhook-id"));
  EXPECT_EQ(web_.requests[0].body, web_.requests[1].body);
  EXPECT_EQ(header(1, "webhook-timestamp"), "1738665130");
  EXPECT_NE(header(0, "webhook-signature"), header(1, "webhook-signature"));
}

TEST_F(CourierTest, SignsWithBothSecretsWhileTheyRotate) {
  auto receiver = samples::webhook();
  receiver.secrets.insert(receiver.secrets.begin(), Secret("whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="));
  const auto delivery = samples::delivery(samples::ordinary(), receiver);
  deliver(receiver, delivery);
  const std::string old_one = *sign({receiver.secrets[1]}, delivery.id.value, 1'738'661'530, delivery.payload);
  EXPECT_TRUE(header(0, "webhook-signature").ends_with(" " + old_one));
}

TEST_F(CourierTest, HandsOnHowLongItWasAskedToWait) {
  net::HttpResponse busy;
  busy.status = 429;
  busy.headers = {{"retry-after", "90"}};
  busy.body = "langsam\n";
  web_.answer = busy;
  const auto judgement = deliver(samples::webhook(), samples::delivery(samples::ordinary(), samples::webhook()));
  EXPECT_EQ(judgement.verdict, Verdict::kRetry);
  EXPECT_EQ(judgement.asked_wait, Millis(90s));
  EXPECT_EQ(judgement.reply, "langsam\\x0a");
}

TEST_F(CourierTest, TellsARequestThatNeverLeftFromOneThatMayHaveArrived) {
  const auto delivery = samples::delivery(samples::ordinary(), samples::webhook());
  web_.answer = Error(ErrorKind::kTransient, "connection refused");
  EXPECT_EQ(deliver(samples::webhook(), delivery).verdict, Verdict::kRetry);
  EXPECT_EQ(deliver(samples::webhook(), delivery).reply, "connection refused");
  web_.answer = net::HttpResponse();  // status 0
  EXPECT_EQ(deliver(samples::webhook(), delivery).verdict, Verdict::kAmbiguous);
}

TEST_F(CourierTest, HandsAMailOverToOneRecipient) {
  const auto receiver = samples::email();
  const auto delivery = samples::delivery(samples::ordinary(), receiver);
  EXPECT_EQ(deliver(receiver, delivery).verdict, Verdict::kDelivered);
  const net::Mail& mail = post_.mails.at(0);
  EXPECT_EQ(mail.server, "smtps://mail.example.com:465");
  EXPECT_EQ(mail.user, "press");
  EXPECT_EQ(mail.password.reveal(), "hidden");
  EXPECT_EQ(mail.from, "press@example.com");
  EXPECT_EQ(mail.to, "desk@example.com");
  EXPECT_EQ(mail.message, delivery.payload);
  EXPECT_FALSE(mail.tls_none);
}

TEST_F(CourierTest, JudgesWhatTheMailServerSaid) {
  const auto delivery = samples::delivery(samples::ordinary(), samples::email());
  post_.answer = {450, "4.2.0 greylisted", false, false};
  EXPECT_EQ(deliver(samples::email(), delivery).verdict, Verdict::kRetry);
  post_.answer = {0, "no answer after the final dot", true, false};
  EXPECT_EQ(deliver(samples::email(), delivery).verdict, Verdict::kAmbiguous);
}

TEST_F(CourierTest, DialsNobodyForAnAddressThatCouldCarryACommand) {
  auto receiver = samples::email();
  auto delivery = samples::delivery(samples::ordinary(), receiver);
  for (const char* const evil : {"desk@example.com>\r\nRCPT TO:<x@example.com", "desk@example.com\nBcc: x@example.com", "\"desk\"@example.com", "desk@example.com\x80"}) {
    delivery.recipient = evil;
    const auto judgement = deliver(receiver, delivery);
    EXPECT_EQ(judgement.verdict, Verdict::kRefused);
    EXPECT_FALSE(judgement.whole_receiver);
    EXPECT_EQ(judgement.reply.find('\n'), std::string::npos);
  }
  delivery.recipient = "desk@example.com";
  receiver.from = "press@example.com\r\nDATA";
  EXPECT_EQ(deliver(receiver, delivery).verdict, Verdict::kRefused);
  EXPECT_TRUE(post_.mails.empty());
}

TEST_F(CourierTest, DialsNobodyForWhatIsNoLongerConfiguredOrComposed) {
  auto receiver = samples::webhook();
  auto delivery = samples::delivery(samples::ordinary(), receiver);
  receiver.kind = "pigeon";
  EXPECT_EQ(deliver(receiver, delivery).verdict, Verdict::kRefused);
  receiver = samples::webhook();
  receiver.url = "ftp://hooks.example.com/";
  EXPECT_EQ(deliver(receiver, delivery).verdict, Verdict::kRefused);
  receiver = samples::webhook();
  receiver.secrets.clear();
  EXPECT_EQ(deliver(receiver, delivery).verdict, Verdict::kRefused);
  delivery.payload.clear();
  EXPECT_EQ(deliver(samples::webhook(), delivery).verdict, Verdict::kRefused);
  EXPECT_TRUE(web_.requests.empty());
}

}  // namespace
}  // namespace bylined::deliver
