// SPDX-License-Identifier: Apache-2.0
// Days of publication that no metadata names: in the page's address, in data within its scripts, and in print near its
// headline. Claims of days, weaker than any metadata.
#pragma once

#include "base/markup/html.h"
#include "pipeline/article/body/features.h"
#include "pipeline/article/evidence.h"

namespace bylined::article {

void read_days(const markup::Document& document, const std::string& url, const Printed& printed, Evidence& evidence);

}  // namespace bylined::article
