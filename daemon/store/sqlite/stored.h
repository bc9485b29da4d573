// SPDX-License-Identifier: Apache-2.0
// Reads back what more than one question needs: groups of columns, and small whole tables. What cannot be
// there is told to the rows, so that the method fails with kCorrupt.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/alert.h"
#include "model/host.h"
#include "model/listing.h"
#include "model/source.h"
#include "model/stamp.h"
#include "store/sqlite/database.h"
#include "store/store.h"

namespace bylined::store {

std::vector<std::string> stored_list(Rows& rows);
std::optional<model::Stamp> stored_stamp(Rows& rows);  // three columns
model::SourceState stored_source_state(Rows& rows);
model::ReadState stored_read_state(Rows& rows);
std::vector<ReceiverHealth> stored_health(Database& database);
// Receivers, configured or not, for which something waits.
std::vector<model::ReceiverId> waited_for(Database& database);
std::optional<std::int64_t> stored_source(Database& database, const model::SourceId& id);

// From the columns identity, url, title, summary, authors and the three of a printed time.
model::ListedItem stored_item(Rows& rows);
// From the columns origin, not_before, robots_fetched, robots_tried, robots_status, robots_body.
model::Host stored_host(Rows& rows);

// One row by its number; a default value where there is none.
struct StoredArticle {
  std::int64_t row = 0;
  std::int64_t source = 0;  // its source's row
  model::Article article;
  bool known_by_text = false;
};
StoredArticle stored_article(Database& database, std::int64_t row);
model::Version stored_version(Database& database, std::int64_t row);
std::vector<model::Mention> stored_mentions(Database& database, std::int64_t version);
struct StoredAlert {
  model::Alert alert;           // its article, version and mentions as they stand beside it
  std::string entities;         // the two lists as stored
  std::string mentions;
};
StoredAlert stored_alert(Database& database, std::int64_t row);
model::Delivery stored_delivery(Database& database, std::int64_t row);

// The single value of the first row; none where there is no row or it is null.
std::optional<std::int64_t> one_number(Rows rows);
std::optional<Instant> one_instant(Rows rows);

}  // namespace bylined::store
