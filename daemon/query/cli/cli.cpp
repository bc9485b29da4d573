// SPDX-License-Identifier: Apache-2.0
#include "query/cli/cli.h"

namespace bylined::cli {

int run(int, char**) { return 1; }

}  // namespace bylined::cli
