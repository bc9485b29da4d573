// SPDX-License-Identifier: Apache-2.0
// The language that a text is written in, by its letters and small words. For pages that name none, or name that of their
// template: Korean pages with lang="en" are many. Ours, since Debian's library for it (CLD2) is unkept since 2015 and brings
// eight megabytes of tables for what fifteen scripts and some small words tell.
#pragma once

#include <string>
#include <string_view>

#include "pipeline/article/evidence.h"

namespace bylined::article {

// BCP 47, the language alone; empty where the text is too short to tell, or of no language that is known here.
std::string_view language_of(std::string_view text);

// Adds one claim: a weak one where the page's own may well be right, a strong one where its letters say that it is not.
void read_text_language(std::string_view text, Evidence& evidence);

}  // namespace bylined::article
