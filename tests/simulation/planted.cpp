// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/planted.h"

#include <map>
#include <set>
#include <utility>

#include "tests/support/forwarding_store.h"

namespace bylined::tests {
namespace {

using Decided = std::vector<model::NewAlert>;

// ---- store ----

// Changes what was decided about a finding, inside its transaction.
class StoreThatDecides final : public ForwardingStore {
 public:
  using Change = std::function<void(const store::Finding&, const model::ArticleFacts&, Decided&)>;
  StoreThatDecides(store::Store& real, Change change) : ForwardingStore(real), change_(std::move(change)) {}

  Result<store::FindingOutcome> record_finding(const store::Finding& finding, const store::Decide& decide) override {
    const store::Decide spoilt = [&](const model::ArticleFacts& facts, const std::vector<model::Mention>& mentions) {
      Decided decided = decide(facts, mentions);
      change_(finding, facts, decided);
      return decided;
    };
    return real_.record_finding(finding, spoilt);
  }

 private:
  const Change change_;
};

template <class Make>
Spoilt deciding(Make make) {
  Spoilt spoilt;
  spoilt.store = [make](store::Store& real) { return std::make_unique<StoreThatDecides>(real, make()); };
  return spoilt;
}

Spoilt drops_an_outbox_row() {
  return deciding([] {
    return [alerts = 0](const store::Finding&, const model::ArticleFacts&, Decided& decided) mutable {
      for (model::NewAlert& one : decided) {
        if (++alerts % 10 == 0 && !one.deliveries.empty()) one.deliveries.pop_back();
      }
    };
  });
}

Spoilt takes_equal_titles_for_one_article() {
  return deciding([] {
    return [titles = std::map<std::string, std::string>()](const store::Finding& finding, const model::ArticleFacts&, Decided& decided) mutable {
      const auto first = titles.emplace(finding.version.content.title, finding.identity.value).first;
      if (first->second != finding.identity.value) decided.clear();
    };
  });
}

Spoilt tells_of_an_article_once_and_never_again() {
  return deciding([] {
    return [](const store::Finding&, const model::ArticleFacts& facts, Decided& decided) {
      if (!facts.alerted.empty()) decided.clear();
    };
  });
}

// The number of a row is another one when the row is written anew.
Spoilt puts_a_row_number_into_the_key() {
  auto rows = std::make_shared<int>(0);
  return deciding([rows] {
    return [rows](const store::Finding&, const model::ArticleFacts&, Decided& decided) {
      for (model::NewAlert& one : decided) {
        for (model::Delivery& delivery : one.deliveries) delivery.id.value += "r" + std::to_string(++*rows);
      }
    };
  });
}

// Each call commits alone, whatever becomes of the others.
class StoreWithoutGroups : public ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  Status group(const std::function<void()>& calls) override {
    calls();
    return Status();
  }
};

class StoreThatIgnoresEdits final : public ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  Status record_listing(const store::ListingRecord& record) override {
    store::ListingRecord spoilt = record;
    spoilt.retitled.clear();
    return real_.record_listing(spoilt);
  }
};

// A poll is marked done, and what it found is wanted by nobody.
class StoreThatTakesRecoveriesForBaselines final : public ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  Status record_poll_failure(const store::PollFailure& failure) override {
    failed_.insert(failure.source);
    return real_.record_poll_failure(failure);
  }
  Status record_listing(const store::ListingRecord& record) override {
    store::ListingRecord spoilt = record;
    if (failed_.erase(record.source) > 0) spoilt.read_fresh = false;
    return real_.record_listing(spoilt);
  }

 private:
  std::set<model::SourceId> failed_;
};

class StoreThatForgetsAttempts final : public StoreWithoutGroups {
 public:
  using StoreWithoutGroups::StoreWithoutGroups;
  Status record_attempt(const store::Attempt& attempt, const store::ReceiverHealth& health) override {
    static_cast<void>(real_.record_attempt(attempt, health).has_value());
    return Status();
  }
};

// Marks what it hands out as delivered; the answer comes later, or does not.
class StoreThatDeliversInAdvance final : public StoreWithoutGroups {
 public:
  using StoreWithoutGroups::StoreWithoutGroups;
  Result<std::vector<store::ClaimedDelivery>> claim_due_deliveries(const store::DueDeliveries& wanted) override {
    auto claimed = real_.claim_due_deliveries(wanted);
    if (!claimed) return claimed;
    for (const store::ClaimedDelivery& one : *claimed) {
      store::Attempt attempt;
      attempt.claim = one.claim;
      attempt.delivery = one.delivery.id;
      attempt.started = wanted.now;
      attempt.outcome = "delivered";
      attempt.state = model::DeliveryState::kDelivered;
      static_cast<void>(real_.record_attempt(attempt, store::ReceiverHealth()).has_value());
    }
    return claimed;
  }
  Status record_attempt(const store::Attempt&, const store::ReceiverHealth&) override { return Status(); }
};

