// SPDX-License-Identifier: Apache-2.0
// What the page's JSON-LD claims of its article (schema.org, Article and its kinds). Knows no outlet.
#pragma once

#include "base/markup/html.h"
#include "pipeline/article/evidence.h"

namespace bylined::article {

void read_linked_data(const markup::Document& document, Evidence& evidence);

}  // namespace bylined::article
