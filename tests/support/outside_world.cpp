// SPDX-License-Identifier: Apache-2.0
#include "tests/support/outside_world.h"

#include <algorithm>

namespace bylined::tests {
namespace {

constexpr Millis kForEver{1000LL * 24 * 3'600'000};

std::string header_of(const net::Headers& headers, std::string_view name) {
  for (const auto& [given, value] : headers) {
    if (given == name) return value;
  }
  return {};
}

net::Headers for_the_press(const net::Headers& headers) {
  net::Headers asked;
  for (const auto& [name, value] : headers) {
    if (name != "accept-encoding") asked.emplace_back(name, value);  // the real client hands on what is decoded
  }
  return asked;
}

// One script of answers serves both kinds of receivers.
// A 554 is said at the greeting.
int mail_code(int status) { return status < 300 ? 250 : status == 401 ? 535 : status == 550 || status == 554 ? status : 451; }

std::string mail_header(const std::string& message, const std::string& name) {
  const std::size_t at = message.find("\r\n" + name + ": ");
  if (at == std::string::npos) return {};
  const std::size_t start = at + name.size() + 4;
  return message.substr(start, message.find("\r\n", start) - start);
}

}  // namespace

// What a dead process had under way never goes on.
Task<void> SimHttp::unless_dead() {
  if (death_.dead) co_await clock_.sleep(kForEver);
}

Task<Result<net::HttpResponse>> SimHttp::send(net::HttpRequest request) {
  co_await unless_dead();
  const std::string host = request.url.host();
  const std::string target = request.url.path();
  const Weather weather = world_.weather ? world_.weather(host, target, clock_.true_now()) : Weather();
  co_await clock_.sleep(std::min(weather.latency, request.timeout));
  co_await unless_dead();
  if (weather.latency > request.timeout) co_return Error(ErrorKind::kTransient, "timed out");
  if (weather.lost) co_return *weather.lost;
  if (weather.vanished && request.receiver) co_return net::HttpResponse();
  net::HttpResponse response = arrive(request, weather);
  if (weather.answer_lost) unheard(request);
  if (weather.answer_lost && request.receiver) co_return net::HttpResponse();  // it had gone out: status 0
  if (weather.answer_lost) co_return Error(ErrorKind::kTransient, "connection reset");
  co_return response;
}

net::HttpResponse SimHttp::arrive(const net::HttpRequest& request, const Weather& weather) {
  if (request.url.host() == kReceiversHost) return receive(request);
  press::Answer answer;
  net::HttpResponse response;
  if (weather.instead) {
    response = *weather.instead;
  } else {
    answer = world_.press.answer(request.url.host(), request.url.path(), for_the_press(request.headers), clock_.true_now() - weather.behind);
    response.status = answer.status;
    response.headers = answer.headers;
    response.body = std::move(answer.body);
    if (weather.spoil) weather.spoil(response);
  }
  serve(request, response, std::move(answer));
  return response;
}

// Nobody can keep to what did not come back.
void SimHttp::unheard(const net::HttpRequest& request) {
  (request.url.host() == kReceiversHost ? world_.taken.back().pause : world_.served.back().pause).reset();
}

void SimHttp::serve(const net::HttpRequest& request, const net::HttpResponse& response, press::Answer answer) {
  Served served;
  served.at = clock_.true_now();
  served.host = request.url.host();
  served.target = request.url.path();
  served.status = response.status;
  if (response.status == 429 || response.status == 503) served.pause = net::retry_after(response, clock_.true_now());
  served.listed = std::move(answer.listed);
  served.shown = std::move(answer.shown);
  world_.served.push_back(std::move(served));
}

net::HttpResponse SimHttp::receive(const net::HttpRequest& request) {
  const std::string receiver = request.url.path().substr(1);
  net::HttpResponse response;
  response.status = 204;
  if (world_.receiver_answer) response = world_.receiver_answer(receiver, clock_.true_now());
  world_.taken.push_back(Taken{clock_.true_now(), receiver, header_of(request.headers, "webhook-id"), request.body, response.status,
                                 net::retry_after(response, clock_.true_now())});
  return response;
}

Task<net::MailAnswer> SimMail::send(net::Mail mail) {
  if (death_.dead) co_await clock_.sleep(kForEver);
  const Weather weather = world_.weather ? world_.weather("mail", mail.to, clock_.true_now()) : Weather();
  co_await clock_.sleep(weather.latency);
  if (death_.dead) co_await clock_.sleep(kForEver);
  net::MailAnswer answer;
  if (weather.lost) co_return answer;
  const std::string receiver = mail.to.substr(0, mail.to.find('@'));
  answer.sent = true;
  if (weather.vanished) co_return answer;
  answer.code = 250;
  if (world_.receiver_answer) answer.code = mail_code(world_.receiver_answer(receiver, clock_.true_now()).status);
  answer.to_us = answer.code == 554;
  world_.taken.push_back(Taken{clock_.true_now(), receiver, mail_header(mail.message, "Message-ID"), mail.message, answer.code, std::nullopt});
  if (weather.answer_lost) answer.code = 0;
  co_return answer;
}

}  // namespace bylined::tests
