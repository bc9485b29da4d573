// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "pipeline/deliver/channels/channel.h"

namespace bylined::deliver {
namespace {

Answer answer_of(const Result<net::HttpResponse>& response, Instant now) {
  Answer answer;
  if (!response) {
    answer.text = response.error().text();
    return answer;
  }
  answer.status = response->status;
  answer.sent = true;
  answer.text = response->body;
  answer.retry_after = net::retry_after(*response, now);
  return answer;
}

// Chat services put the key to a receiver into its address, and some servers repeat what they were asked: no part of an
// address that is long enough for a key goes into the log or the database.
void scrub(std::string& text, std::string_view address) {
  constexpr std::size_t kShortestKey = 16;
  while (!address.empty()) {
    const std::size_t end = std::min(address.find_first_of("/?&=#"), address.size());
    const std::string_view part = address.substr(0, end);
    for (std::size_t at = 0; part.size() >= kShortestKey && (at = text.find(part, at)) != std::string::npos;) text.replace(at, part.size(), "...");
    address.remove_prefix(std::min(end + 1, address.size()));
  }
}

Judgement unsendable(std::string reason) {
  Judgement judgement;
  judgement.verdict = Verdict::kRefused;
  judgement.reply = excerpt(reason);
  return judgement;
}

class DirectCourier final : public Courier {
 public:
  DirectCourier(net::HttpClient& http, net::MailClient& mail, Clock& clock, std::string user_agent)
      : http_(http), mail_(mail), clock_(clock), user_agent_(std::move(user_agent)) {}

  Task<Judgement> deliver(model::Receiver receiver, model::Delivery delivery) override {
    const Channel* channel = find_channel(receiver.kind);
    if (channel == nullptr) co_return unsendable("there is no channel " + quoted(receiver.kind));
    if (delivery.payload.empty()) co_return unsendable("the message could not be composed: see `byline config check`");
    auto transmission = channel->address(receiver, delivery, clock_.now());
    if (!transmission) co_return unsendable(transmission.error().text());
    auto answer = co_await transmit(std::move(*transmission));
    co_return channel->judge(answer);
  }

 private:
  Task<Answer> transmit(Transmission transmission) {
    if (auto* mail = std::get_if<net::Mail>(&transmission)) {
      auto reply = co_await mail_.send(std::move(*mail));
      Answer answer;
      answer.status = reply.code;
      answer.sent = reply.sent;
      answer.to_us = reply.to_us;
      answer.text = std::move(reply.text);
      co_return answer;
    }
    auto& request = std::get<net::HttpRequest>(transmission);
    request.headers.emplace_back("user-agent", user_agent_);
    const std::string address = request.url.path();
    auto response = co_await http_.send(std::move(request));
    Answer answer = answer_of(response, clock_.now());
    scrub(answer.text, address);
    co_return answer;
  }

  net::HttpClient& http_;
  net::MailClient& mail_;
  Clock& clock_;
  const std::string user_agent_;
};

}  // namespace

std::unique_ptr<Courier> make_courier(net::HttpClient& http, net::MailClient& mail, Clock& clock, std::string user_agent) {
  return std::make_unique<DirectCourier>(http, mail, clock, std::move(user_agent));
}

}  // namespace bylined::deliver
