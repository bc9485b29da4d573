// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <iostream>
#include <iterator>
#include <ostream>
#include <sstream>

#include "base/text/shown.h"
#include "query/cli/command.h"
#include "query/cli/page_file.h"
#include "query/cli/table.h"
#include "query/service/rule_trial.h"
#include "settings/entity_exchange.h"

namespace bylined::cli {
namespace {

namespace json = query::json;

void show_list(const Call& call, const json::value& answer) {
  Table table({"ENTITY", "KIND", "NAMES"});
  for (const json::value& one : answer.at("items").as_array()) table.add({shown_at(one, "id"), shown_at(one, "kind"), shown_at(one, "names")});
  if (table.empty()) call.out << "nobody is tracked: add a [[entity]]\n";
  else table.print(call.out, terminal_columns());
}

void show_one(const Call& call, const json::value& one) {
  for (const char* const member : {"id", "kind", "names", "hanja", "romanised", "tickers", "titles", "of", "context_any", "context_none", "watches"}) {
    const std::string value = one.as_object().contains(member) ? shown_at(one, member) : std::string();
    if (!value.empty()) call.out << member << ": " << text::shown(value) << "\n";
  }
  const json::value& use = one.at("use");
  call.out << "mentioned in " << shown_at(use, "articles") << " stored articles" << (use.at("last").is_null() ? "" : ", last seen " + short_time(shown_at(use, "last"))) << "\n";
  for (const json::value& name : use.at("names").as_array()) {
    call.out << "  the letters of " << text::shown(shown_at(name, "name")) << " stand in " << shown_at(name, "articles") << " of the last " << shown_at(name, "of") << " texts\n";
  }
  Table forms({"WRITTEN", "HOW", "MENTIONS", "SURE"});
  for (const json::value& form : use.at("forms").as_array()) forms.add({shown_at(form, "text"), shown_at(form, "how"), shown_at(form, "mentions"), shown_at(form, "sure")});
  if (!forms.empty()) forms.print(call.out, terminal_columns());
  for (const json::value& warning : one.at("warnings").as_array()) call.out << "warning: " << text::shown(std::string(warning.as_string())) << "\n";
  for (const json::value& version : one.at("versions").as_array()) {
    call.out << "version " << shown_at(version, "version") << " since " << short_time(shown_at(version, "loaded")) << " (" << text::shown(shown_at(version, "place")) << ")\n";
  }
}

int list(const Call& call) { return call.ask(query::Question{"entities", {}}, show_list); }
int show(const Call& call) { return call.ask(query::Question{"entities/" + call.word("entity"), {}}, show_one); }

// Mentions of everybody tracked, as the files are now.
int test(const Call& call) {
  const auto settings = configured(call.globals.connection);
  if (!settings) return call.fail(settings.error()), kConfig;
  bool found = false;
  std::istringstream files(call.word("file"));
  for (std::string path; std::getline(files, path);) {
    const auto page = page_in(call.globals.connection, path);
    if (!page) return call.fail(page.error());
    auto answer = query::find_in(**settings, call.has("entity") ? model::EntityId{call.word("entity")} : model::EntityId(), *page);
    if (!answer) return call.fail(answer.error().within(path));
    (*answer)["file"] = path;
    const json::array& mentions = answer->at("mentions").as_array();
    found = found || !mentions.empty();
    if (call.globals.json) {
      call.print_json(*answer);
      continue;
    }
    call.out << path << ": " << text::shown(std::string(answer->at("title").as_string())) << "\n";
    for (const json::value& one : mentions) {
      call.out << "  " << text::shown(shown_at(one, "text")) << " (" << shown_at(one, "entity") << ", " << shown_at(one, "how") << ", " << shown_at(one, "confidence") << ", "
               << shown_at(one, "in") << " " << shown_at(one, "start") << "): " << text::shown(shown_at(one, "sentence")) << "\n";
    }
  }
  return found ? kDone : kNothingFound;
}

// Checked, and written as the configuration wants it: nothing is stored.
int import(const Call& call) {
  const std::string path = call.word("file");
  const auto bytes = bytes_in(path);
  if (!bytes) return call.fail(bytes.error());
  const std::size_t first = bytes->find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  const bool is_json = first != std::string::npos && ((*bytes)[first] == '[' || (*bytes)[first] == '{');
  const auto entities = is_json ? settings::entities_from_json(*bytes) : settings::entities_from_csv(*bytes);
  if (!entities) return call.fail(entities.error().within(path));
  call.out << (call.globals.json ? settings::entities_as_json(*entities) : settings::entities_as_toml(*entities));
  call.err << entities->size() << " entities read; keep what is printed in a file of entities.d, then byline config check\n";
  return kDone;
}

int export_all(const Call& call) {
  const auto settings = configured(call.globals.connection);
  if (!settings) return call.fail(settings.error()), kConfig;
  call.out << (call.globals.json ? settings::entities_as_json((*settings)->entities) : settings::entities_as_csv((*settings)->entities));
  return kDone;
}

}  // namespace

extern const Command entity_list_command, entity_show_command, entity_test_command, entity_import_command, entity_export_command;
const Command entity_list_command{"entity list", "Who is tracked", "추적하는 인물·기업·제품", "byline entity list", {}, {}, list};
const Command entity_show_command{"entity show", "One entity: how its names are met in what is stored, and its versions", "이름이 저장된 기사에 어떻게 나오는지와 변경 이력",
                                  "byline entity show samsung", {{"entity", "ENTITY"}}, {}, show};
const Command entity_test_command{"entity test", "Mentions in saved pages or addresses, and how sure each is; stores nothing", "저장된 페이지나 주소에서 찾은 언급과 확신도 (저장하지 않음)",
                                  "byline entity test article.html", {{"file", "FILE|URL", true}}, {{"--entity", "entity", "of this one only"}}, test};
const Command entity_import_command{"entity import", "CSV or JSON, checked and printed as TOML for entities.d", "CSV나 JSON을 검사해 entities.d용 TOML로 출력합니다",
                                    "byline entity import names.csv > /etc/bylined/entities.d/names.toml", {{"file", "FILE"}}, {}, import};
const Command entity_export_command{"entity export", "All entities as CSV, with --json as JSON", "모든 항목을 CSV로, --json이면 JSON으로 출력합니다",
                                    "byline entity export > names.csv", {}, {}, export_all};

}  // namespace bylined::cli
