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
  const Weather weather = world_.weather ? world_.weather(host, target, clock_.now()) : Weather();
  co_await clock_.sleep(std::min(weather.latency, request.timeout));
  co_await unless_dead();
  if (weather.latency > request.timeout) co_return Error(ErrorKind::kTransient, "timed out");
  if (weather.lost) co_return *weather.lost;
  if (weather.instead) co_return *weather.instead;
  net::HttpResponse response = arrive(request);
  if (weather.answer_lost) co_return Error(ErrorKind::kTransient, "connection reset");
  co_return response;
}

net::HttpResponse SimHttp::arrive(const net::HttpRequest& request) {
  if (request.url.host() == kReceiversHost) return receive(request);
  const press::Answer answer = world_.press.answer(request.url.host(), request.url.path(), for_the_press(request.headers), clock_.now());
  world_.served.push_back(Served{clock_.now(), request.url.host(), request.url.path(), answer.status, answer.listed, answer.shown});
  net::HttpResponse response;
  response.status = answer.status;
  response.headers = answer.headers;
  response.body = answer.body;
  return response;
}

net::HttpResponse SimHttp::receive(const net::HttpRequest& request) {
  const std::string receiver = request.url.path().substr(1);
  net::HttpResponse response;
  response.status = 204;
  if (world_.receiver_answer) response = world_.receiver_answer(receiver, clock_.now());
  world_.taken.push_back(Taken{clock_.now(), receiver, header_of(request.headers, "webhook-id"), request.body, response.status});
  return response;
}

Task<net::MailAnswer> SimMail::send(net::Mail mail) {
  if (death_.dead) co_await clock_.sleep(kForEver);
  const Weather weather = world_.weather ? world_.weather("mail", mail.to, clock_.now()) : Weather();
  co_await clock_.sleep(weather.latency);
  if (death_.dead) co_await clock_.sleep(kForEver);
  net::MailAnswer answer;
  if (weather.lost) co_return answer;
  const std::string receiver = mail.to.substr(0, mail.to.find('@'));
  answer.code = 250;
  answer.sent = true;
  if (world_.receiver_answer) answer.code = world_.receiver_answer(receiver, clock_.now()).status < 300 ? 250 : 451;
  world_.taken.push_back(Taken{clock_.now(), receiver, mail_header(mail.message, "Message-ID"), mail.message, answer.code});
  if (weather.answer_lost) answer.code = 0;
  co_return answer;
}

}  // namespace bylined::tests
