// SPDX-License-Identifier: Apache-2.0
// One connection to SQLite: statements prepared once, values bound and read by type, transactions and
// savepoints. The first failure is kept and makes all that follows do nothing, so that a method reads
// as what it does and asks once, at its end. Knows nothing of our tables.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/identity.h"
#include "model/ids.h"

namespace bylined::store {

// A statement's text. Only a literal becomes one, so its address is its name; a test reads them all
// from the sources.
class Sql {
 public:
  consteval Sql(const char* text) : text_(text) {}  // NOLINT: implicit
  const char* text() const { return text_; }

 private:
  const char* text_;
};

struct Blob {
  std::string_view bytes;
};

Error sqlite_error(sqlite3* connection, int code);

class Database;

// The rows of one answer. Columns are read from left to right; the statement goes back when this ends.
class Rows {
 public:
  Rows(Database& database, sqlite3_stmt* statement) : database_(&database), statement_(statement) {}
  Rows(Rows&& other) noexcept : database_(other.database_), statement_(std::exchange(other.statement_, nullptr)) {}
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  Rows& operator=(Rows&&) = delete;
  ~Rows();

  bool next();  // false at the end, and after a failure

  std::int64_t integer() { return sqlite3_column_int64(statement_, column_++); }
  int number() { return static_cast<int>(integer()); }
  bool flag() { return integer() != 0; }
  double real() { return sqlite3_column_double(statement_, column_++); }
  Instant instant() { return Instant(Millis(integer())); }
  std::optional<Instant> maybe_instant();
  std::optional<std::int64_t> maybe_integer();
  std::string text() { return std::string(view()); }
  std::string_view view();  // until the next row
  template <class T>
  T id() {
    return T{text()};
  }
  void skip() { ++column_; }
  // What stands in the row cannot be: the whole method fails with kCorrupt.
  void reject(const std::string& why);