template <class S>
Spoilt storing() {
  Spoilt spoilt;
  spoilt.store = [](store::Store& real) { return std::make_unique<S>(real); };
  return spoilt;
}

// ---- fetcher ----

class SpoiltFetcher : public fetch::Fetcher {
 public:
  explicit SpoiltFetcher(fetch::Fetcher& real) : real_(real) {}
  Task<fetch::Fetched> fetch(fetch::Request request) override { return real_.fetch(std::move(request)); }
  Task<fetch::Fetched> judge(fetch::Request request) override { return real_.judge(std::move(request)); }
  std::vector<model::Host> take_changed() override { return real_.take_changed(); }
  void load(std::vector<model::Host> hosts) override { real_.load(std::move(hosts)); }

 protected:
  fetch::Fetcher& real_;
};

// What a publisher said of a page, kept as soon as it is heard and for ever, as if it were in the database.
using Durable = std::map<std::string, std::pair<model::Validators, std::string>>;

class FetcherThatStoresValidators final : public SpoiltFetcher {
 public:
  FetcherThatStoresValidators(fetch::Fetcher& real, std::shared_ptr<Durable> durable) : SpoiltFetcher(real), durable_(std::move(durable)) {}
  Task<fetch::Fetched> fetch(fetch::Request request) override {
    const std::string url = request.url;
    fetch::Fetched fetched = co_await real_.fetch(std::move(request));
    if (fetched.complete() && !fetched.not_modified) (*durable_)[url] = {fetched.validators, fetched.body_hash};
    co_return fetched;
  }

 private:
  const std::shared_ptr<Durable> durable_;
};

class StoreWithEarlyValidators final : public ForwardingStore {
 public:
  StoreWithEarlyValidators(store::Store& real, std::shared_ptr<Durable> durable) : ForwardingStore(real), durable_(std::move(durable)) {}
  Status sync_sources(const std::vector<model::Source>& sources, const std::function<Instant(std::size_t)>& first_due, Instant now) override {
    for (const model::Source& source : sources) urls_[source.id] = source.url;
    return real_.sync_sources(sources, first_due, now);
  }
  Result<std::vector<store::ClaimedSource>> claim_due_sources(const store::DueSources& wanted, const store::NextDue& next) override {
    auto claimed = real_.claim_due_sources(wanted, next);
    if (!claimed) return claimed;
    for (store::ClaimedSource& one : *claimed) {
      const auto stored = durable_->find(urls_[one.id]);
      if (stored != durable_->end()) std::tie(one.validators, one.body_hash) = stored->second;
    }
    return claimed;
  }

 private:
  const std::shared_ptr<Durable> durable_;
  std::map<model::SourceId, std::string> urls_;
};

Spoilt stores_validators_before_their_items() {
  auto durable = std::make_shared<Durable>();
  Spoilt spoilt;
  spoilt.fetcher = [durable](fetch::Fetcher& real, Clock&) { return std::make_unique<FetcherThatStoresValidators>(real, durable); };
  spoilt.store = [durable](store::Store& real) { return std::make_unique<StoreWithEarlyValidators>(real, durable); };
  return spoilt;
}

class FetcherThatTakesErrorPages final : public SpoiltFetcher {
 public:
  FetcherThatTakesErrorPages(fetch::Fetcher& real, Clock& clock) : SpoiltFetcher(real), clock_(clock) {}
  Task<fetch::Fetched> fetch(fetch::Request request) override {
    const std::string url = request.url;
    fetch::Fetched fetched = co_await real_.fetch(std::move(request));
    if (fetched.status != 404) co_return fetched;
    fetched.obstacle = fetch::Obstacle::kNone;
    fetched.status = 200;
    fetched.page.url = url;
    fetched.page.content_type = "text/html; charset=utf-8";
    fetched.page.bytes = "<!doctype html><title>오늘의 날씨</title><article><h1>오늘의 날씨</h1><p>전국이 대체로 맑고 낮 기온은 평년보다 조금 높겠다.</p>"
                         "<p>바다의 물결은 먼바다에서 높게 일겠다고 예보됐다. 밤에는 구름이 많아지겠다.</p>"
                         "<p>많이 본 기사: 한빛전자가 새 반도체 공장을 짓는다고 밝혔다.</p></article>";
    fetched.page.fetched_at = clock_.now();
    co_return fetched;
  }

 private:
  Clock& clock_;
};

Spoilt takes_an_error_page_for_the_article() {
  Spoilt spoilt;
  spoilt.fetcher = [](fetch::Fetcher& real, Clock& clock) { return std::make_unique<FetcherThatTakesErrorPages>(real, clock); };
  return spoilt;
}

