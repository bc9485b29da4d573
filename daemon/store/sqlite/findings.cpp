// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/digest.h"
#include "store/sqlite/encode.h"
#include "store/sqlite/sqlite_store.h"

namespace bylined::store {
namespace {

constexpr std::size_t kIdentitiesMax = 16;
constexpr std::size_t kAlikeMax = 50;  // of one headline, the newest
constexpr std::size_t kTellsApart = 300;  // bytes of a text; a flash of one sentence may come twice and be two
constexpr std::chrono::days kOneArticle{3};  // between its addresses; a later one of the same words ("오늘의 날씨") is another

// Of an identity that is an address; empty for a portal's.
std::string_view host_of(std::string_view identity) {
  const std::size_t scheme = identity.find("://");
  if (scheme == std::string_view::npos) return std::string_view();
  identity.remove_prefix(scheme + 3);
  return identity.substr(0, identity.find('/'));
}

// The finding's own, the one that was listed, and other names of the same article.
std::vector<model::ArticleIdentity> identities_of(const Finding& finding, const model::ArticleIdentity& listed) {
  std::vector<model::ArticleIdentity> all{finding.identity};
  const auto add = [&all](const model::ArticleIdentity& one) {
    if (!one.empty() && all.size() < kIdentitiesMax && std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
  };
  add(listed);
  for (const model::ArticleIdentity& alias : finding.aliases) add(alias);
  return all;
}

// Where the mentions of an alert stand among the finding's; none where one is not among them.
std::optional<std::vector<int>> positions_of(const std::vector<model::Mention>& some, const std::vector<model::Mention>& all) {
  std::vector<int> positions;
  for (const model::Mention& mention : some) {
    const auto found = std::find(all.begin(), all.end(), mention);
    if (found == all.end()) return std::nullopt;
    positions.push_back(static_cast<int>(found - all.begin()));
  }
  return positions;
}

}  // namespace

Result<FindingOutcome> SqliteStore::record_finding(const Finding& finding, const Decide& decide) {
  if (finding.identity.empty()) return Error(ErrorKind::kInvalid, "a finding without an identity");
  Scope scope(*database_);
  const auto held = held_read(finding.read, finding.claim);
  if (!held) return scope.refuse(held.error());

  FindingOutcome outcome;
  const StoredArticle stored = article_for(finding, *held, outcome);
  answer_read(*held, finding);
  log_fetch({held->source, held->row, finding.at, finding.http_status, finding.body_hash, finding.reason});
  keep_hosts(finding.hosts);
  outcome.article = stored.article.id;
  if (!text_is_known(stored, finding.version)) {
    const FoundVersion found = add_version(stored, finding);
    keep_bylines(stored, finding.version.content);
    if (database_->failed()) return scope.commit().error();
    outcome.version = found.facts.version.number;
    for (const model::NewAlert& alert : decide(found.facts, finding.mentions)) {
      if (auto raised = raise(found, stored, finding, alert, outcome); !raised) return scope.refuse(raised.error());
    }
  }
  if (auto committed = scope.commit(); !committed) return committed.error().within("record finding");
  return outcome;
}

void SqliteStore::answer_read(const HeldRead& read, const Finding& finding) {
  const bool again = finding.retry_at.has_value();
  const bool lost = !again && finding.version.read == model::ReadState::kFailed;
  database_->run(R"sql(UPDATE read SET state = ?2, due = ifnull(?3, due), owner = NULL, attempts = attempts + ?4, unanswered = 0,
                       headline = ?5, reason = ?6, changed_at = ?7 WHERE n = ?1)sql",
                 read.row, again ? "due" : lost ? "given_up" : "done", finding.retry_at, again || lost,
                 finding.version.read != model::ReadState::kFull, finding.reason, finding.at);
}

// ---- which article ----------------------------------------------------------------------------------

StoredArticle SqliteStore::article_for(const Finding& finding, const HeldRead& read, FindingOutcome& outcome) {
  Names names = names_of(finding, read);
  outcome.disbelieved = names.disbelieved;
  std::set<Row>& known = names.articles;
  const auto twin = known.empty() ? put_up_anew(finding, read) : std::nullopt;
  if (twin) known.insert(*twin);
  StoredArticle article = known.empty() ? new_article(finding, read.source) : oldest_of(known);
  article.known_by_text = twin.has_value();
  if (known.size() > 1) link_articles(article.row, known);
  for (const std::string& name : names.unknown) {
    database_->run(R"sql(INSERT INTO identity (identity, article) VALUES (?1, ?2))sql", name, article.row);
  }
  return article;
}

// A claim stands beside the identities, never for one: what a page falsely calls its own is still to be listed and read.
SqliteStore::Names SqliteStore::names_of(const Finding& finding, const HeldRead& read) {
  const std::vector<model::ArticleIdentity> identities = identities_of(finding, read.item);
  Names names;
  for (const model::ArticleIdentity& identity : identities) {
    const auto article = article_named(identity.value);
    if (article) names.articles.insert(*article);
    else names.unknown.push_back(identity.value);
    take_claimed(names, claimed_name(identity), finding, read);
  }
  for (const model::ArticleIdentity& claimed : finding.claimed) {
    if (claimed.empty() || std::find(identities.begin(), identities.end(), claimed) != identities.end()) continue;
    take_claimed(names, claimed.value, finding, read);
    const std::string name = claimed_name(claimed);
    const auto& unknown = names.unknown;
    if (article_named(name)) take_claimed(names, name, finding, read);
    else if (std::find(unknown.begin(), unknown.end(), name) == unknown.end()) names.unknown.push_back(name);
  }
  return names;
}

void SqliteStore::take_claimed(Names& names, const std::string& name, const Finding& finding, const HeldRead& read) {
  const auto article = article_named(name);
  if (!article || names.articles.contains(*article)) return;
  if (is_titled(*article, finding, read)) names.articles.insert(*article);
  else ++names.disbelieved;
}

std::optional<SqliteStore::Row> SqliteStore::article_named(const std::string& name) {
  return one_number(database_->rows(R"sql(SELECT article FROM identity WHERE identity = ?1)sql", name));
}

// Articles among what was listed under this headline last and not long ago, and as what they were listed.
std::vector<SqliteStore::Alike> SqliteStore::titled_alike(std::int64_t title, Instant first_seen) {
  std::vector<Alike> alike;
  Rows rows = database_->rows(R"sql(SELECT i.identity, d.article
                                    FROM (SELECT identity FROM item WHERE title_hash = ?1 AND first_seen / 86400000 >= ?2 / 86400000
                                          ORDER BY first_seen / 86400000 DESC, n DESC LIMIT ?3) i
                                    CROSS JOIN identity d ON d.identity = i.identity)sql",
                              title, first_seen - kOneArticle, kAlikeMax);
  while (rows.next()) alike.push_back(Alike{rows.text(), rows.integer()});
  return alike;
}

