// SPDX-License-Identifier: Apache-2.0
// What survives a crash. The face speaks verbs of the daemon, never rows or SQL; each method is one
// transaction (or its part of a group that commits together, see store_lane.h). All methods run
// on the store lane's thread. Nothing here asks for the time: it is given.
//
// Errors say what to do: kTransient (locked, disk full, I/O): nothing was written, try again later;
// kCorrupt: stop writing; kCancelled: the answer came too late; kInvalid: a bug of the caller.
//
// A *claim* is how work is handed out: it names its owner and carries a fencing token. A late answer
// under an old token changes nothing and is told so (kCancelled). SQLite grants every claim to its one
// daemon; several daemons on one database will share the same words.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/alert.h"
#include "model/definition.h"
#include "model/host.h"
#include "model/listing.h"
#include "model/part.h"
#include "model/receiver.h"
#include "model/source.h"

namespace bylined::store {

struct Lease {
  std::string owner;  // this process: installation and start
  Instant until;
};

struct Claim {
  std::string owner;
  std::int64_t token = 0;  // rises with each claim of the same thing
};

// ---- sources ---------------------------------------------------------------------------------

struct ClaimedSource {
  model::SourceId id;
  Claim claim;
  model::Validators validators;
  std::string body_hash;       // of the last complete fetch, to skip an unchanged 200
  bool has_baseline = false;   // a first listing was recorded
  model::SourceState state = model::SourceState::kNew;
  int failures = 0;            // in a row
  int usual_items = 0;         // items of the last accepted listing
  std::string habit;           // how its dates read, and where on its page it stood, in the words of whoever recorded it; empty: not known
  std::string rhythm;          // its arrivals, likewise
  int parts = 0;               // further pages that are asked with it
  Instant due;                 // when it should have been asked
  Instant next_due;            // when it is due again, as was written with the claim
  Instant state_since;         // not of a claim that is held
  std::optional<Instant> last_complete;  // as far as is known; none: never
};

// One call for work. A claimed source is answered by record_listing, by record_poll_failure, or, where
// its page is unchanged and its state is ok or quiet, by nothing: its next claim by the same owner then counts
// that fetch as complete. So an answer that could not be recorded must be recorded again, or the
// source left in `in_flight`.
// Or such a claim is *held*: the source is asked again and again under it, without a word to the store, until
// there is something to record; what is recorded then says when the source was last complete and is due next, as
// hold_polls() does when the holder stops. Of a holder that died, planned_sources() tells what it held.
struct DueSources {
  Instant now;
  Millis horizon{0};  // a due time further ahead counts as due: the wall clock was wrong when it was written
  int limit = 0;
  Lease lease;
  std::vector<model::SourceId> in_flight;  // of this owner, not answered yet: not handed out again
  std::vector<model::SourceId> among;      // none but these; empty: all
};

// The facts that the schedule decides from; `next` must be pure.
struct SourceFacts {
  model::SourceId id;
  Instant due;
  int failures = 0;
  std::string rhythm;
};
using NextDue = std::function<Instant(const SourceFacts&)>;

struct PlannedSource {
  SourceFacts facts;
  Claim claim;        // the last one
  bool held = false;  // somebody may hold it, and have asked since `facts.due`
};

// Where a claim that is held has got to.
struct HeldPoll {
  model::SourceId source;
  Claim claim;
  std::optional<Instant> last_complete;  // none: not since the claim
  Instant due;
  bool ends = false;  // it is not held any more
};

struct KnownItem {
  model::ArticleIdentity identity;
  std::string title;
  std::optional<model::Stamp> printed;  // its text is kept only of what is to be read
  Instant first_seen;
};

struct ListingRecord {
  Claim claim;
  model::SourceId source;
  std::vector<model::ListedItem> fresh;     // unknown until now
  std::vector<model::ListedItem> retitled;  // known under another title
  std::vector<model::ListedItem> aged;      // unknown until now, but no news: stored, never read
  bool read_fresh = true;      // false for a baseline: identities are stored, nothing is read
  bool waits = false;          // it has listed nothing yet: what it lists first will be the baseline
  // Every identity that was seen, for first and last seen; none where it is not known (an unchanged
  // body): then what was listed still is.
  std::optional<std::vector<model::ArticleIdentity>> listed;
  model::Validators validators;
  std::string body_hash;
  int http_status = 200;
  int items = 0;               // of the listing
  std::string suspicion;       // why it is not to be trusted, though its items are taken: the state is then
                               // suspect, and validators, hash and usual number stay those of the last good one
  std::optional<Instant> last_complete;  // before this, where the claim was held
  std::optional<Instant> due;            // next; none: as it is
  std::string gap;             // why its older pages could not be read: what is seen is stored, all else is as after a poll that
                               // failed, and `due` is given
  std::string quiet;           // why its silence is remarkable: the state is then quiet, all else as where it is ok
  std::string habit;           // in place of what was recorded before; empty: that stays
  std::string rhythm;          // likewise
  std::vector<model::Part> parts;       // further pages, as they are known from now on
  std::vector<std::string> parts_gone;  // addresses of those that are named no more
  std::string outlet;
  std::string journalist;      // a person's name, never a desk's
  Instant at;
  std::vector<model::Host> hosts;
};

struct PollFailure {
  Claim claim;
  model::SourceId source;
  model::SourceState state = model::SourceState::kFailing;
  std::string reason;          // one line, shown in `status`
  int http_status = 0;         // 0 where there was no answer
  Instant at;
  std::optional<Instant> last_complete;  // where the claim was held
  Instant next_due;
  std::vector<model::Host> hosts;
};

// ---- reads: articles that wait to be fetched --------------------------------------------------

struct ClaimedRead {
  std::string id;
  Claim claim;
  model::SourceId source;
  model::ListedItem item;
  std::string outlet;          // the listing's
  Instant first_seen;
  int attempts = 0;            // failed ones
  bool retired = false;        // its source is not configured any more
  int unanswered = 0;          // claims before this one that ended without a word: does it kill us?
  bool headline_recorded = false;  // a version without body stands already
  bool out_of_turn = false;    // its source has as many under way as it may: ReadRoom::late
};

// How many reads to give out.
struct ReadRoom {
  ReadRoom(int reads) : most(reads) {}

