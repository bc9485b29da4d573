// SPDX-License-Identifier: Apache-2.0
// What was in force when: a row for each text that an entity, a watch or a source's tags ever had.
#include <map>
#include <set>

#include "store/sqlite/encode.h"
#include "store/sqlite/sqlite_store.h"
#include "store/sqlite/stored.h"

namespace bylined::store {

// Reads what is in force, and writes only what differs.
Result<std::int64_t> SqliteStore::record_load(const std::vector<model::Definition>& in_force, Instant now) {
  Scope scope(*database_);
  std::map<std::pair<std::string, std::string>, std::pair<Row, std::int64_t>> stored;  // by kind and id: row and checksum
  {
    Rows rows = database_->rows(R"sql(SELECT kind, id, n, checksum FROM definition WHERE last_load IS NULL)sql");
    while (rows.next()) {
      std::string kind = rows.text(), id = rows.text();
      const Row row = rows.integer();
      stored.emplace(std::pair(std::move(kind), std::move(id)), std::pair(row, rows.integer()));
    }
  }
  std::vector<const model::Definition*> fresh;
  std::vector<Row> ended;
  for (const model::Definition& one : in_force) {
    const auto known = stored.find({std::string(model::definition_kind_name(one.kind)), one.id});
    const bool same = known != stored.end() && known->second.second == checksum(one);
    if (!same) fresh.push_back(&one);
    if (known == stored.end()) continue;
    if (!same) ended.push_back(known->second.first);
    stored.erase(known);
  }
  for (const auto& [key, row] : stored) ended.push_back(row.first);
  if (fresh.empty() && ended.empty()) {
    const Row last = one_number(database_->rows(R"sql(SELECT max(n) FROM load)sql")).value_or(0);
    if (auto committed = scope.commit(); !committed) return committed.error().within("read what is in force");
    return last;
  }
  database_->run(R"sql(INSERT INTO load (at) VALUES (?1))sql", now);
  const Row load = database_->last_row();
  for (const Row row : ended) database_->run(R"sql(UPDATE definition SET last_load = ?2 WHERE n = ?1)sql", row, load);
  for (const model::Definition* const one : fresh) {
    database_->run(R"sql(INSERT INTO definition (kind, id, number, text, place, first_load, checksum)
                         VALUES (?1, ?2, 1 + (SELECT ifnull(max(number), 0) FROM definition WHERE kind = ?1 AND id = ?2), ?3, ?4, ?5, ?6))sql",
                   model::definition_kind_name(one->kind), one->id, one->text, one->place, load, checksum(*one));
  }
  if (auto committed = scope.commit(); !committed) return committed.error().within("record what is in force");
  return load;
}

}  // namespace bylined::store
