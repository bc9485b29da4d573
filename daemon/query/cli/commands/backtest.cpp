// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <ostream>

#include "base/clock.h"
#include "base/text/shown.h"
#include "query/cli/command.h"
#include "query/cli/table.h"
#include "query/service/backtest.h"
#include "query/service/params.h"
#include "store/reader.h"

namespace bylined::cli {
namespace {

namespace json = query::json;

constexpr std::string_view kDefaultSince = "90d";

// On a terminal, each half second.
query::Progress progress_on(std::ostream& err) {
  if (isatty(STDERR_FILENO) == 0) return [](std::size_t, std::size_t) {};
  return [&err, last = Instant()](std::size_t done, std::size_t total) mutable {
    const Instant now = system_now();
    if (now - last < Millis(500) && done < total) return;
    last = now;
    err << "\r" << done << " of " << total << " articles" << (done == total ? "\n" : "") << std::flush;
  };
}

std::string count_at(const json::value& of, std::string_view key) { return std::to_string(of.at(key).to_number<std::size_t>()); }

void show_samples(std::ostream& out, const std::string& heading, const json::array& samples) {
  if (samples.empty()) return;
  out << "\n" << heading << "\n";
  for (const json::value& one : samples) {
    out << "  " << short_time(shown_at(one, "first_seen")) << "  " << text::shown(shown_at(one, "outlet")) << "  " << text::shown(shown_at(one, "title")) << "  " << shown_at(one, "article") << "\n";
    const json::value* const why = one.as_object().if_contains("kept_out_by");
    if (why == nullptr) continue;
    const std::string detail = shown_at(*why, "why");
    out << "      kept out by " << text::shown(shown_at(*why, "clause")) << (detail.empty() ? "" : " (" + detail + ")") << "\n";
  }
}

void show_worst(std::ostream& out, const json::value& hours, std::string_view side, std::string_view name) {
  const json::value& worst = hours.at(side);
  if (worst.is_object()) out << "worst hour " << name << shown_at(worst, "hour") << ", " << count_at(worst, "alerts") << " alerts\n";
}

void show(std::ostream& out, const json::object& answer) {
  const json::value& alerts = answer.at("alerts");
  const json::value& live = answer.at("live");
  out << "watch      " << text::shown(shown_at(answer, "watch")) << ", " << count_at(answer, "articles") << " articles since " << short_time(shown_at(answer, "since")) << "\n";
  out << "in force   " << (live.is_object() ? text::shown(shown_at(live, "rule")) + "  (version " + shown_at(live.at("stored"), "version") + ")" : std::string("nothing")) << "\n";
  out << "tried      " << text::shown(shown_at(answer, "tried")) << "\n";
  out << "alerts     " << count_at(alerts, "live") << " in force, " << count_at(alerts, "tried") << " tried: " << count_at(alerts, "gained") << " articles gained, " << count_at(alerts, "lost") << " lost\n";
  show_worst(out, answer.at("worst_hour"), "live", "in force  ");
  show_worst(out, answer.at("worst_hour"), "tried", "tried     ");
  Table days({"DAY", "IN FORCE", "TRIED", "GAINED", "LOST"});
  for (const json::value& day : answer.at("days").as_array()) days.add({shown_at(day, "day"), count_at(day, "live"), count_at(day, "tried"), count_at(day, "gained"), count_at(day, "lost")});
  if (!days.empty()) {
    out << "\n";
    days.print(out, terminal_columns());
  }
  show_samples(out, "gained", answer.at("gained").as_array());
  show_samples(out, "lost", answer.at("lost").as_array());
  const json::value& misses = answer.at("near_misses");
  show_samples(out, "near misses: " + count_at(misses, "articles") + " articles that one clause kept out", misses.at("samples").as_array());
  for (const json::value& clause : misses.at("clauses").as_array()) out << "  " << count_at(clause, "articles") << " by " << text::shown(shown_at(clause, "clause")) << "\n";
}

int backtest(const Call& call) {
  if (!call.globals.connection.server.empty()) return call.fail(Error(ErrorKind::kInvalid, "a backtest reads the database itself: run it on the daemon's machine, without --server"));
  const auto settings = configured(call.globals.connection);
  if (!settings) return call.fail(settings.error()), kConfig;
  const auto reader = store::open_reader((*settings)->database);
  if (!reader) return call.fail(reader.error());
  const auto since = query::since_param({{"since", call.has("since") ? call.word("since") : std::string(kDefaultSince)}}, system_now());
  if (!since) return call.fail(since.error());
  query::BacktestOptions options;
  options.watch.value = call.word("watch");
  if (call.has("query")) options.query = call.word("query");
  options.since = since->value_or(Instant());
  const auto answer = query::backtest(**reader, **settings, options, progress_on(call.err));
  if (!answer) return call.fail(answer.error());
  if (call.globals.json) call.print_json(*answer);
  else show(call.out, *answer);
  return kDone;
}

}  // namespace

extern const Command watch_backtest_command;
const Command watch_backtest_command{"watch backtest",
                                     "What a watch would have alerted on the stored articles, beside the one in force; what one clause kept out",
                                     "저장된 기사에 조건을 적용해 현재 조건과 비교하고, 한 절 때문에 빠진 기사도 보여 줍니다",
                                     "byline watch backtest desk --since 90d --query \"entity:samsung AND NOT 야구\"",
                                     {{"watch", "WATCH"}},
                                     {{"--since", "since", "7d, 12h, a day or a time (90d)"}, {"--query", "query", "a rule instead of the configured one (docs/rules.md)"}},
                                     backtest};

}  // namespace bylined::cli
