// SPDX-License-Identifier: Apache-2.0
// JSON Feed 1.0 and 1.1. Private to the room.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "pipeline/listing/documents.h"

namespace bylined::listing {

Result<FeedDocument> read_json_feed(std::string_view utf8, const std::string& url);

}  // namespace bylined::listing
