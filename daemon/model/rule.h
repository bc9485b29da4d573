// SPDX-License-Identifier: Apache-2.0
// What a watch asks for, as a tree. Written as text (docs/rules.md), read and judged by pipeline/rule.
#pragma once

#include <string>
#include <vector>

namespace bylined::model {

struct Rule {
  enum class Kind {
    kAll,     // every part
    kAny,     // one part
    kNot,     // not the one part
    kNear,    // two parts, at most `number` words apart; `ordered`: the first before the second
    kCount,   // the one part, `number` times at least
    kEntity,  // a sure mention of the entity `text`
    kWords,   // the words `text`, as a name is found
    kField,   // the field `field` of the article holds `text`
  };

  Kind kind = Kind::kAll;
  std::vector<Rule> parts;
  std::string text;
  std::string field;  // where a mention or words must stand: empty for anywhere, or title, lead, body
  int number = 0;
  bool ordered = false;

  bool operator==(const Rule&) const = default;
};

}  // namespace bylined::model
