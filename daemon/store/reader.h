// SPDX-License-Identifier: Apache-2.0
// Questions to what is stored, on read-only connections beside the writer. Cannot change anything.
// Lists come newest first with an opaque cursor that stays right while rows are added; a limit below 1 or
// above kSliceMax, and a cursor that is not of this list, are kInvalid. One Reader belongs to one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/alert.h"
#include "model/definition.h"
#include "model/source.h"
#include "store/store.h"

namespace bylined::store {

constexpr int kSliceMax = 1000;

template <class T>
struct Slice {
  std::vector<T> items;
  std::optional<std::string> next;  // cursor of the following slice
};

struct AlertFilter {
  std::optional<Instant> since;
  std::vector<model::EntityId> entities;  // any of them is mentioned; empty: all
  std::optional<model::WatchId> watch;
  std::optional<model::SourceId> source;
  int limit = 50;
  std::optional<std::string> cursor;
};

struct ArticleFilter {
  std::optional<Instant> since;
  std::vector<model::EntityId> entities;
  std::optional<model::SourceId> source;
  int limit = 50;
  std::optional<std::string> cursor;
};

struct DeliveryFilter {
  std::optional<model::DeliveryState> state;
  std::optional<model::ReceiverId> receiver;
  std::optional<model::AlertId> alert;
  int limit = 50;
  std::optional<std::string> cursor;
};

struct ArticleSummary {
  model::Article article;
  std::string title;
  std::string outlet;
  std::vector<std::string> authors;
  model::ReadState read = model::ReadState::kFull;
  std::optional<model::Stamp> published;
};

struct ArticleDetail {
  model::Article article;
  std::vector<std::string> identities;
  std::vector<model::Version> versions;           // oldest first
  std::vector<std::vector<model::Mention>> mentions;  // one list a version
  std::vector<model::AlertId> alerts;             // newest first
  std::optional<model::ArticleId> same_as;        // the older article that this one turned out to be
  std::vector<model::ArticleId> linked;           // those that turned out to be this one
};

// For going through all of them.
struct ArticleTexts {
  model::Article article;
  std::vector<model::Version> versions;  // oldest first
};

struct StoredAttempt {
  int number = 0;
  Instant started;
  Millis took{0};
  int status = 0;
  std::string outcome;
  std::string reply;
};

struct DeliveryDetail {
  model::Delivery delivery;
  std::vector<StoredAttempt> attempts;
};

struct SourceStatus {
  model::SourceId id;
  std::string kind;
  std::string url;
  model::SourceState state = model::SourceState::kNew;
  std::string reason;
  std::optional<Instant> state_since;
  std::optional<Instant> last_complete;  // an unchanged page counts from the next claim on
  Instant next_due;
  int failures = 0;
  int items = 0;
  std::string outlet;
  std::string journalist;
  std::string follows;  // the feed that is read in place of its page; may be empty
  bool retired = false;
};

// How an entity is met in what is stored.
struct EntityUse {
  struct Form {
    std::string text;      // as it stands in the articles
    model::How how = model::How::kName;
    std::int64_t mentions = 0, sure = 0;
  };
  std::int64_t articles = 0;       // that mention it
  std::optional<Instant> first, last;
  std::vector<Form> forms;         // in the last kUseArticles that mention it; most frequent first, at most kMostForms
};
constexpr int kUseArticles = 1'000;
constexpr std::size_t kMostForms = 50;

// In how many of the texts stored last a name's letters stand, mention or not.
struct NameUse {
  std::vector<std::int64_t> texts;  // as many as the names that were asked for
  std::int64_t looked_at = 0;       // at most kUseArticles
};

// What befell a source: "source.degraded" "source.recovered" "journalist.renamed" "journalist.moved"
// "journalist.closed" "journalist.returned".
struct SourceEvent {
  std::string id;
  model::SourceId source;
  Instant at;
  std::string type;
  std::string reason;
  std::string was, now;  // a state, a name or an outlet
};

struct JournalistName {
  std::string name, outlet;
  Instant since;
};

struct JournalistSummary {
  std::string id;
  std::string name;
  std::string outlet;
  Instant since;
  std::optional<Instant> closed_at;  // their page is gone since then
  std::vector<model::SourceId> sources;  // their pages
};

struct JournalistDetail {
  JournalistSummary summary;
  std::vector<JournalistName> names;     // oldest first
  std::vector<ArticleSummary> articles;  // signed with one of them at its outlet; newest first, at most kBylinesMax
  std::vector<SourceEvent> events;       // of their pages, newest first
};
constexpr int kBylinesMax = 50;

// One line a stage, in the order in which an article passes them, up to the first that is not `passed`:
// there it was lost.
struct TraceStep {
  std::string stage;   // "listed" "read" "matched" "alerted" "delivered"
  bool passed = false;
  std::string detail;
  model::ArticleId article;  // of the address, where it is one
};

using model::StoredDefinition;

// Totals are of all that was ever stored.
struct Counts {
  std::int64_t sources = 0, articles = 0, versions = 0, alerts = 0;
  std::int64_t reads_due = 0, reads_given_up = 0;
  std::int64_t deliveries_pending = 0, deliveries_delivered = 0, deliveries_dead = 0;
  std::optional<Instant> oldest_pending_delivery;
  std::optional<Instant> oldest_due_read;
  int schema = 0;
};

class Reader {
 public:
  virtual ~Reader() = default;

