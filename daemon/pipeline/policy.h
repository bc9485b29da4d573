// SPDX-License-Identifier: Apache-2.0
// What the operator asked for, compiled: one constant snapshot, replaced whole on a reload. A visit keeps
// the one with which it began.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "model/definition.h"
#include "model/receiver.h"
#include "model/source.h"
#include "pipeline/alert/alert.h"
#include "pipeline/match/match.h"
#include "pipeline/rule/rule.h"
#include "pipeline/words.h"

namespace bylined::pipeline {

// The configured sources. Ten thousand weigh much: they lie in one list, which is shared with whoever read it.
class Sources {
 public:
  using List = std::shared_ptr<const std::vector<model::Source>>;

  Sources() : Sources(std::make_shared<const std::vector<model::Source>>()) {}
  explicit Sources(List list);

  const List& list() const { return list_; }
  // None where there is none of this name. Keeps the list alive.
  std::shared_ptr<const model::Source> find(const model::SourceId& id) const;

 private:
  List list_;
  std::vector<std::uint32_t> by_id_;  // places in the list
};

struct Policy {
  Sources sources;
  std::map<model::ReceiverId, model::Receiver> receivers;
  alert::Routing routing;
  match::NamesPtr names;
  WordsPtr words;         // of the watches' rules
  rule::Filter filter;    // of the watches' rules, by their number in `routing`
  std::vector<model::Definition> definitions;  // of the entities, watches and tagged sources
  std::int64_t load = 0;  // their number in the store, once they are in force
  bool asks_before = false;  // a rule looks at what stood in the version before
};
// Fills `words`, `filter` and `asks_before` from the watches of `routing`.
Status compile_rules(Policy& policy);
// Of a source; none where it is no longer configured.
std::vector<std::string> tags_of(const Policy& policy, const model::SourceId& source);
// Whom the version concerns. Pure; `looked` as look_for() gives it for the version.
std::vector<model::NewAlert> decide(const Policy& policy, const model::ArticleFacts& facts, const std::vector<model::Mention>& mentions,
                                    const rule::Looked& looked, Instant now);
using PolicyPtr = std::shared_ptr<const Policy>;

}  // namespace bylined::pipeline