 private:
  Database* database_;
  sqlite3_stmt* statement_;
  int column_ = 0;
};

class Database {
 public:
  struct Options {
    bool write = false;
    bool synchronous_full = true;
    std::string vfs;
  };
  // The file must exist unless it is ":memory:".
  static Result<std::unique_ptr<Database>> open(const std::string& path, const Options& options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs a statement to its end.
  template <class... V>
  void run(Sql sql, const V&... values) {
    Rows rows = start(sql, SQLITE_STATIC, values...);
    while (rows.next()) {
    }
  }
  template <class... V>
  Rows rows(Sql sql, const V&... values) {
    return start(sql, SQLITE_TRANSIENT, values...);
  }
  // Pragmas, scripts and such: not kept prepared.
  Status execute(const std::string& script);

  std::int64_t last_row() const { return sqlite3_last_insert_rowid(connection_); }
  int changes() const { return sqlite3_changes(connection_); }
  sqlite3* connection() const { return connection_; }

  bool failed() const { return failure_.has_value(); }
  void fail(Error error);
  // The first failure since the last call, which forgets it.
  Status outcome();

  // One transaction for the Scopes inside. A savepoint copies every page that is touched under it, which
  // costs half of what an article costs. So Scopes of a bare group have none: where one must be undone
  // after it wrote, the group is spoilt, and whoever runs it runs it again with savepoints.
  enum class Group { kNone, kBare, kSavepoints };
  Status begin_group(Group kind);
  Status end_group();
  bool spoilt() const { return spoilt_; }

 private:
  friend class Scope;
  friend class Snapshot;
  friend class Rows;

  explicit Database(sqlite3* connection) : connection_(connection) {}
  Status configure(const Options& options);
  sqlite3_stmt* prepared(Sql sql);
  void step_failed(int code);
  bool open_transaction() const { return sqlite3_get_autocommit(connection_) == 0; }

  template <class... V>
  Rows start(Sql sql, [[maybe_unused]] sqlite3_destructor_type lifetime, const V&... values) {
    sqlite3_stmt* const statement = failed() ? nullptr : prepared(sql);
    if (statement != nullptr) {
      int index = 0;
      (bind(statement, ++index, lifetime, values), ...);
      assert(index == sqlite3_bind_parameter_count(statement));
    }
    return Rows(*this, statement);
  }

  using Lifetime = sqlite3_destructor_type;
  static void bind(sqlite3_stmt* s, int i, Lifetime, std::int64_t value) { sqlite3_bind_int64(s, i, value); }
  static void bind(sqlite3_stmt* s, int i, Lifetime, int value) { sqlite3_bind_int64(s, i, value); }
  static void bind(sqlite3_stmt* s, int i, Lifetime, std::size_t value) { sqlite3_bind_int64(s, i, static_cast<std::int64_t>(value)); }
  static void bind(sqlite3_stmt* s, int i, Lifetime, bool value) { sqlite3_bind_int64(s, i, value ? 1 : 0); }
  static void bind(sqlite3_stmt* s, int i, Lifetime, double value) { sqlite3_bind_double(s, i, value); }
  static void bind(sqlite3_stmt* s, int i, Lifetime, std::nullptr_t) { sqlite3_bind_null(s, i); }
  static void bind(sqlite3_stmt* s, int i, Lifetime, Instant value) { sqlite3_bind_int64(s, i, value.time_since_epoch().count()); }
  static void bind(sqlite3_stmt* s, int i, Lifetime, Millis value) { sqlite3_bind_int64(s, i, value.count()); }
  static void bind(sqlite3_stmt* s, int i, Lifetime lifetime, std::string_view value) {
    sqlite3_bind_text64(s, i, value.data() != nullptr ? value.data() : "", value.size(), lifetime, SQLITE_UTF8);
  }
  static void bind(sqlite3_stmt* s, int i, Lifetime lifetime, const std::string& value) { bind(s, i, lifetime, std::string_view(value)); }
  static void bind(sqlite3_stmt* s, int i, Lifetime lifetime, const char* value) { bind(s, i, lifetime, std::string_view(value)); }
  static void bind(sqlite3_stmt* s, int i, Lifetime lifetime, Blob value) {
    sqlite3_bind_blob64(s, i, value.bytes.data() != nullptr ? value.bytes.data() : "", value.bytes.size(), lifetime);
  }
  static void bind(sqlite3_stmt* s, int i, Lifetime lifetime, const model::ArticleIdentity& value) { bind(s, i, lifetime, value.value); }
  template <class Tag>
  static void bind(sqlite3_stmt* s, int i, Lifetime lifetime, const model::Id<Tag>& value) {
    bind(s, i, lifetime, value.value);
  }
  template <class T>
  static void bind(sqlite3_stmt* s, int i, Lifetime lifetime, const std::optional<T>& value) {
    if (value) {
      bind(s, i, lifetime, *value);
    } else {
      sqlite3_bind_null(s, i);
    }
  }

  sqlite3* connection_;
  std::unordered_map<const char*, sqlite3_stmt*> statements_;
  std::optional<Error> failure_;
  Group group_ = Group::kNone;
  bool spoilt_ = false;
  std::optional<Error> group_failure_;  // why SQLite undid the whole group by itself
};

// One method of the store: a transaction, or its part of a group's. Undone unless commit() says well.
class Scope {
 public:
  explicit Scope(Database& database);
  ~Scope();
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

  // The first failure inside, or why it could not be committed.
  Status commit();
  // Undoes everything and gives `why` back.
  Error refuse(Error why);

 private:
  void undo();

  Database& database_;
  const Database::Group group_;
  const int changes_before_;
  bool open_ = false;
};

// One look at the database: all its statements see the same state. Inside a group it is the group's.
class Snapshot {
 public:
  explicit Snapshot(Database& database);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  // The first failure inside.
  Status end();

 private:
  Database& database_;
  bool open_ = false;
};

}  // namespace bylined::store
