// SPDX-License-Identifier: Apache-2.0
// The list of a page that a script builds: its data stand in the page as JSON. Private to the room. Runs no script.
#pragma once

#include <vector>

#include "pipeline/listing/discover.h"

namespace bylined::listing {

// Lists of objects that have each an address of this site and a headline, most of them a date too: menus have none. Likelier ones
// first; a few at most.
std::vector<FoundList> find_embedded_lists(const markup::Document& document, const model::Page& page);

}  // namespace bylined::listing
