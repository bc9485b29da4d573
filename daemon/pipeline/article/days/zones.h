// SPDX-License-Identifier: Apache-2.0
// The zone of a page's clocks, where it does not write it: a time without one, and a time in UTC of which the page
// prints another day, or the same minute as its clocks show it; and where a page calls Seoul's clock UTC, which its print
// shows. Mends claims; decides nothing.
#pragma once

#include "model/page.h"
#include "pipeline/article/evidence.h"

namespace bylined::article {

// `korean`: the page has Hangul, or its host ends in .kr: its clocks are Seoul's, whatever its language.
void settle_zones(Evidence& evidence, const model::Page& page, bool korean);

}  // namespace bylined::article
