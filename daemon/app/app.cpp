// SPDX-License-Identifier: Apache-2.0
#include "app/app.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "app/exit_status.h"
#include "app/house.h"
#include "app/notify.h"
#include "base/lane.h"
#include "base/log.h"
#include "base/net/resolver.h"
#include "base/rethrow.h"

namespace bylined::app {
namespace {

constexpr Millis kGrace{1'700};  // twice this, the store's and the lanes' end stay below the five seconds of the contract

struct Words {
  std::string config = "/etc/bylined/bylined.toml";
  bool check = false;
  bool debug = false;
};

constexpr const char* kUsageText =
    "usage: bylined --config FILE [--check-config] [--debug]\n"
    "\n"
    "  bylined --config /etc/bylined/bylined.toml                 run in the foreground\n"
    "  bylined --config /etc/bylined/bylined.toml --check-config  say what is wrong with the files, change nothing\n"
    "\n"
    "Ends on SIGTERM and SIGINT, reloads on SIGHUP. Exit status: 0 stopped, 65 state damaged or newer, 69 address\n"
    "in use, 70 internal error, 73 state folder not writable, 75 state in use, 78 configuration refused.\n";

// The words, or the exit status where there is nothing to run.
std::optional<int> read_words(int argc, char** argv, Words& words) {
  const std::vector<std::string> given(argv + 1, argv + argc);
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (given[i] == "--config" && i + 1 < given.size()) {
      words.config = given[++i];
    } else if (given[i] == "--check-config") {
      words.check = true;
    } else if (given[i] == "--debug") {
      words.debug = true;
    } else if (given[i] == "--version") {
      std::cout << "bylined " BYLINED_VERSION "\n";
      return 0;
    } else if (given[i] == "--help" || given[i] == "-h") {
      std::cout << kUsageText;
      return 0;
    } else {
      std::cerr << "bylined: unknown or incomplete: " << bylined::quoted(given[i]) << "\n\n" << kUsageText;
      return kUsage;
    }
  }
  return std::nullopt;
}

void print(const settings::Checked& checked) {
  for (const settings::Complaint& complaint : checked.complaints) {
    std::cerr << (complaint.fatal ? "error: " : "warning: ") << settings::text(complaint) << "\n";
  }
}

// Unlike print(), never waits for whoever reads our standard error.
void log_complaints(const settings::Checked& checked) {
  for (const settings::Complaint& complaint : checked.complaints) {
    log::warn("configuration.complaint", {{"fatal", complaint.fatal}, {"what", settings::text(complaint)}});
  }
}

// Checks what only this machine can tell: the state folder.
std::optional<Refusal> prepare_state(const settings::Settings& settings) {
  std::error_code error;
  std::filesystem::create_directories(settings.state_dir, error);
  if (!error && ::access(settings.state_dir.c_str(), W_OK | X_OK) == 0) return std::nullopt;
  return Refusal{kNotWritable, "state folder " + bylined::quoted(settings.state_dir) + " is not writable: make it, and give it to the user we run as"};
}

// What a shell allows is less than many sources need; what the service's unit allows is not touched.
void take_allowed_files() {
  constexpr rlim_t kFiles = 4096;
  struct rlimit files {};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= kFiles) return;
  files.rlim_cur = std::min(kFiles, files.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &files);
}

settings::Checked read_again(std::string config) { return settings::read(config, settings::process_environment); }

// One life of the daemon, as coroutines on its I/O context.
class Life {
 public:
  Life(boost::asio::io_context& context, Words words, settings::Checked checked)
      : context_(context), words_(std::move(words)), signals_(context, SIGTERM, SIGINT, SIGHUP), house_(context, std::move(checked)) {}

