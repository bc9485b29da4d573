// SPDX-License-Identifier: Apache-2.0
// Names in an article, and the words of rules, looked for as names are: each is an entity whose id is the words
// themselves. Pure.
#pragma once

#include <vector>

#include "model/article.h"
#include "model/rule.h"
#include "pipeline/match/match.h"

namespace bylined::pipeline {

// Null where no rule has any; a rule may be null. kInvalid: words that cannot be looked for.
Result<match::NamesPtr> compile_words(const std::vector<const model::Rule*>& rules);
// Names in an article of its day; past 10,000 the rest is counted.
match::Found find_names(const match::Names& names, const model::Content& content);
// As rule::Subject wants them.
std::vector<model::Mention> find_words(const match::NamesPtr& words, const model::Content& content);

}  // namespace bylined::pipeline
