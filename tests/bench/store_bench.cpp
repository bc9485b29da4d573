// SPDX-License-Identifier: Apache-2.0
// What the store costs beside a bare loop over prepared statements that writes the same rows into the same
// schema, and how long the first of 10,000 sources take to be claimed.
#include <sqlite3.h>

#include <cassert>
#include <cstring>
#include <map>

#include "store/reader.h"
#include "store/sqlite/migrate.h"
#include "tests/bench/bench.h"
#include "tests/store/values.h"

namespace {

using namespace bylined;
using namespace bylined::store;
using namespace bylined::store::test;

constexpr int kArticles = 2000;
constexpr int kBatch = 50;

std::string long_body() {
  std::string body;
  while (body.size() < 2900) body += kSentence;
  return body;
}

std::vector<model::Mention> three_mentions() { return mentions_of({"samsung", "lee-jaeyong", "kakao"}); }

Lease lease() { return Lease{"bench", kStart + 24h}; }

std::vector<ClaimedSource> claim_sources(Store& store, Instant now, int limit, Millis period) {
  DueSources wanted;
  wanted.now = now;
  wanted.horizon = 24h;
  wanted.limit = limit;
  wanted.lease = lease();
  return *store.claim_due_sources(wanted, [now, period](const SourceFacts&) { return now + period; });
}

void configure(Store& store, int sources) {
  std::vector<model::Source> all;
  for (int i = 0; i < sources; ++i) all.push_back(source("s" + std::to_string(i)));
  [[maybe_unused]] const Status synced = store.sync_sources(all, [](std::size_t) { return kStart; }, kStart);
  assert(synced);
}

std::vector<model::ListedItem> list(Store& store, int count, bool read) {
  ListingRecord record;
  const auto claimed = claim_sources(store, kStart, 1, 15min);
  record.claim = claimed.at(0).claim;
  record.source = claimed.at(0).id;
  record.read_fresh = read;
  record.at = kStart;
  for (int i = 0; i < count; ++i) record.fresh.push_back(item("article/" + std::to_string(i), "한빛전자, 신제품 공개 " + std::to_string(i)));
  [[maybe_unused]] const Status recorded = store.record_listing(record);
  assert(recorded);
  return record.fresh;
}

// A store whose reads are claimed: what is left is the recording.
struct Prepared {
  Folder folder;
  std::unique_ptr<Store> store;
  std::vector<Finding> findings;

  Prepared() {
    store = std::move(*open_store(options_for(folder.path())));
    configure(*store, 1);
    list(*store, kArticles, true);
    const std::string body = long_body();
    const auto reads = store->claim_due_reads(kStart, kArticles, lease());
    for (const ClaimedRead& read : *reads) {
      findings.push_back(finding(read, version(body + read.id, read.item.title), three_mentions(), kStart));
    }
  }
};

// What the alert room decides is not the store's cost: it is worked out before.
struct Decided {
  std::map<std::string, std::vector<model::NewAlert>> alerts;

