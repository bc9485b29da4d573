// SPDX-License-Identifier: Apache-2.0
// How much of a text is made of other articles' beginnings, each below its own headline: a front page, a section, a tag's list.
#pragma once

#include <string>

#include "base/markup/html.h"

namespace bylined::article {

// From 0 to 1. A few such pieces below an article are none of it, and count for nothing.
double share_of_teasers(const markup::Document& document, const std::string& body);

}  // namespace bylined::article
