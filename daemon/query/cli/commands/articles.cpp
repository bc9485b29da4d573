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
  Table table({"SEEN", "ARTICLE", "OUTLET", "AUTHORS", "READ", "VERSIONS", "HEADLINE"});
  for (const json::value& article : answer.at("items").as_array()) {
    table.add({short_time(shown_at(article, "first_seen")), shown_at(article, "id"), shown_at(article, "outlet"), shown_at(article, "authors"),
               shown_at(article, "read"), shown_at(article, "versions"), shown_at(article, "title")});
  }
  if (table.empty()) {
    call.out << "no articles\n";
    return;
  }
  table.print(call.out, terminal_columns());
  if (!answer.at("next").is_null()) call.out << "more: --cursor " << shown_at(answer, "next") << "\n";
}

// A body keeps its lines; each is made harmless by itself.
void print_body(const Call& call, const std::string& body) {
  std::size_t at = 0;
  while (at < body.size()) {
    const std::size_t end = std::min(body.find('\n', at), body.size());
    call.out << "  " << text::shown(body.substr(at, end - at)) << "\n";
    at = end + 1;
  }
}

void show_one(const Call& call, const json::value& article) {
  call.out << "article    " << shown_at(article, "id") << "\nurl        " << text::shown(shown_at(article, "url")) << "\nfirst seen " << shown_at(article, "first_seen")
           << " by " << shown_at(article, "source") << "\nalerts     " << shown_at(article, "alerts") << "\n";
  for (const json::value& version : article.at("texts").as_array()) {
    call.out << "\nversion " << shown_at(version, "version") << ", " << shown_at(version, "read") << ", read " << shown_at(version, "fetched_at") << "\n  "
             << text::shown(shown_at(version, "title")) << "\n  " << text::shown(shown_at(version, "outlet") + "  " + shown_at(version, "authors") + "  " + shown_at(version, "published"))
             << "\n\n";
    print_body(call, shown_at(version, "body"));
    for (const json::value& mention : version.at("mentions").as_array()) {
      call.out << "  * " << text::shown(shown_at(mention, "text")) << ": " << shown_at(mention, "entity") << " (" << shown_at(mention, "how") << ", "
               << shown_at(mention, "confidence") << ")\n";
    }
  }
}

void show_why(const Call& call, const json::value& answer) {
  for (const json::value& stage : answer.at("stages").as_array()) {
    call.out << (stage.at("passed").as_bool() ? "ok    " : "lost  ") << shown_at(stage, "stage") << ": " << text::shown(shown_at(stage, "detail")) << "\n";
  }
  const std::string lost = shown_at(answer, "lost_at");
  call.out << (lost.empty() ? "it went the whole way\n" : "lost at: " + lost + "\n");
  for (const json::value& name : answer.at("ruled_out").as_array()) {
    call.out << text::shown(shown_at(name, "text")) << " stands in the " << shown_at(name, "in") << ", but " << text::shown(shown_at(name, "entity")) << " is not meant: " << text::shown(shown_at(name, "reason")) << "\n";
  }
  for (const json::value& watch : answer.at("kept_out_by").as_array()) {
    call.out << "kept out by watch " << text::shown(shown_at(watch, "watch")) << ":\n";
    show_clauses(call.out, watch.at("outcome").as_object());
  }
}

int list(const Call& call) { return call.ask(query::Question{"articles", call.params()}, show_list); }
int show(const Call& call) { return call.ask(query::Question{"articles/" + call.word("article"), {}}, show_one); }
int why(const Call& call) { return call.ask(query::Question{"why", call.params()}, show_why); }

}  // namespace

extern const Command article_list_command, article_show_command, why_command;
const Command article_list_command{"article list",
                                   "Articles, newest first",
                                   "기사를 새것부터 보여 줍니다",
                                   "byline article list --since 1d --source asiae-72385",
                                   {},
                                   {{"--since", "since", "7d, 12h, a day or a time"},
                                    {"--entity", "entity", "that mention this entity"},
                                    {"--query", "query", "a rule (docs/rules.md)"},
                                    {"--source", "source", "first seen by this source"},
                                    {"--limit", "limit", "at most so many (50)"},
                                    {"--cursor", "cursor", "go on from an earlier answer"}},
                                   list};
const Command article_show_command{"article show", "One article with all its versions", "기사 하나와 모든 판을 보여 줍니다", "byline article show ARTICLE", {{"article", "ARTICLE"}}, {}, show};
const Command why_command{"why", "The first stage that lost an article", "기사가 어느 단계에서 빠졌는지 알려 줍니다", "byline why https://n.news.naver.com/article/277/0005600001", {{"url", "URL"}}, {}, why};

}  // namespace bylined::cli
