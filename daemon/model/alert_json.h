// SPDX-License-Identifier: Apache-2.0
// The contract's alert object: for the command line, the API and a webhook's `data`.
#pragma once

#include "base/markup/json.h"
#include "model/alert.h"

namespace bylined::model {

markup::json::object to_json(const Alert& alert);

}  // namespace bylined::model
