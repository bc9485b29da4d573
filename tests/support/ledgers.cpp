// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ledgers.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/markup/json.h"
#include "model/identity.h"

namespace bylined::tests {
namespace {

namespace json = markup::json;

// An alert as the world sees it: about which article, for which watch, of which entities.
using Key = std::tuple<std::string, std::string, std::set<std::string>>;

std::string text_of(const Key& key) {
  std::string out = std::get<0>(key) + " for " + std::get<1>(key) + " (";
  for (const std::string& entity : std::get<2>(key)) out += entity + " ";
  return out + ")";
}

Key key_of(const json::value& alert) {
  std::set<std::string> entities;
  for (const json::value& entity : alert.at("entities").as_array()) entities.insert(std::string(entity.as_string()));
  const std::string url(alert.at("article").at("url").as_string());
  return Key(model::identity_of(url).value, std::string(alert.at("watch").as_string()), entities);
}

std::string url_of(const press::Script& script, const press::Place& place) { return script.outlet(place.outlet)->article_prefix + place.number; }

// What a right daemon sends: everything that the script says will be alerted and that appeared after the
// baseline.
std::set<Key> expected(const World& world, const press::Press& press) {
  std::set<Key> keys;
  for (const press::Article& article : press.script().articles) {
    for (const press::ExpectedAlert& alert : article.alerts) {
      const press::Place& place = article.places.front();
      if (press.start() + place.appears > world.now()) continue;
      keys.insert(Key(model::identity_of(url_of(press.script(), place)).value, alert.watch, {alert.entities.begin(), alert.entities.end()}));
    }
  }
  return keys;
}

// Every webhook receiver took each expected alert under one id; nothing else came.
void judge_webhooks(const std::string& receiver, const std::set<Key>& wanted, const std::vector<Taken>& taken, Verdict& verdict) {
  std::map<Key, std::set<std::string>> ids;
  for (const Taken& one : taken) {
    if (one.receiver != receiver || one.status >= 300) continue;
    const auto body = markup::parse_json(one.bytes);
    if (!body) {
      verdict.different.push_back(receiver + ": " + body.error().text());
      continue;
    }
    ids[key_of(body->at("data"))].insert(one.id);
  }
  for (const Key& key : wanted) {
    if (!ids.contains(key)) verdict.lost.push_back(receiver + ": " + text_of(key));
  }
  for (const auto& [key, under] : ids) {
    if (!wanted.contains(key)) verdict.surplus.push_back(receiver + ": " + text_of(key));
    if (under.size() > 1) verdict.surplus.push_back(receiver + ": " + std::to_string(under.size()) + " ids for " + text_of(key));
  }
}

// A mail is told apart by its Message-ID; their number must be that of the alerts.
void judge_mails(const std::string& receiver, std::size_t wanted, const std::vector<Taken>& taken, Verdict& verdict) {
  std::set<std::string> ids;
  for (const Taken& one : taken) {
    if (one.receiver == receiver && one.status < 300) ids.insert(one.id);
  }
  if (ids.size() < wanted) verdict.lost.push_back(receiver + ": " + std::to_string(wanted - ids.size()) + " mails");
  if (ids.size() > wanted) verdict.surplus.push_back(receiver + ": " + std::to_string(ids.size() - wanted) + " mails");
}

void judge_bytes(const std::vector<Taken>& taken, Verdict& verdict) {
  std::map<std::pair<std::string, std::string>, std::vector<const Taken*>> sends;
  for (const Taken& one : taken) sends[{one.receiver, one.id}].push_back(&one);
  for (const auto& [key, all] : sends) {
    const bool same = std::all_of(all.begin(), all.end(), [&](const Taken* one) { return one->bytes == all.front()->bytes; });
    if (!same) verdict.different.push_back("two contents under " + key.second);
    const auto well = std::count_if(all.begin(), all.end(), [](const Taken* one) { return one->status < 300; });
    verdict.repeats += static_cast<int>(std::max<std::ptrdiff_t>(0, well - 1));
  }
}

void judge_database(World& world, std::size_t wanted, Verdict& verdict) {
  const auto counts = world.reader()->counts();
  if (!counts) {
    verdict.different.push_back("counts: " + counts.error().text());
    return;
  }
  const auto say = [&verdict](const std::string& what, std::int64_t number) {
    if (number != 0) verdict.different.push_back(std::to_string(number) + " " + what);
  };
  say("deliveries pending", counts->deliveries_pending);
  say("deliveries dead", counts->deliveries_dead);
  say("reads given up", counts->reads_given_up);
  say("alerts too few or too many", counts->alerts - static_cast<std::int64_t>(wanted));
}

}  // namespace

std::string Verdict::text() const {
  std::string out;
  const auto list = [&out](const char* name, const std::vector<std::string>& entries) {
    for (const std::string& entry : entries) out += std::string(name) + ": " + entry + "\n";
  };
  list("lost", lost);
  list("surplus", surplus);
  list("different", different);
  return out;
}

Verdict audit(World& world) {
  Verdict verdict;
  const std::vector<Taken>& taken = world.outside().taken;
  const std::set<Key> wanted = expected(world, world.outside().press);
  for (const model::Receiver& receiver : world.wishes().receivers) {
    if (receiver.kind == "webhook") {
      judge_webhooks(receiver.id.value, wanted, taken, verdict);
    } else {
      judge_mails(receiver.id.value, wanted.size(), taken, verdict);
    }
  }
  judge_bytes(taken, verdict);
  judge_database(world, wanted.size(), verdict);
  return verdict;
}

}  // namespace bylined::tests
