// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/migrate.h"
#include "store/sqlite/sqlite_reader.h"
#include "store/sqlite/stored.h"

namespace bylined::store {
Result<std::vector<SourceStatus>> SqliteReader::sources() {
  Snapshot snapshot(*database_);
  std::vector<SourceStatus> all;
  all.reserve(static_cast<std::size_t>(one_number(database_->rows(R"sql(SELECT count(*) FROM source)sql")).value_or(0)));
  {
    Rows rows = database_->rows(R"sql(SELECT id, kind, url, state, reason, state_since, last_complete, due, failures, items, outlet, journalist,
                                      ifnull((SELECT url FROM source_part WHERE parts > 0 AND source = source.n AND instead AND asked_at IS NOT NULL), ''),
                                      retired_at IS NOT NULL FROM source ORDER BY id)sql");
    while (rows.next()) {
      SourceStatus one;
      one.id = rows.id<model::SourceId>();
      one.kind = rows.text();
      one.url = rows.text();
      one.state = stored_source_state(rows);
      one.reason = rows.text();
      one.state_since = rows.instant();
      one.last_complete = rows.maybe_instant();
      one.next_due = rows.instant();
      one.failures = rows.number();
      one.items = rows.number();
      one.outlet = rows.text();
      one.journalist = rows.text();
      one.follows = rows.text();
      one.retired = rows.flag();
      all.push_back(std::move(one));
    }
  }
  if (auto seen = snapshot.end(); !seen) return seen.error().within("list sources");
  return all;
}

// Rows of these tables are never deleted, so the newest row's number is how many there are: no table is
// walked for it.
Result<Counts> SqliteReader::counts() {
  Snapshot snapshot(*database_);
  const auto number = [this](Sql sql) { return one_number(database_->rows(sql)).value_or(0); };
  Counts counts;
  counts.sources = number(R"sql(SELECT count(*) FROM source WHERE retired_at IS NULL)sql");
  counts.articles = number(R"sql(SELECT max(n) FROM article)sql") - number(R"sql(SELECT count(*) FROM article WHERE same_as IS NOT NULL)sql");
  counts.versions = number(R"sql(SELECT max(n) FROM version)sql");
  counts.alerts = number(R"sql(SELECT max(n) FROM alert)sql");
  counts.reads_due = number(R"sql(SELECT count(*) FROM read WHERE state = 'due')sql");
  counts.reads_given_up = number(R"sql(SELECT count(*) FROM read WHERE state = 'given_up')sql");
  counts.deliveries_pending = number(R"sql(SELECT count(*) FROM delivery WHERE state = 'pending')sql");
  counts.deliveries_dead = number(R"sql(SELECT count(*) FROM delivery WHERE state = 'dead')sql");
  counts.deliveries_delivered = number(R"sql(SELECT max(n) FROM delivery)sql") - counts.deliveries_pending - counts.deliveries_dead;
  counts.oldest_due_read = one_instant(database_->rows(R"sql(SELECT min(due) FROM read WHERE state = 'due')sql"));
  counts.oldest_pending_delivery = one_instant(database_->rows(R"sql(SELECT min(created) FROM delivery WHERE state = 'pending')sql"));
  if (auto seen = snapshot.end(); !seen) return seen.error().within("count");
  const auto schema = schema_of(*database_);
  if (!schema) return schema.error();
  counts.schema = *schema;
  return counts;
}

}  // namespace bylined::store
