// SPDX-License-Identifier: Apache-2.0
// Naver's article page, exactly: by its ids and data attributes, in the layouts of 2022 to 2026. Reads the
// head, the body and the byline of the article, never the columns beside it.
#pragma once

#include "base/markup/html.h"
#include "base/result.h"
#include "model/page.h"
#include "pipeline/article/evidence.h"

namespace bylined::article {

bool is_naver_article(const model::Page& page, const markup::Document& document);
// kNotFound for a tombstone, kInvalid where the article's own marks are not there.
Result<Evidence> read_naver(const model::Page& page, const markup::Document& document);

}  // namespace bylined::article
