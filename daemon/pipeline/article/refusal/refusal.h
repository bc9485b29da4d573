// SPDX-License-Identifier: Apache-2.0
// Pages that answer 200 and are no article: tombstones, error pages, login, consent, subscription and bot walls,
// search-engine bait, lists of articles. Judged by what the text consists of: an article about any of these is none of them.
#pragma once

#include <optional>

#include "base/error.h"
#include "base/markup/html.h"
#include "pipeline/article/article.h"

namespace bylined::article {

// kNotFound for a tombstone, kInvalid for the others; none where the page may be an article.
std::optional<Error> refusal_of(const markup::Document& document, const Reading& reading);

}  // namespace bylined::article
