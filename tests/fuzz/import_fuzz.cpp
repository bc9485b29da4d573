// SPDX-License-Identifier: Apache-2.0
// Lists of entities from elsewhere: what is read is written and read again to the same, in each form.
#include "settings/entity_exchange.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace bylined;

void look(const Result<std::vector<model::Entity>>& entities) {
  if (!entities) return;
  const auto csv = settings::entities_from_csv(settings::entities_as_csv(*entities));
  fuzz::require(csv && *csv == *entities);
  const auto json = settings::entities_from_json(settings::entities_as_json(*entities));
  fuzz::require(json && *json == *entities);
  fuzz::require(entities->empty() || settings::entities_as_toml(*entities).starts_with("[[entity]]"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(fuzz::text_of(data, size));
  look(settings::entities_from_csv(text));
  look(settings::entities_from_json(text));
  return 0;
}
