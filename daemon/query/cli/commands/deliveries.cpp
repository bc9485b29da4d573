// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "base/text/shown.h"
#include "query/cli/command.h"
#include "query/cli/table.h"

namespace bylined::cli {
namespace {

namespace json = query::json;

void show_list(const Call& call, const json::value& answer) {
  Table table({"CREATED", "DELIVERY", "RECEIVER", "RECIPIENT", "STATE", "ATTEMPTS", "LAST ERROR"});
  for (const json::value& delivery : answer.at("items").as_array()) {
    table.add({short_time(shown_at(delivery, "created")), shown_at(delivery, "id"), shown_at(delivery, "receiver"), shown_at(delivery, "recipient"),
               shown_at(delivery, "state"), shown_at(delivery, "attempts"), shown_at(delivery, "last_error")});
  }
  if (table.empty()) {
    call.out << "no deliveries\n";
    return;
  }
  table.print(call.out, terminal_columns());
  if (!answer.at("next").is_null()) call.out << "more: --cursor " << shown_at(answer, "next") << "\n";
}

void show_one(const Call& call, const json::value& delivery) {
  call.out << "delivery " << shown_at(delivery, "id") << " of alert " << shown_at(delivery, "alert") << " to " << shown_at(delivery, "receiver") << " "
           << text::shown(shown_at(delivery, "recipient")) << ": " << shown_at(delivery, "state") << "\n";
  Table table({"NUMBER", "STARTED", "TOOK MS", "STATUS", "OUTCOME", "REPLY"});
  for (const json::value& attempt : delivery.at("tries").as_array()) {
    table.add({shown_at(attempt, "number"), shown_at(attempt, "started"), shown_at(attempt, "took_ms"), shown_at(attempt, "status"),
               shown_at(attempt, "outcome"), shown_at(attempt, "reply")});
  }
  table.print(call.out, terminal_columns());
}

int list(const Call& call) { return call.ask(query::Question{"deliveries", call.params()}, show_list); }
int show(const Call& call) { return call.ask(query::Question{"deliveries/" + call.word("delivery"), {}}, show_one); }

int replay(const Call& call) {
  const auto asker = make_asker(call.globals.connection, call.err);
  if (!asker) return call.fail(asker.error());
  const auto answer = (*asker)->order("deliveries/" + call.word("delivery") + "/replay", json::object());
  if (!answer) return call.fail(answer.error());
  if (call.globals.json) {
    call.out << json::serialize(*answer) << "\n";
  } else {
    call.out << "delivery " << shown_at(*answer, "delivery") << " is pending again, under the same id\n";
  }
  return kDone;
}

}  // namespace

extern const Command delivery_list_command, delivery_show_command, delivery_replay_command;
const Command delivery_list_command{"delivery list",
                                    "Deliveries, newest first",
                                    "발송을 새것부터 보여 줍니다",
                                    "byline delivery list --state dead",
                                    {},
                                    {{"--state", "state", "pending, delivered or dead"},
                                     {"--receiver", "receiver", "to this receiver"},
                                     {"--alert", "alert", "of this alert"},
                                     {"--limit", "limit", "at most so many (50)"},
                                     {"--cursor", "cursor", "go on from an earlier answer"}},
                                    list};
const Command delivery_show_command{"delivery show", "One delivery with every attempt", "발송 하나와 모든 시도를 보여 줍니다", "byline delivery show DELIVERY", {{"delivery", "DELIVERY"}}, {}, show};
const Command delivery_replay_command{"delivery replay", "Send a delivery again, same id and bytes", "같은 번호와 내용으로 다시 보냅니다", "byline delivery replay DELIVERY", {{"delivery", "DELIVERY"}}, {}, replay};

}  // namespace bylined::cli
