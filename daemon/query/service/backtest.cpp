// SPDX-License-Identifier: Apache-2.0
#include "query/service/backtest.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text/zone.h"
#include "base/workers.h"
#include "pipeline/policy.h"
#include "pipeline/words.h"
#include "query/service/rule_trial.h"

namespace bylined::query {
namespace {

constexpr int kBatch = 100;              // articles a thread takes at once
constexpr std::size_t kMostSamples = 10;

// A watch with the names it is judged by.
struct Side {
  std::shared_ptr<pipeline::Policy> policy;
  const model::Watch& watch() const { return policy->routing.watches.front(); }
};

Result<Side> side_of(const model::Watch& watch, const std::vector<model::Entity>& entities, const std::vector<model::Source>& sources) {
  Side side;
  side.policy = std::make_shared<pipeline::Policy>();
  auto names = match::compile(entities);
  if (!names) return names.error();
  side.policy->names = *std::move(names);
  side.policy->sources = pipeline::Sources(std::make_shared<const std::vector<model::Source>>(sources));
  side.policy->routing.watches = {watch};
  side.policy->routing.watches.front().receivers.clear();
  if (const Status rules = pipeline::compile_rules(*side.policy); !rules) return rules.error();
  return side;
}

// What kept an article out that mentions whom the watch asks for.
struct Miss {
  std::string clause, why;
};

struct Judged {
  store::ArticleSummary article;
  std::vector<Instant> tried, live;  // when alerts would have been raised
  std::optional<Miss> lost_by;   // of an article that only the watch in force alerts
  std::optional<Miss> near_miss; // of one that the watch tried does not alert for one clause's sake
};

// The clause that did not hold, where it is the only one.
std::optional<Miss> sole_miss(const rule::Outcome& outcome, model::Rule::Kind kind) {
  if (outcome.holds || kind == model::Rule::Kind::kAny) return std::nullopt;  // of alternatives no one alone is wanting
  if (kind != model::Rule::Kind::kAll) return Miss{outcome.clause, outcome.why};
  const rule::Outcome* missed = nullptr;
  for (const rule::Outcome& part : outcome.parts) {
    if (part.holds) continue;
    if (missed != nullptr) return std::nullopt;
    missed = &part;
  }
  return missed == nullptr ? std::nullopt : std::optional<Miss>(Miss{missed->clause, missed->why});
}

// What was found in a version and in the one before.
struct Seen {
  const std::vector<model::Mention>& mentions;
  const std::vector<model::Mention>& mentions_before;
  const rule::Looked& looked;
  const rule::Looked& looked_before;
};

// One article through one side, version by version, as the daemon would have met it.
class Run {
 public:
  explicit Run(const Side& side) : side_(side) {}

  // Both sides share the facts: a side fills in what it found before, and of whom it alerted.
  void meet(model::ArticleFacts& facts, const Seen& seen) {
    facts.previous_mentions = seen.mentions_before;
    facts.alerted = alerted_;
    const Instant at = facts.version.fetched_at;
    for (const model::NewAlert& one : pipeline::decide(*side_.policy, facts, seen.mentions, seen.looked, at)) {
      raised_.push_back(at);
      alerted_[side_.watch().id].insert(one.alert.entities.begin(), one.alert.entities.end());
    }
    if (raised_.empty()) note_miss(facts, seen);
  }

  std::vector<Instant> take() { return std::move(raised_); }
  const std::optional<Miss>& miss() const { return miss_; }

