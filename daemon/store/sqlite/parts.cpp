// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_store.h"
#include "store/sqlite/stored.h"

namespace bylined::store {

Result<std::vector<model::Part>> SqliteStore::source_parts(const model::SourceId& source) {
  Snapshot snapshot(*database_);
  const std::optional<Row> row = stored_source(*database_, source);
  std::vector<model::Part> parts;
  if (row) {
    Rows rows = database_->rows(R"sql(SELECT url, parent, kind, depth, instead, changed, etag, last_modified, body_hash, asked_at, fresh_at
                                      FROM source_part WHERE source = ?1)sql",
                                *row);
    while (rows.next()) {
      model::Part part;
      part.named.url = rows.text();
      part.parent = rows.text();
      part.named.kind = rows.text();
      part.depth = rows.number();
      part.named.instead = rows.flag();
      part.named.changed = rows.text();
      part.validators.etag = rows.text();
      part.validators.last_modified = rows.text();
      part.body_hash = rows.text();
      part.asked_at = rows.maybe_instant();
      part.fresh_at = rows.maybe_instant();
      parts.push_back(std::move(part));
    }
  }
  if (auto read = snapshot.end(); !read) return read.error().within("parts of source " + quoted(source.value));
  return parts;
}

// A source without parts, which is nearly every one, costs no write here.
void SqliteStore::keep_parts(Row source, const ListingRecord& record) {
  for (const std::string& url : record.parts_gone) {
    database_->run(R"sql(DELETE FROM source_part WHERE source = ?1 AND url = ?2)sql", source, url);
  }
  for (const model::Part& part : record.parts) {
    database_->run(R"sql(INSERT INTO source_part (source, url, parent, kind, depth, instead, changed, etag, last_modified, body_hash, asked_at, fresh_at)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                         ON CONFLICT (source, url) DO UPDATE SET parent = ?3, kind = ?4, depth = ?5, instead = ?6, changed = ?7, etag = ?8,
                         last_modified = ?9, body_hash = ?10, asked_at = ?11, fresh_at = ?12)sql",
                   source, part.named.url, part.parent, part.named.kind, part.depth, part.named.instead, part.named.changed,
                   part.validators.etag, part.validators.last_modified, part.body_hash, part.asked_at, part.fresh_at);
  }
  if (record.parts.empty() && record.parts_gone.empty()) return;
  database_->run(R"sql(UPDATE source SET parts = (SELECT count(*) FROM source_part WHERE source = ?1) WHERE n = ?1)sql", source);
}

void SqliteStore::forget_parts(Row source) {
  database_->run(R"sql(DELETE FROM source_part WHERE source = ?1)sql", source);
  database_->run(R"sql(UPDATE source SET parts = 0 WHERE n = ?1)sql", source);
}

}  // namespace bylined::store
