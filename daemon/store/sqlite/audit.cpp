// SPDX-License-Identifier: Apache-2.0
#include <functional>

#include "store/reader.h"
#include "store/sqlite/encode.h"
#include "store/sqlite/lock_file.h"
#include "store/sqlite/open_reading.h"
#include "store/sqlite/promises.h"
#include "store/sqlite/stored.h"

namespace bylined::store {
namespace {

constexpr int kInstructions = 10'000;  // of SQLite's machine, between two looks whether to stop
constexpr std::size_t kFindingsMax = 100;  // of one check; the first ones tell enough

// One audit. What cannot be read is a finding like any other, and the next check goes on.
class Inspection {
 public:
  // SQLite asks now and then whether it is to go on; so long checks end soon too.
  Inspection(Database& database, std::stop_token stop) : database_(database), stop_(std::move(stop)) {
    sqlite3_progress_handler(database_.connection(), kInstructions, &Inspection::to_stop, this);
  }
  ~Inspection() { sqlite3_progress_handler(database_.connection(), 0, nullptr, nullptr); }
  Inspection(const Inspection&) = delete;
  Inspection& operator=(const Inspection&) = delete;

  void whole() {
    lines("the file's structure", database_.rows(R"sql(PRAGMA integrity_check(100))sql"), "ok");
    lines("references between rows", database_.rows(R"sql(SELECT "table" || ' row ' || rowid || ' names a missing ' || parent FROM pragma_foreign_key_check)sql"), "");
    for (const Promise& promise : promises()) lines(promise.text, database_.rows(promise.breaches), "");
    texts();
  }

  Result<Audit> result() {
    if (stop_.stop_requested()) return Error(ErrorKind::kCancelled, "the audit was cut short");
    return std::move(audit_);
  }

 private:
  static int to_stop(void* inspection) { return static_cast<Inspection*>(inspection)->stop_.stop_requested() ? 1 : 0; }

  void found(std::string_view what, const std::string& detail) {
    if (held_ < kFindingsMax) audit_.findings.push_back(std::string(what) + ": " + detail);
    if (held_ == kFindingsMax) audit_.findings.push_back(std::string(what) + ": and more");
    ++held_;
  }

  void close(std::string_view what, std::size_t looked_at) {
    if (auto read = database_.outcome(); !read) found(what, read.error().text());
    const std::string outcome = held_ == 0 ? "good" : std::to_string(held_) + " findings";
    audit_.checked.push_back(std::string(what) + ": " + outcome + (looked_at > 0 ? " in " + std::to_string(looked_at) + " rows" : ""));
    held_ = 0;
  }

  void lines(std::string_view what, Rows rows, std::string_view good) {
    while (rows.next()) {
      if (const std::string line = rows.text(); line != good) found(what, line);
    }
    close(what, 0);
  }

  // `rows` gives each row's number, its stored checksum, a name for people, and what else `actual` reads
  // to compute the checksum anew.
  void sums(std::string_view what, Rows rows, const std::function<std::int64_t(Rows&, std::int64_t)>& actual) {
    std::size_t looked_at = 0;
    for (; rows.next(); ++looked_at) {
      const std::int64_t row = rows.integer();
      const std::int64_t stored = rows.integer();
      const std::string name = rows.text();
      const std::int64_t sum = actual(rows, row);
      if (auto read = database_.outcome(); !read) {
        found(what, quoted(name) + ": " + read.error().text());
      } else if (sum != stored) {
        found(what, quoted(name) + " is not what was stored");
      }
    }
    close(what, looked_at);
  }

  void texts() {
    sums("texts of listed items",
         database_.rows(R"sql(SELECT n, checksum, url, identity, url, title, summary, authors, printed_at, printed_precision, printed_text, identity_hash FROM item)sql"),
         [](Rows& rows, std::int64_t) {
           const model::ListedItem item = stored_item(rows);
           const bool can_be_found = rows.integer() == identity_hash(item.identity.value);
           return can_be_found ? checksum(item) : ~checksum(item);
         });
    sums("texts of hosts",
         database_.rows(R"sql(SELECT rowid, checksum, origin, origin, not_before, robots_fetched, robots_tried, robots_status, robots_body FROM host)sql"),
         [](Rows& rows, std::int64_t) { return checksum(stored_host(rows)); });
    sums("texts of articles", database_.rows(R"sql(SELECT n, checksum, id FROM article)sql"),
         [this](Rows&, std::int64_t row) { return checksum(stored_article(database_, row).article); });
    sums("texts of versions", database_.rows(R"sql(SELECT v.n, v.checksum, a.id || ' version ' || v.number FROM version v JOIN article a ON a.n = v.article)sql"),
         [this](Rows&, std::int64_t row) { return checksum(stored_version(database_, row), stored_mentions(database_, row)); });
    sums("texts of alerts", database_.rows(R"sql(SELECT n, checksum, id FROM alert)sql"), [this](Rows&, std::int64_t row) {
      const StoredAlert stored = stored_alert(database_, row);
      return checksum(stored.alert, stored.entities, stored.mentions);
    });
    sums("texts of entities, watches and tags", database_.rows(R"sql(SELECT n, checksum, kind || ' ' || id || ' version ' || number, id, text FROM definition)sql"),
         [](Rows& rows, std::int64_t) {
           model::Definition definition;
           definition.id = rows.text();
           definition.text = rows.text();
           return checksum(definition);
         });
    sums("bytes of deliveries", database_.rows(R"sql(SELECT n, checksum, id FROM delivery)sql"),
         [this](Rows&, std::int64_t row) { return checksum(stored_delivery(database_, row)); });
  }

  Database& database_;
  const std::stop_token stop_;
  Audit audit_;
  std::size_t held_ = 0;  // findings of this check
};

}  // namespace

bool is_held(const std::string& database) { return LockFile::is_taken(database); }

Result<Audit> audit(std::string path, std::stop_token stop) {
  auto database = open_for_reading(path);
  if (!database) return database.error().within("audit");
  Snapshot snapshot(**database);
  Inspection inspection(**database, std::move(stop));
  inspection.whole();
  return inspection.result();
}

}  // namespace bylined::store
