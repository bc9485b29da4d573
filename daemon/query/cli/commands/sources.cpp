// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "pipeline/listing/listing.h"
#include "query/cli/command.h"
#include "query/cli/table.h"

namespace bylined::cli {
namespace {

namespace json = query::json;

void show_list(const Call& call, const json::value& answer) {
  Table table({"SOURCE", "KIND", "STATE", "LAST COMPLETE", "NEXT", "ITEMS", "REASON OR ADDRESS"});
  for (const json::value& source : answer.at("items").as_array()) {
    const std::string reason = shown_at(source, "reason");
    table.add({shown_at(source, "id"), shown_at(source, "kind"), shown_at(source, "state"), short_time(shown_at(source, "last_complete")),
               short_time(shown_at(source, "next_due")), shown_at(source, "items"), reason.empty() ? shown_at(source, "url") : reason});
  }
  if (table.empty()) {
    call.out << "no sources\n";
    return;
  }
  table.print(call.out, terminal_columns());
}

int list(const Call& call) { return call.ask(query::Question{"sources", {}}, show_list); }

int kinds(const Call& call) {
  json::array all;
  Table table({"KIND", "READS"});
  for (const listing::Adapter* adapter : listing::adapters()) {
    const std::string_view summary = call.globals.korean ? adapter->summary_ko : adapter->summary_en;
    table.add({std::string(adapter->name), std::string(summary)});
    all.emplace_back(json::object{{"kind", adapter->name}, {"summary", summary}});
  }
  if (call.globals.json) {
    call.print_json(json::object{{"items", std::move(all)}});
  } else {
    table.print(call.out, terminal_columns());
  }
  return kDone;
}

}  // namespace

extern const Command source_list_command, source_kinds_command;
const Command source_list_command{"source list", "Sources and how they are", "출처와 그 상태를 보여 줍니다", "byline source list", {}, {}, list};
const Command source_kinds_command{"source kinds", "What kinds of source there are", "어떤 종류의 출처를 읽는지 보여 줍니다", "byline source kinds", {}, {}, kinds};

}  // namespace bylined::cli
