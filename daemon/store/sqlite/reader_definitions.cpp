// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_reader.h"
#include "store/sqlite/stored.h"

namespace bylined::store {
namespace {

StoredDefinition definition_of(Rows& rows) {
  StoredDefinition stored;
  stored.definition.id = rows.text();
  stored.number = rows.number();
  stored.definition.text = rows.text();
  stored.definition.place = rows.text();
  stored.loaded = rows.instant();
  stored.ended = rows.maybe_instant();
  return stored;
}

}  // namespace

Result<std::vector<StoredDefinition>> SqliteReader::definitions(model::DefinitionKind kind, const std::string& id) {
  Snapshot snapshot(*database_);
  std::vector<StoredDefinition> all;
  Rows rows = database_->rows(R"sql(SELECT d.id, d.number, d.text, d.place, f.at, l.at FROM definition d JOIN load f ON f.n = d.first_load
                                    LEFT JOIN load l ON l.n = d.last_load WHERE d.kind = ?1 AND d.id = ?2 ORDER BY d.number)sql",
                              model::definition_kind_name(kind), id);
  while (rows.next()) {
    all.push_back(definition_of(rows));
    all.back().definition.kind = kind;
  }
  if (auto seen = snapshot.end(); !seen) return seen.error().within("versions of " + quoted(id));
  return all;
}

Result<std::vector<StoredDefinition>> SqliteReader::definitions_in_force() {
  Snapshot snapshot(*database_);
  std::vector<StoredDefinition> all;
  for (const model::DefinitionKind kind : {model::DefinitionKind::kEntity, model::DefinitionKind::kWatch}) {
    Rows rows = database_->rows(R"sql(SELECT d.id, d.number, d.text, d.place, f.at, NULL FROM definition d JOIN load f ON f.n = d.first_load
                                      WHERE d.last_load IS NULL AND d.kind = ?1 ORDER BY d.id)sql",
                                model::definition_kind_name(kind));
    while (rows.next()) {
      all.push_back(definition_of(rows));
      all.back().definition.kind = kind;
    }
  }
  if (auto seen = snapshot.end(); !seen) return seen.error().within("read what is in force");
  return all;
}

Result<std::optional<StoredDefinition>> SqliteReader::definition_at(model::DefinitionKind kind, const std::string& id, std::int64_t load) {
  Snapshot snapshot(*database_);
  std::optional<StoredDefinition> found;
  {
    Rows rows = database_->rows(R"sql(SELECT d.id, d.number, d.text, d.place, f.at, l.at FROM definition d JOIN load f ON f.n = d.first_load
                                      LEFT JOIN load l ON l.n = d.last_load
                                      WHERE d.kind = ?1 AND d.id = ?2 AND d.first_load <= ?3 AND (d.last_load IS NULL OR d.last_load > ?3))sql",
                                model::definition_kind_name(kind), id, load);
    if (rows.next()) found = definition_of(rows);
  }
  if (found) found->definition.kind = kind;
  if (auto seen = snapshot.end(); !seen) return seen.error().within("version of " + quoted(id));
  return found;
}

}  // namespace bylined::store
