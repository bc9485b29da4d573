// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "base/text/shown.h"
#include "query/cli/command.h"
#include "query/cli/table.h"

namespace bylined::cli {
namespace {

namespace json = query::json;

void show_daemon(const Call& call, const json::value& answer) {
  if (!answer.at("running").as_bool()) {
    call.out << "no daemon answers; this is the database as it stands\n";
    return;
  }
  const json::value& daemon = answer.at("daemon");
  call.out << "bylined " << shown_at(daemon, "version") << ", running since " << shown_at(daemon, "started") << ", configuration "
           << text::shown(shown_at(daemon, "configuration")) << "\n";
  for (const json::value& one : daemon.at("robots_overrides").as_array()) {
    call.out << "robots.txt of " << shown_at(one, "host") << " is not obeyed for source " << shown_at(one, "source") << ": " << text::shown(shown_at(one, "reason")) << "\n";
  }
  for (const json::value& warning : daemon.at("warnings").as_array()) call.out << "warning: " << text::shown(std::string(warning.as_string())) << "\n";
  for (const json::value& one : daemon.at("limits").as_array()) {
    call.out << "since the start " << shown_at(one, "count") << " " << shown_at(one, "reason") << "\n  " << shown_at(one, "remedy") << "\n";
  }
}

void show_status(const Call& call, const json::value& answer) {
  show_daemon(call, answer);
  const json::value& counts = answer.at("counts");
  call.out << "sources:";
  for (const auto& [state, number] : answer.at("sources").as_object()) call.out << " " << number << " " << std::string_view(state);
  call.out << "\n" << shown_at(counts, "articles") << " articles in " << shown_at(counts, "versions") << " versions, " << shown_at(counts, "alerts") << " alerts\n"
           << "waiting: " << shown_at(counts, "reads_due") << " articles to read, " << shown_at(counts, "deliveries_pending") << " deliveries to send\n"
           << shown_at(counts, "deliveries_delivered") << " delivered, " << shown_at(counts, "deliveries_dead") << " dead\n";
  const json::array& troubles = answer.at("troubles").as_array();
  if (troubles.empty()) call.out << "nothing to do\n";
  for (const json::value& trouble : troubles) {
    call.out << "\n" << text::shown(shown_at(trouble, "what")) << ": " << text::shown(shown_at(trouble, "reason")) << "\n  " << text::shown(shown_at(trouble, "remedy")) << "\n";
  }
}

int status(const Call& call) { return call.ask(query::Question{"status", {}}, show_status); }

}  // namespace

extern const Command status_command;
const Command status_command{"status", "How everything is, and what to do", "전체 상태와 할 일을 보여 줍니다", "byline status", {}, {}, status};

}  // namespace bylined::cli
