// SPDX-License-Identifier: Apache-2.0
#include "app/app.h"

namespace bylined::app {

int run_daemon(int, char**) { return 70; }

}  // namespace bylined::app
