// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/encode.h"
#include "store/sqlite/sqlite_store.h"
#include "store/sqlite/stored.h"

namespace bylined::store {

Status SqliteStore::record_hosts(const std::vector<model::Host>& hosts) {
  Scope scope(*database_);
  keep_hosts(hosts);
  return scope.commit();
}

// A host that did not change costs no write.
void SqliteStore::keep_hosts(const std::vector<model::Host>& hosts) {
  for (const model::Host& host : hosts) {
    database_->run(R"sql(INSERT INTO host (origin, not_before, robots_fetched, robots_tried, robots_status, robots_body, checksum)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                         ON CONFLICT (origin) DO UPDATE SET not_before = ?2, robots_fetched = ?3, robots_tried = ?4, robots_status = ?5,
                         robots_body = ?6, checksum = ?7
                         WHERE not_before <> ?2 OR robots_fetched <> ?3 OR robots_tried <> ?4 OR robots_status <> ?5 OR checksum <> ?7)sql",
                   host.origin, host.not_before, host.robots_fetched, host.robots_tried, host.robots_status, host.robots_body,
                   checksum(host));
  }
}

Result<std::vector<model::Host>> SqliteStore::load_hosts() {
  Snapshot snapshot(*database_);
  std::vector<model::Host> hosts;
  {
    Rows rows = database_->rows(R"sql(SELECT origin, not_before, robots_fetched, robots_tried, robots_status, robots_body FROM host)sql");
    while (rows.next()) hosts.push_back(stored_host(rows));
  }
  if (auto read = snapshot.end(); !read) return read.error().within("load hosts");
  return hosts;
}

}  // namespace bylined::store
