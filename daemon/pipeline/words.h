// SPDX-License-Identifier: Apache-2.0
// What is looked for in an article before rules are judged: names, and the words and expressions of the rules. Words
// are found as names are, each as if it were alone. Pure; runs on the page lanes.
#pragma once

#include <memory>
#include <vector>

#include "model/article.h"
#include "model/listing.h"
#include "pipeline/match/match.h"
#include "pipeline/rule/rule.h"

namespace bylined::pipeline {

struct Words {
  match::NamesPtr names;  // each an entity whose id is the words themselves; null where there are none
  std::vector<text::Pattern> patterns;
};
using WordsPtr = std::shared_ptr<const Words>;

// A rule may be null. kInvalid: words that cannot be looked for.
Result<WordsPtr> compile_words(const std::vector<const model::Rule*>& rules);
// Names in an article of its day; past 10,000 the rest is counted.
match::Found find_names(const match::Names& names, const model::Content& content);
// Where the listing names somebody for sure whom its page, in which `found` was found, does not: the page is no article, or another
// by now. The listing's words are put into `content`, so that nobody is missed. False: nothing was put.
bool put_listed_words(const match::Names& names, const match::Found& found, const model::ListedItem& item, model::Content& content);
inline constexpr std::size_t kMostWordPlaces = 100'000;  // in one text
// As rule::Subject wants them; nothing where `words` is null. Past kMostWordPlaces the rest is counted.
rule::Looked look_for(const WordsPtr& words, const model::Content& content);

}  // namespace bylined::pipeline
