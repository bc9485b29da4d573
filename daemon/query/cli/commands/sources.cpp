// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "base/text/shown.h"
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

void show_events(const Call& call, const json::value& answer) {
  for (const json::value& event : answer.at("events").as_array()) {
    call.out << short_time(shown_at(event, "at")) << "  " << shown_at(event, "type") << ": " << text::shown(shown_at(event, "was")) << " -> "
             << text::shown(shown_at(event, "now")) << "  " << text::shown(shown_at(event, "reason")) << "\n";
  }
}

void show_one(const Call& call, const json::value& source) {
  for (const char* const member : {"id", "kind", "url", "state", "reason", "since", "last_complete", "next_due", "failures", "items", "outlet", "journalist", "follows"}) {
    const std::string value = shown_at(source, member);
    if (!value.empty()) call.out << member << ": " << text::shown(value) << "\n";
  }
  show_events(call, source);
}

void show_journalists(const Call& call, const json::value& answer) {
  Table table({"JOURNALIST", "NAME", "OUTLET", "SINCE", "PAGES"});
  for (const json::value& one : answer.at("items").as_array()) {
    const std::string closed = shown_at(one, "closed").empty() ? "" : " (closed)";
    table.add({shown_at(one, "id"), shown_at(one, "name"), shown_at(one, "outlet"), short_time(shown_at(one, "since")), shown_at(one, "sources") + closed});
  }
  if (table.empty()) call.out << "no journalists: watch one's page, such as https://media.naver.com/journalist/277/72385\n";
  else table.print(call.out, terminal_columns());
}

void show_journalist(const Call& call, const json::value& one) {
  call.out << text::shown(shown_at(one, "name")) << ", " << text::shown(shown_at(one, "outlet")) << "\npages: " << shown_at(one, "sources") << "\n";
  for (const json::value& name : one.at("names").as_array()) {
    call.out << "since " << short_time(shown_at(name, "since")) << " as " << text::shown(shown_at(name, "name")) << ", " << text::shown(shown_at(name, "outlet")) << "\n";
  }
  show_events(call, one);
  Table table({"SEEN", "ARTICLE", "HEADLINE"});
  for (const json::value& article : one.at("articles").as_array()) {
    table.add({short_time(shown_at(article, "first_seen")), shown_at(article, "id"), shown_at(article, "title")});
  }
  if (!table.empty()) table.print(call.out, terminal_columns());
}

int journalists(const Call& call) { return call.ask(query::Question{"journalists", {}}, show_journalists); }
int journalist(const Call& call) { return call.ask(query::Question{"journalists/" + call.word("journalist"), {}}, show_journalist); }
int show(const Call& call) { return call.ask(query::Question{"sources/" + call.word("source"), {}}, show_one); }
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

extern const Command source_list_command, source_show_command, source_kinds_command, journalist_list_command, journalist_show_command;
const Command source_show_command{"source show", "One source, and what befell it", "출처 하나와 그동안 있었던 일", "byline source show asiae-72385", {{"source", "SOURCE"}}, {}, show};
const Command journalist_list_command{"journalist list", "Journalists whose pages are watched", "지켜보는 기자들", "byline journalist list", {}, {}, journalists};
const Command journalist_show_command{"journalist show", "One journalist: names, outlets, what they signed", "기자 한 사람의 이름, 소속, 쓴 기사", "byline journalist show JOURNALIST", {{"journalist", "JOURNALIST"}}, {}, journalist};
const Command source_list_command{"source list", "Sources and how they are", "출처와 그 상태를 보여 줍니다", "byline source list", {}, {}, list};
const Command source_kinds_command{"source kinds", "What kinds of source there are", "어떤 종류의 출처를 읽는지 보여 줍니다", "byline source kinds", {}, {}, kinds};

}  // namespace bylined::cli
