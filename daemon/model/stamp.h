// SPDX-License-Identifier: Apache-2.0
// A time as a page printed it, with its precision. Never our own time: that is Instant.
#pragma once

#include "base/text/date.h"

namespace bylined::model {

using text::Precision;
using text::Stamp;

}  // namespace bylined::model