  explicit Decided(const Prepared& prepared) {
    for (const Finding& one : prepared.findings) {
      model::ArticleFacts facts;
      facts.article.identity = one.identity.value;
      facts.version = one.version;
      alerts[one.identity.value] = desk()(facts, one.mentions);
    }
  }
};

double ours(Prepared& prepared) {
  Decided decided(prepared);
  const Decide decide = [&decided](const model::ArticleFacts& facts, const std::vector<model::Mention>&) {
    return std::move(decided.alerts.at(facts.article.identity));
  };
  const double start = bench::cpu_seconds();
  for (int from = 0; from < kArticles; from += kBatch) {
    const Status done = prepared.store->group([&] {
      for (int i = from; i < from + kBatch; ++i) {
        const auto recorded = prepared.store->record_finding(prepared.findings[static_cast<std::size_t>(i)], decide);
        assert(recorded && recorded->alerts.size() == 1);
      }
    });
    assert(done);
  }
  return bench::cpu_seconds() - start;
}

// One prepared statement of the bare loop; values are bound as they come.
class Bare {
 public:
  Bare(sqlite3* connection, const char* sql) {
    [[maybe_unused]] const int code = sqlite3_prepare_v3(connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
    assert(code == SQLITE_OK);
  }
  ~Bare() { sqlite3_finalize(statement_); }
  Bare(const Bare&) = delete;
  Bare& operator=(const Bare&) = delete;

  template <class... V>
  void run(const V&... values) {
    int index = 0;
    (bind(++index, values), ...);
    [[maybe_unused]] const int code = sqlite3_step(statement_);
    assert(code == SQLITE_DONE);
    sqlite3_reset(statement_);
  }

 private:
  void bind(int i, std::int64_t value) { sqlite3_bind_int64(statement_, i, value); }
  void bind(int i, double value) { sqlite3_bind_double(statement_, i, value); }
  void bind(int i, std::string_view value) { sqlite3_bind_text(statement_, i, value.data(), int(value.size()), SQLITE_STATIC); }
  sqlite3_stmt* statement_ = nullptr;
};

struct Loop {
  explicit Loop(sqlite3* db)
      : begin(db, "BEGIN IMMEDIATE"),
        commit(db, "COMMIT"),
        read(db, "UPDATE read SET state='done', owner=NULL, reason='', changed_at=?2 WHERE n=?1"),
        fetch(db, "INSERT INTO fetch (source, read, at, status, hash, reason) VALUES (1, ?1, ?2, 200, ?3, '')"),
        article(db, "INSERT INTO article (id, identity, url, source, first_seen, versions, checksum) VALUES (?1, ?2, ?3, 1, ?4, 1, 77)"),
        identity(db, "INSERT INTO identity (identity, article) VALUES (?1, ?2)"),
        version(db, "INSERT INTO version (article, number, read, title, body, summary, captions, authors, byline, published_at, "
                    "published_precision, published_text, outlet, section, language, image, canonical_url, original_url, text_url, "
                    "fetched_at, hash, checksum) VALUES (?1, 1, 'full', ?2, ?3, '', '[\"사진\"]', '[\"김기자\"]', '', ?4, 0, ?5, ?6, "
                    "'', '', '', '', '', '', ?4, ?7, 77)"),
        mention(db, "INSERT INTO mention VALUES (?1, ?2, ?3, 'short_form', ?4, 'body', ?5, ?6, ?7, ?8)"),
        listed(db, "INSERT INTO article_entity VALUES (?1, ?2, ?3)"),
        byline(db, "INSERT INTO byline VALUES (?1, ?2, ?3, ?4)"),
        alert(db, "INSERT INTO alert (id, key, created, watch, severity, state, article, version, source, entities, mentions, checksum) "
                  "VALUES (?1, ?2, ?3, 'desk', 'high', 'open', ?4, ?5, 1, '[\"kakao\",\"lee-jaeyong\",\"samsung\"]', '[0,1,2]', 77)"),
        alerted(db, "INSERT INTO alert_entity VALUES (?1, ?2, ?3)"),
        delivery(db, "INSERT INTO delivery (id, alert, receiver, recipient, type, payload, created, state, tried, due, checksum) "
                     "VALUES (?1, ?2, 'ops', '', 'alert.created', CAST(?3 AS BLOB), ?4, 'pending', 0, ?4, 77)") {}

