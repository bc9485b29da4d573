// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "model/identity.h"
#include "model/listing.h"
#include "store/sqlite/encode.h"
#include "store/sqlite/sqlite_reader.h"
#include "store/sqlite/stored.h"

namespace bylined::store {
namespace {

void append(std::string& text, const std::string& more) { text += (text.empty() ? "" : "; ") + more; }

std::string joined(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

// What the stages before found out.
struct SqliteReader::Traced {
  std::string asked;  // the address as it was given
  model::ArticleIdentity identity;
  std::optional<Row> article;
  int version = 0;
  std::set<std::string> sure;       // entities
  std::set<std::string> uncertain;
  std::vector<Row> alerts;
};

Result<std::vector<TraceStep>> SqliteReader::trace(const std::string& url) {
  Traced traced;
  traced.asked = quoted(url);
  traced.identity = model::identity_of(url);
  if (traced.identity.empty()) return Error(ErrorKind::kInvalid, quoted(url) + " is not an http or https address");
  Snapshot snapshot(*database_);
  std::vector<TraceStep> steps;
  using Stage = TraceStep (SqliteReader::*)(Traced&);
  for (const Stage stage : {&SqliteReader::trace_listed, &SqliteReader::trace_read, &SqliteReader::trace_matched,
                            &SqliteReader::trace_alerted, &SqliteReader::trace_delivered}) {
    steps.push_back((this->*stage)(traced));
    if (!steps.back().passed) break;
  }
  if (traced.article) {
    Rows rows = database_->rows(R"sql(SELECT a.id FROM article k JOIN article a ON a.n = ifnull(k.same_as, k.n) WHERE k.n = ?1)sql", *traced.article);
    if (rows.next()) steps.back().article = rows.id<model::ArticleId>();
  }
  if (auto seen = snapshot.end(); !seen) return seen.error().within("trace " + quoted(url));
  return steps;
}

TraceStep SqliteReader::trace_listed(Traced& traced) {
  TraceStep step{"listed", false, "", {}};
  traced.article = one_number(database_->rows(R"sql(SELECT article FROM identity WHERE identity = ?1)sql", traced.identity));
  Rows rows = database_->rows(R"sql(SELECT source.id, i.first_seen, i.title FROM source CROSS JOIN item i ON i.source = source.n
                                    WHERE i.listed IN (0, 1) AND i.identity_hash = ?1 AND i.identity = ?2)sql",
                              identity_hash(traced.identity.value), traced.identity);
  while (rows.next()) {
    step.passed = true;
    const std::string source = rows.text();
    const std::string seen = rfc3339(rows.instant());
    append(step.detail, source + " listed it first at " + seen + " as " + quoted(rows.view()));
  }
  if (step.passed) return step;
  // Known by another address only, such as the outlet's own page of a portal's article.
  if (!traced.article) traced.article = one_number(database_->rows(R"sql(SELECT article FROM identity WHERE identity = ?1)sql", claimed_name(traced.identity)));
  step.passed = traced.article.has_value();
  step.detail = step.passed ? "known as another address of an article" : "no source listed " + traced.asked;
  if (step.passed) return step;
  const std::string known = quoted(traced.identity.value);
  if (known != traced.asked) step.detail += ", which would be known as " + known;
  append(step.detail, troubled_sources());
  return step;
}

std::string SqliteReader::troubled_sources() {
  std::set<std::string> troubled;
  std::int64_t all = 0;
  Rows rows = database_->rows(R"sql(SELECT id, state FROM source WHERE retired_at IS NULL)sql");
  for (; rows.next(); ++all) {
    const std::string id = rows.text();
    const std::string state = rows.text();
    if (state != "ok" && troubled.size() < 10) troubled.insert(id + " is " + state);
  }
  const std::string looked = std::to_string(all) + " sources are watched";
  return troubled.empty() ? looked : looked + ", of which " + joined(troubled);
}

TraceStep SqliteReader::trace_read(Traced& traced) {
  TraceStep step{"read", false, how_it_was_read(traced), {}};
  if (!traced.article) return step;
  Rows rows = database_->rows(R"sql(SELECT number, read, fetched_at FROM version WHERE article = ?1 ORDER BY number DESC LIMIT 1)sql", *traced.article);
  if (!rows.next()) return step;
  traced.version = rows.number();
  const std::string read = rows.text();
  append(step.detail, "version " + std::to_string(traced.version) + " is " + read + " as of " + rfc3339(rows.instant()));
  step.passed = read == model::read_name(model::ReadState::kFull);
  if (step.passed) return step;
  append(step.detail, "its headline and summary alone were looked through");
  step.passed = !mentions_of(*traced.article).empty();  // they were enough
  return step;
}

// A line for each source that listed it.
std::string SqliteReader::how_it_was_read(const Traced& traced) {
  std::string detail;
  Rows rows = database_->rows(R"sql(SELECT source.id, i.n, r.state, r.attempts, r.due, r.reason FROM source CROSS JOIN item i ON i.source = source.n
                                    LEFT JOIN read r ON r.item = i.n WHERE i.listed IN (0, 1) AND i.identity_hash = ?1 AND i.identity = ?2)sql",
                              identity_hash(traced.identity.value), traced.identity);
  while (rows.next()) {
    const std::string source = rows.text();
    const Row item = rows.integer();
    const std::string state = rows.text();
    const std::int64_t attempts = rows.integer();
    const std::string due = rfc3339(rows.instant());
    const std::string reason = rows.text();
    std::string told = state;
    if (state.empty()) told = "not read for this source: " + why_unread(item, traced.article.has_value());
    if (state == "due") told = "due at " + due + (attempts > 0 ? " after " + std::to_string(attempts) + " failed tries" : std::string());
    append(detail, source + ": " + told + (reason.empty() ? "" : " (" + reason + ")"));
  }
  return detail;
}

// An item that nobody was to read does not say why: what is stored beside it does.
std::string SqliteReader::why_unread(Row item, bool is_article) {
  const auto first = one_number(database_->rows(R"sql(SELECT 1 FROM item i WHERE i.n = ?1 AND NOT EXISTS (SELECT 1 FROM item o
                                                     WHERE o.source = i.source AND o.listed IN (0, 1) AND o.first_seen < i.first_seen))sql",
                                                item));
  if (first) return "it stood on its first poll";
  Rows twin = database_->rows(R"sql(SELECT o.url FROM item i CROSS JOIN item o ON o.title_hash = i.title_hash AND o.source = i.source AND o.first_seen < i.first_seen
                                    AND o.printed_at = i.printed_at AND o.n <> i.n WHERE i.n = ?1 LIMIT 1)sql",
                              item);
  if (twin.next()) return "it was put aside with the rest of a list whose addresses changed, since " + quoted(twin.view()) + " has the same title and date";
  if (is_article) return "its text was known already";
  Rows old = database_->rows(R"sql(SELECT printed_at FROM item WHERE n = ?1 AND printed_at < first_seen - ?2)sql", item, model::kYearsOld.count());
  if (old.next()) return "it was printed at " + rfc3339(old.instant()) + ", more than a year before it was listed first: what is added to a list so late is no news";
  return "it was no news when it was listed first: of an earlier date than the last look, or of a first look at its page";
}

