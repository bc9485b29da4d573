// SPDX-License-Identifier: Apache-2.0
// What the operator asked for, compiled: one constant snapshot, replaced whole on a reload. A visit keeps
// the one with which it began.
#pragma once

#include <map>
#include <memory>

#include "model/receiver.h"
#include "model/source.h"
#include "pipeline/alert/alert.h"
#include "pipeline/match/match.h"

namespace bylined::pipeline {

struct Policy {
  std::map<model::SourceId, model::Source> sources;
  std::map<model::ReceiverId, model::Receiver> receivers;
  alert::Routing routing;
  match::NamesPtr names;
};
using PolicyPtr = std::shared_ptr<const Policy>;

}  // namespace bylined::pipeline
