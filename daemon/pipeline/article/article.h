// SPDX-License-Identifier: Apache-2.0
// From an article's page to its headline, authors, times and text. Pure. Reads the article and nothing
// beside it: no related headlines, no side columns, no captions in the body, no reporter in the text.
#pragma once

#include <string>

#include "base/result.h"
#include "model/article.h"
#include "model/page.h"

namespace bylined::article {

// kNotFound: a tombstone ("삭제된 기사"). kInvalid: no article on it (login wall, error page, list).
Result<model::Content> extract(const model::Page& page);

}  // namespace bylined::article
