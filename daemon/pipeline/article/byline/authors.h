// SPDX-License-Identifier: Apache-2.0
// The claims of who wrote it, looked at together: what a page calls its author may be the outlet, an agency's code, a
// slug, or a name with what stood behind it. Mends claims; decides nothing.
#pragma once

#include <string>

#include "pipeline/article/evidence.h"

namespace bylined::article {

// `url` is the page's.
void settle_authors(Evidence& evidence, const std::string& url);

}  // namespace bylined::article
