// SPDX-License-Identifier: Apache-2.0
// Any outlet's article page: what its metadata, its marks and its text claim. Knows no outlet.
#pragma once

#include "base/markup/html.h"
#include "model/page.h"
#include "pipeline/article/body/features.h"
#include "pipeline/article/evidence.h"

namespace bylined::article {

// Without a claim of the body where there is no running text on the page.
Evidence read_general(const model::Page& page, const markup::Document& document);
// What the page says of its article beside the text; part of read_general().
Evidence metadata_of(const markup::Document& document, const std::string& url);
// Of that, what is to be found again in the text.
Hints hints_of(const Evidence& evidence);

}  // namespace bylined::article