 private:
  // Of the last version that mentions whom it asks for, or did before.
  void note_miss(const model::ArticleFacts& facts, const Seen& seen) {
    const model::Watch& watch = side_.watch();
    const auto asked = [&watch](const model::Mention& one) { return std::find(watch.entities.begin(), watch.entities.end(), one.entity) != watch.entities.end(); };
    const auto any = [&asked](const std::vector<model::Mention>& all) { return std::any_of(all.begin(), all.end(), asked); };
    if (!watch.rule || (!any(seen.mentions) && !any(seen.mentions_before))) return;
    const std::vector<std::string> tags = pipeline::tags_of(*side_.policy, facts.article.source);
    const rule::Subject subject{facts, seen.mentions, seen.looked, seen.looked_before, tags};
    miss_ = sole_miss(rule::Judge(subject).explain(*watch.rule), watch.rule->kind);
  }

  const Side& side_;
  std::map<model::WatchId, std::set<model::EntityId>> alerted_;
  std::vector<Instant> raised_;
  std::optional<Miss> miss_;
};

class Trial {
 public:
  Trial(Side tried, std::optional<Side> live, bool same_names) : tried_(std::move(tried)), live_(std::move(live)), same_names_(same_names) {}

  Judged judge(store::ArticleTexts texts) const {
    Judged judged;
    Run tried(tried_);
    std::optional<Run> live;
    if (live_) live.emplace(*live_);
    const auto of_live = [this](const Reading& one) -> const std::vector<model::Mention>& { return same_names_ ? one.mentions : one.live_mentions; };
    model::ArticleFacts facts;
    facts.article = std::move(texts.article);
    Reading before;
    for (std::size_t i = 0; i < texts.versions.size(); ++i) {
      if (i > 0) facts.previous = std::move(facts.version);
      facts.version = std::move(texts.versions[i]);
      Reading now = read(facts.version.content);
      tried.meet(facts, {now.mentions, before.mentions, now.looked, before.looked});
      if (live) live->meet(facts, {of_live(now), of_live(before), now.looked, before.looked});
      before = std::move(now);
    }
    judged.tried = tried.take();
    if (live) judged.live = live->take();
    if (judged.tried.empty()) judged.near_miss = tried.miss();
    if (judged.tried.empty() && !judged.live.empty()) judged.lost_by = tried.miss().value_or(Miss{"more than one clause, or nobody is surely mentioned", ""});
    if (judged.tried.empty() && judged.live.empty() && !judged.near_miss) return judged;
    const model::Content& content = facts.version.content;
    judged.article = {facts.article, content.title, content.outlet, content.authors, facts.version.read, content.published};
    return judged;
  }

 private:
  // One version, read for both sides.
  struct Reading {
    std::vector<model::Mention> mentions, live_mentions;  // the latter only where the names in force are others
    rule::Looked looked;                                  // of both rules
  };

  Reading read(const model::Content& content) const {
    Reading reading;
    reading.mentions = pipeline::find_names(*tried_.policy->names, content).mentions;
    if (live_ && !same_names_) reading.live_mentions = pipeline::find_names(*live_->policy->names, content).mentions;
    reading.looked = pipeline::look_for(tried_.policy->words, content);
    return reading;
  }

  const Side tried_;
  const std::optional<Side> live_;
  const bool same_names_;
};

// ---- the sums ------------------------------------------------------------------------------------------

class Sums {
 public:
  explicit Sums(std::string zone) : zone_(std::move(zone)) {}

  void add(const Judged& judged) {
    ++articles_;
    for (const Instant at : judged.tried) ++days_[local(at).substr(0, 10)].tried, ++hours_[local(at).substr(0, 13)];
    for (const Instant at : judged.live) ++days_[local(at).substr(0, 10)].live, ++live_hours_[local(at).substr(0, 13)];
    tried_ += judged.tried.size();
    live_ += judged.live.size();
    if (judged.live.empty() && !judged.tried.empty()) note(gained_, judged, std::nullopt), ++days_[local(judged.tried.front()).substr(0, 10)].gained;
    if (judged.tried.empty() && !judged.live.empty()) note(lost_, judged, judged.lost_by), ++days_[local(judged.live.front()).substr(0, 10)].lost;
    if (!judged.near_miss) return;
    ++clauses_[judged.near_miss->clause];
    note(missed_, judged, judged.near_miss);
  }