// Was it listed under this headline, and has it in a version, or that of the page? All pages of a site may have one title, or
// one address that they call their own.
bool SqliteStore::is_titled(Row article, const Finding& finding, const HeldRead& read) {
  if (!read.title) return false;
  const std::vector<Alike> alike = titled_alike(*read.title, finding.first_seen);
  if (std::ranges::none_of(alike, [article](const Alike& one) { return one.article == article; })) return false;
  const std::string key = model::title_key(finding.version.content.title);
  Rows rows = database_->rows(R"sql(SELECT title FROM version WHERE article = ?1)sql", article);
  while (rows.next()) {
    const std::string other = model::title_key(rows.view());
    if (!other.empty() && (other == key || title_hash(other) == *read.title)) return true;
  }
  return false;
}

// The article that this very text is known of, where its site listed that under the same headline not long ago. A text that says
// nothing by itself, as a photograph's, tells no articles apart.
std::optional<SqliteStore::Row> SqliteStore::put_up_anew(const Finding& finding, const HeldRead& read) {
  const std::string_view host = host_of(finding.identity.value);
  const model::Content& content = finding.version.content;
  if (host.empty() || content.body.size() < kTellsApart || !read.title) return std::nullopt;
  for (const Alike& one : titled_alike(*read.title, finding.first_seen)) {
    if (host_of(one.identity) != host) continue;
    Rows rows = database_->rows(R"sql(SELECT 1 FROM version WHERE article = ?1 AND hash = ?2 AND captions = ?3)sql", one.article,
                                finding.version.hash, list_text(content.captions));
    if (rows.next()) return one.article;
  }
  return std::nullopt;
}

