// SPDX-License-Identifier: Apache-2.0
// What stays when the daemon dies: the press and what it served (site ledger), the receivers and what
// they took (sink ledger), and the weather between them and us. No sockets; simulated time.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/net/http.h"
#include "base/net/mail.h"
#include "tests/press/press.h"
#include "tests/support/mortal_store.h"
#include "tests/support/sim_clock.h"

namespace bylined::tests {

// What happens to one request on its way.
struct Weather {
  Millis latency{20};
  std::optional<Error> lost;                 // it never arrives
  std::optional<net::HttpResponse> instead;  // somebody else answers
  bool answer_lost = false;                  // it arrives and takes effect, its answer does not come back
  bool vanished = false;                     // it had gone out and never arrives: to the sender the same
  Millis behind{0};                          // the press answers as it would have so long ago
  std::function<void(net::HttpResponse&)> spoil;  // what happens to its answer on the way back
};

struct Served {
  Instant at;
  std::string host;
  std::string target;
  int status = 0;
  std::optional<Millis> pause;      // that the answer asked for
  std::vector<std::string> listed;  // keys of articles, where it was a whole listing
  std::string shown;
};

struct Taken {
  Instant at;
  std::string receiver;
  std::string id;
  std::string bytes;
  int status = 0;  // what we answered
  std::optional<Millis> pause;  // and asked for
};

struct OutsideWorld {
  explicit OutsideWorld(press::Press the_press) : press(std::move(the_press)) {}

  press::Press press;
  std::vector<Served> served;
  std::vector<Taken> taken;

  // Decides the fate of each request; none: a calm day.
  std::function<Weather(const std::string& host, const std::string& target, Instant now)> weather;
  // What a receiver answers; none: 204, and 250 for a mail.
  std::function<net::HttpResponse(const std::string& receiver, Instant now)> receiver_answer;
};

// Receivers are reached as https://receivers.example/ID and as mail to ID@receivers.example.
inline constexpr const char* kReceiversHost = "receivers.example";

class SimHttp final : public net::HttpClient {
 public:
  // All outlive it; a dead process gets no answer and causes nothing.
  SimHttp(OutsideWorld& world, SimClock& clock, const Death& death) : world_(world), clock_(clock), death_(death) {}
  Task<Result<net::HttpResponse>> send(net::HttpRequest request) override;

 private:
  net::HttpResponse arrive(const net::HttpRequest& request, const Weather& weather);
  void unheard(const net::HttpRequest& request);
  void serve(const net::HttpRequest& request, const net::HttpResponse& response, press::Answer answer);
  net::HttpResponse receive(const net::HttpRequest& request);
  Task<void> unless_dead();

  OutsideWorld& world_;
  SimClock& clock_;
  const Death& death_;
};

class SimMail final : public net::MailClient {
 public:
  SimMail(OutsideWorld& world, SimClock& clock, const Death& death) : world_(world), clock_(clock), death_(death) {}
  Task<net::MailAnswer> send(net::Mail mail) override;

 private:
  OutsideWorld& world_;
  SimClock& clock_;
  const Death& death_;
};

}  // namespace bylined::tests
