// SPDX-License-Identifier: Apache-2.0
// What the page's metadata and marks claim of its article: Open Graph and other meta elements, microdata,
// links, time elements, bylines by class. Knows no outlet.
#pragma once

#include "base/markup/html.h"
#include "pipeline/article/evidence.h"

namespace bylined::article {

// `url` is the page's, for addresses that it gives relatively.
void read_metadata(const markup::Document& document, const std::string& url, Evidence& evidence);

}  // namespace bylined::article
