// SPDX-License-Identifier: Apache-2.0
#include "pipeline/schedule/schedule.h"
