// SPDX-License-Identifier: Apache-2.0
// The command line `byline`: words in, tables or JSON out. Asks query/service, decides nothing.
#pragma once

namespace bylined::cli {

int run(int argc, char** argv);

}  // namespace bylined::cli
