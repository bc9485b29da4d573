// SPDX-License-Identifier: Apache-2.0
// Pages that answer 200 and are no article: tombstones, error pages, login and consent walls. A long text
// is never one of them, whatever words stand in it.
#pragma once

#include <optional>

#include "base/error.h"
#include "base/markup/html.h"

namespace bylined::article {

// kNotFound for a tombstone, kInvalid for the others; none where the page may be an article.
std::optional<Error> refusal_of(const markup::Document& document, std::size_t body_letters);

}  // namespace bylined::article
