// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/match.h"
#include "pipeline/rule/rule.h"
#include "settings/settings.h"

namespace bylined::settings {

Result<model::Rule> parse_query(std::string_view query) {
  auto rule = rule::parse(query);
  if (!rule) return rule;
  if (rule::asked_entities(*rule).empty()) {
    return Error(ErrorKind::kInvalid, "the query asks for no entity: an alert is about one, so write entity:ID AND … before the words");
  }
  for (const std::string& words : rule::words_in(*rule)) {
    const auto usable = match::compile({rule::entity_of_words(words)});
    if (!usable) return Error(ErrorKind::kInvalid, "the words " + quoted(words) + " cannot be looked for: " + usable.error().text());
  }
  return rule;
}

}  // namespace bylined::settings
