// SPDX-License-Identifier: Apache-2.0
#include "query/cli/cli.h"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <iostream>
#include <list>

#include "query/cli/command.h"
#include "query/cli/help.h"
#include "query/plumbing/plumbing.h"

namespace bylined::cli {

#define COMMAND(name) extern const Command name##_command;
#include "query/cli/commands.inc"
#undef COMMAND

namespace {

// What CLI11 fills for one command.
struct Slots {
  const Command* command = nullptr;
  CLI::App* app = nullptr;
  std::map<std::string, std::string, std::less<>> values;
};

bool speaks_korean() {
  for (const char* const name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* const value = std::getenv(name);
    if (value != nullptr && *value != '\0') return std::string_view(value).starts_with("ko");
  }
  return false;
}

// "alert list" is the command list below the command alert.
CLI::App* place_of(CLI::App& root, std::string_view name) {
  const std::size_t blank = name.find(' ');
  if (blank == std::string_view::npos) return root.add_subcommand(std::string(name));
  const std::string noun(name.substr(0, blank));
  const auto known = root.get_subcommands([&noun](const CLI::App* one) { return one->get_name() == noun; });
  CLI::App* const parent = known.empty() ? root.add_subcommand(noun, commands_below(noun)) : known.front();
  parent->footer("");  // not the examples of the whole
  parent->require_subcommand(1);
  return parent->add_subcommand(std::string(name.substr(blank + 1)));
}

std::string as_lines(const std::vector<std::string>& all) {
  std::string lines;
  for (const std::string& one : all) lines += (lines.empty() ? "" : "\n") + one;
  return lines;
}

void declare(CLI::App& root, const Command& command, bool korean, Slots& slots) {
  slots.command = &command;
  slots.app = place_of(root, command.name);
  slots.app->description(std::string(korean ? command.summary_ko : command.summary));
  slots.app->footer((korean ? "예:\n  " : "Example:\n  ") + std::string(command.example));
  for (const Word& word : command.words) {
    std::string& value = slots.values[std::string(word.name)];
    if (!word.many) slots.app->add_option(std::string(word.shown), value)->required();
    else slots.app->add_option_function<std::vector<std::string>>(std::string(word.shown), [&value](const std::vector<std::string>& all) { value = as_lines(all); })->required();
  }
  for (const Option& option : command.options) {
    slots.app->add_option(std::string(option.flag), slots.values[std::string(option.name)], std::string(option.help));
  }
}

constexpr std::string_view kExamples =
    "  byline status                                     how everything is, and what to do\n"
    "  byline alert list --since 7d --entity samsung     who wrote about them this week\n"
    "  byline explain ALERT                              why it was raised, and who was told\n"
    "  byline why https://example.com/news/1             the first stage that lost an article\n"
    "  byline source test https://example.com/rss.xml    what would be read there; stores nothing";
constexpr std::string_view kExamplesKo =
    "  byline status                                     전체 상태와 할 일\n"
    "  byline alert list --since 7d --entity samsung     이번 주에 누가 썼는가\n"
    "  byline explain ALERT                              알림이 난 까닭과 받은 사람\n"
    "  byline why https://example.com/news/1             기사를 놓친 첫 단계\n"
    "  byline source test https://example.com/rss.xml    무엇을 읽게 되는지, 저장하지 않고";

std::string plumbing_help() {
  std::string text = "Plumbing, one document in, one answer out (each with --help):\n ";
  for (const plumbing::Tool* tool : plumbing::tools()) text += " " + std::string(tool->name);
  return text;
}

int run_command(const Slots& slots, const Globals& globals) {
  Call call{globals, {}, std::cout, std::cerr};
  for (const auto& [name, value] : slots.values) {
    if (!value.empty()) call.given.emplace(name, value);
  }
  return slots.command->run(call);
}

}  // namespace

const std::vector<const Command*>& commands() {
  static const std::vector<const Command*> all{
#define COMMAND(name) &name##_command,
#include "query/cli/commands.inc"
#undef COMMAND
  };
  return all;
}

namespace {

int run_words(int argc, char** argv) {
  if (argc >= 2) {
    const plumbing::Tool* const tool = plumbing::find_tool(argv[1]);
    if (tool != nullptr) return plumbing::run_tool(*tool, plumbing::Words(argv + 2, argv + argc), std::cin, std::cout, std::cerr);
  }
  Globals globals;
  globals.korean = speaks_korean();
  CLI::App app(globals.korean ? "언론 모니터 bylined에 묻고 시킵니다" : "Asks and orders the press monitor bylined", "byline");
  app.formatter(examples_first(plumbing_help()));
  app.footer((globals.korean ? "예:\n" : "Examples:\n") + std::string(globals.korean ? kExamplesKo : kExamples));
  app.set_version_flag("--version", "byline " BYLINED_VERSION);
  app.fallthrough();
  app.require_subcommand(1);
  const char* const config = std::getenv("BYLINED_CONFIG");
  if (config != nullptr) globals.connection.config = config;
  app.add_option("--config", globals.connection.config, "the daemon's configuration (or BYLINED_CONFIG)");
  app.add_option("--server", globals.connection.server, "the address of a daemon instead of its socket");
  app.add_option("--token-file", globals.connection.token_file, "a file with the token for --server");
  app.add_flag("--json", globals.json, "JSON instead of text: one document, of a list one a line");
  std::list<Slots> all;
  for (const Command* command : commands()) declare(app, *command, globals.korean, all.emplace_back());
  const std::string wrong = misspelt(std::vector<std::string>(argv + 1, argv + argc), globals.korean);
  if (!wrong.empty()) {
    std::cerr << "byline: " << wrong << "\n";
    return kUsage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int status = app.exit(error, std::cout, std::cerr);
    return status == 0 ? kDone : kUsage;
  }
  for (const Slots& slots : all) {
    if (slots.app->parsed()) return run_command(slots, globals);
  }
  return kUsage;
}

}  // namespace

// A full disk is no success, whatever the command made of its question.
int run(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  const int status = run_words(argc, argv);
  if (std::cout.flush()) return status;
  std::cerr << "byline: standard output cannot be written, what stands there is not whole (is the disk full?)\n";
  return kNotWritten;
}

}  // namespace bylined::cli
