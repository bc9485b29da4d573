// SPDX-License-Identifier: Apache-2.0
// An article's paragraphs where a script holds them one by one, in a list of its JSON. Runs nothing.
#pragma once

#include <string>

#include "base/markup/html.h"

namespace bylined::article {

// The longest list of running text in the values that the page's scripts are, or assign, as markup; of each script the first
// `script_bytes` are looked through. Empty where there is none.
std::string listed_markup(const markup::Document& document, std::size_t script_bytes);

}  // namespace bylined::article