// ---- courier ----

class SpoiltCourier final : public deliver::Courier {
 public:
  using Before = std::function<void(model::Delivery&)>;
  using After = std::function<void(deliver::Judgement&)>;
  SpoiltCourier(deliver::Courier& real, Before before, After after) : real_(real), before_(std::move(before)), after_(std::move(after)) {}
  Task<deliver::Judgement> deliver(model::Receiver receiver, model::Delivery delivery) override {
    if (before_) before_(delivery);
    deliver::Judgement judgement = co_await real_.deliver(std::move(receiver), std::move(delivery));
    if (after_) after_(judgement);
    co_return judgement;
  }

 private:
  deliver::Courier& real_;
  const Before before_;
  const After after_;
};

Spoilt delivering(SpoiltCourier::Before before, SpoiltCourier::After after) {
  Spoilt spoilt;
  spoilt.courier = [before, after](deliver::Courier& real, store::Store&) { return std::make_unique<SpoiltCourier>(real, before, after); };
  return spoilt;
}

Spoilt ignores_retry_after() {
  return delivering(nullptr, [](deliver::Judgement& judgement) { judgement.asked_wait.reset(); });
}
Spoilt keeps_to_retry_after_for_ever() {
  return delivering(nullptr, [](deliver::Judgement& judgement) {
    if (judgement.asked_wait) judgement.asked_wait = std::chrono::hours(24 * 30);
  });
}
Spoilt takes_silence_for_yes() {
  return delivering(nullptr, [](deliver::Judgement& judgement) {
    if (judgement.verdict == deliver::Verdict::kAmbiguous) judgement.verdict = deliver::Verdict::kDelivered;
  });
}
Spoilt composes_anew_for_each_attempt() {
  return delivering([](model::Delivery& delivery) { delivery.payload += std::string(static_cast<std::size_t>(delivery.attempts), ' '); }, nullptr);
}

// ---- clock ----

class ClockThatOversleeps final : public Clock {
 public:
  explicit ClockThatOversleeps(Clock& real) : real_(real) {}
  Instant now() const override { return real_.now(); }
  Steady steady() const override { return real_.steady(); }
  Task<void> sleep(Millis length) override { return real_.sleep(length); }
  // The hundredth wait ends when it is rung, and not before.
  Task<void> wait(Bell& bell, Millis longest) override { return real_.wait(bell, ++waits_ % 100 == 0 ? std::chrono::hours(24 * 365) : longest); }

 private:
  Clock& real_;
  int waits_ = 0;
};

Spoilt leaves_a_timer_unarmed() {
  Spoilt spoilt;
  spoilt.clock = [](Clock& real) { return std::make_unique<ClockThatOversleeps>(real); };
  return spoilt;
}

}  // namespace

const std::vector<PlantedBug>& planted_bugs() {
  static const std::vector<PlantedBug> kAll = {
      {"StoresValidatorsBeforeTheirItems", Shows::kInDeaths, "", stores_validators_before_their_items},
      {"WritesDeliveredBeforeTheAnswer", Shows::kInDeaths, "", storing<StoreThatDeliversInAdvance>},
      {"LeavesATimerUnarmed", Shows::kInDays, "calm", leaves_a_timer_unarmed},
      {"PutsARowNumberIntoTheKey", Shows::kInARestore, "", puts_a_row_number_into_the_key},
      {"MarksAPollDoneAndReadsNothing", Shows::kInDays, "rough", storing<StoreThatTakesRecoveriesForBaselines>},
      {"DropsAnOutboxRow", Shows::kInDays, "calm", drops_an_outbox_row},
      {"TakesEqualTitlesForOneArticle", Shows::kInDays, "calm", takes_equal_titles_for_one_article},
      {"TellsOfAnArticleOnceAndNeverAgain", Shows::kInDays, "calm", tells_of_an_article_once_and_never_again},
      {"IgnoresAnEditedHeadline", Shows::kInDays, "calm", storing<StoreThatIgnoresEdits>},
      {"TakesAnErrorPageForTheArticle", Shows::kInDays, "rough", takes_an_error_page_for_the_article},
      {"IgnoresRetryAfter", Shows::kInDays, "rough", ignores_retry_after},
      {"KeepsToRetryAfterForEver", Shows::kInDays, "rough", keeps_to_retry_after_for_ever},
      {"TakesSilenceForYes", Shows::kInDays, "rough", takes_silence_for_yes},
      {"ComposesAnewForEachAttempt", Shows::kInDays, "rough", composes_anew_for_each_attempt},
      {"ForgetsAnAttemptThatCouldNotBeWritten", Shows::kOnDiskErrors, "", storing<StoreThatForgetsAttempts>},
  };
  return kAll;
}

}  // namespace bylined::tests
