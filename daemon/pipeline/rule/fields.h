// SPDX-License-Identifier: Apache-2.0
// Clauses about an article as a whole: outlet:, lang:, published:, event: and their like. Private to pipeline/rule.
#pragma once

#include <string>
#include <string_view>

#include "pipeline/rule/rule.h"

namespace bylined::rule {

// What the field takes, where `text` is none of it; else empty.
std::string wrong_value(std::string_view field, const std::string& text);
// `field` and `text` as the parser let them through.
bool field_holds(const std::string& field, const std::string& text, const Subject& subject);

}  // namespace bylined::rule
