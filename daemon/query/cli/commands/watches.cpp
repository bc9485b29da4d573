// SPDX-License-Identifier: Apache-2.0
#include <ostream>
#include <sstream>

#include "base/text/shown.h"
#include "pipeline/rule/rule.h"
#include "query/cli/clauses.h"
#include "query/cli/command.h"
#include "query/cli/page_file.h"
#include "query/cli/table.h"
#include "query/service/rule_trial.h"

namespace bylined::cli {
namespace {

namespace json = query::json;

json::object as_json(const model::Watch& watch) {
  json::array receivers;
  for (const model::ReceiverId& id : watch.receivers) receivers.emplace_back(id.value);
  return {{"id", watch.id.value}, {"query", watch.query}, {"severity", model::severity_name(watch.severity)}, {"receivers", std::move(receivers)}};
}

std::string receivers_of(const model::Watch& watch) {
  std::string all;
  for (const model::ReceiverId& id : watch.receivers) all += (all.empty() ? "" : ", ") + id.value;
  return all;
}

int list(const Call& call) {
  const auto read = configured(call.globals.connection);
  if (!read) return call.fail(read.error()), kConfig;
  const settings::SettingsPtr& settings = *read;
  Table table({"WATCH", "SEVERITY", "RECEIVERS", "QUERY"});
  for (const model::Watch& watch : settings->watches) {
    if (call.globals.json) call.out << json::serialize(as_json(watch)) << "\n";
    table.add({watch.id.value, std::string(model::severity_name(watch.severity)), receivers_of(watch), watch.query.empty() ? "every entity" : watch.query});
  }
  if (!call.globals.json) table.print(call.out, terminal_columns());
  return settings->watches.empty() ? kNothingFound : kDone;
}

int show_one(const Call& call) {
  const auto read = configured(call.globals.connection);
  if (!read) return call.fail(read.error()), kConfig;
  const settings::SettingsPtr& settings = *read;
  for (const model::Watch& watch : settings->watches) {
    if (watch.id.value != call.word("watch")) continue;
    if (call.globals.json) {
      call.out << json::serialize(as_json(watch)) << "\n";
      return kDone;
    }
    call.out << "watch:     " << watch.id.value << "\nseverity:  " << model::severity_name(watch.severity) << "\nreceivers: " << receivers_of(watch)
             << "\nquery:     " << (watch.rule ? rule::print(*watch.rule) : std::string("every entity")) << "\n";
    return kDone;
  }
  return call.fail(Error(ErrorKind::kNotFound, "there is no watch " + quoted(call.word("watch"))));
}

int try_on_files(const Call& call) {
  const auto read = configured(call.globals.connection);
  if (!read) return call.fail(read.error()), kConfig;
  const settings::SettingsPtr& settings = *read;
  if (!call.has("query")) return call.fail(Error(ErrorKind::kInvalid, "which rule? write --query \"entity:ID …\""));
  bool held = false;
  std::istringstream files(call.word("file"));
  for (std::string path; std::getline(files, path);) {
    const auto page = page_in(call.globals.connection, path);
    if (!page) return call.fail(page.error());
    auto answer = query::try_rule(*settings, call.word("query"), *page);
    if (!answer) return call.fail(answer.error().within(path));
    const json::object& outcome = answer->at("outcome").as_object();
    held = held || outcome.at("holds").as_bool();
    if (call.globals.json) {
      (*answer)["file"] = path;
      call.out << json::serialize(*answer) << "\n";
      continue;
    }
    call.out << path << ": " << text::shown(std::string(answer->at("title").as_string())) << "\n";
    show_clauses(call.out, outcome);
  }
  return held ? kDone : kNothingFound;
}

}  // namespace

extern const Command watch_list_command;
const Command watch_list_command{"watch list", "Watches, and whom they tell", "감시 항목과 받는 곳", "byline watch list", {}, {}, list};

extern const Command watch_show_command;
const Command watch_show_command{"watch show", "One watch, its query as it is understood", "감시 항목 하나와 해석된 조건", "byline watch show desk", {{"watch", "WATCH"}}, {}, show_one};

extern const Command watch_test_command;
const Command watch_test_command{"watch test",
                                 "Whether a rule holds for saved pages or addresses, clause by clause; stores and tells nothing",
                                 "조건이 저장된 페이지나 주소에 맞는지 절별로 보여 줍니다 (저장·발송하지 않음)",
                                 "byline watch test --query \"entity:samsung AND NOT 야구\" article.html",
                                 {{"file", "FILE|URL", true}},
                                 {{"--query", "query", "the rule (docs/rules.md)"}},
                                 try_on_files};

}  // namespace bylined::cli
