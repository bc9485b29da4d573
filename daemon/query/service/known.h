// SPDX-License-Identifier: Apache-2.0
// Does a question name things that exist? A misspelt id would otherwise be answered with "nothing", which reads
// like "all quiet". Reads; never answers the question itself.
#pragma once

#include "query/service/service.h"

namespace bylined::query {

// kInvalid for an id in `params` that neither the configuration nor the store knows, with the nearest one that is.
Status check_known(const Sight& sight, const Params& params);

}  // namespace bylined::query