  json::object answer() const {
    json::object out{{"articles", articles_}, {"alerts", json::object{{"tried", tried_}, {"live", live_}, {"gained", gained_.count}, {"lost", lost_.count}}}};
    json::array days;
    for (const auto& [day, of] : days_) days.emplace_back(json::object{{"day", day}, {"tried", of.tried}, {"live", of.live}, {"gained", of.gained}, {"lost", of.lost}});
    out["days"] = std::move(days);
    out["worst_hour"] = json::object{{"tried", worst(hours_)}, {"live", worst(live_hours_)}};
    out["gained"] = gained_.samples;
    out["lost"] = lost_.samples;
    json::array clauses;
    for (const auto& [clause, count] : clauses_) clauses.emplace_back(json::object{{"clause", clause}, {"articles", count}});
    out["near_misses"] = json::object{{"articles", missed_.count}, {"clauses", std::move(clauses)}, {"samples", missed_.samples}};
    return out;
  }

 private:
  struct Day {
    std::size_t tried = 0, live = 0, gained = 0, lost = 0;
  };
  struct Samples {
    std::size_t count = 0;
    json::array samples;  // the first ones
  };
  using Hours = std::map<std::string, std::size_t>;

  std::string local(Instant at) const {
    const auto ahead = text::zone_offset(zone_, at);
    return rfc3339(ahead ? at + *ahead : at);
  }

  static void note(Samples& samples, const Judged& judged, const std::optional<Miss>& why) {
    if (++samples.count > kMostSamples) return;
    const store::ArticleSummary& article = judged.article;
    json::object one{{"article", article.article.id.value}, {"first_seen", rfc3339(article.article.first_seen)}, {"outlet", article.outlet}, {"title", article.title}, {"url", article.article.url}};
    if (why) one["kept_out_by"] = json::object{{"clause", why->clause}, {"why", why->why}};
    samples.samples.emplace_back(std::move(one));
  }

  static json::value worst(const Hours& hours) {
    const auto most = std::max_element(hours.begin(), hours.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most == hours.end()) return nullptr;
    return json::object{{"hour", most->first.substr(0, 10) + " " + most->first.substr(11) + ":00"}, {"alerts", most->second}};
  }

