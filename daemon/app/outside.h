// SPDX-License-Identifier: Apache-2.0
// The ways out of the process (HTTP, mail, and the rooms that use them), replaced whole on a reload. What
// is under way keeps the set with which it began.
#pragma once

#include <memory>

#include <boost/asio/io_context.hpp>

#include "base/net/client.h"
#include "pipeline/deliver/deliver.h"
#include "pipeline/fetch/fetch.h"
#include "settings/settings.h"

namespace bylined::app {

class Outside final : public fetch::Fetcher, public deliver::Courier {
 public:
  // All outlive it.
  Outside(boost::asio::io_context& context, Clock& clock, Metrics& metrics, Lane& large) : context_(context), clock_(clock), metrics_(metrics), large_(large) {}

  // kInvalid: a CA file or range that cannot be used; the old set stays. `authorities`: read before, where a loop is not to wait
  // for it.
  Status open(const settings::Settings& settings, std::shared_ptr<net::Authorities> authorities = nullptr);

  Task<fetch::Fetched> fetch(fetch::Request request) override;
  Task<fetch::Fetched> judge(fetch::Request request) override;
  std::vector<model::Host> take_changed() override;
  void load(std::vector<model::Host> hosts) override;
  Task<deliver::Judgement> deliver(model::Receiver receiver, model::Delivery delivery) override;

 private:
  struct Set {
    net::Client client;
    std::unique_ptr<fetch::Fetcher> fetcher;
    std::unique_ptr<deliver::Courier> courier;
  };

  boost::asio::io_context& context_;
  Clock& clock_;
  Metrics& metrics_;
  Lane& large_;
  std::shared_ptr<Set> set_;
  std::shared_ptr<fetch::Pace> pace_;  // of all sets: a reload is no reason to ask a host sooner
};

std::string user_agent(const settings::Settings& settings);

}  // namespace bylined::app
