// SPDX-License-Identifier: Apache-2.0
// Opens an existing database of this program's schema for questions only.
#pragma once

#include <memory>
#include <string>

#include "store/sqlite/database.h"

namespace bylined::store {

// kNotFound where there is none, kInvalid where its schema is not ours or not this program's.
Result<std::unique_ptr<Database>> open_for_reading(const std::string& path);

}  // namespace bylined::store
