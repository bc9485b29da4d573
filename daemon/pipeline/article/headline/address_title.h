// SPDX-License-Identifier: Apache-2.0
// The headline that a page's address spells (/2024/05/mill-reopens-after-flood-81726.html): it was made from the headline
// once, so where a page has several titles (for search engines, for sharing, as printed) it speaks for that one. Adds one
// claim to titles that the page has; never makes a title of an address.
#pragma once

#include <string>

#include "pipeline/article/evidence.h"

namespace bylined::article {

// How much of the headline's words and of those that the address spells is the same, in the same order: 0 to 1. Accents
// count for nothing, nor whether "ü" is spelt "u" or "ue". 0 where the address spells fewer words than can tell.
double spelt_in(const std::string& url, std::string_view headline);

// `url` is the page's.
void settle_title(Evidence& evidence, const std::string& url);

}  // namespace bylined::article