StoredArticle SqliteStore::new_article(const Finding& finding, Row source) {
  StoredArticle stored;
  stored.article.id.value = id_from({installation_, "article", finding.identity.value});
  stored.article.identity = finding.identity.value;
  stored.article.url = finding.url;
  stored.article.source = finding.source;
  stored.article.first_seen = finding.first_seen;
  stored.source = source;
  // Its first version follows in the same transaction.
  database_->run(R"sql(INSERT INTO article (id, identity, url, source, first_seen, versions, checksum) VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6))sql",
                 stored.article.id, stored.article.identity, stored.article.url, source, finding.first_seen, checksum(stored.article));
  stored.row = database_->last_row();
  return stored;
}

StoredArticle SqliteStore::oldest_of(const std::set<Row>& rows) {
  std::optional<StoredArticle> oldest;
  for (const Row row : rows) {
    StoredArticle one = stored_article(*database_, row);
    if (!oldest || one.article.first_seen < oldest->article.first_seen) oldest = std::move(one);
  }
  return *oldest;
}

// The younger ones keep their versions and alerts; all their identities name the oldest from now on.
void SqliteStore::link_articles(Row oldest, const std::set<Row>& all) {
  for (const Row row : all) {
    if (row == oldest) continue;
    database_->run(R"sql(UPDATE identity SET article = ?2 WHERE article = ?1)sql", row, oldest);
    database_->run(R"sql(UPDATE article SET same_as = ?2 WHERE n = ?1 OR same_as = ?1)sql", row, oldest);
    database_->run(R"sql(INSERT OR IGNORE INTO article_entity (entity, first_seen, article)
                         SELECT m.entity, a.first_seen, a.n FROM version v JOIN mention m ON m.version = v.n JOIN article a ON a.n = ?2
                         WHERE v.article = ?1)sql",
                   row, oldest);
  }
}

// ---- which text -------------------------------------------------------------------------------------

bool SqliteStore::text_is_known(const StoredArticle& stored, const model::Version& version) {
  if (stored.known_by_text) return true;
  if (stored.article.versions == 0) return false;
  Rows rows = database_->rows(R"sql(SELECT hash FROM version WHERE article = ?1 AND number = ?2)sql", stored.row, stored.article.versions);
  return rows.next() && rows.view() == version.hash;
}

SqliteStore::FoundVersion SqliteStore::add_version(const StoredArticle& stored, const Finding& finding) {
  FoundVersion found;
  found.facts.installation = installation_;
  found.facts.article = stored.article;
  found.facts.version = finding.version;
  found.facts.version.number = ++found.facts.article.versions;
  found.row = store_version(stored.row, found.facts.version, finding.mentions);
  store_mentions(found.row, stored, finding.mentions);
  if (stored.article.versions == 0) return found;
  if (const auto before = one_number(database_->rows(R"sql(SELECT n FROM version WHERE article = ?1 AND number = ?2)sql", stored.row, stored.article.versions))) {
    found.facts.previous = stored_version(*database_, *before);
    found.facts.previous_mentions = stored_mentions(*database_, *before);
  }
  database_->run(R"sql(UPDATE article SET versions = ?2 WHERE n = ?1)sql", stored.row, found.facts.version.number);
  found.facts.alerted = alerted(stored.row);
  return found;
}

