// SPDX-License-Identifier: Apache-2.0
// Entities from and for other programs: CSV, JSON, and the TOML of an entities.d file. Pure; checks each value as the
// configuration does, and writes nothing itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/entity.h"

namespace bylined::settings {

// CSV, in whatever charset a spreadsheet wrote it: a heading row with the names of the keys (id and names are needed), one row an entity; several values of a key are parted
// by " | ", a former name is written name@from..until. JSON: an array of objects, or one object a line, with the same
// keys. kInvalid with the row and the key.
Result<std::vector<model::Entity>> entities_from_csv(std::string_view text);
Result<std::vector<model::Entity>> entities_from_json(std::string_view text);

std::string entities_as_csv(const std::vector<model::Entity>& entities);   // with a BOM, for Excel
std::string entities_as_json(const std::vector<model::Entity>& entities);  // one object a line
std::string entities_as_toml(const std::vector<model::Entity>& entities);

}  // namespace bylined::settings
