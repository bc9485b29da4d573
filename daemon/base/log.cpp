// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include <poll.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>

#include "base/log_left_out.h"
#include "base/text/steering.h"

namespace bylined::log {
namespace {

constexpr std::size_t kFieldLimit = 1000;
constexpr int kLinesPerMinute = 200;

void append_value(std::string& line, const Value& value) {
  if (!value.is_text()) {
    line += value.text();
    return;
  }
  std::string_view words = value.text();
  if (words.size() > kFieldLimit) words = words.substr(0, kFieldLimit);
  const bool bare = !words.empty() && words.find_first_of(" \"=\\") == std::string_view::npos;
  if (!bare) line += '"';
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (const std::size_t length = text::steering_length(words.substr(i)); length > 0) {
      text::append_escaped(line, words.substr(i, length));
      i += length - 1;
    } else {
      if (words[i] == '"' || words[i] == '\\') line += '\\';
      line += words[i];
    }
  }
  if (!bare) line += '"';
}

class CallbackSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit CallbackSink(std::function<void(Level, const std::string&)> callback) : callback_(std::move(callback)) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    if (!callback_) return;
    Level level = Level::kDebug;
    if (message.level == spdlog::level::info) level = Level::kInfo;
    if (message.level == spdlog::level::warn) level = Level::kWarn;
    if (message.level >= spdlog::level::err) level = Level::kError;
    callback_(level, std::string(message.payload.data(), message.payload.size()));
  }
  void flush_() override {}

 private:
  std::function<void(Level, const std::string&)> callback_;
};

struct LeftOutCounts {
  std::atomic<std::uint64_t> flood{0};
  std::atomic<std::uint64_t> blocked{0};
};
LeftOutCounts& left_out_counts() {
  static LeftOutCounts one;
  return one;
}

// Writes a line whole or not at all, and never waits: whoever reads our standard error may be stuck, and the loops must
// not be. The descriptor is shared with others, so it is not made non-blocking.
bool write_unless_full(std::string line) {
  constexpr std::size_t kAtOnce = 4096;  // PIPE_BUF: what a pipe with room takes in one piece
  if (line.size() > kAtOnce) {
    line.resize(kAtOnce - 1);
    line += '\n';
  }
  const ssize_t sent = ::send(STDERR_FILENO, line.data(), line.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent >= 0 || errno != ENOTSOCK) return sent >= 0;
  pollfd ready{STDERR_FILENO, POLLOUT, 0};
  if (::poll(&ready, 1, 0) != 1 || (ready.revents & POLLOUT) == 0) return false;
  return ::write(STDERR_FILENO, line.data(), line.size()) >= 0;
}

// Writes lines to standard error. Under the journal each line carries its priority.
class StderrSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  StderrSink() : journal_(std::getenv("JOURNAL_STREAM") != nullptr) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    std::string out;
    if (journal_) {
      out = message.level >= spdlog::level::err ? "<3>" : message.level == spdlog::level::warn ? "<4>" : message.level == spdlog::level::info ? "<6>" : "<7>";
      out.append(message.payload.data(), message.payload.size());
      out += '\n';
    } else {
      spdlog::memory_buf_t formatted;
      formatter_->format(message, formatted);
      out.assign(formatted.data(), formatted.size());
    }
    if (!write_unless_full(std::move(out))) ++left_out_counts().blocked;  // a full or closed stderr must not stop the daemon
  }
  void flush_() override {}

 private:
  bool journal_;
};

// Counts the lines of each event name within the running minute.
class Flood {
 public:
  // True where the line may be written; `held` is then the number of lines left out before it.
  bool admit(std::string_view event, std::uint64_t& held) {
    const std::scoped_lock lock(mutex_);
    const auto minute = std::chrono::duration_cast<std::chrono::minutes>(std::chrono::steady_clock::now().time_since_epoch()).count();
    Count& count = counts_[std::string(event)];
    held = 0;
    if (count.minute != minute) {
      held = count.lines > kLinesPerMinute ? static_cast<std::uint64_t>(count.lines - kLinesPerMinute) : 0;
      count = Count{minute, 0};
    }
    return ++count.lines <= kLinesPerMinute;
  }

 private:
  struct Count {
    std::int64_t minute = 0;
    std::int64_t lines = 0;
  };
  std::mutex mutex_;
  std::map<std::string, Count, std::less<>> counts_;
};

Flood& flood() {
  static Flood one;
  return one;
}

void write(spdlog::level::level_enum level, std::string_view event, Fields fields) {
  spdlog::logger* const logger = spdlog::default_logger_raw();
  if (logger == nullptr || !logger->should_log(level)) return;
  std::uint64_t held = 0;
  if (!flood().admit(event, held)) {
    ++left_out_counts().flood;
    return;
  }
  if (held > 0) logger->log(spdlog::level::warn, format_line("log.flood", {{"about", event}, {"lines_left_out", held}}));
  logger->log(level, format_line(event, fields));
}

}  // namespace

LeftOut left_out() { return {left_out_counts().flood, left_out_counts().blocked}; }

std::string format_line(std::string_view event, Fields fields) {
  std::string line(event);
  for (const Field& field : fields) {
    line += ' ';
    line += field.name;
    line += '=';
    append_value(line, field.value);
  }
  return line;
}

void debug(std::string_view event, Fields fields) { write(spdlog::level::debug, event, fields); }
void info(std::string_view event, Fields fields) { write(spdlog::level::info, event, fields); }
void warn(std::string_view event, Fields fields) { write(spdlog::level::warn, event, fields); }
void error(std::string_view event, Fields fields) { write(spdlog::level::err, event, fields); }

void open_stderr(Level least) {
  auto logger = std::make_shared<spdlog::logger>("bylined", std::make_shared<StderrSink>());
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
  const spdlog::level::level_enum levels[] = {spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};
  logger->set_level(levels[static_cast<int>(least)]);
  spdlog::set_default_logger(std::move(logger));
}

void open_sink(std::function<void(Level, const std::string&)> sink) {
  auto logger = std::make_shared<spdlog::logger>("bylined", std::make_shared<CallbackSink>(std::move(sink)));
  logger->set_level(spdlog::level::debug);
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace bylined::log
