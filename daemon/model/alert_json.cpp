// SPDX-License-Identifier: Apache-2.0
#include "model/alert_json.h"

#include <algorithm>
#include <map>

namespace bylined::model {
namespace {

using markup::json::array;
using markup::json::object;
using markup::json::value;

// A long list page may name one company a thousand times; a receiver wants to know that, not to get
// a megabyte. Beyond this many, every entity keeps its first mention and `mentions_total` tells.
constexpr std::size_t kMostMentions = 100;

std::vector<Mention> shown_mentions(const std::vector<Mention>& all) {
  if (all.size() <= kMostMentions) return all;
  std::map<EntityId, bool> seen;
  std::size_t firsts = 0;
  for (const Mention& mention : all) firsts += seen.emplace(mention.entity, false).second ? 1 : 0;
  std::size_t others = kMostMentions - std::min(firsts, kMostMentions);
  std::vector<Mention> shown;
  for (const Mention& mention : all) {
    bool& kept = seen[mention.entity];
    if (kept && others == 0) continue;
    if (kept) --others;
    kept = true;
    shown.push_back(mention);
  }
  return shown;
}

array names(const std::vector<std::string>& list) { return array(list.begin(), list.end()); }

object mention_json(const Mention& mention) {
  object json;
  json["entity"] = mention.entity.value;
  json["text"] = mention.text;
  json["how"] = how_name(mention.how);
  json["confidence"] = mention.confidence;
  json["in"] = field_name(mention.field);
  json["start"] = mention.start;
  json["end"] = mention.end;
  json["sentence"] = mention.sentence;
  return json;
}

object article_json(const Alert& alert) {
  const Content& content = alert.version.content;
  object json;
  json["id"] = alert.article.id.value;
  json["version"] = alert.version.number;
  json["url"] = alert.article.url;
  json["title"] = content.title;
  json["outlet"] = content.outlet;
  json["authors"] = names(content.authors);
  json["read"] = read_name(alert.version.read);
  json["published"] = content.published ? value(content.published->text) : value(nullptr);
  json["first_seen"] = rfc3339(alert.article.first_seen);
  json["source"] = alert.article.source.value;
  return json;
}

}  // namespace

markup::json::object to_json(const Alert& alert) {
  object json;
  json["id"] = alert.id.value;
  json["created"] = rfc3339(alert.created);
  json["watch"] = alert.watch.value;
  json["severity"] = severity_name(alert.severity);
  json["state"] = alert_state_name(alert.state);
  json["article"] = article_json(alert);
  array mentions;
  for (const Mention& mention : shown_mentions(alert.mentions)) mentions.push_back(mention_json(mention));
  json["mentions"] = std::move(mentions);
  json["mentions_total"] = alert.mentions.size();
  array entities;
  for (const EntityId& entity : alert.entities) entities.emplace_back(entity.value);
  json["entities"] = std::move(entities);
  json["story"] = nullptr;
  return json;
}

}  // namespace bylined::model