  Bare begin, commit, read, fetch, article, identity, version, mention, listed, byline, alert, alerted, delivery;
};

// The rows of one article; `n` is its number, ids and keys are as long as the true ones.
void write_rows(Loop& loop, const Finding& found, std::int64_t n, const std::string& id, const std::string& key, const std::string& payload) {
  const std::int64_t at = found.at.time_since_epoch().count();
  const model::Content& content = found.version.content;
  loop.read.run(n, at);
  loop.fetch.run(n, at, found.body_hash);
  loop.article.run(id, found.identity.value, found.url, at);
  loop.identity.run(found.identity.value, n);
  loop.version.run(n, content.title, content.body, at, content.published->text, content.outlet, found.version.hash);
  std::int64_t position = 0;
  for (const model::Mention& one : found.mentions) {
    loop.mention.run(n, position++, one.entity.value, one.confidence, std::int64_t(one.start), std::int64_t(one.end), one.text, one.sentence);
    loop.listed.run(one.entity.value, at, n);
  }
  for (const std::string& author : content.authors) loop.byline.run(author, content.outlet, at, n);
  loop.alert.run(id, key, at, n, n);
  for (const model::Mention& one : found.mentions) loop.alerted.run(one.entity.value, at, n);
  loop.delivery.run(id, n, payload, at);
}

double bare(Prepared& prepared) {
  prepared.store.reset();
  std::vector<std::string> ids, keys, payloads;
  for (const Finding& one : prepared.findings) {
    keys.push_back(hex(sha256(one.identity.value)));
    ids.push_back(id_from({keys.back()}));
    payloads.push_back("{\"title\":\"" + one.version.content.title + "\"}");
  }
  sqlite3* db = nullptr;
  sqlite3_open_v2(prepared.folder.path().c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  sqlite3_exec(db, "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=10000", nullptr, nullptr, nullptr);
  double spent = 0;
  {
    Loop loop(db);
    const double start = bench::cpu_seconds();
    for (std::size_t i = 0; i < kArticles; ++i) {
      if (i % kBatch == 0) loop.begin.run();
      write_rows(loop, prepared.findings[i], std::int64_t(i + 1), ids[i], keys[i], payloads[i]);
      if (i % kBatch == kBatch - 1) loop.commit.run();
    }
    spent = bench::cpu_seconds() - start;
  }
  sqlite3_close(db);
  return spent;
}

// How many rows each table has.
std::map<std::string, std::int64_t> rows_of(const std::string& path) {
  sqlite3* db = nullptr;
  sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY, nullptr);
  const auto ask = [db](const std::string& sql, auto&& take) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr);
    while (sqlite3_step(statement) == SQLITE_ROW) take(statement);
    sqlite3_finalize(statement);
  };
  std::map<std::string, std::int64_t> rows;
  ask("SELECT name FROM sqlite_schema WHERE type = 'table'", [&rows](sqlite3_stmt* one) { rows[reinterpret_cast<const char*>(sqlite3_column_text(one, 0))] = 0; });
  for (auto& [table, count] : rows) ask("SELECT count(*) FROM " + table, [&count = count](sqlite3_stmt* one) { count = sqlite3_column_int64(one, 0); });
  sqlite3_close(db);
  return rows;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void recording(bench::Report& report) {
  std::vector<double> us, reference;
  for (int round = 0; round < 7; ++round) {
    Prepared one, other;
    us.push_back(kArticles / ours(one));
    reference.push_back(kArticles / bare(other));
    assert(rows_of(one.folder.path()) == rows_of(other.folder.path()));
  }
  report.ratio("articles a CPU second, batches of 50, beside a bare loop over the same rows", median(us), median(reference), 0.8,
               bench::Report::Sense::kAtLeast);
}

double claim_cost(int sources) {
  const auto store = std::move(*open_store(options_for(":memory:")));
  configure(*store, sources);
  Instant now = kStart + 1h;
  return bench::cost([&] {
    const auto claimed = claim_sources(*store, now, 20, sources / 20 * 1s);
    assert(claimed.size() == 20);
    now += 1s;
  });
}

void claiming(bench::Report& report) {
  report.ratio("claiming 20 due sources of 10,000 beside of 1,000", claim_cost(10'000), claim_cost(1'000), 1.5, bench::Report::Sense::kAtMost);
}

double known_cost(int listed) {
  const auto store = std::move(*open_store(options_for(":memory:")));
  configure(*store, 1);
  const auto items = list(*store, listed, false);
  std::vector<model::ArticleIdentity> asked;
  for (std::size_t i = 0; i < 50; ++i) asked.push_back(items[i * items.size() / 50].identity);
  return bench::cost([&] {
    const auto known = store->known_items({"s0"}, asked);
    assert(known->size() == 50);
  });
}

void knowing(bench::Report& report) {
  report.ratio("looking 50 items up among 100,000 beside among 1,000", known_cost(100'000), known_cost(1'000), 2, bench::Report::Sense::kAtMost);
  report.figure("looking 50 items up among 100,000", known_cost(100'000) * 1e6, "us CPU");
}

}  // namespace

int main() {
  bench::Report report("store");
  recording(report);
  claiming(report);
  knowing(report);
}
