// SPDX-License-Identifier: Apache-2.0
// Files that a person names: a saved page, or a list to be read.
#pragma once

#include <string>

#include "base/result.h"
#include "model/page.h"
#include "query/cli/asker.h"

namespace bylined::cli {

// At most 16 MiB. kNotFound, kExhausted.
Result<std::string> bytes_in(const std::string& path);
// A saved page as if it had been fetched just now, or, of an http or https address, the page itself, fetched as the daemon
// would. kRefused where robots.txt forbids it; kTransient: it could not be had.
Result<model::Page> page_in(const Connection& connection, const std::string& path);

}  // namespace bylined::cli