  Task<void> run() {
    const auto refusal = co_await house_.open();
    if (refusal) {
      log::error("daemon.refused", {{"reason", refusal->reason}, {"status", refusal->status}});
      status_ = refusal->status;
    } else {
      log::info("daemon.ready", {{"version", BYLINED_VERSION}, {"configuration", words_.config}});
      notify_ready(house_.one_line());
      if (const auto interval = watchdog_interval()) {
        boost::asio::co_spawn(context_, feed_watchdog(*interval / 3), boost::asio::detached);
      }
      co_await obey_signals();
    }
    stopping_ = true;
    notify_stopping();
    const bool whole = co_await house_.close(kGrace);
    if (!refusal) log::info("daemon.stopped");
    // What did not end refers to a house that is about to be taken down; for the database it is as a crash.
    if (!whole || reloading_) std::_Exit(status_);
    context_.stop();
  }

  int status() const { return status_; }

 private:
  Task<void> obey_signals() {
    constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
    for (;;) {
      const auto [error, signal] = co_await signals_.async_wait(token);
      if (error || signal != SIGHUP) co_return;
      wanted_ = true;
      if (!std::exchange(reloading_, true)) boost::asio::co_spawn(context_, reload_while_wanted(), rethrow);
    }
  }

  // Beside the signals, so that no stop waits for it. Those that come while one is under way are one.
  Task<void> reload_while_wanted() {
    while (wanted_ && !stopping_) {
      wanted_ = false;
      co_await reload();
      co_await boost::asio::post(boost::asio::use_awaitable);  // a stop that has come is heard before the next
    }
    reloading_ = false;
  }

  Task<void> reload() {
    notify_reloading();
    settings::Checked checked = co_await files_.run(&read_again, words_.config);
    if (stopping_) co_return;
    log_complaints(checked);
    const Status reloaded = co_await house_.reload(std::move(checked));
    if (stopping_) co_return;
    if (reloaded) {
      log::info("configuration.reloaded");
    } else {
      log::error("configuration.kept", {{"reason", reloaded.error().text()}});
    }
    notify_ready(house_.one_line());
  }

  // Fed from the loop, and only while it moves: a thread of its own would prove nothing.
  Task<void> feed_watchdog(Millis interval) {
    const std::unique_ptr<Clock> clock = make_system_clock(context_.get_executor());
    for (;;) {
      if (house_.alive()) notify_watchdog(house_.one_line());
      co_await clock->sleep(interval);
    }
  }

  boost::asio::io_context& context_;
  const Words words_;
  boost::asio::signal_set signals_;
  House house_;
  int status_ = kStopped;
  bool stopping_ = false;
  bool wanted_ = false;     // a reload
  bool reloading_ = false;  // one is under way
  Lane files_{1};           // reads the files again: a disk may be slow, and the loop waits for none
};

}  // namespace

int run_daemon(int argc, char** argv) {
  Words words;
  if (const auto status = read_words(argc, argv, words)) return *status;
  const auto secrets = words.check ? settings::Secrets::kCheck : settings::Secrets::kRead;
  settings::Checked checked = settings::read(words.config, settings::process_environment, secrets);
  if (words.check || !checked.settings) {
    print(checked);
    return checked.settings ? 0 : kConfig;
  }
  log::open_stderr(words.debug ? log::Level::kDebug : log::Level::kInfo);
  log_complaints(checked);
  ::signal(SIGPIPE, SIG_IGN);
  ::umask(0077);
  take_allowed_files();
  net::ask_servers_impatiently();
  if (const auto refusal = prepare_state(*checked.settings)) {
    log::error("daemon.refused", {{"reason", refusal->reason}, {"status", refusal->status}});
    return refusal->status;
  }
  boost::asio::io_context context(1);
  Life life(context, words, std::move(checked));
  boost::asio::co_spawn(context, life.run(), rethrow);
  try {
    context.run();
  } catch (const std::exception& bug) {
    log::error("daemon.bug", {{"what", bug.what()}});
    return kBroken;
  }
  return life.status();
}

}  // namespace bylined::app
