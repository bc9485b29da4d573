// SPDX-License-Identifier: Apache-2.0
#include "app/outside.h"

#include <cassert>

#include "base/lane.h"

namespace bylined::app {

std::string user_agent(const settings::Settings& settings) {
  std::string agent = "bylined/" BYLINED_VERSION;
  if (!settings.contact.empty()) agent += " (+" + settings.contact + ")";
  return agent;
}

Status Outside::open(const settings::Settings& settings, std::shared_ptr<net::Authorities> authorities) {
  net::ClientOptions options;
  options.user_agent = user_agent(settings);
  options.ports = settings.ports;
  options.ca_file = settings.ca_file;
  options.authorities = std::move(authorities);
  options.proxy = settings.proxy;
  options.allow_private = settings.allow_private;
  options.connect_to = settings.connect_to;
  options.usual_answer = SizedLanes::kUsual;
  auto client = net::make_client(context_, clock_, metrics_, large_, std::move(options));
  if (!client) return client.error();
  auto set = std::make_shared<Set>();
  set->client = std::move(*client);
  if (pace_) pace_->set_limits(settings.fetch.pace);
  else pace_ = std::make_shared<fetch::Pace>(clock_, settings.fetch.pace);
  fetch::Options chosen = settings.fetch;
  chosen.same_pace = pace_;
  set->fetcher = fetch::make_fetcher(*set->client.http, clock_, metrics_, large_, std::move(chosen));
  set->courier = deliver::make_courier(*set->client.http, *set->client.mail, clock_, user_agent(settings));
  set_ = std::move(set);
  return Status();
}

Task<fetch::Fetched> Outside::fetch(fetch::Request request) {
  const std::shared_ptr<Set> held = set_;
  assert(held);
  co_return co_await held->fetcher->fetch(std::move(request));
}

Task<fetch::Fetched> Outside::judge(fetch::Request request) {
  const std::shared_ptr<Set> held = set_;
  assert(held);
  co_return co_await held->fetcher->judge(std::move(request));
}

std::vector<model::Host> Outside::take_changed() { return set_->fetcher->take_changed(); }
void Outside::load(std::vector<model::Host> hosts) { set_->fetcher->load(std::move(hosts)); }

Task<deliver::Judgement> Outside::deliver(model::Receiver receiver, model::Delivery delivery) {
  const std::shared_ptr<Set> held = set_;
  assert(held);
  co_return co_await held->courier->deliver(std::move(receiver), std::move(delivery));
}

}  // namespace bylined::app
