// SPDX-License-Identifier: Apache-2.0
// What a watch asks for, as a tree. Written as text (docs/rules.md), read and judged by pipeline/rule.
#pragma once

#include <string>
#include <vector>

#include "base/text/pattern.h"

namespace bylined::model {

struct Rule {
  enum class Kind {
    kAll,      // every part
    kAny,      // one part
    kNot,      // not the one part
    kNear,     // two parts within `reach`; `ordered`: the first before the second
    kCount,    // the one part, `number` times at least
    kWhere,    // the one part, as far as it stands as `where` says
    kEntity,   // a mention of the entity `text`, a sure one unless `where` says else
    kWords,    // the words `text`, as a name is found
    kPattern,  // what `pattern` matches, letter by letter
    kField,    // the field `field` of the article holds `text`
  };
  enum class Reach { kWords, kSentence, kParagraph };  // at most `number` words apart, or in the same one
  enum class Where {
    kFirst,       // within the first `number` per cent of the text, or in the headline
    kConfidence,  // found with `number` hundredths of confidence at least
    kHow,         // found as `text` says
    kAdded,       // in a sentence that the version before did not have
    kRemoved,     // in a sentence that the version before had, and this one has not
  };

  Kind kind = Kind::kAll;
  std::vector<Rule> parts;
  std::string text;
  std::string field;  // where a mention, words or a match must stand: empty for anywhere, or title, lead, body
  int number = 0;
  bool ordered = false;
  Reach reach = Reach::kWords;
  Where where = Where::kFirst;
  text::Pattern pattern;

  bool operator==(const Rule&) const = default;
};

}  // namespace bylined::model
