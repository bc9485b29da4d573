// SPDX-License-Identifier: Apache-2.0
// From an article's page to its headline, authors, times and text. Pure. Reads the article and nothing
// beside it: no related headlines, no side columns, no captions in the body, no reporter in the text.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "model/article.h"
#include "model/page.h"
#include "pipeline/article/evidence.h"

namespace bylined::article {

struct Reading {
  model::Content content;
  std::vector<Verdict> verdicts;  // why each field is what it is; fields without a claim are left out
};

// kNotFound: a tombstone ("삭제된 기사"). kInvalid: no article on it (login wall, error page, list). kExhausted: it is too
// long, or has none in what is read of it.
Result<model::Content> extract(const model::Page& page);
// The same, and why.
Result<Reading> extract_explained(const model::Page& page);

}  // namespace bylined::article
