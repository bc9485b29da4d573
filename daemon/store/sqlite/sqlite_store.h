// SPDX-License-Identifier: Apache-2.0
// The store on SQLite: one connection that writes, its statements, and the lock that makes it the only
// one. Each face's methods stand in a file of their own.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "store/reader.h"
#include "store/sqlite/ballast.h"
#include "store/sqlite/database.h"
#include "store/sqlite/lock_file.h"
#include "store/sqlite/stored.h"
#include "store/store.h"

namespace bylined::store {

class SqliteStore final : public Store {
 public:
  struct Parts {
    std::unique_ptr<Database> database;
    LockFile lock;  // beside the database
    LockFile file;  // the database itself
    Ballast ballast;
    std::string installation;
  };
  SqliteStore(Parts parts, const OpenOptions& options)
      : lock_(std::move(parts.lock)), file_(std::move(parts.file)), options_(options), place_(LockFile::place(options.path)),
        ballast_(std::move(parts.ballast)), installation_(std::move(parts.installation)), database_(std::move(parts.database)) {}

  Status group(const std::function<void()>& calls) override;
  std::string installation() const override { return installation_; }

  Status sync_sources(const std::vector<model::Source>& sources, const std::function<Instant(std::size_t)>& first_due, Instant now) override;
  Result<std::vector<ClaimedSource>> claim_due_sources(const DueSources& wanted, const NextDue& next) override;
  Result<std::vector<PlannedSource>> planned_sources() override;
  Status hold_polls(const std::vector<HeldPoll>& polls) override;
  Result<std::vector<KnownItem>> known_items(const model::SourceId& source, const std::vector<model::ArticleIdentity>& identities) override;
  Result<std::vector<KnownItem>> titled_items(const model::SourceId& source, const std::vector<std::string>& title_keys) override;
  Status record_listing(const ListingRecord& record) override;
  Status record_poll_failure(const PollFailure& failure) override;
  Result<std::vector<model::Part>> source_parts(const model::SourceId& source) override;
  Status spend(const std::string& quota, const std::string& day, int allowed) override;
  Status record_hosts(const std::vector<model::Host>& hosts) override;
  Result<std::vector<model::Host>> load_hosts() override;

  Result<std::vector<ClaimedRead>> claim_due_reads(Instant now, ReadRoom room, const Lease& lease) override;
  Result<std::optional<Instant>> next_read_due() override;
  Result<std::vector<Copy>> copies(const std::string& title_key, Instant since) override;
  Result<FindingOutcome> record_finding(const Finding& finding, const Decide& decide) override;
  Status record_read_failure(const ReadFailure& failure) override;
  Status postpone_read(const std::string& read, const Claim& claim, Instant due) override;

  Result<std::vector<ClaimedDelivery>> claim_due_deliveries(const DueDeliveries& wanted) override;
  Status hasten_deliveries(const model::ReceiverId& receiver, Instant now, int limit) override;
  Result<std::optional<Instant>> next_delivery_due(const model::ReceiverId& receiver) override;
  Status record_attempt(const Attempt& attempt, const ReceiverHealth& health) override;
  Result<int> hand_over(const Attempt& ended, const Successors& successors) override;
  Result<std::vector<ReceiverHealth>> load_receiver_health() override;
  Status renew_receiver(const ReceiverHealth& health, Instant now) override;
  Result<int> retire_deliveries(const std::vector<model::ReceiverId>& configured, Instant made_before) override;
  Result<std::int64_t> record_load(const std::vector<model::Definition>& in_force, Instant now) override;
  Status replay_delivery(const model::DeliveryId& delivery, const std::string& by, Instant now) override;

  Status release_leases(Instant now) override;
  Status checkpoint() override;
  Status move_log() override;

 private:
  using Row = std::int64_t;  // a row's number: of this file, never shown
  using Due = std::deque<std::pair<Row, ClaimedDelivery>>;

  struct StoredSource {
    Row row = 0;
    std::string kind;
    std::string url;
    bool retired = false;
    bool failing = false;
    Instant due;
  };
  struct HeldSource {
    Row row = 0;
    std::string state;
    std::optional<Instant> last_complete;
    std::string kind;
    std::string outlet;
    std::string journalist;
    std::optional<Row> person;
    int failures = 0;
  };
  struct HeldRead {
    Row row = 0;
    Row source = 0;
    model::ArticleIdentity item;
    std::optional<std::int64_t> title;  // the hash of its key
  };
  struct FoundVersion {
    Row row = 0;
    model::ArticleFacts facts;
  };

  // sources.cpp
  std::map<std::string, StoredSource> stored_sources();
  void rename_sources(const std::vector<model::Source>& sources, std::map<std::string, StoredSource>& stored);
  void admit_source(const model::Source& source, const StoredSource* stored, const std::function<Instant()>& first_due, Instant now);
  void collect_due(std::vector<std::pair<Row, ClaimedSource>>& found, const DueSources& wanted, Instant from, Instant to);
  void collect_among(std::vector<std::pair<Row, ClaimedSource>>& found, const DueSources& wanted);
  void hand_out(Row row, const ClaimedSource& claimed, const DueSources& wanted);
  Result<HeldSource> held_source(const model::SourceId& source, const Claim& claim, std::optional<Instant> last_complete);
  void fail_source(const HeldSource& source, const PollFailure& failure);

