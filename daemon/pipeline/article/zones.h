// SPDX-License-Identifier: Apache-2.0
// The zone of a page's clocks, where it does not write it: a time without one, and a time in UTC of which the page
// prints another day, or the same minute as its clocks show it. Mends claims; decides nothing.
#pragma once

#include "pipeline/article/evidence.h"

namespace bylined::article {

// `korean`: the page has Hangul, or its host ends in .kr: its clocks are Seoul's, whatever its language.
void settle_zones(Evidence& evidence, const std::string& url, bool korean);

}  // namespace bylined::article
