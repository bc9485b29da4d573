// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ledgers.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/markup/json.h"
#include "model/identity.h"
#include "query/service/service.h"

namespace bylined::tests {
namespace {

namespace json = markup::json;

// One thing that must be told once: which article, for which watch, which entity.
using Told = std::tuple<std::string, std::string, std::string>;

std::string text_of(const Told& told) { return std::get<0>(told) + " for " + std::get<1>(told) + ": " + std::get<2>(told); }

std::string url_of(const press::Script& script, const press::Place& place) { return script.outlet(place.outlet)->article_prefix + place.number; }

template <class Ask>
auto all_of(const char* what, const Ask& ask, Verdict& verdict) {
  decltype(ask(std::optional<std::string>())->items) all;
  std::optional<std::string> cursor;
  do {
    auto slice = ask(cursor);
    if (!slice) {
      verdict.different.push_back(std::string(what) + ": " + slice.error().text());
      break;
    }
    std::move(slice->items.begin(), slice->items.end(), std::back_inserter(all));
    cursor = std::move(slice->next);
  } while (cursor);
  return all;
}

class Judge {
 public:
  explicit Judge(World& world) : world_(world), reader_(world.reader()), script_(world.outside().press.script()) {
    for (const press::Article& article : script_.articles) {
      for (const press::Place& place : article.places) keys_[model::identity_of(url_of(script_, place)).value] = article.key;
    }
    deliveries_ = all_of("deliveries", [this](const std::optional<std::string>& cursor) {
      store::DeliveryFilter filter;
      filter.limit = store::kSliceMax;
      filter.cursor = cursor;
      return reader_->deliveries(filter);
    }, verdict_);
    alerts_ = all_of("alerts", [this](const std::optional<std::string>& cursor) {
      store::AlertFilter filter;
      filter.limit = store::kSliceMax;
      filter.cursor = cursor;
      return reader_->alerts(filter);
    }, verdict_);
  }

  Verdict judge() {
    for (const model::Receiver& receiver : world_.wishes().receivers) judge_receiver(receiver);
    judge_bytes();
    judge_articles();
    judge_counts();
    judge_reasons();
    return std::move(verdict_);
  }

 private:
  std::string key_at(const std::string& url) const {
    const auto found = keys_.find(model::identity_of(url).value);
    return found == keys_.end() ? url : found->second;
  }

  bool told_to(const std::string& watch, const model::Receiver& receiver) const {
    for (const model::Watch& one : world_.wishes().watches) {
      if (one.id.value == watch) return std::find(one.receivers.begin(), one.receivers.end(), receiver.id) != one.receivers.end();
    }
    return false;
  }

  // What the script says will be told by now.
  std::map<Told, Instant> expected(const model::Receiver& receiver) const {
    std::map<Told, Instant> all;
    for (const press::Article& article : script_.articles) {
      const Instant appears = world_.outside().press.start() + article.places.front().appears;
      for (const press::ExpectedAlert& alert : article.alerts) {
        const Instant from = std::max(appears, world_.outside().press.start() + alert.from);
        if (from > world_.now() || !told_to(alert.watch, receiver)) continue;
        for (const std::string& entity : alert.entities) all.emplace(Told(article.key, alert.watch, entity), from);
      }
    }
    return all;
  }

  // Entities of a message: a webhook's by what its receiver read, a mail's by the row whose bytes it is.
  std::vector<Told> told_by(const Taken& taken, const model::Alert* alert, const model::Receiver& receiver) {
    std::vector<Told> all;
    if (receiver.kind == "webhook") {
      const auto body = markup::parse_json(taken.bytes);
      if (!body) {
        verdict_.different.push_back(receiver.id.value + ": " + body.error().text());
        return all;
      }
      const json::value& data = body->at("data");
      const std::string key = key_at(std::string(data.at("article").at("url").as_string()));
      const std::string watch(data.at("watch").as_string());
      for (const json::value& entity : data.at("entities").as_array()) all.emplace_back(key, watch, std::string(entity.as_string()));
    } else if (alert != nullptr) {
      for (const model::EntityId& entity : alert->entities) all.emplace_back(key_at(alert->article.url), alert->watch.value, entity.value);
    }
    return all;
  }

