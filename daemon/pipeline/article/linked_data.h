// SPDX-License-Identifier: Apache-2.0
// What the page's JSON-LD claims of its article (schema.org, Article and its kinds). Knows no outlet.
#pragma once

#include <string>

#include "base/markup/html.h"
#include "pipeline/article/evidence.h"

namespace bylined::article {

// `evidence` holds what the page says beside it, which an article in the data is compared with; `url` is the page's.
void read_linked_data(const markup::Document& document, const std::string& url, Evidence& evidence);

}  // namespace bylined::article
