// SPDX-License-Identifier: Apache-2.0
// A journalist is a person: a page is theirs, and so is what is signed with their name at their outlet.
#include "base/digest.h"
#include "model/byline.h"
#include "store/sqlite/sqlite_store.h"
#include "store/sqlite/stored.h"

namespace bylined::store {
namespace {

constexpr int kNotFound = 404;
constexpr int kGone = 410;

}  // namespace

void SqliteStore::follow_journalist(const HeldSource& source, const ListingRecord& record) {
  if (!record.suspicion.empty()) return;
  if (!record.journalist.empty()) name_journalist(source, record);
  if (!source.person) return;
  database_->run(R"sql(UPDATE journalist SET closed_at = NULL WHERE n = ?1 AND closed_at IS NOT NULL)sql", *source.person);
  if (database_->changes() > 0) note(source.row, record.source, {"journalist.returned", "their page is there again", "closed", "open"}, record.at);
}

void SqliteStore::name_journalist(const HeldSource& source, const ListingRecord& record) {
  const Row person = source.person ? *source.person : journalist_for(source, record);
  const std::string& outlet = record.outlet.empty() ? source.outlet : record.outlet;
  database_->run(R"sql(INSERT OR IGNORE INTO journalist_name (name, outlet, journalist, since) VALUES (?1, ?2, ?3, ?4))sql",
                 record.journalist, outlet, person, record.at);
  database_->run(R"sql(UPDATE source SET person = ?2 WHERE n = ?1 AND person IS NOT ?2)sql", source.row, person);
  database_->run(R"sql(UPDATE journalist SET name = ?2, outlet = ?3 WHERE n = ?1 AND (name <> ?2 OR outlet <> ?3))sql", person, record.journalist, outlet);
  if (!source.person) return;
  if (source.journalist != record.journalist) {
    note(source.row, record.source, {"journalist.renamed", "their page says another name", source.journalist, record.journalist}, record.at);
  }
  if (!source.outlet.empty() && source.outlet != outlet) {
    note(source.row, record.source, {"journalist.moved", "their page names another outlet", source.outlet, outlet}, record.at);
  }
}

// Somebody of that name at that outlet, unless they have a page of this kind already: the portal gives each
// person one.
SqliteStore::Row SqliteStore::journalist_for(const HeldSource& source, const ListingRecord& record) {
  const auto known = one_number(database_->rows(R"sql(SELECT j.journalist FROM journalist_name j WHERE j.name = ?1 AND j.outlet = ?2
                                                      AND NOT EXISTS (SELECT 1 FROM source s WHERE s.person = j.journalist AND s.kind = ?3) LIMIT 1)sql",
                                                record.journalist, record.outlet, source.kind));
  if (known) return *known;
  const std::string id = id_from({installation_, "journalist", record.source.value, record.journalist, record.outlet});
  database_->run(R"sql(INSERT INTO journalist (id, name, outlet, since) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING)sql",
                 id, record.journalist, record.outlet, record.at);
  return one_number(database_->rows(R"sql(SELECT n FROM journalist WHERE id = ?1)sql", id)).value_or(0);
}

// Once may be a mishap; the second time in a row it is gone.
void SqliteStore::close_page(const HeldSource& source, const PollFailure& failure) {
  const bool is_gone = failure.http_status == kNotFound || failure.http_status == kGone;
  if (!source.person || !is_gone || source.failures < 1) return;
  database_->run(R"sql(UPDATE journalist SET closed_at = ?2 WHERE n = ?1 AND closed_at IS NULL)sql", *source.person, failure.at);
  if (database_->changes() == 0) return;
  note(source.row, failure.source, {"journalist.closed", failure.reason, "open", "closed"}, failure.at);
}

void SqliteStore::keep_bylines(const StoredArticle& stored, const model::Content& content) {
  for (const std::string& author : content.authors) {
    if (author.empty() || model::names_a_desk(author)) continue;
    database_->run(R"sql(INSERT OR IGNORE INTO byline (name, outlet, first_seen, article) VALUES (?1, ?2, ?3, ?4))sql",
                   author, content.outlet, stored.article.first_seen, stored.row);
  }
}

}  // namespace bylined::store
