// SPDX-License-Identifier: Apache-2.0
// The process: builds the house from its settings, keeps it running, reloads, stops. Decides nothing
// about news.
#pragma once

namespace bylined::app {

// `bylined --config FILE [--check-config]`. Returns the exit status of the contract.
int run_daemon(int argc, char** argv);

}  // namespace bylined::app
