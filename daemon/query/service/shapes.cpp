// SPDX-License-Identifier: Apache-2.0
#include "query/service/shapes.h"

namespace bylined::query {
namespace {

json::array texts(const std::vector<std::string>& all) {
  json::array array;
  for (const std::string& one : all) array.emplace_back(one);
  return array;
}

json::object article_head(const model::Article& article) {
  json::object out;
  out["id"] = article.id.value;
  out["url"] = article.url;
  out["identity"] = article.identity;
  out["source"] = article.source.value;
  out["first_seen"] = rfc3339(article.first_seen);
  out["versions"] = article.versions;
  return out;
}

json::object version_shape(const model::Version& version, const std::vector<model::Mention>& mentions) {
  json::object out;
  out["version"] = version.number;
  out["read"] = model::read_name(version.read);
  out["fetched_at"] = rfc3339(version.fetched_at);
  out["hash"] = version.hash;
  out["text_url"] = version.text_url.empty() ? json::value(nullptr) : json::value(version.text_url);
  out["title"] = version.content.title;
  out["summary"] = version.content.summary;
  out["body"] = version.content.body;
  out["authors"] = texts(version.content.authors);
  out["byline"] = version.content.byline;
  out["published"] = stamp_or_null(version.content.published);
  out["modified"] = stamp_or_null(version.content.modified);
  out["outlet"] = version.content.outlet;
  out["section"] = version.content.section;
  out["language"] = version.content.language;
  out["original_url"] = version.content.original_url;
  json::array found;
  for (const model::Mention& mention : mentions) found.emplace_back(shape(mention));
  out["mentions"] = std::move(found);
  return out;
}

}  // namespace

json::value time_or_null(const std::optional<Instant>& at) { return at ? json::value(rfc3339(*at)) : json::value(nullptr); }
json::value stamp_or_null(const std::optional<model::Stamp>& stamp) { return stamp ? json::value(stamp->text) : json::value(nullptr); }

json::object shape(const model::Mention& mention) {
  json::object out;
  out["entity"] = mention.entity.value;
  out["text"] = mention.text;
  out["how"] = model::how_name(mention.how);
  out["confidence"] = mention.confidence;
  out["in"] = model::field_name(mention.field);
  out["start"] = mention.start;
  out["end"] = mention.end;
  out["sentence"] = mention.sentence;
  return out;
}

json::object shape(const store::ArticleSummary& summary) {
  json::object out = article_head(summary.article);
  out["title"] = summary.title;
  out["outlet"] = summary.outlet;
  out["authors"] = texts(summary.authors);
  out["read"] = model::read_name(summary.read);
  out["published"] = stamp_or_null(summary.published);
  return out;
}

json::object shape(const store::ArticleDetail& detail) {
  json::object out = article_head(detail.article);
  out["identities"] = texts(detail.identities);
  json::array versions;
  for (std::size_t i = 0; i < detail.versions.size(); ++i) versions.emplace_back(version_shape(detail.versions[i], detail.mentions.at(i)));
  out["texts"] = std::move(versions);
  json::array alerts;
  for (const model::AlertId& alert : detail.alerts) alerts.emplace_back(alert.value);
  out["alerts"] = std::move(alerts);
  return out;
}

json::object shape(const store::SourceStatus& source, Instant now) {
  json::object out;
  out["id"] = source.id.value;
  out["kind"] = source.kind;
  out["url"] = source.url;
  out["state"] = source.retired ? "retired" : model::state_name(source.state);
  out["reason"] = source.reason.empty() ? json::value(nullptr) : json::value(source.reason);
  out["since"] = time_or_null(source.state_since);
  out["last_complete"] = time_or_null(source.last_complete);
  out["next_due"] = rfc3339(source.next_due);
  out["overdue"] = !source.retired && source.next_due + Millis(60'000) < now;
  out["failures"] = source.failures;
  out["items"] = source.items;
  out["outlet"] = source.outlet;
  out["journalist"] = source.journalist;
  if (!source.follows.empty()) out["follows"] = source.follows;
  return out;
}

json::object shape(const store::SourceEvent& event) {
  json::object out;
  out["id"] = event.id;
  out["source"] = event.source.value;
  out["at"] = rfc3339(event.at);
  out["type"] = event.type;
  out["reason"] = event.reason.empty() ? json::value(nullptr) : json::value(event.reason);
  out["was"] = event.was;
  out["now"] = event.now;
  return out;
}

json::object shape(const model::Delivery& delivery) {
  json::object out;
  out["id"] = delivery.id.value;
  out["alert"] = delivery.alert.value;
  out["receiver"] = delivery.receiver.value;
  out["recipient"] = delivery.recipient.empty() ? json::value(nullptr) : json::value(delivery.recipient);
  out["type"] = delivery.type;
  out["state"] = model::delivery_state_name(delivery.state);
  out["created"] = rfc3339(delivery.created);
  out["attempts"] = delivery.attempts;
  out["next_attempt"] = delivery.state == model::DeliveryState::kPending ? json::value(rfc3339(delivery.next_attempt)) : json::value(nullptr);
  out["last_error"] = delivery.last_error.empty() ? json::value(nullptr) : json::value(delivery.last_error);
  out["bytes"] = delivery.payload.size();
  return out;
}

json::object shape(const store::DeliveryDetail& detail) {
  json::object out = shape(detail.delivery);
  json::array attempts;
  for (const store::StoredAttempt& attempt : detail.attempts) {
    json::object one;
    one["number"] = attempt.number;
    one["started"] = rfc3339(attempt.started);
    one["took_ms"] = attempt.took.count();
    one["status"] = attempt.status;
    one["outcome"] = attempt.outcome;
    one["reply"] = attempt.reply;
    attempts.emplace_back(std::move(one));
  }
  out["tries"] = std::move(attempts);
  return out;
}

json::object shape(const store::ReceiverHealth& health) {
  json::object out;
  out["id"] = health.receiver.value;
  out["state"] = health.state;
  out["reason"] = health.reason.empty() ? json::value(nullptr) : json::value(health.reason);
  out["since"] = health.since == Instant() ? json::value(nullptr) : json::value(rfc3339(health.since));
  out["failures"] = health.failures;
  out["retry_at"] = health.state == "ok" ? json::value(nullptr) : json::value(rfc3339(health.retry_at));
  return out;
}

json::object shape(const store::Counts& counts, Instant now) {
  json::object out;
  out["sources"] = counts.sources;
  out["articles"] = counts.articles;
  out["versions"] = counts.versions;
  out["alerts"] = counts.alerts;
  out["reads_due"] = counts.reads_due;
  out["reads_given_up"] = counts.reads_given_up;
  out["deliveries_pending"] = counts.deliveries_pending;
  out["deliveries_delivered"] = counts.deliveries_delivered;
  out["deliveries_dead"] = counts.deliveries_dead;
  const auto age = [now](const std::optional<Instant>& since) {
    return since && *since <= now ? json::value(static_cast<double>((now - *since).count()) / 1000) : json::value(nullptr);
  };
  out["oldest_pending_delivery_seconds"] = age(counts.oldest_pending_delivery);
  out["oldest_due_read_seconds"] = age(counts.oldest_due_read);
  out["schema"] = counts.schema;
  return out;
}

}  // namespace bylined::query
