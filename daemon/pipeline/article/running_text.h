// SPDX-License-Identifier: Apache-2.0
// Where the running text of an article stands on its page, and what within it is not the article's: found by
// how letters, links and paragraphs are spread, and by what elements call themselves. Knows no outlet.
#pragma once

#include <string>
#include <vector>

#include "base/markup/html.h"

namespace bylined::article {

// In order; empty where the page has no running text.
std::vector<std::string> running_text(const markup::Document& document);

}  // namespace bylined::article