SqliteStore::Row SqliteStore::store_version(Row article, const model::Version& version, const std::vector<model::Mention>& mentions) {
  const model::Content& content = version.content;
  const StampColumns published(content.published), modified(content.modified);
  database_->run(R"sql(INSERT INTO version (article, number, read, title, body, summary, captions, authors, byline,
                       published_at, published_precision, published_text, modified_at, modified_precision, modified_text,
                       outlet, section, language, image, canonical_url, original_url, text_url, fetched_at, hash, checksum, load)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
                               ?23, ?24, ?25, nullif(?26, 0)))sql",
                 article, version.number, model::read_name(version.read), content.title, content.body, content.summary,
                 list_text(content.captions), list_text(content.authors), content.byline, published.at, published.precision,
                 published.text, modified.at, modified.precision, modified.text, content.outlet, content.section, content.language,
                 content.image, content.canonical_url, content.original_url, version.text_url, version.fetched_at, version.hash,
                 checksum(version, mentions), version.load);
  return database_->last_row();
}

void SqliteStore::store_mentions(Row version, const StoredArticle& stored, const std::vector<model::Mention>& mentions) {
  int position = 0;
  std::set<model::EntityId> entities;
  for (const model::Mention& mention : mentions) {
    database_->run(R"sql(INSERT INTO mention (version, position, entity, how, confidence, field, "start", "end", text, sentence)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10))sql",
                   version, position++, mention.entity, model::how_name(mention.how), mention.confidence,
                   model::field_name(mention.field), mention.start, mention.end, mention.text, mention.sentence);
    if (!entities.insert(mention.entity).second) continue;
    database_->run(R"sql(INSERT OR IGNORE INTO article_entity (entity, first_seen, article) VALUES (?1, ?2, ?3))sql", mention.entity,
                   stored.article.first_seen, stored.row);
  }
}

// ---- who is told --------------------------------------------------------------------------------------

std::map<model::WatchId, std::set<model::EntityId>> SqliteStore::alerted(Row article) {
  std::map<model::WatchId, std::set<model::EntityId>> alerted;
  Rows rows = database_->rows(R"sql(SELECT watch, entities FROM alert
                                    WHERE article = ?1 OR article IN (SELECT n FROM article WHERE same_as = ?1))sql",
                              article);
  while (rows.next()) {
    std::set<model::EntityId>& entities = alerted[rows.id<model::WatchId>()];
    const auto list = list_from_text(rows.view());
    if (!list) rows.reject("entities of an alert");
    for (const std::string& entity : list.value_or(std::vector<std::string>())) entities.insert(model::EntityId{entity});
  }
  return alerted;
}

Status SqliteStore::raise(const FoundVersion& found, const StoredArticle& stored, const Finding& finding, const model::NewAlert& raised,
                          FindingOutcome& outcome) {
  const model::Alert& alert = raised.alert;
  const auto positions = positions_of(alert.mentions, finding.mentions);
  if (!positions) return Error(ErrorKind::kInvalid, "alert " + quoted(alert.id.value) + " has a mention that its version does not have");
  const std::string entities = ids_text(alert.entities), mentions = positions_text(*positions);
  database_->run(R"sql(INSERT INTO alert (id, key, created, watch, severity, state, article, version, source, entities, mentions, checksum)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT (key) DO NOTHING)sql",
                 alert.id, alert.key, alert.created, alert.watch, model::severity_name(alert.severity),
                 model::alert_state_name(alert.state), stored.row, found.row, stored.source, entities, mentions,
                 checksum(alert, entities, mentions));
  if (database_->changes() == 0 || database_->failed()) return Status();
  const Row row = database_->last_row();

  std::set<model::EntityId> listed(alert.entities.begin(), alert.entities.end());
  for (const model::Mention& mention : alert.mentions) listed.insert(mention.entity);
  for (const model::EntityId& entity : listed) {
    database_->run(R"sql(INSERT INTO alert_entity (entity, created, alert) VALUES (?1, ?2, ?3))sql", entity, alert.created, row);
  }
  outcome.alerts.push_back(alert.id);
  for (const model::Delivery& delivery : raised.deliveries) {
    store_delivery(delivery, row);
    const auto& known = outcome.receivers;
    if (std::find(known.begin(), known.end(), delivery.receiver) == known.end()) outcome.receivers.push_back(delivery.receiver);
  }
  return Status();
}

}  // namespace bylined::store
