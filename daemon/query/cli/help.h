// SPDX-License-Identifier: Apache-2.0
// What the command line says of itself: help with examples first, and which command was meant. Knows no
// command by name; never runs one.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class FormatterBase;
}

namespace bylined::cli {

// Examples stand where an application's footer is; `closing` ends the help of the whole.
std::shared_ptr<CLI::FormatterBase> examples_first(std::string closing);

// "list, show" of "alert".
std::string commands_below(std::string_view noun);

// What is wrong with the command's words, in one line with the nearest command; empty where they name one, or none.
std::string misspelt(const std::vector<std::string>& given, bool korean);

}  // namespace bylined::cli
