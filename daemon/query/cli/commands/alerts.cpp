// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "base/text/shown.h"
#include "query/cli/clauses.h"
#include "query/cli/command.h"
#include "query/cli/table.h"

namespace bylined::cli {
namespace {

namespace json = query::json;

void show_list(const Call& call, const json::value& answer) {
  Table table({"CREATED", "ALERT", "WATCH", "ENTITIES", "OUTLET", "READ", "HEADLINE"});
  for (const json::value& alert : answer.at("items").as_array()) {
    const json::value& article = alert.at("article");
    table.add({short_time(shown_at(alert, "created")), shown_at(alert, "id"), shown_at(alert, "watch"), shown_at(alert, "entities"),
               shown_at(article, "outlet"), shown_at(article, "read"), shown_at(article, "title")});
  }
  if (table.empty()) {
    call.out << "no alerts\n";
    return;
  }
  table.print(call.out, terminal_columns());
  if (!answer.at("next").is_null()) call.out << "more: --cursor " << shown_at(answer, "next") << "\n";
}

void line(const Call& call, std::string_view name, const std::string& value) {
  if (!value.empty()) call.out << name << text::shown(value) << "\n";
}

void show_one(const Call& call, const json::value& alert) {
  const json::value& article = alert.at("article");
  line(call, "headline   ", shown_at(article, "title"));
  line(call, "outlet     ", shown_at(article, "outlet"));
  line(call, "authors    ", shown_at(article, "authors"));
  line(call, "published  ", shown_at(article, "published"));
  line(call, "url        ", shown_at(article, "url"));
  line(call, "read       ", shown_at(article, "read"));
  line(call, "alert      ", shown_at(alert, "id"));
  line(call, "watch      ", shown_at(alert, "watch"));
  line(call, "severity   ", shown_at(alert, "severity"));
  line(call, "created    ", shown_at(alert, "created"));
  line(call, "entities   ", shown_at(alert, "entities"));
  for (const json::value& mention : alert.at("mentions").as_array()) {
    call.out << "  " << text::shown(shown_at(mention, "text")) << " (" << shown_at(mention, "entity") << ", " << shown_at(mention, "how") << ", "
             << shown_at(mention, "confidence") << ", " << shown_at(mention, "in") << " " << shown_at(mention, "start") << "): "
             << text::shown(shown_at(mention, "sentence")) << "\n";
  }
}

void show_explanation(const Call& call, const json::value& answer) {
  line(call, "alert    ", shown_at(answer, "alert"));
  line(call, "watch    ", shown_at(answer, "watch"));
  line(call, "article  ", shown_at(answer, "article") + ", version " + shown_at(answer, "version") + " (" + shown_at(answer, "read") + ")");
  for (const json::value& entity : answer.at("because").as_array()) {
    const json::value* const stored = entity.as_object().if_contains("stored");
    const std::string version = stored == nullptr ? "" : " (version " + shown_at(*stored, "version") + ", " + shown_at(*stored, "place") + ")";
    const bool gone = entity.as_object().contains("gone");
    call.out << "because " << text::shown(shown_at(entity, "entity") + version) << " was not alerted before and " << (gone ? "was taken out by an edit\n" : "is mentioned:\n");
    for (const json::value& mention : entity.at("mentions").as_array()) {
      call.out << "  \"" << text::shown(shown_at(mention, "text")) << "\" as " << shown_at(mention, "how") << ", confidence "
               << shown_at(mention, "confidence") << ", in " << shown_at(mention, "in") << " at " << shown_at(mention, "start") << "-"
               << shown_at(mention, "end") << ": " << text::shown(shown_at(mention, "sentence")) << "\n";
    }
  }
  if (const json::value& rule = answer.at("rule"); rule.is_object()) {
    const json::value* const stored = rule.as_object().if_contains("stored");
    call.out << "the watch asks " << (stored == nullptr ? "now" : "since " + shown_at(*stored, "loaded") + ", version " + shown_at(*stored, "version") + " (" + shown_at(*stored, "place") + "),")
             << " for " << text::shown(shown_at(rule, "rule")) << "\n";
    if (rule.at("outcome").is_object()) show_clauses(call.out, rule.at("outcome").as_object());
  }
  for (const json::value& delivery : answer.at("told").as_array()) {
    call.out << "told " << shown_at(delivery, "receiver") << " " << shown_at(delivery, "recipient") << ": " << shown_at(delivery, "state")
             << " after " << shown_at(delivery, "attempts") << " attempts (" << shown_at(delivery, "id") << ")\n";
  }
}

int list(const Call& call) { return call.ask(query::Question{"alerts", call.params()}, show_list); }
int show(const Call& call) { return call.ask(query::Question{"alerts/" + call.word("alert"), {}}, show_one); }
int explain(const Call& call) { return call.ask(query::Question{"alerts/" + call.word("alert") + "/explain", {}}, show_explanation); }

}  // namespace

extern const Command alert_list_command, alert_show_command, explain_command;
const Command alert_list_command{"alert list",
                                 "Alerts, newest first",
                                 "알림을 새것부터 보여 줍니다",
                                 "byline alert list --since 7d --entity samsung",
                                 {},
                                 {{"--since", "since", "7d, 12h, a day or a time"},
                                  {"--entity", "entity", "that mention this entity"},
                                  {"--query", "query", "a rule (docs/rules.md)"},
                                  {"--watch", "watch", "of this watch"},
                                  {"--source", "source", "from this source"},
                                  {"--limit", "limit", "at most so many (50)"},
                                  {"--cursor", "cursor", "go on from an earlier answer"}},
                                 list};
const Command alert_show_command{"alert show", "One alert with its mentions", "알림 하나와 그 언급을 보여 줍니다", "byline alert show ALERT", {{"alert", "ALERT"}}, {}, show};
const Command explain_command{"explain", "Why an alert was raised, and who was told", "알림이 왜 났고 누구에게 갔는지 설명합니다", "byline explain ALERT", {{"alert", "ALERT"}}, {}, explain};

}  // namespace bylined::cli
