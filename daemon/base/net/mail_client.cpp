// SPDX-License-Identifier: Apache-2.0
#include "base/net/mail_client.h"

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "base/net/curl_loop.h"
#include "base/net/handle.h"
#include "base/net/smtp.h"

namespace bylined::net {
namespace {

constexpr std::size_t kGreetingLimit = 64u << 10;  // of all that is said before the transaction

// What the server says until the login is done, by way of libcurl's header callback.
struct Greeting {
  ReplyReader reader;
  Reply last;
  bool logged_in = false;
  std::size_t size = 0;
};

std::size_t take_greeting(char* data, std::size_t, std::size_t size, void* greeting) {
  auto& self = *static_cast<Greeting*>(greeting);
  self.size += size;
  if (self.size > kGreetingLimit) return 0;
  auto reply = self.reader.take(std::string_view(data, size));
  if (!reply) {  // libcurl judges a login's continuation lines (3yz) and the like by itself
    self.reader = ReplyReader();
    return size;
  }
  if (!reply->has_value()) return size;
  self.last = std::move(**reply);
  if (self.last.code == 235) self.logged_in = true;
  return size;
}

MailAnswer stopped(std::string text) {
  MailAnswer answer;
  answer.text = std::move(text);
  return answer;
}

MailAnswer refused(const Error& error) {
  MailAnswer answer = stopped(error.text());
  answer.refused = true;
  return answer;
}

bool lasting(const Error& error) { return error.kind() == ErrorKind::kRefused || error.kind() == ErrorKind::kInvalid; }

// Takes the password, plain or as a login wraps it, out of what a server chose to repeat.
void scrub(std::string& text, const std::string& user, const Secret& password) {
  if (password.empty()) return;
  const std::string& plain = password.reveal();
  const std::string login = '\0' + user + '\0' + plain;
  constexpr std::string_view kMask = "...";
  for (const std::string& trace : {plain, base64(plain), base64(login)}) {
    // Never looked for in a mask that was just set: a password of one dot stands in each.
    for (std::size_t at = text.find(trace); at != std::string::npos; at = text.find(trace, at + kMask.size())) text.replace(at, trace.size(), kMask);
  }
}

struct Sending {
  Sending(Route route, const Services& services) : outgoing(std::move(route), services.authorities->store(services.clock.steady())) {}
  Outgoing outgoing;
  Greeting greeting;
};

Status describe_mail(CURL* handle, Sending& call, const Mail& mail) {
  curl_easy_setopt(handle, CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(handle, CURLOPT_USE_SSL, static_cast<long>(mail.tls_none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &take_greeting);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &call.greeting);
  if (mail.user.empty()) return Status();
  curl_easy_setopt(handle, CURLOPT_USERNAME, mail.user.c_str());
  curl_easy_setopt(handle, CURLOPT_PASSWORD, mail.password.reveal().c_str());
  curl_easy_setopt(handle, CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
  return Status();
}

struct Step {
  std::string bytes;
  int wanted = 0;             // the reply's hundreds
  bool to_us = false;
  bool ends_message = false;
};

// The transaction, over a connection that libcurl opened.
class Talk {
 public:
  Talk(Transfer& transfer, Clock& clock, Steady end) : transfer_(transfer), clock_(clock), end_(end) {}

  Task<MailAnswer> hand_over(Mail mail) {
    std::array<Step, 4> steps;
    steps[0] = Step{"MAIL FROM:<" + mail.from + ">\r\n", 2, true};
    steps[1] = Step{"RCPT TO:<" + mail.to + ">\r\n", 2};
    steps[2] = Step{"DATA\r\n", 3};
    steps[3] = Step{framed(mail.message), 2, false, true};
    MailAnswer answer;
    for (Step& step : steps) {
      const Status said = co_await say(std::move(step.bytes));
      if (!said) co_return stopped(said.error().text());
      answer.sent = step.ends_message;
      answer.to_us = step.to_us;
      if (step.ends_message) end_ = clock_.steady() + mail.end_timeout;
      const auto reply = fit(step, co_await hear());
      answer.code = reply ? reply->code : 0;
      answer.text = reply ? reply->text : reply.error().text();
      if (!reply) co_return answer;
      if (reply->code / 100 != step.wanted) break;
    }
    // Nobody waits for its answer: what became of the mail is known.
    const Status left = co_await say("QUIT\r\n");
    static_cast<void>(left);
    co_return answer;
  }

 private:
  Task<Status> say(std::string bytes) {
    std::string_view rest = bytes;
    while (!rest.empty()) {
      std::size_t sent = 0;
      const CURLcode code = curl_easy_send(transfer_.handle(), rest.data(), rest.size(), &sent);
      rest.remove_prefix(sent);
      if (code == CURLE_OK) continue;
      if (code != CURLE_AGAIN) co_return Error(ErrorKind::kTransient, "the connection broke while sending");
      const Status ready = co_await until_ready(true);
      if (!ready) co_return ready.error();
    }
    co_return Status();
  }

  // Who is a reply ahead of us says yes to what we have not asked: such a conversation proves nothing. What comes behind its
  // end is nobody's concern.
  static Result<Reply> fit(const Step& step, Result<Reply> reply) {
    if (!reply) return reply;
    const bool goes_on = reply->code / 100 == step.wanted && !step.ends_message;
    if (goes_on && reply->more) return Error(ErrorKind::kTransient, "the server says more than it was asked");
    if (reply->code / 100 == step.wanted || reply->code >= 400) return reply;
    return Error(ErrorKind::kTransient, "the server's answer " + std::to_string(reply->code) + " does not belong to what it was asked");
  }

  Task<Result<Reply>> hear() {
    std::array<char, 4096> buffer;
    while (true) {
      std::size_t size = 0;
      const CURLcode code = curl_easy_recv(transfer_.handle(), buffer.data(), buffer.size(), &size);
      if (code == CURLE_AGAIN) {
        const Status ready = co_await until_ready(false);
        if (!ready) co_return ready.error();
        continue;
      }
      if (code != CURLE_OK || size == 0) co_return Error(ErrorKind::kTransient, "the server closed the connection");
      auto reply = reader_.take(std::string_view(buffer.data(), size));
      if (!reply) co_return reply.error();
      if (reply->has_value()) co_return std::move(**reply);
    }
  }

  Task<Status> until_ready(bool writable) {
    const Wake wake = co_await transfer_.wait_for_socket(writable, std::max(Millis(0), Millis(end_ - clock_.steady())));
    if (wake == Wake::kTimeout) co_return Error(ErrorKind::kTransient, "the server did not answer in time");
    if (wake == Wake::kCancelled) co_return Error(ErrorKind::kCancelled, "the mail was given up");
    co_return Status();
  }

  Transfer& transfer_;
  Clock& clock_;
  Steady end_;
  ReplyReader reader_;
};

class CurlMailClient final : public MailClient {
 public:
  explicit CurlMailClient(Services services) : services_(std::move(services)), loop_(std::make_shared<CurlLoop>(services_.context, Purpose::kMail, 1)) {}
  ~CurlMailClient() override { loop_->close(); }

  Task<MailAnswer> send(Mail mail) override {
    const std::string user = mail.user;
    const Secret password = mail.password;
    MailAnswer answer = co_await attempt(std::move(mail));
    scrub(answer.text, user, password);
    services_.metrics.count("bylined_mail_sends_total", std::string("outcome=\"") + outcome(answer) + "\"");
    co_return answer;
  }

 private:
  static const char* outcome(const MailAnswer& answer) {
    if (answer.refused) return "refused";
    if (answer.code == 0) return answer.sent ? "ambiguous" : "unanswered";
    return answer.code / 100 == 2 ? "taken" : "rejected";
  }

  Task<MailAnswer> attempt(Mail mail) {
    auto server = read_mail_server(mail.server);
    if (!server) co_return refused(server.error());
    if (const Status good = check_mail(mail, *server); !good) co_return refused(good.error());
    const Steady end = services_.clock.steady() + mail.timeout;
    Destination destination;
    destination.host = server->host;
    destination.port = server->port;
    destination.allow_private = mail.allow_private;
    destination.any_port = true;
    destination.direct = true;
    destination.line = Line::kFirst;
    auto route = co_await services_.router->find(std::move(destination), mail.timeout);
    if (!route) co_return lasting(route.error()) ? refused(route.error()) : stopped(route.error().text());

    Sending call(std::move(*route), services_);
    Transfer transfer(loop_);
    const Millis left = end - services_.clock.steady();
    const Patience patience{left, left, left};
    Status ready = aim(transfer.handle(), server->url, call.outgoing, patience);
    if (ready) ready = describe_mail(transfer.handle(), call, mail);
    if (ready) ready = transfer.start();
    if (!ready) co_return stopped(ready.error().text());
    const Wake wake = co_await transfer.wait(left + kSlack);
    if (wake != Wake::kHappened) co_return stopped(wake == Wake::kTimeout ? "no session within the time" : "the mail was given up");
    if (auto failed = judge_session(call, transfer, mail)) co_return std::move(*failed);
    Talk talk(transfer, services_.clock, end);
    co_return co_await talk.hand_over(std::move(mail));
  }

  std::optional<MailAnswer> judge_session(Sending& call, const Transfer& transfer, const Mail& mail) {
    if (call.outgoing.gate.refusal) return refused(services_.router->refused(*call.outgoing.gate.refusal));
    if (call.outgoing.gate.no_descriptor) return stopped(kNoDescriptor);
    const Reply& last = call.greeting.last;
    const bool denied = transfer.result() == CURLE_LOGIN_DENIED && last.code < 400;  // before anything was tried
    if (denied || (transfer.result() == CURLE_OK && !mail.user.empty() && !call.greeting.logged_in)) {
      return stopped("the server offers no login that we take");
    }
    if (transfer.result() != CURLE_OK) {
      const char* const words = call.outgoing.message;
      MailAnswer answer = stopped(*words != '\0' ? words : curl_easy_strerror(transfer.result()));
      if (last.code < 400) return answer;
      answer.code = last.code;
      answer.text = last.text;
      answer.to_us = true;
      return answer;
    }
    return std::nullopt;
  }

  Services services_;
  std::shared_ptr<CurlLoop> loop_;
};

}  // namespace

std::unique_ptr<MailClient> make_mail_client(Services services) {
  services.metrics.describe("bylined_mail_sends_total", "Mails handed to a server, by outcome.");
  return std::make_unique<CurlMailClient>(std::move(services));
}

}  // namespace bylined::net
