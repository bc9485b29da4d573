// SPDX-License-Identifier: Apache-2.0
#include "query/cli/going_out.h"

#include <filesystem>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "base/lane.h"
#include "base/net/client.h"
#include "base/rethrow.h"

namespace bylined::cli {
namespace {

constexpr std::chrono::minutes kPatience{4};

net::ClientOptions client_options(const settings::Settings& settings) {
  net::ClientOptions options;
  options.user_agent = "bylined/" BYLINED_VERSION;
  if (!settings.contact.empty()) options.user_agent += " (+" + settings.contact + ")";
  options.ports = settings.ports;
  options.ca_file = settings.ca_file;
  options.proxy = settings.proxy;
  options.allow_private = settings.allow_private;
  options.connect_to = settings.connect_to;
  return options;
}

Task<void> run_task(const std::function<Task<void>(fetch::Fetcher&)>& task, fetch::Fetcher& fetcher, bool& done) {
  co_await task(fetcher);
  done = true;
}

}  // namespace

Result<settings::SettingsPtr> ways_out(const Connection& connection) {
  if (!std::filesystem::exists(connection.config)) return settings::SettingsPtr(std::make_shared<settings::Settings>());
  return configured(connection);
}

Status go_out(const settings::Settings& settings, const std::function<Task<void>(fetch::Fetcher&)>& task) {
  boost::asio::io_context context(1);
  const std::unique_ptr<Clock> clock = make_system_clock(context.get_executor());
  Metrics metrics;
  Lane in_place(0);  // nobody else waits for this thread
  auto client = net::make_client(context, *clock, metrics, in_place, client_options(settings));
  if (!client) return client.error();
  fetch::Options options = settings.fetch;
  options.pace.interval = Millis(0);  // a person waits for these few requests
  const auto fetcher = fetch::make_fetcher(*client->http, *clock, metrics, in_place, options);
  bool done = false;
  boost::asio::co_spawn(context, run_task(task, *fetcher, done), rethrow);
  context.run_for(kPatience);
  return done ? Status() : Error(ErrorKind::kTransient, "no answer within four minutes");
}

}  // namespace bylined::cli
