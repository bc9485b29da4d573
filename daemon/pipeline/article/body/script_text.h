// SPDX-License-Identifier: Apache-2.0
// The running text of a page whose text a script puts there: pages that are drawn in the browser carry their article as
// markup in a quoted string, or its paragraphs in a list. Only for pages that show no text of their own. Runs nothing, fetches nothing.
#pragma once

#include <string>
#include <vector>

#include "base/markup/html.h"
#include "pipeline/article/body/outline.h"
#include "pipeline/article/body/running_text.h"

namespace bylined::article {

// The longest string of the page's scripts that is an article's markup, unescaped, or the longest list of paragraphs; empty
// where there is none.
std::string markup_in_scripts(const markup::Document& document);
// Is one of its scripts longer than what is looked through of it?
bool has_cut_script(const markup::Document& document);
// Its paragraphs, weighed as a page's are.
std::vector<std::string> script_text(const markup::Document& document, const Hints& hints);

}  // namespace bylined::article
