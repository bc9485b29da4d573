// SPDX-License-Identifier: Apache-2.0
// The picture of an article whose metadata names none: the first that stands with its text. A weak claim, and none where
// the page has named one itself.
#pragma once

#include <string>

#include "pipeline/article/body/outline.h"
#include "pipeline/article/evidence.h"

namespace bylined::article {

// `url` is the page's.
void read_image(const Printed& printed, const std::string& url, Evidence& evidence);

}  // namespace bylined::article
