// SPDX-License-Identifier: Apache-2.0
#include "model/source.h"

#include <string_view>

namespace bylined::model {

std::string_view state_name(SourceState state) {
  switch (state) {
    case SourceState::kNew: return "new";
    case SourceState::kOk: return "ok";
    case SourceState::kFailing: return "failing";
    case SourceState::kSuspect: return "suspect";
    case SourceState::kQuiet: return "quiet";
    case SourceState::kRefusedByRobots: return "refused_by_robots";
    case SourceState::kRobotsUnreachable: return "robots_unreachable";
  }
  return "unknown";
}

bool is_well(SourceState state) { return state == SourceState::kOk || state == SourceState::kNew; }

}  // namespace bylined::model