std::vector<std::pair<std::string, model::Mention>> SqliteReader::mentions_of(Row article) {
  std::vector<std::pair<std::string, model::Mention>> mentions;
  Rows rows = database_->rows(R"sql(SELECT m.entity, m.confidence, m.how FROM version v JOIN mention m ON m.version = v.n
                                    WHERE v.article = ?1 OR v.article IN (SELECT n FROM article WHERE same_as = ?1))sql",
                              article);
  while (rows.next()) {
    auto& [entity, mention] = mentions.emplace_back();
    entity = rows.text();
    mention.confidence = rows.real();
    mention.how = model::how_from_name(rows.view()).value_or(model::How::kName);
  }
  return mentions;
}

TraceStep SqliteReader::trace_matched(Traced& traced) {
  TraceStep step{"matched", false, "", {}};
  const auto mentions = mentions_of(*traced.article);
  for (const auto& [entity, mention] : mentions) (mention.sure() ? traced.sure : traced.uncertain).insert(entity);
  step.passed = !traced.sure.empty() || !traced.uncertain.empty();
  if (!traced.sure.empty()) append(step.detail, "mentions " + joined(traced.sure));
  if (!traced.uncertain.empty()) append(step.detail, "perhaps mentions " + joined(traced.uncertain));
  if (!step.passed) step.detail = "none of its versions mentions a tracked name";
  return step;
}

TraceStep SqliteReader::trace_alerted(Traced& traced) {
  TraceStep step{"alerted", false, "", {}};
  Rows rows = database_->rows(R"sql(SELECT n, id, watch, created FROM alert
                                    WHERE article = ?1 OR article IN (SELECT n FROM article WHERE same_as = ?1))sql",
                              *traced.article);
  while (rows.next()) {
    step.passed = true;
    traced.alerts.push_back(rows.integer());
    const std::string id = rows.text();
    const std::string watch = rows.text();
    append(step.detail, "alert " + id + " of watch " + watch + " at " + rfc3339(rows.instant()));
  }
  if (!step.passed && traced.sure.empty()) step.detail = "its mentions are uncertain, and no watch asks for those";
  if (!step.passed && !traced.sure.empty()) step.detail = "no watch asked for " + joined(traced.sure) + " when the version was found";
  return step;
}

TraceStep SqliteReader::trace_delivered(Traced& traced) {
  TraceStep step{"delivered", true, "", {}};
  for (const Row alert : traced.alerts) {
    Rows rows = database_->rows(R"sql(SELECT id, receiver, recipient, state, attempts, last_error FROM delivery WHERE alert = ?1)sql", alert);
    while (rows.next()) {
      const std::string id = rows.text();
      const std::string receiver = rows.text();
      const std::string recipient = rows.text();
      const std::string state = rows.text();
      const std::string attempts = std::to_string(rows.integer());
      const std::string error = rows.text();
      if (state != "delivered") step.passed = false;
      append(step.detail, "delivery " + id + " to " + receiver + (recipient.empty() ? "" : " (" + recipient + ")") + " is " + state + " after " +
                              attempts + " attempts" + (error.empty() ? "" : ": " + error));
    }
  }
  if (step.detail.empty()) step = TraceStep{"delivered", false, "the watch names no receiver", {}};
  return step;
}

}  // namespace bylined::store
