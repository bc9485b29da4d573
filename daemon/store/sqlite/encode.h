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

// By which an item is found in an index. Two texts may share one, so whoever finds a row compares the text. The same for all
// platforms and versions, as the sums below. An identity's has 48 bits: a page that lists identities of one hash, to be found by
// trying, would make each look at it a walk. A headline's has 32.
std::int64_t identity_hash(std::string_view identity);
std::int64_t title_hash(std::string_view title_key);
// What the table `item` keeps of an identity, and of the URL beside it: it puts both together again.
std::string identity_stem(std::string_view identity);
// What stands in the table of identities for one that is only claimed.
std::string claimed_name(const model::ArticleIdentity& identity);
std::string address_beside(std::string_view identity, std::string_view url);
// Of what an article is listed with: empty for none.
std::string authors_text(const std::vector<std::string>& authors);

// The same for all platforms and versions: what is stored is compared with it years later.
std::int64_t checksum(std::initializer_list<std::string_view> texts);
std::int64_t checksum(const model::ListedItem& item);  // 32 bits
std::int64_t checksum(const model::Host& host);
std::int64_t checksum(const model::Article& article);
std::int64_t checksum(const model::Version& version, const std::vector<model::Mention>& mentions);
// The two lists as they are stored.
std::int64_t checksum(const model::Alert& alert, std::string_view entities, std::string_view mentions);
std::int64_t checksum(const model::Delivery& delivery);
std::int64_t checksum(const model::Definition& definition);

}  // namespace bylined::store