  int most;
  // How many more could be under way. Each source is given one while it has fewer than a quarter of this under way, so that some
  // are left for others however many of them want all; none: whatever it has.
  std::optional<int> free;
  Instant late = Instant::min();  // and beside these those that are known since then or longer and have no headline yet
};
constexpr int kReadShare = 4;

struct Finding {
  std::string read;            // ClaimedRead::id
  Claim claim;
  model::ArticleIdentity identity;
  std::vector<model::ArticleIdentity> aliases;  // other identities of the same article
  std::vector<model::ArticleIdentity> claimed;  // what its page or a redirect says is one: believed of an article that was listed
                                                // under the same headline, not long before
  std::string url;
  model::SourceId source;
  Instant first_seen;
  model::Version version;      // its number is given by the store
  std::vector<model::Mention> mentions;
  int http_status = 0;
  std::string body_hash;            // hex SHA-256 of the page's bytes; empty where none came
  std::optional<Instant> retry_at;  // the body is still wanted then; none: the read is done
  std::string reason;               // why it is not read in full, where it is not
  Instant at;
  std::vector<model::Host> hosts;
};
// Pure: may run more than once. Called inside the transaction; an unchanged text is not a version
// and is not decided on again.
using Decide = std::function<std::vector<model::NewAlert>(const model::ArticleFacts&, const std::vector<model::Mention>&)>;

struct FindingOutcome {
  model::ArticleId article;
  int version = 0;             // 0: the text was known already
  int disbelieved = 0;         // claimed identities that are another article's
  std::vector<model::AlertId> alerts;
  std::vector<model::ReceiverId> receivers;  // whose queues grew
};

struct ReadFailure {
  std::string read;
  Claim claim;
  int http_status = 0;
  std::string reason;
  std::optional<Instant> retry_at;  // none: given up, visibly
  Instant at;
  std::vector<model::Host> hosts;
};

// An item of another source that carries the same headline.
struct Copy {
  model::ArticleIdentity identity;
  std::string url;
  model::SourceId source;
  Instant first_seen;
};

// ---- deliveries ---------------------------------------------------------------------------------

struct ClaimedDelivery {
  model::Delivery delivery;
  Claim claim;
};

struct Attempt {
  Claim claim;
  model::DeliveryId delivery;
  Instant started;
  Millis took{0};
  int status = 0;              // HTTP status or SMTP reply code; 0 for no answer
  std::string outcome;         // "delivered" "retry" "ambiguous" "dead" "paused"
  std::string reply;           // excerpt, at most 500 bytes, controls escaped
  model::DeliveryState state = model::DeliveryState::kPending;
  Instant next_attempt;        // where it stays pending
};

using model::ReceiverHealth;

struct DueDeliveries {
  model::ReceiverId receiver;
  Instant now;
  int limit = 0;
  Lease lease;
  std::vector<model::DeliveryId> in_hand;  // of this process: not given out again, whatever the wall clock says of their leases
};

// The rows that stand for one whose recipient is told no more: of the alert, where these recipients of the receiver have rows.
// Pure: runs inside a transaction and may run twice.
using Successors = std::function<std::vector<model::Delivery>(const model::Alert&, const std::vector<std::string>& recipients)>;

// ---- the faces ------------------------------------------------------------------------------------

class Store {
 public:
  virtual ~Store() = default;

