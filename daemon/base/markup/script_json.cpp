// SPDX-License-Identifier: Apache-2.0
#include "base/markup/script_json.h"

#include <string_view>
#include <vector>

namespace bylined::markup {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// JSON, and no code: what a member's name or a list's first value begins with.
bool begins_value(std::string_view script, std::size_t at) {
  if (at == std::string_view::npos) return false;
  const std::size_t next = script.find_first_not_of(kBlanks, at + 1);
  if (next == std::string_view::npos) return false;
  return script[at] == '{' ? script[next] == '"' : script[at] == '[' && (script[next] == '{' || script[next] == '"' || script[next] == '[');
}

// Only data, whatever it begins with: a mark of comments may stand before it.
bool is_data(Node script) { return script.attribute("type").find("json") != std::string_view::npos; }

// Where values may begin in a script: at its beginning, or behind an assignment.
std::vector<std::size_t> places_of_values(std::string_view text, bool data, int most) {
  std::vector<std::size_t> places;
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (begins_value(text, first) || (data && first != std::string_view::npos)) places.push_back(first);
  for (std::size_t equals = text.find('='); equals != std::string_view::npos && static_cast<int>(places.size()) < most; equals = text.find('=', equals + 1)) {
    const std::size_t at = text.find_first_not_of(kBlanks, equals + 1);
    if (begins_value(text, at)) places.push_back(at);
  }
  return places;
}

}  // namespace

void each_json_in_scripts(const Document& document, const ScriptJsonLimits& limits, const std::function<void(Node script, const json::value& value)>& take) {
  int left = limits.values;
  for (const Node script : document.all("script")) {
    for (Node part = script.first_child(); part && left > 0; part = part.next_sibling()) {
      const std::string_view text = std::string_view(part.text_content()).substr(0, limits.script_bytes);
      for (const std::size_t at : places_of_values(text, is_data(script), left)) {
        --left;
        if (const auto value = parse_loose_json(text.substr(at))) take(script, *value);
      }
    }
  }
}

}  // namespace bylined::markup
