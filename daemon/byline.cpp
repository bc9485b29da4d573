// SPDX-License-Identifier: Apache-2.0
#include "query/cli/cli.h"

int main(int argc, char** argv) { return bylined::cli::run(argc, argv); }