  // Runs `calls` on the store as one transaction: all of it is durable when this returns well, none
  // of it otherwise. Each method called inside may fail alone; `calls` may run twice then, so it keeps
  // nothing of the first time.
  virtual Status group(const std::function<void()>& calls) = 0;

  virtual std::string installation() const = 0;  // random, made with the database

  // Brings the configured sources in: new ones are due at `first_due(i)`, one whose kind or URL
  // changed starts with a new baseline (answers to earlier claims are then late), one that is gone is
  // retired (kept, never due; its waiting reads stay). A due time further ahead than the period allows
  // becomes `first_due(i)` too, unless the source is failing. One transaction; writes nothing twice.
  virtual Status sync_sources(const std::vector<model::Source>& sources, const std::function<Instant(std::size_t)>& first_due, Instant now) = 0;
  // Entities and watches that are in force from now on. Keeps each text that one ever had, with its time. The number to
  // give with what is found under them; 0 where there never was any. Writes nothing where nothing changed.
  virtual Result<std::int64_t> record_load(const std::vector<model::Definition>& in_force, Instant now) = 0;
  // Oldest due first. Writes each one's next due time and claim in the same transaction.
  virtual Result<std::vector<ClaimedSource>> claim_due_sources(const DueSources& wanted, const NextDue& next) = 0;
  // All configured sources.
  virtual Result<std::vector<PlannedSource>> planned_sources() = 0;
  // Those whose claim is over stay as they are.
  virtual Status hold_polls(const std::vector<HeldPoll>& polls) = 0;
  // Those of `identities` that this source listed before.
  virtual Result<std::vector<KnownItem>> known_items(const model::SourceId& source, const std::vector<model::ArticleIdentity>& identities) = 0;
  // Those that this source listed under a title of one of these keys (model::title_key); some of each where they are many.
  virtual Result<std::vector<KnownItem>> titled_items(const model::SourceId& source, const std::vector<std::string>& title_keys) = 0;
  virtual Result<std::vector<model::Part>> source_parts(const model::SourceId& source) = 0;
  // Items, reads due, parts, validators and state together; the source is ok again. An item whose article is
  // stored in full already is not read again, unless it is retitled. kCancelled for a late answer. Where the
  // state begins or ceases to be trouble, and where the journalist's page says another name or outlet, an
  // event is stored with it: one, however often it is seen.
  virtual Status record_listing(const ListingRecord& record) = 0;
  virtual Status record_poll_failure(const PollFailure& failure) = 0;
  // One more call of a service that allows so many on one of its days. kExhausted beyond it.
  virtual Status spend(const std::string& quota, const std::string& day, int allowed) = 0;
  virtual Status record_hosts(const std::vector<model::Host>& hosts) = 0;
  virtual Result<std::vector<model::Host>> load_hosts() = 0;

