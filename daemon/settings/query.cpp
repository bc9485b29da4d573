// SPDX-License-Identifier: Apache-2.0
#include "pipeline/rule/rule.h"
#include "pipeline/words.h"
#include "settings/settings.h"

namespace bylined::settings {

Result<model::Rule> parse_query(std::string_view query) {
  auto rule = rule::parse(query);
  if (!rule) return rule;
  if (rule::asked_entities(*rule).empty()) {
    return Error(ErrorKind::kInvalid, "the query asks for no entity: an alert is about one, so write entity:ID AND … before the words");
  }
  if (const auto usable = pipeline::compile_words({&*rule}); !usable) return usable.error().within("words of the query");
  return rule;
}

}  // namespace bylined::settings
