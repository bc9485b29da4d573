// SPDX-License-Identifier: Apache-2.0
// Gets a page politely: robots.txt per request host (RFC 9309), pace and parallelism per host,
// Retry-After, validators, redirects judged hop by hop. Knows hosts, not sources or articles.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/metrics.h"
#include "base/net/http.h"
#include "model/host.h"
#include "model/page.h"
#include "model/source.h"
#include "pipeline/fetch/pace.h"

namespace bylined {
class Lane;
}

namespace bylined::fetch {

struct Options {
  PaceLimits pace;
  Millis timeout{60'000};
  std::size_t max_body = 8u << 20;
  int redirects = 5;
  std::string agent = "bylined";          // product token in robots.txt
  Millis robots_fresh{6 * 3'600'000};     // then it is asked for again; the old rules hold
  Millis robots_hold{24 * 3'600'000};     // as long as this (RFC 9309, 2.4: not longer than 24 h)
  Millis robots_retry{60'000};            // after the first failure; doubles up to the next
  Millis robots_retry_max{3'600'000};
  Millis back_off{60'000};                // a 429 or 503 that names no time; doubles up to the next
  Millis back_off_max{3'600'000};
  // So long at most a pause that an article's address asked for keeps us from listings of its host: one link must not silence
  // a source for a day (RFC 9110, 10.2.3 leaves it to us). After a restart any pause, as nobody knows who asked for it.
  Millis listings_hold{3'600'000};
  std::size_t longest_url = 8u << 10;     // RFC 9110, 4.1, wants 8,000 understood everywhere
  std::size_t hosts_remembered = 20'000;  // beyond it those without a pause are forgotten
  std::shared_ptr<Pace> same_pace;        // of the fetcher before this one, which it goes on with; none: one of its own
};

struct Request {
  std::string url;
  model::Validators validators;
  model::RobotsRule robots;
  Wanted wanted;  // what for, and how long a turn is waited for
  std::vector<std::pair<std::string, Secret>> keys;  // headers that say who we are; they go to the URL's own origin, never along a redirect, never in the clear
};

enum class Obstacle {
  kNone,
  kRobots,             // robots.txt forbids this path to us
  kRobotsUnreachable,  // it cannot be had, and nothing stored holds any more
  kStatus,             // an answer, but neither 200 nor 304
  kNetwork,            // no or a broken answer
  kPolicy,             // an address, port, scheme, size or redirect that we do not follow
  kPatience,           // the host asked for a pause, or its queue is full: come back at `not_before`
};
std::string_view obstacle_name(Obstacle obstacle);

struct Fetched {
  Obstacle obstacle = Obstacle::kNone;
  std::string reason;        // one line, where there is an obstacle
  int status = 0;
  bool not_modified = false; // 304 to our validators
  model::Page page;          // where it is complete and modified
  Permit large;              // where the page is large, as long as it is here
  model::Validators validators;
  std::string body_hash;     // hex SHA-256 of the page's bytes
  Millis fresh_for{0};       // so long the answer is to be kept; a cache on the way gives no other before
  Instant not_before;        // where kPatience, where kStatus with a Retry-After, and where robots.txt is not asked for again until then

  bool complete() const { return obstacle == Obstacle::kNone; }
  // The page was read, and its memory may go to others. Before anything else is fetched: it might wait for us.
  void put_down();
};

class Fetcher {
 public:
  virtual ~Fetcher() = default;
  virtual Task<Fetched> fetch(Request request) = 0;
  // Would robots.txt let us? Asks for it if needed. Obstacle kNone: yes.
  virtual Task<Fetched> judge(Request request) = 0;
  // Hosts whose courtesies changed since the last call: to be stored with the next record.
  virtual std::vector<model::Host> take_changed() = 0;
  virtual void load(std::vector<model::Host> hosts) = 0;
};

// All but the options outlive it. Long pages are hashed, and long robots.txt judged, on `large`.
std::unique_ptr<Fetcher> make_fetcher(net::HttpClient& client, Clock& clock, Metrics& metrics, Lane& large, Options options);

}  // namespace bylined::fetch