  // listings.cpp
  void follow_listed(const HeldSource& source, const std::vector<model::ArticleIdentity>& listed);
  std::optional<Row> item_named(Row source, const model::ArticleIdentity& identity);
  void store_fresh(Row source, const model::ListedItem& listed, const ListingRecord& record, bool to_read);
  void store_retitled(Row source, const model::ListedItem& item, const ListingRecord& record);
  void want_read(Row item, const ListingRecord& record, const model::ArticleIdentity& identity);
  bool read_in_full(const model::ArticleIdentity& identity);
  void answer_source(const HeldSource& source, const ListingRecord& record);
  void suspect_source(const HeldSource& source, const ListingRecord& record);
  void leave_gap(const HeldSource& source, const ListingRecord& record);

  // parts.cpp
  void keep_parts(Row source, const ListingRecord& record);
  void forget_parts(Row source);

  // events.cpp
  void note_state(const HeldSource& source, const model::SourceId& id, std::string_view now, const std::string& reason, Instant at);
  struct Event {
    std::string_view type;
    std::string_view reason, was, now;
  };
  void note(Row source, const model::SourceId& id, const Event& event, Instant at);

  // journalists.cpp
  void follow_journalist(const HeldSource& source, const ListingRecord& record);
  void name_journalist(const HeldSource& source, const ListingRecord& record);
  void close_page(const HeldSource& source, const PollFailure& failure);
  Row journalist_for(const HeldSource& source, const ListingRecord& record);
  void keep_bylines(const StoredArticle& article, const model::Content& content);

  // hosts.cpp
  void keep_hosts(const std::vector<model::Host>& hosts);

  // reads.cpp
  struct Collected;
  std::map<Row, int> reads_under_way(Instant now);
  void collect_reads(Collected& found, Instant from, Instant to, const ReadRoom& room);
  void put_off_reads(const std::vector<Row>& reads, Instant due);
  Result<HeldRead> held_read(const std::string& read, const Claim& claim);
  struct LoggedFetch {
    Row source = 0;
    std::optional<Row> read;  // none: the listing
    Instant at;
    int status = 0;
    std::string hash;    // of the bytes; empty where none came
    std::string reason;  // of a failure
  };
  void log_fetch(const LoggedFetch& fetch);

  // findings.cpp
  struct Names {
    std::set<Row> articles;            // that have one of them
    std::vector<std::string> unknown;  // those that nobody has
    int disbelieved = 0;
  };
  Names names_of(const Finding& finding, const HeldRead& read);
  void take_claimed(Names& names, const std::string& name, const Finding& finding, const HeldRead& read);
  std::optional<Row> article_named(const std::string& name);
  bool is_titled(Row article, const Finding& finding, const HeldRead& read);
  StoredArticle article_for(const Finding& finding, const HeldRead& read, FindingOutcome& outcome);
  struct Alike {
    std::string identity;
    Row article;
  };
  std::vector<Alike> titled_alike(std::int64_t title, Instant first_seen);
  std::optional<Row> put_up_anew(const Finding& finding, const HeldRead& read);
  StoredArticle new_article(const Finding& finding, Row source);
  StoredArticle oldest_of(const std::set<Row>& rows);
  void link_articles(Row oldest, const std::set<Row>& all);
  bool text_is_known(const StoredArticle& stored, const model::Version& version);
  FoundVersion add_version(const StoredArticle& stored, const Finding& finding);
  Row store_version(Row article, const model::Version& version, const std::vector<model::Mention>& mentions);
  void store_mentions(Row version, const StoredArticle& stored, const std::vector<model::Mention>& mentions);
  std::map<model::WatchId, std::set<model::EntityId>> alerted(Row article);
  Status raise(const FoundVersion& found, const StoredArticle& stored, const Finding& finding, const model::NewAlert& raised, FindingOutcome& outcome);
  void answer_read(const HeldRead& read, const Finding& finding);

  // deliveries.cpp
  void store_delivery(const model::Delivery& delivery, Row alert);
  Instant stands_since(const model::ReceiverId& receiver);
  // `due`: beyond the first, up to the second.
  void collect_deliveries(Due& found, const DueDeliveries& wanted, int tried, const std::pair<Instant, Instant>& due);
  Result<Row> held_delivery(const Attempt& attempt);
  void note_attempt(Row row, const Attempt& attempt);
  void keep_health(const ReceiverHealth& health);
  void hasten(const model::ReceiverId& receiver, Instant now, int limit);

  // upkeep.cpp
  Status files_are_ours() const;

  LockFile lock_;
  LockFile file_;
  const OpenOptions options_;
  const std::string place_;  // of the database, where links lead: SQLite's log lies there
  const Ballast ballast_;
  const std::string installation_;
  std::unique_ptr<Database> beside_;    // of move_log() and its thread
  std::unique_ptr<Database> database_;  // closed before the lock goes
  std::map<model::ReceiverId, std::size_t> turns_;  // from which of a receiver's queues the next row comes
};

}  // namespace bylined::store
