// SPDX-License-Identifier: Apache-2.0
// Weighs the claims of each field: claims of one value support each other, the best supported wins. Reads
// nothing itself.
#pragma once

#include "pipeline/article/article.h"
#include "pipeline/article/evidence.h"

namespace bylined::article {

Reading judge(Evidence evidence);

}  // namespace bylined::article
