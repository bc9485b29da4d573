// SPDX-License-Identifier: Apache-2.0
// The outlet's own copy of a portal's article, found among the items of watched sources. Pure. Private to
// pipeline/*.cpp.
#pragma once

#include <string>
#include <vector>

#include "model/listing.h"
#include "store/store.h"

namespace bylined::pipeline {

// Is one of the two the portal's page and the other the outlet's own, by the portal's code of the outlet?
bool portal_and_own(const std::string& url, const std::string& other);

// Those of `copies` (other items under the same headline) that are the same article as `item` on the other
// side. A short headline ("오늘의 날씨") or another day proves nothing and gives none.
std::vector<store::Copy> own_copies(const model::ListedItem& item, Instant first_seen, const std::vector<store::Copy>& copies);

// How far apart the two may have been seen first.
inline constexpr Millis kCopyWindow{24 * 3'600'000};

}  // namespace bylined::pipeline
