// SPDX-License-Identifier: Apache-2.0
// Files that a person names: a saved page, or a list to be read.
#pragma once

#include <string>

#include "base/result.h"
#include "model/page.h"

namespace bylined::cli {

// At most 16 MiB. kNotFound, kExhausted.
Result<std::string> bytes_in(const std::string& path);
// As if it had been fetched just now.
Result<model::Page> page_in(const std::string& path);

}  // namespace bylined::cli
