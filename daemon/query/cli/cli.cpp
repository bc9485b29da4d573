// SPDX-License-Identifier: Apache-2.0
#include "query/cli/cli.h"

#include <iostream>

#include "query/plumbing/plumbing.h"

namespace bylined::cli {

int run(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  if (argc < 2) return 64;
  if (const plumbing::Tool* tool = plumbing::find_tool(argv[1])) {
    return plumbing::run_tool(*tool, plumbing::Words(argv + 2, argv + argc), std::cin, std::cout, std::cerr);
  }
  return 64;
}

}  // namespace bylined::cli
