// SPDX-License-Identifier: Apache-2.0
// What a list is asked for by `entity` and `query`: entities that the store can select by, or a rule that is judged on each
// entry, newest first, until the list is full.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "pipeline/words.h"
#include "query/service/params.h"

namespace bylined::query {

inline constexpr int kMostLookedAt = 5'000;  // entries under a rule, in one answer; the cursor goes on

struct Selection {
  std::vector<model::EntityId> entities;  // any of them is mentioned, however surely; empty: all
  std::optional<model::Rule> rule;        // and it holds
  pipeline::WordsPtr words;               // of the rule
};

// kInvalid: the query, with its column.
Result<Selection> selection_of(const Params& params);
// The same of a list of alerts or of articles, whose `filter` is told what the store can do of it.
template <class Filter>
Result<Selection> narrow(Filter& filter, const Sight& sight, const Params& params) {
  const auto since = since_param(params, sight.now);
  if (!since) return since.error();
  const auto limit = limit_param(params);
  if (!limit) return limit.error();
  auto selection = selection_of(params);
  if (!selection) return selection.error();
  filter.since = *since;
  filter.limit = *limit;
  filter.entities = selection->entities;
  filter.source = maybe_param<model::SourceId>(params, "source");
  filter.cursor = maybe_param<std::string>(params, "cursor");
  return selection;
}
// Does the rule hold for that version (from 1) of the article?
Result<bool> holds(const Sight& sight, const Selection& selection, const model::ArticleId& article, int version);

// One answer of a list under a rule: slices of the store are gone through until `filter.limit` entries hold, kMostLookedAt were
// looked at, or there are no more. `slice` asks the store, `judge` says whether an entry holds.
template <class T, class Filter>
Result<store::Slice<T>> select(Filter filter, const std::function<Result<store::Slice<T>>(const Filter&)>& slice, const std::function<Result<bool>(const T&)>& judge) {
  constexpr int kSlice = 100;
  const auto wanted = static_cast<std::size_t>(filter.limit);
  store::Slice<T> held;
  for (int looked = 0; looked < kMostLookedAt; looked += kSlice) {
    filter.limit = kSlice;
    auto part = slice(filter);
    if (!part) return part.error();
    int seen = 0;
    for (T& one : part->items) {
      ++seen;
      const auto holds = judge(one);
      if (!holds) return holds.error();
      if (*holds) held.items.push_back(std::move(one));
      if (held.items.size() == wanted) break;
    }
    const bool cut = seen < static_cast<int>(part->items.size());
    if (cut) {  // where the last one stands, only the store can say
      filter.limit = seen;
      part = slice(filter);
      if (!part) return part.error();
    }
    held.next = part->next;
    if (!part->next || held.items.size() == wanted) break;
    filter.cursor = part->next;
  }
  return held;
}

}  // namespace bylined::query
