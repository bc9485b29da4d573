// SPDX-License-Identifier: Apache-2.0
// How values stand in columns: lists as JSON, printed times as three columns, names of states as words,
// and the checksum of a row's texts. Never touches a connection.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/alert.h"
#include "model/definition.h"
#include "model/host.h"
#include "model/listing.h"
#include "model/source.h"
#include "store/sqlite/database.h"

namespace bylined::store {

std::string list_text(const std::vector<std::string>& list);
std::optional<std::vector<std::string>> list_from_text(std::string_view text);
std::string ids_text(const std::vector<model::EntityId>& ids);
std::string positions_text(const std::vector<int>& positions);
std::optional<std::vector<int>> positions_from_text(std::string_view text);

// A stamp's three columns.
struct StampColumns {
  explicit StampColumns(const std::optional<model::Stamp>& stamp);

  std::optional<Instant> at;
  std::optional<int> precision;
  std::optional<std::string> text;
};

std::optional<model::SourceState> source_state_from(std::string_view name);
std::optional<model::AlertState> alert_state_from(std::string_view name);
std::optional<model::DeliveryState> delivery_state_from(std::string_view name);
std::optional<model::Field> field_from(std::string_view name);

// The same for all platforms and versions: what is stored is compared with it years later.
std::int64_t checksum(std::initializer_list<std::string_view> texts);
std::int64_t checksum(const model::ListedItem& item);
std::int64_t checksum(const model::Host& host);
std::int64_t checksum(const model::Article& article);
std::int64_t checksum(const model::Version& version, const std::vector<model::Mention>& mentions);
// The two lists as they are stored.
std::int64_t checksum(const model::Alert& alert, std::string_view entities, std::string_view mentions);
std::int64_t checksum(const model::Delivery& delivery);
std::int64_t checksum(const model::Definition& definition);

}  // namespace bylined::store