  void judge_receiver(const model::Receiver& receiver) {
    const auto wanted = expected(receiver);
    std::map<Told, std::set<std::string>> ids;
    std::map<Told, Instant> first;
    for (const Taken& one : world_.outside().taken) {
      if (one.receiver != receiver.id.value || one.status >= 300) continue;
      const std::string id = bare(one.id);
      const model::Delivery* const row = row_of(id);
      if (row == nullptr) verdict_.different.push_back(receiver.id.value + " took " + id + ", the database has no such delivery");
      if (row != nullptr && row->payload != one.bytes) verdict_.different.push_back(receiver.id.value + " took other bytes under " + id + " than the database holds");
      for (const Told& told : told_by(one, row == nullptr ? nullptr : alert_of(*row), receiver)) {
        ids[told].insert(id);
        first.try_emplace(told, one.at);
      }
    }
    for (const auto& [told, from] : wanted) {
      if (!ids.contains(told)) verdict_.lost.push_back(receiver.id.value + ": " + text_of(told) + where_lost(std::get<0>(told)));
      if (first.contains(told)) verdict_.slowest = std::max(verdict_.slowest, first.at(told) - from);
    }
    for (const auto& [told, under] : ids) {
      if (!wanted.contains(told)) verdict_.surplus.push_back(receiver.id.value + ": " + text_of(told));
      if (under.size() > 1) verdict_.surplus.push_back(receiver.id.value + " was told under " + std::to_string(under.size()) + " ids: " + text_of(told));
    }
  }

  // "<ID@host>" of a mail, ID of a webhook.
  static std::string bare(const std::string& id) { return id.starts_with('<') ? id.substr(1, id.find('@') - 1) : id; }

  const model::Delivery* row_of(const std::string& id) const {
    const auto found = std::find_if(deliveries_.begin(), deliveries_.end(), [&id](const model::Delivery& one) { return one.id.value == id; });
    return found == deliveries_.end() ? nullptr : &*found;
  }
  const model::Alert* alert_of(const model::Delivery& delivery) const {
    const auto found = std::find_if(alerts_.begin(), alerts_.end(), [&delivery](const model::Alert& one) { return one.id == delivery.alert; });
    return found == alerts_.end() ? nullptr : &*found;
  }

  std::string where_lost(const std::string& key) {
    for (const press::Article& article : script_.articles) {
      if (article.key != key) continue;
      const auto steps = reader_->trace(url_of(script_, article.places.front()));
      if (!steps || steps->empty()) return {};
      const std::string read = steps->size() > 2 ? (*steps)[1].detail + "; " : std::string();
      return " (" + read + steps->back().stage + ": " + steps->back().detail + ")";
    }
    return {};
  }

  void judge_bytes() {
    std::map<std::pair<std::string, std::string>, std::vector<const Taken*>> sends;
    for (const Taken& one : world_.outside().taken) sends[{one.receiver, bare(one.id)}].push_back(&one);
    std::set<std::string> well_taken;
    for (const auto& [key, all] : sends) {
      const bool same = std::all_of(all.begin(), all.end(), [&](const Taken* one) { return one->bytes == all.front()->bytes; });
      if (!same) verdict_.different.push_back("two contents under " + key.second);
      const auto well = std::count_if(all.begin(), all.end(), [](const Taken* one) { return one->status < 300; });
      verdict_.repeats += static_cast<int>(std::max<std::ptrdiff_t>(0, well - 1));
      if (well > 0) well_taken.insert(key.second);
    }
    for (const model::Delivery& one : deliveries_) {
      if (one.state != model::DeliveryState::kDelivered || well_taken.contains(one.id.value)) continue;
      verdict_.different.push_back("delivery " + one.id.value + " is delivered, and nobody took it");
    }
  }

