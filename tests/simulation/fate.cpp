// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/fate.h"

#include <array>

namespace bylined::tests {
namespace {

using enum FaultKind;

net::HttpResponse answer_with(int status, std::string body = {}) {
  net::HttpResponse response;
  response.status = status;
  response.headers.emplace_back("content-type", "text/html; charset=utf-8");
  response.body = std::move(body);
  return response;
}

net::HttpResponse asking_for_patience(int status, const std::string& retry_after) {
  net::HttpResponse response = answer_with(status);
  if (!retry_after.empty()) response.headers.emplace_back("retry-after", retry_after);
  return response;
}

// The newest item alone, or none, of a feed or of a page of rows.
void keep_items(std::string& body, int count) {
  for (const auto& [opening, closing] : {std::pair<std::string, std::string>{"<item>", "</item>"}, {"<entry>", "</entry>"}, {"<li class=\"row\">", "</li>"}}) {
    const std::size_t first = body.find(opening);
    if (first == std::string::npos) continue;
    std::size_t from = first;
    for (int i = 0; i < count; ++i) from = body.find(closing, from) + closing.size();
    const std::size_t last = body.rfind(closing) + closing.size();
    if (from < last) body.erase(from, last - from);
    return;
  }
}

std::string garbage(std::size_t bytes, Random& random) {
  std::string out(bytes, '\0');
  for (char& byte : out) byte = static_cast<char>(random.below(256));
  return out;
}

constexpr const char* kLoginForm = "<!doctype html><title>로그인</title><form>아이디와 비밀번호를 입력하십시오</form>";

}  // namespace

Fate::Fate(Plan plan, const press::Press& press, std::uint64_t seed) : plan_(std::move(plan)), press_(press), latency_(seed * 31 + 7) {
  for (const press::Outlet& outlet : press_.script().outlets) {
    const std::size_t start = outlet.listing.find("//") + 2;
    const std::size_t slash = outlet.listing.find('/', start);
    listings_.emplace(outlet.listing.substr(start, slash - start), outlet.listing.substr(slash));
  }
  for (const Fault& fault : plan_) chances_.emplace(fault.number, Random(seed * 1'009 + static_cast<std::uint64_t>(fault.number)));
}

bool Fate::chance(const Fault& fault) { return static_cast<std::int64_t>(chances_.at(fault.number).below(100)) < fault.amount; }

Weather Fate::weather(const std::string& host, const std::string& target, Instant now) {
  Weather weather;
  weather.latency = Millis(20 + static_cast<std::int64_t>(latency_.below(200)));
  const Millis elapsed = now - press_.start();
  const bool mail = host == "mail";
  for (const Fault& fault : plan_) {
    if (!fault.active(elapsed)) continue;
    if (mail || host == kReceiversHost) {
      on_receiver(fault, mail ? target.substr(0, target.find('@')) : target.substr(1), weather);
    } else if (fault.strikes(host)) {
      on_source(fault, host, target, weather);
    }
  }
  return weather;
}

void Fate::on_receiver(const Fault& fault, const std::string& receiver, Weather& weather) {
  const bool whom = fault.strikes(receiver);
  if (fault.kind == kOffline || (fault.kind == kDown && whom)) {
    weather.lost = Error(ErrorKind::kTransient, "connection refused");
  } else if (fault.kind == kLost && whom && chance(fault)) {
    (chances_.at(fault.number).below(2) == 0 ? weather.vanished : weather.answer_lost) = true;
  } else {
    return;
  }
  struck(fault.kind);
}

void Fate::on_source(const Fault& fault, const std::string& host, const std::string& target, Weather& weather) {
  const bool robots = target == "/robots.txt";
  const bool listing = listings_.contains({host, target});
  static constexpr std::array kOdd = {"", "soon", "-5", "3600", "0"};
  switch (fault.kind) {
    case kRefuse:
      if (!chance(fault)) return;
      weather.lost = Error(ErrorKind::kTransient, "connection refused");
      break;
    case kTimeOut:
      if (!chance(fault)) return;
      weather.latency = std::chrono::hours(1);
      break;
    case kReset:
      if (!chance(fault)) return;
      weather.answer_lost = true;
      break;
    case kSlow: weather.latency += Millis(fault.amount); break;
    case kNoNames: weather.lost = Error(ErrorKind::kTransient, "no such host"); break;
    case kOffline: weather.lost = Error(ErrorKind::kTransient, "network unreachable"); break;
    case kServerError: weather.instead = answer_with(500); break;
    case kThrottle: weather.instead = asking_for_patience(429, std::to_string(fault.amount)); break;
    case kBusy: weather.instead = asking_for_patience(503, kOdd[static_cast<std::size_t>(fault.amount)]); break;
    case kNoRobots:
      if (!robots) return;
      weather.instead = answer_with(500);
      break;
    case kNotFound:
      if (robots || listing) return;
      weather.instead = answer_with(404, "<!doctype html><title>없는 기사</title><p>찾을 수 없습니다.</p>");
      break;
    case kWalled:
      if (robots || listing) return;
      weather.instead = answer_with(200, kLoginForm);
      break;
    default:
      if (listing) on_listing(fault, weather);
      return;
  }
  struck(fault.kind);
}

void Fate::on_listing(const Fault& fault, Weather& weather) {
  Random& random = chances_.at(fault.number);
  switch (fault.kind) {
    case kWall: weather.instead = answer_with(200, kLoginForm); break;
    case kGarbage: weather.instead = answer_with(200, garbage(2'000, random)); break;
    case kUnchanging: weather.instead = answer_with(304); break;
    case kEmpty: weather.spoil = [](net::HttpResponse& response) { keep_items(response.body, 0); }; break;
    case kFew: weather.spoil = [](net::HttpResponse& response) { keep_items(response.body, 1); }; break;
    case kCut: weather.spoil = [](net::HttpResponse& response) { response.body.resize(response.body.size() / 2); }; break;
    case kStale:
      if (random.below(2) == 0) return;
      weather.behind = std::chrono::minutes(fault.amount);
      break;
    default: return;
  }
  struck(fault.kind);
}

net::HttpResponse Fate::answer(const std::string& receiver, Instant now) {
  for (const Fault& fault : plan_) {
    if (!fault.active(now - press_.start()) || !fault.strikes(receiver)) continue;
    switch (fault.kind) {
      case kFail: struck(kFail); return answer_with(503);
      case kHold: struck(kHold); return asking_for_patience(429, std::to_string(fault.amount));
      case kGone: struck(kGone); return answer_with(404);
      case kDeny: struck(kDeny); return answer_with(401);
      default: break;
    }
  }
  return answer_with(204);
}

}  // namespace bylined::tests
