// SPDX-License-Identifier: Apache-2.0
// A rule tried on a page before it wakes anybody: the article as it would be read, its mentions, and the rule clause by
// clause. Stores nothing and fetches nothing.
#pragma once

#include <string>

#include "base/result.h"
#include "model/page.h"
#include "pipeline/words.h"
#include "query/service/service.h"
#include "settings/settings.h"

namespace bylined::query {

// A watch's query over these. kInvalid: it cannot be read, or names an entity that is none of them; with the column.
Result<model::Rule> rule_of(std::string_view query, const std::vector<model::Entity>& entities);
// kInvalid: the rule, or the page, cannot be read.
Result<json::object> try_rule(const settings::Settings& settings, std::string_view query, const model::Page& page);
// Mentions of everybody tracked in the page, or of one. kNotFound: that one is not tracked.
Result<json::object> find_in(const settings::Settings& settings, const model::EntityId& only, const model::Page& page);
// A stored version under a watch's rule, clause by clause; null for a watch without a rule, which asks for every entity. `number` counts versions from 1.
Result<json::value> judge_version(const settings::SettingsPtr& settings, const model::Watch& watch, const store::ArticleDetail& article, int number);

// Does a rule hold for a stored version? `words` are those of the rule. kNotFound: no such version.
Result<bool> judge_selected(const settings::SettingsPtr& settings, const model::Rule& rule, const pipeline::WordsPtr& words, const store::ArticleDetail& article, int number);
// The same under the rule and the source's tags that were in force when the version was read, with when and where it was loaded ("as_of": "then"); where
// the store does not know it, under that of now. Null where there is neither.
Result<json::value> judge_as_then(const Sight& sight, const model::WatchId& watch, const store::ArticleDetail& article, int number);
// With its rule. kCorrupt, kInvalid: it cannot be read (any more).
Result<model::Watch> watch_of(const store::StoredDefinition& stored);
// Which version of an entity or watch it is, and when it was in force.
json::object when(const store::StoredDefinition& stored);

}  // namespace bylined::query
