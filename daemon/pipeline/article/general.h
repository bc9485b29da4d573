// SPDX-License-Identifier: Apache-2.0
// Any outlet's article page: what its metadata, its marks and its text claim. Knows no outlet.
#pragma once

#include "base/markup/html.h"
#include "base/result.h"
#include "model/page.h"
#include "pipeline/article/evidence.h"

namespace bylined::article {

// kInvalid: there is no running text on the page.
Result<Evidence> read_general(const model::Page& page, const markup::Document& document);

}  // namespace bylined::article