  // Oldest due first; a read under a lease that has not ended is not given out again, nor one of a source that is retired: it
  // waits as long as that is. A retitled item's read is due again under the same id, and what was in flight for it is late.
  // Where very many wait for their source's share, these are put off a little.
  virtual Result<std::vector<ClaimedRead>> claim_due_reads(Instant now, ReadRoom room, const Lease& lease) = 0;
  virtual Result<std::optional<Instant>> next_read_due() = 0;
  // Listed items whose title has this key (model::title_key), first seen at or after `since`; oldest first,
  // at most 50.
  virtual Result<std::vector<Copy>> copies(const std::string& title_key, Instant since) = 0;
  // Identities that turn out to be one article are linked: the oldest stands for all, no row is lost.
  virtual Result<FindingOutcome> record_finding(const Finding& finding, const Decide& decide) = 0;
  virtual Status record_read_failure(const ReadFailure& failure) = 0;
  // Puts a claimed read back unchanged (we are stopping, or its host asks for patience until `due`).
  virtual Status postpone_read(const std::string& read, const Claim& claim, Instant due) = 0;

  // In turn one that came since the receiver was last back, one that waited for that, one that was tried before: no backlog holds
  // up news. The oldest of each come first.
  virtual Result<std::vector<ClaimedDelivery>> claim_due_deliveries(const DueDeliveries& wanted) = 0;
  // Rows that failed before and wait for later are due now, the earliest `limit` of them: their receiver is
  // back, or is to be tried.
  virtual Status hasten_deliveries(const model::ReceiverId& receiver, Instant now, int limit) = 0;
  virtual Result<std::optional<Instant>> next_delivery_due(const model::ReceiverId& receiver) = 0;
  virtual Status record_attempt(const Attempt& attempt, const ReceiverHealth& health) = 0;
  // Ends a row and begins its successors, together. Returns how many there are.
  virtual Result<int> hand_over(const Attempt& ended, const Successors& successors) = 0;
  virtual Result<std::vector<ReceiverHealth>> load_receiver_health() = 0;
  // A receiver whose settings were changed begins anew: what waits for it is due now.
  virtual Status renew_receiver(const ReceiverHealth& health, Instant now) = 0;
  // Rows whose receiver is not configured wait until it is again; those made before `made_before` are dead, with this
  // reason. How such a receiver was is forgotten. Returns how many died.
  virtual Result<int> retire_deliveries(const std::vector<model::ReceiverId>& configured, Instant made_before) = 0;
  // A dead or delivered row is pending again, same id and bytes, as if it were made now. kNotFound where there is none.
  virtual Status replay_delivery(const model::DeliveryId& delivery, const std::string& by, Instant now) = 0;

  // Leases on reads and deliveries of earlier processes end now: only one daemon holds the database.
  // A poll that was in flight is not repeated before its stored due time: courtesy outlives a crash.
  virtual Status release_leases(Instant now) = 0;
  // Moves the write-ahead log into the database; call every some hundred writes, and now and then. Not
  // inside a group. kCorrupt where the files were moved or deleted under us. On a full disk it gives the
  // ballast back, so that what is in the log can be moved and the log be written anew.
  virtual Status checkpoint() = 0;
  // The bulk of that, over a connection of its own: the one method that may run on another thread, beside
  // all others (StoreLane does so before each checkpoint()).
  virtual Status move_log() { return Status(); }
};

}  // namespace bylined::store
