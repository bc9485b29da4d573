// SPDX-License-Identifier: Apache-2.0
#include "query/cli/help.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <utility>

#include "base/text/nearest.h"
#include "query/cli/command.h"

namespace bylined::cli {
namespace {

class ExamplesFirst final : public CLI::Formatter {
 public:
  explicit ExamplesFirst(std::string closing) : closing_(std::move(closing)) {}

  std::string make_description(const CLI::App* app) const override {
    const std::string examples = app->get_footer();
    return CLI::Formatter::make_description(app) + (examples.empty() ? "" : "\n" + examples + "\n\n");
  }
  std::string make_footer(const CLI::App* app) const override { return app->get_parent() == nullptr ? "\n" + closing_ + "\n" : std::string(); }

 private:
  const std::string closing_;
};

// The words that are neither options nor their values; no more than two are needed.
std::vector<std::string> words_of(const std::vector<std::string>& given) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < given.size() && words.size() < 2; ++i) {
    const bool takes_value = given[i] == "--config" || given[i] == "--server" || given[i] == "--token-file";
    if (takes_value) ++i;
    else if (!given[i].starts_with('-')) words.push_back(given[i]);
  }
  return words;
}

// "list" and "show" below "alert"; the nouns and single words below "".
std::vector<std::string_view> below(std::string_view noun) {
  std::vector<std::string_view> names;
  for (const Command* command : commands()) {
    const std::size_t blank = command->name.find(' ');
    const std::string_view first = command->name.substr(0, blank);
    const std::string_view name = noun.empty() ? first : (first == noun && blank != std::string_view::npos ? command->name.substr(blank + 1) : std::string_view());
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

std::string listed(const std::vector<std::string_view>& names) {
  std::string all;
  for (const std::string_view one : names) all += (all.empty() ? "" : ", ") + std::string(one);
  return all;
}

std::string wrong(const std::string& shown, const std::string& word, const std::vector<std::string_view>& known, bool korean) {
  const std::string near = text::nearest(word, known);
  std::string text = (korean ? "그런 명령이 없습니다: " : "there is no command ") + quoted(shown);
  if (!near.empty()) text += korean ? ". \"" + near + "\"을(를) 찾으십니까?" : "; did you mean \"" + near + "\"?";
  return text + (korean ? " (쓸 수 있는 것: " : " (there are: ") + listed(known) + ")";
}

bool asks_for_help(const std::string& word) { return word == "--help" || word == "-h"; }

}  // namespace

std::shared_ptr<CLI::FormatterBase> examples_first(std::string closing) { return std::make_shared<ExamplesFirst>(std::move(closing)); }

std::string commands_below(std::string_view noun) { return listed(below(noun)); }

std::string misspelt(const std::vector<std::string>& given, bool korean) {
  const std::vector<std::string> words = words_of(given);
  if (words.empty() || std::any_of(given.begin(), given.end(), asks_for_help)) return {};
  const auto top = below("");
  if (std::find(top.begin(), top.end(), words[0]) == top.end()) return wrong(words[0], words[0], top, korean);
  const auto verbs = below(words[0]);
  if (words.size() < 2 && !verbs.empty()) return words[0] + (korean ? " 다음에는 명령이 옵니다: " : " wants one of: ") + listed(verbs);
  if (verbs.empty() || std::find(verbs.begin(), verbs.end(), words[1]) != verbs.end()) return {};
  return wrong(words[0] + " " + words[1], words[1], verbs, korean);
}

}  // namespace bylined::cli