  // Each published article is stored, once, and nothing that was never published.
  void judge_articles() {
    articles_ = all_of("articles", [this](const std::optional<std::string>& cursor) {
      store::ArticleFilter filter;
      filter.limit = store::kSliceMax;
      filter.cursor = cursor;
      return reader_->articles(filter);
    }, verdict_);
    std::map<std::string, int> stored;
    for (const store::ArticleSummary& one : articles_) ++stored[key_at(one.article.url)];
    for (const press::Article& article : script_.articles) {
      const Millis appears = article.places.front().appears;
      const auto found = stored.find(article.key);
      const int count = found == stored.end() ? 0 : found->second;
      if (count > 1) verdict_.surplus.push_back(std::to_string(count) + " rows of article " + article.key + places_of(article));
      if (count == 0 && appears > Millis(0) && !article.vanishes && world_.outside().press.start() + appears <= world_.now()) {
        verdict_.lost.push_back("article " + article.key + where_lost(article.key));
      }
      if (found != stored.end()) stored.erase(found);
    }
    for (const auto& [url, count] : stored) verdict_.surplus.push_back("article " + url + ", which was never published");
  }

  // Where each copy was listed and read.
  std::string places_of(const press::Article& article) {
    std::string text;
    for (const press::Place& place : article.places) {
      const auto steps = reader_->trace(url_of(script_, place));
      if (steps && steps->size() > 1) text += "; " + (*steps)[0].detail + ", " + (*steps)[1].detail;
    }
    return text;
  }

  void judge_counts() {
    const auto counts = reader_->counts();
    if (!counts) {
      verdict_.different.push_back("counts: " + counts.error().text());
      return;
    }
    const auto say = [this](const std::string& what, std::int64_t number) {
      if (number != 0) verdict_.different.push_back(std::to_string(number) + " " + what);
    };
    say("deliveries pending", counts->deliveries_pending);
    say("deliveries dead", counts->deliveries_dead);
    say("reads given up", counts->reads_given_up);
    if (counts->reads_given_up > 0) name_unread();
  }

  // Each alert, judged again by the rule that was in force when it was raised, is raised again.
  void judge_reasons() {
    const query::Sight sight{*reader_, nullptr, {}, world_.now()};
    for (const model::Alert& alert : alerts_) {
      const auto why = query::answer(sight, {"alerts/" + alert.id.value + "/explain", {}});
      if (!why) {
        verdict_.different.push_back("explain alert " + alert.id.value + ": " + why.error().text());
        continue;
      }
      const auto& rule = why->at("rule");
      const bool known = rule.is_object() && rule.at("as_of") == "then";
      if (!known) verdict_.different.push_back("alert " + alert.id.value + " does not know its rule");
      else if (rule.at("outcome").is_object() && !rule.at("outcome").at("holds").as_bool()) verdict_.different.push_back("alert " + alert.id.value + " does not hold again");
    }
  }

  void name_unread() {
    for (const store::ArticleSummary& one : articles_) {
      if (one.read != model::ReadState::kFailed) continue;
      const auto steps = reader_->trace(one.article.url);
      if (steps && steps->size() > 1) verdict_.different.push_back(one.article.url + ": " + (*steps)[1].detail);
    }
  }

  World& world_;
  const std::unique_ptr<store::Reader> reader_;
  const press::Script& script_;
  std::map<std::string, std::string> keys_;  // identity → article
  std::vector<model::Delivery> deliveries_;
  std::vector<model::Alert> alerts_;
  std::vector<store::ArticleSummary> articles_;
  Verdict verdict_;
};

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

Verdict audit(World& world) { return Judge(world).judge(); }

}  // namespace bylined::tests