  virtual Result<Slice<model::Alert>> alerts(const AlertFilter& filter) = 0;
  virtual Result<model::Alert> alert(const model::AlertId& id) = 0;  // kNotFound
  virtual Result<Slice<ArticleSummary>> articles(const ArticleFilter& filter) = 0;
  virtual Result<ArticleDetail> article(const model::ArticleId& id) = 0;
  // Articles first seen at or after `since` with their texts, oldest first; one that turned out to be another is left out.
  virtual Result<Slice<ArticleTexts>> texts(Instant since, int limit, const std::optional<std::string>& cursor) = 0;
  virtual Result<std::int64_t> count_articles(Instant since) = 0;
  virtual Result<std::vector<SourceStatus>> sources() = 0;
  virtual Result<std::vector<SourceEvent>> source_events(const model::SourceId& source, int limit) = 0;  // newest first
  virtual Result<std::vector<JournalistSummary>> journalists() = 0;
  virtual Result<JournalistDetail> journalist(const std::string& id) = 0;  // kNotFound
  virtual Result<EntityUse> entity_use(const model::EntityId& id) = 0;
  virtual Result<NameUse> name_use(const std::vector<std::string>& names) = 0;
  // Every text that an entity or watch ever had, oldest first; empty where it never was.
  virtual Result<std::vector<StoredDefinition>> definitions(model::DefinitionKind kind, const std::string& id) = 0;
  virtual Result<std::vector<StoredDefinition>> definitions_in_force() = 0;
  // The one under which a version with this `load` was read; none where that is not known.
  virtual Result<std::optional<StoredDefinition>> definition_at(model::DefinitionKind kind, const std::string& id, std::int64_t load) = 0;
  virtual Result<Slice<model::Delivery>> deliveries(const DeliveryFilter& filter) = 0;
  virtual Result<DeliveryDetail> delivery(const model::DeliveryId& id) = 0;
  virtual Result<std::vector<ReceiverHealth>> receivers() = 0;
  // How many deliveries wait, by receiver; those of the configured ones are left out.
  virtual Result<std::vector<std::pair<model::ReceiverId, std::int64_t>>> waiting_for_others(const std::vector<model::ReceiverId>& configured) = 0;
  virtual Result<std::vector<TraceStep>> trace(const std::string& url) = 0;
  virtual Result<Counts> counts() = 0;
  // A verified copy of the whole database while the writer goes on; appears under `path` when complete.
  // kRefused where `path` exists; kCancelled soon after `stop`.
  virtual Status backup_to(const std::string& path, std::stop_token stop = {}) = 0;
};

// ---- makers (store/sqlite) -------------------------------------------------------------------------

struct OpenOptions {
  std::string path;              // of the database file; ":memory:" for a test
  bool synchronous_full = true;  // false only in the test that shows why not
  std::string vfs;               // SQLite's name of the file layer, for fault tests; empty: the system's
  std::string installation;      // of a database that is made now; empty: by chance
  std::int64_t ballast = 16 << 20;  // bytes kept beside the database so that a full disk can be cleared; 0: none
  // Called many times a second while a database of an older release is brought forward and gets on with it; on the thread that opens.
  std::function<void()> on_progress;
};

// Opens or creates, migrates, and takes the lock that makes us the only daemon. Errors: kBusy where
// another daemon holds it, kInvalid for a newer schema or somebody else's database, kCorrupt for a damaged
// file, kNotFound where the folder is missing or not writable. What is refused is not changed.
Result<std::unique_ptr<Store>> open_store(const OpenOptions& options);
// Read-only; works beside a running daemon. kNotFound where there is no database.
Result<std::unique_ptr<Reader>> open_reader(const std::string& path);

struct Audit {
  std::vector<std::string> findings;  // empty: all good
  std::vector<std::string> checked;   // what was looked at, one line each
};
// Has a daemon taken it? Also one that answers nobody.
bool is_held(const std::string& database);

// Offline or beside a daemon, read-only: integrity_check, foreign keys, row checksums, and the store's
// own promises (one article an identity, one alert a key, no validator without its items, no
// delivered row without an attempt that says so …).
// Asked to stop it ends within a moment: kCancelled.
Result<Audit> audit(std::string path, std::stop_token stop = {});
// Only while no daemon holds the target (kBusy). The backup is verified first; the old file is kept
// beside, its name is returned (empty where there was none).
Result<std::string> restore(const std::string& backup, const std::string& target);

}  // namespace bylined::store