  const std::string zone_;
  std::size_t articles_ = 0, tried_ = 0, live_ = 0;
  std::map<std::string, Day> days_;
  Hours hours_, live_hours_;
  Samples gained_, lost_, missed_;
  std::map<std::string, std::size_t> clauses_;
};

// ---- what is in force ------------------------------------------------------------------------------------

struct InForce {
  std::optional<model::Watch> watch;
  std::optional<store::StoredDefinition> stored;
  std::vector<model::Entity> entities;
};

Result<InForce> in_force(store::Reader& reader, const model::WatchId& id) {
  const auto all = reader.definitions_in_force();
  if (!all) return all.error();
  InForce found;
  for (const store::StoredDefinition& one : *all) {
    if (one.definition.kind == model::DefinitionKind::kEntity) {
      if (auto entity = model::entity_from(one.definition)) found.entities.push_back(*std::move(entity));
    } else if (one.definition.id == id.value) {
      auto watch = watch_of(one);
      if (!watch) return watch.error();
      found.watch = *std::move(watch);
      found.stored = one;
    }
  }
  return found;
}

Result<model::Watch> watch_to_try(const settings::Settings& settings, const BacktestOptions& options, bool is_in_force) {
  const auto found = std::find_if(settings.watches.begin(), settings.watches.end(), [&options](const model::Watch& one) { return one.id == options.watch; });
  if (found == settings.watches.end() && !(options.query && is_in_force)) return Error(ErrorKind::kNotFound, "there is no watch " + quoted(options.watch.value) + " (byline watch list)");
  model::Watch watch = found == settings.watches.end() ? model::Watch() : *found;
  watch.id = options.watch;
  if (!options.query) return watch;
  auto rule = rule_of(*options.query, settings.entities);
  if (!rule) return rule.error();
  watch.query = *options.query;
  watch.entities = rule::asked_entities(*rule);
  watch.rule = *std::move(rule);
  return watch;
}

std::string rule_text(const model::Watch& watch) { return watch.rule ? rule::print(*watch.rule) : "every entity"; }

// The same in any order.
bool same_entities(std::vector<model::Entity> a, std::vector<model::Entity> b) {
  const auto by_id = [](const model::Entity& x, const model::Entity& y) { return x.id < y.id; };
  std::sort(a.begin(), a.end(), by_id);
  std::sort(b.begin(), b.end(), by_id);
  return a == b;
}

// Every stored article through the trial, on all threads; the sums see them in the order of the store.
Status run_all(store::Reader& reader, const Trial& trial, const BacktestOptions& options, Sums& sums, const Progress& progress) {
  const auto total = reader.count_articles(options.since);
  if (!total) return total.error();
  Status trouble;
  std::optional<std::string> cursor;
  std::size_t taken = 0, given = 0, articles = 0;
  bool last = false;
  std::map<std::size_t, std::vector<Judged>> early;  // at most one a thread
  const auto give = [&](std::size_t number, std::vector<Judged> judged) {
    early.emplace(number, std::move(judged));
    for (auto at = early.find(given); at != early.end(); at = early.find(given)) {
      articles += at->second.size();
      for (const Judged& one : at->second) sums.add(one);
      early.erase(at);
      ++given;
    }
    progress(articles, static_cast<std::size_t>(*total));
  };
  const auto next = [&]() -> Work {
    if (last) return nullptr;
    auto slice = reader.texts(options.since, kBatch, cursor);
    if (!slice) trouble = slice.error();
    last = !slice || !slice->next;
    if (!slice) return nullptr;
    cursor = slice->next;
    return [&, number = taken++, batch = std::move(slice->items)]() mutable -> Done {
      std::vector<Judged> judged;
      for (store::ArticleTexts& article : batch) judged.push_back(trial.judge(std::move(article)));
      return [&give, number, judged = std::move(judged)]() mutable { give(number, std::move(judged)); };
    };
  };
  run_workers(0, next);
  return trouble;
}

}  // namespace

Result<json::object> backtest(store::Reader& reader, const settings::Settings& settings, const BacktestOptions& options, const Progress& progress) {
  const auto now = in_force(reader, options.watch);
  if (!now) return now.error();
  const auto watch = watch_to_try(settings, options, now->watch.has_value());
  if (!watch) return watch.error();
  auto tried = side_of(*watch, settings.entities, settings.sources);
  if (!tried) return tried.error();
  std::optional<Side> live;
  if (now->watch) {
    auto side = side_of(*now->watch, now->entities, settings.sources);
    if (!side) return side.error().within("the watch in force");
    live = *std::move(side);
  }
  if (live) {
    const auto rule_of = [](const Side& side) { return side.watch().rule ? &*side.watch().rule : nullptr; };
    auto words = pipeline::compile_words({rule_of(*tried), rule_of(*live)});
    if (!words) return words.error();
    tried->policy->words = live->policy->words = *words;
  }
  const Trial trial(*std::move(tried), std::move(live), same_entities(settings.entities, now->entities));
  Sums sums(settings.timezone);
  if (const Status run = run_all(reader, trial, options, sums, progress); !run) return run.error();
  json::object out = sums.answer();
  out["watch"] = options.watch.value;
  out["since"] = rfc3339(options.since);
  out["tried"] = rule_text(*watch);
  out["live"] = now->watch ? json::value(json::object{{"rule", rule_text(*now->watch)}, {"stored", when(*now->stored)}}) : json::value(nullptr);
  return out;
}

}  // namespace bylined::query
