// SPDX-License-Identifier: Apache-2.0
// What the store promises about its own rows, as questions that find what breaks a promise.
#pragma once

#include <span>
#include <string_view>

#include "store/sqlite/database.h"

namespace bylined::store {

struct Promise {
  std::string_view text;
  Sql breaches;
};
std::span<const Promise> promises();

}  // namespace bylined::store
