// SPDX-License-Identifier: Apache-2.0
// What stands above and below the text of an article and is none of it.
#pragma once

#include <string>
#include <vector>

#include "pipeline/article/byline/korean.h"

namespace bylined::article {

// Takes opening and closing bylines and credits off the paragraphs of an article, and what outlets print below every one.
Byline take_bylines(std::vector<std::string>& paragraphs);
// The names of both; the first one's words, where it has some.
void join(Byline& byline, Byline other);

}  // namespace bylined::article
