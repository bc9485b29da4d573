// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "base/digest.h"
#include "pipeline/alert/alert.h"

namespace bylined::alert {
namespace {

bool asks_for(const model::Watch& watch, const model::EntityId& entity) {
  return watch.query.empty() || std::find(watch.entities.begin(), watch.entities.end(), entity) != watch.entities.end();
}

std::vector<model::Mention> asked_mentions(const model::Watch& watch, const std::vector<model::Mention>& mentions) {
  std::vector<model::Mention> asked;
  std::copy_if(mentions.begin(), mentions.end(), std::back_inserter(asked),
               [&watch](const model::Mention& mention) { return asks_for(watch, mention.entity); });
  return asked;
}

// Met and not told of before, sorted.
std::vector<model::EntityId> new_entities(const model::Watch& watch, const std::vector<model::Mention>& mentions, const Ruling& ruling,
                                          const model::ArticleFacts& facts) {
  std::set<model::EntityId> fresh;
  if (watch.rule) {
    for (model::EntityId& entity : ruling.met(watch)) fresh.insert(std::move(entity));
  } else {
    for (const model::Mention& mention : mentions) {
      if (mention.sure()) fresh.insert(mention.entity);
    }
  }
  const auto told = facts.alerted.find(watch.id);
  if (told != facts.alerted.end()) {
    for (const model::EntityId& entity : told->second) fresh.erase(entity);
  }
  return {fresh.begin(), fresh.end()};
}

const model::Receiver* find_receiver(const std::vector<model::Receiver>& receivers, const model::ReceiverId& id) {
  const auto found = std::find_if(receivers.begin(), receivers.end(), [&id](const model::Receiver& one) { return one.id == id; });
  return found == receivers.end() ? nullptr : &*found;
}

template <class T>
std::vector<T> without_repeats(const std::vector<T>& all) {
  std::vector<T> once;
  for (const T& one : all) {
    if (std::find(once.begin(), once.end(), one) == once.end()) once.push_back(one);
  }
  return once;
}

model::Delivery make_delivery(const model::Alert& alert, const model::Receiver& receiver, const std::string& recipient,
                              const Compose& compose) {
  model::Delivery delivery;
  delivery.id.value = id_from({"delivery", alert.key, receiver.id.value, recipient});
  delivery.alert = alert.id;
  delivery.receiver = receiver.id;
  delivery.recipient = recipient;
  delivery.type = "alert.created";
  delivery.created = alert.created;
  delivery.next_attempt = alert.created;
  delivery.payload = compose(alert, receiver, delivery);
  return delivery;
}

std::vector<model::Delivery> make_deliveries(const Routing& routing, const model::Watch& watch, const model::Alert& alert) {
  std::vector<model::Delivery> deliveries;
  for (const model::ReceiverId& id : without_repeats(watch.receivers)) {
    const model::Receiver* receiver = find_receiver(routing.receivers, id);
    if (receiver == nullptr) continue;  // settings refuse a watch that names nobody
    for (model::Delivery& one : deliveries_to(*receiver, alert, routing.compose)) deliveries.push_back(std::move(one));
  }
  return deliveries;
}

}  // namespace

std::vector<model::Delivery> deliveries_to(const model::Receiver& receiver, const model::Alert& alert, const Compose& compose) {
  const auto recipients = receiver.to.empty() ? std::vector<std::string>(1) : without_repeats(receiver.to);
  std::vector<model::Delivery> deliveries;
  for (const std::string& recipient : recipients) deliveries.push_back(make_delivery(alert, receiver, recipient, compose));
  return deliveries;
}

std::vector<model::NewAlert> decide(const Routing& routing, const model::ArticleFacts& facts,
                                    const std::vector<model::Mention>& mentions, const Ruling& ruling, Instant now) {
  std::vector<model::NewAlert> decided;
  for (const std::size_t number : ruling.candidates) {
    const model::Watch& watch = routing.watches[number];
    auto asked = asked_mentions(watch, mentions);
    auto fresh = new_entities(watch, asked, ruling, facts);
    if (fresh.empty() || !ruling.holds(watch)) continue;

    model::Alert alert;
    alert.key = alert_key(facts.installation, facts.article.identity, watch.id, fresh);
    alert.id.value = id_from({"alert", alert.key});
    alert.created = now;
    alert.watch = watch.id;
    alert.severity = watch.severity;
    alert.article = facts.article;
    alert.version = facts.version;
    alert.mentions = std::move(asked);
    alert.entities = std::move(fresh);
    auto deliveries = make_deliveries(routing, watch, alert);
    decided.push_back({std::move(alert), std::move(deliveries)});
  }
  return decided;
}

std::string alert_key(const std::string& installation, const std::string& identity, const model::WatchId& watch,
                      const std::vector<model::EntityId>& entities) {
  const std::set<model::EntityId> sorted(entities.begin(), entities.end());
  std::string joined;
  // Each part with its length, so that no two lists of parts join to the same text.
  const auto add = [&joined](const std::string& part) { joined += std::to_string(part.size()) + ':' + part; };
  add(installation);
  add(identity);
  add(watch.value);
  for (const model::EntityId& entity : sorted) add(entity.value);
  return hex(sha256(joined));
}

}  // namespace bylined::alert
