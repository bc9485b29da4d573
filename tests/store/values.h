// SPDX-License-Identifier: Apache-2.0
// Small true values for tests and benchmarks of the store: sources, items, findings, alerts as the daemon
// would give them, and a folder that goes away. Knows no test library.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/digest.h"
#include "store/reader.h"
#include "store/store.h"
#include "tests/support/temp_folder.h"

namespace bylined::store::test {

using namespace std::chrono_literals;

inline const Instant kStart = Instant(Millis(1'738'660'000'000));  // 2025-02-04, morning in Seoul

// A folder for one database and what stands beside it.
class Folder {
 public:
  std::string path(const std::string& name = "bylined.db") const { return folder_.path() + "/" + name; }

 private:
  tests::TempFolder folder_;
};

inline OpenOptions options_for(const std::string& path) {
  OpenOptions options;
  options.path = path;
  options.installation = "test";
  options.ballast = 0;
  return options;
}

inline model::Source source(const std::string& id, const std::string& url = "") {
  model::Source one;
  one.id.value = id;
  one.kind = "feed";
  one.url = url.empty() ? "https://press.example/" + id + ".xml" : url;
  one.every = {15min, 15min};
  return one;
}

inline model::ListedItem item(const std::string& name, const std::string& title = "한빛전자, 신제품 공개") {
  model::ListedItem one;
  one.url = "https://press.example/" + name;
  one.identity.value = one.url;
  one.title = title;
  one.summary = "이재용 회장이 발표했다";
  one.authors = {"김기자", "Lee \"Q\" Reporter"};
  one.printed = model::Stamp{kStart - 1h, model::Precision::kMinute, "2025-02-04T17:06:00+09:00"};
  return one;
}

// The text in which mention(…, n) is the n-th.
inline model::Version version(const std::string& body, const std::string& title = "한빛전자, 신제품 공개") {
  model::Version one;
  one.content.title = title;
  one.content.body = body;
  one.content.authors = {"김기자"};
  one.content.captions = {"사진"};
  one.content.outlet = "한빛일보";
  one.content.published = model::Stamp{kStart - 1h, model::Precision::kSecond, "2025-02-04T17:06:40+09:00"};
  one.fetched_at = kStart;
  one.hash = hex(sha256(title + "\n" + body));
  one.read = body.empty() ? model::ReadState::kListingOnly : model::ReadState::kFull;
  return one;
}

constexpr char kSentence[] = "이 회장은 새 공장을 둘러봤다. ";

inline model::Version body_with(const std::vector<std::string>& entities, const std::string& title = "한빛전자, 신제품 공개") {
  std::string body;
  for (std::size_t i = 0; i < entities.size(); ++i) body += kSentence;
  return version(body + "본문 끝.", title);
}

inline model::Mention mention(const std::string& entity, std::size_t nth = 0) {
  model::Mention one;
  one.entity.value = entity;
  one.how = model::How::kShortForm;
  one.confidence = 0.9;
  one.start = nth * 18;  // code points of kSentence
  one.end = one.start + 4;
  one.text = "이 회장";
  one.sentence = "이 회장은 새 공장을 둘러봤다.";
  return one;
}

inline std::vector<model::Mention> mentions_of(const std::vector<std::string>& entities) {
  std::vector<model::Mention> all;
  for (const std::string& entity : entities) all.push_back(mention(entity, all.size()));
  return all;
}

inline Finding finding(const ClaimedRead& read, model::Version version, std::vector<model::Mention> mentions, Instant at) {
  Finding one;
  one.read = read.id;
  one.claim = read.claim;
  one.identity = read.item.identity;
  one.url = read.item.url;
  one.source = read.source;
  one.first_seen = read.first_seen;
  one.version = std::move(version);
  one.version.hash = hex(sha256(one.version.hash + one.identity.value));  // no two articles have one text
  one.version.fetched_at = at;
  one.mentions = std::move(mentions);
  one.http_status = 200;
  one.body_hash = hex(sha256("<html>" + one.version.content.body));
  one.at = at;
  return one;
}

// One watch for everything: what is mentioned and was not alerted before, to each of `receivers`.
inline Decide desk(std::vector<std::string> receivers = {"ops"}) {
  return [receivers](const model::ArticleFacts& facts, const std::vector<model::Mention>& mentions) {
    const model::WatchId watch{"desk"};
    std::set<model::EntityId> fresh;
    const auto before = facts.alerted.find(watch);
    for (const model::Mention& one : mentions) {
      if (before == facts.alerted.end() || !before->second.contains(one.entity)) fresh.insert(one.entity);
    }
    std::vector<model::NewAlert> alerts;
    if (fresh.empty()) return alerts;
    model::NewAlert raised;
    std::string key = facts.installation + facts.article.identity + watch.value;
    for (const model::EntityId& entity : fresh) key += "," + entity.value;
    raised.alert.key = hex(sha256(key));
    raised.alert.id.value = id_from({raised.alert.key});
    raised.alert.created = facts.version.fetched_at + 1s;
    raised.alert.watch = watch;
    raised.alert.severity = model::Severity::kHigh;
    raised.alert.entities = {fresh.begin(), fresh.end()};
    raised.alert.mentions = mentions;
    for (const std::string& receiver : receivers) {
      model::Delivery delivery;
      delivery.id.value = id_from({raised.alert.key, receiver});
      delivery.alert = raised.alert.id;
      delivery.receiver.value = receiver;
      delivery.type = "alert.created";
      delivery.payload = "{\"title\":\"" + facts.version.content.title + "\"}";
      delivery.created = raised.alert.created;
      delivery.next_attempt = raised.alert.created;
      raised.deliveries.push_back(delivery);
    }
    alerts.push_back(raised);
    return alerts;
  };
}

}  // namespace bylined::store::test
