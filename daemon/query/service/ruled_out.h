// SPDX-License-Identifier: Apache-2.0
// Why a tracked name that stands in an article is no mention of it: a context word of its entity, or a caption.
#pragma once

#include "query/service/service.h"

namespace bylined::query {

// One object an entity: "entity", "text", "in", "reason". Empty where no name stands there. As the names are configured now.
Result<json::array> ruled_out(const settings::Settings& settings, const model::Content& content);

}  // namespace bylined::query
