// SPDX-License-Identifier: Apache-2.0
// Authors as they are printed beside the headline: in a line that calls itself a byline, or that begins with "By".
// Claims weaker than those of metadata.
#pragma once

#include "pipeline/article/evidence.h"
#include "pipeline/article/features.h"

namespace bylined::article {

void read_byline(const markup::Document& document, const Printed& printed, Evidence& evidence);

}  // namespace bylined::article
