// SPDX-License-Identifier: Apache-2.0
// Pages that only send their readers on: <meta http-equiv=refresh content="0;url=…"> is how an old address names the new one.
// Pure; follows nothing.
#pragma once

#include <optional>
#include <string>

#include "base/markup/html.h"

namespace bylined::article {

// The address that readers of the page at `url` are sent to at once; none where it shows itself anew, or sends on only those
// without scripts.
std::optional<std::string> pointed_to(const markup::Document& document, const std::string& url);

}  // namespace bylined::article
