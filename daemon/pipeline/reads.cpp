// SPDX-License-Identifier: Apache-2.0
#include "pipeline/reads.h"

#include <cassert>

#include "base/digest.h"
#include "base/net/url.h"
#include "base/text/decode.h"
#include "model/identity.h"
#include "pipeline/article/article.h"
#include "pipeline/bounds.h"
#include "pipeline/own_copy.h"
#include "pipeline/rule/rule.h"
#include "pipeline/words.h"

namespace bylined::pipeline {
namespace {

constexpr int kClaimBatch = 64;
constexpr Millis kSourceMayReturn = std::chrono::minutes(10);
constexpr int kDeaths = 3;            // claims without a word, after which a page is held to end us
constexpr Millis kShareFull{1'000};   // look again after this where only reads of such sources are due
constexpr Millis kShown{3'600'000};   // whose headlines are told out of turn
constexpr Millis kLateTurn{10'000};   // an article whose headline is due waits so long for a turn, no longer

// What is cut off gives its memory back: many may wait to be matched.
bool cut_to(std::string& text, std::size_t limit) {
  if (text.size() <= limit) return false;
  text = std::string(text::first_bytes(text, limit));
  return true;
}

std::string hash_of(const model::Content& content) { return hex(sha256(content.title + '\x1f' + content.summary + '\x1f' + content.body)); }

// What the listing says stands in for the text: its summary is the body that offsets count in.
model::Content headline_of(const store::ClaimedRead& claimed) {
  model::Content content;
  content.title = claimed.item.title;
  content.body = claimed.item.summary;
  content.authors = claimed.item.authors;
  content.published = claimed.item.printed;
  content.outlet = claimed.outlet;
  return content;
}

// Where the page is silent the listing speaks.
model::Content completed(model::Content content, const store::ClaimedRead& claimed) {
  if (content.title.empty()) content.title = claimed.item.title;
  if (content.authors.empty()) content.authors = claimed.item.authors;
  if (!content.published) content.published = claimed.item.printed;
  if (content.outlet.empty()) content.outlet = claimed.outlet;
  return content;
}

// What a redirect and the page itself say are addresses of the article at `url`. Where a script shows it by what stands behind
// the '#', the page speaks of itself alone.
std::vector<model::ArticleIdentity> claimed_by(const std::string& url, const std::string& arrived, const std::string& canonical) {
  std::vector<model::ArticleIdentity> claimed;
  if (!model::route_of(url).empty()) return claimed;
  if (article::may_be_its_own(url, arrived)) claimed.push_back(model::identity_of(arrived));
  if (net::is_same_site(arrived, canonical) && article::may_be_its_own(url, canonical)) claimed.push_back(model::identity_of(canonical));
  return claimed;
}

struct FoundAll {
  model::Content content;  // with the listing's words where they say more
  bool amended = false;
  std::string hash;     // of the text
  match::Found names;
  rule::Looked looked;  // for the watches' rules
};

// Runs on a page lane.
FoundAll find_all(const PolicyPtr& policy, model::Content content, const model::ListedItem& item) {
  FoundAll found;
  found.names = find_names(*policy->names, content);
  found.amended = put_listed_words(*policy->names, found.names, item, content);
  if (found.amended) found.names = find_names(*policy->names, content);
  found.looked = look_for(policy->words, content);
  found.hash = hash_of(content);
  found.content = std::move(content);
  return found;
}

}  // namespace

Task<void> Reads::run() {
  while (!desk_.stopping()) {
    const Millis pause = co_await claim();
    co_await desk_.ports.clock.wait(bell_, pause);
  }
}

Task<Millis> Reads::claim() {
  const store::ReadRoom room = this->room();
  crew_.awaited = room.most <= 0;
  if (crew_.awaited) co_return desk_.options.idle;
  const Instant now = desk_.ports.clock.now();
  auto claimed = co_await desk_.record<&store::Store::claim_due_reads>(now, room, desk_.lease());
  if (!claimed) co_return desk_.options.idle;
  crew_.awaited = static_cast<int>(claimed->size()) == room.most;
  for (store::ClaimedRead& one : *claimed) desk_.ports.supervisor.spawn("read", read(std::move(one)));
  if (crew_.awaited) co_return kLeastPause;
  const auto next = co_await desk_.ports.store.call<&store::Store::next_read_due>();
  if (!next || !*next) co_return desk_.options.idle;
  crew_.awaited = **next <= now;
  if (crew_.awaited) co_return kShareFull;
  co_return std::clamp<Millis>(**next - desk_.ports.clock.now(), kLeastPause, desk_.options.idle);
}

store::ReadRoom Reads::room() const {
  store::ReadRoom room(std::min(desk_.options.reads - crew_.size, kClaimBatch));
  room.free = desk_.options.reads - crew_.size;
  room.late = desk_.ports.clock.now() - desk_.options.headline_after;
  return room;
}

Task<void> Reads::read(store::ClaimedRead claimed) {
  Underway here(crew_, bell_);
  const PolicyPtr policy = desk_.policy;
  const auto source = policy->sources.find(claimed.source);
  const model::RobotsRule robots = source ? source->robots : model::RobotsRule();
  Outcome outcome;
  if (claimed.unanswered >= kDeaths) outcome = left_alone(claimed);
  else if (claimed.retired) outcome = of_no_source();
  else if (claimed.out_of_turn) outcome = not_its_turn(claimed);
  else outcome = co_await try_text(claimed, robots);
  // Once more: what comes so twice is as it is written.
  const bool once_more = outcome.may_be_cut && claimed.attempts == 0;
  if (outcome.content && !once_more) {
    co_await record_text(std::move(claimed), policy, std::move(outcome));
    co_return;
  }
  if (outcome.content) outcome.reason = "the page ends in the middle";
  const Instant now = desk_.ports.clock.now();
  std::optional<Instant> retry_at;
  if (outcome.patience) {
    retry_at = outcome.not_before;
  } else if (outcome.may_pass) {
    retry_at = schedule::next_read(claimed.attempts + outcome.failures, now, desk_.ports.random);
    if (retry_at) retry_at = std::max(*retry_at, outcome.not_before);
  }
  if (retry_at) here.leaves_more();
  if (headline_is_due(claimed, outcome, retry_at)) {
    co_await record_headline(std::move(claimed), policy, std::move(outcome), retry_at);
  } else if (outcome.patience) {
    co_await desk_.record<&store::Store::postpone_read>(claimed.id, claimed.claim, *retry_at);
  } else {
    co_await record_failure(std::move(claimed), std::move(outcome), retry_at);
  }
}

// The contract: at once where the text may not or cannot be read; after the second failed try or two
// minutes where the failure may pass.
bool Reads::headline_is_due(const store::ClaimedRead& claimed, const Outcome& outcome, std::optional<Instant> retry_at) const {
  const bool forbidden = outcome.without == model::ReadState::kRefusedByRobots;
  if (claimed.headline_recorded) return forbidden && !retry_at;  // the same words once more: it ends as a refusal, not as a failure
  if (!retry_at) return true;
  if (!outcome.patience && claimed.attempts + 1 >= desk_.options.headline_tries) return true;
  const Instant latest = headline_due(claimed);
  return desk_.ports.clock.now() >= latest || *retry_at > latest;
}

fetch::Wanted Reads::wanted(const store::ClaimedRead& claimed) const {
  fetch::Wanted wanted;
  wanted.whose = claimed.source.value;
  const Clock& clock = desk_.ports.clock;
  if (!claimed.headline_recorded) wanted.until = clock.steady() + std::max<Millis>(headline_due(claimed) - clock.now(), kLateTurn);
  return wanted;
}

bool Reads::is_old(const Told& told) const { return desk_.ports.clock.steady() - told.last > kShown; }

std::vector<Crowded> Reads::crowded() const {
  std::vector<Crowded> all;
  for (const auto& [source, told] : out_of_turn_) {
    if (!is_old(told)) all.push_back(Crowded{source, told.headlines});
  }
  return all;
}

// The headline is due, and the text will be read when its source has room for it.
Reads::Outcome Reads::not_its_turn(const store::ClaimedRead& claimed) {
  desk_.ports.metrics.count("bylined_reads_out_of_turn_total");
  std::erase_if(out_of_turn_, [this](const auto& one) { return is_old(one.second); });
  Told& told = out_of_turn_[claimed.source];
  ++told.headlines;
  told.last = desk_.ports.clock.steady();
  log::warn("read.out_of_turn", {{"url", claimed.item.url}, {"source", claimed.source.value}, {"remedy", "take the source out if it lists what nobody needs"}});
  Outcome outcome;
  outcome.patience = true;
  outcome.reason = "its source lists more than may be read at once: the text is read when it is its turn";
  outcome.not_before = desk_.ports.clock.now();
  return outcome;
}

// Whoever takes a source out wants no more requests; what it had listed by then is told by its headline, and read once it is back.
Reads::Outcome Reads::of_no_source() const {
  Outcome outcome;
  outcome.patience = true;
  outcome.reason = "its source was taken out before its text was read";
  outcome.not_before = desk_.ports.clock.now() + kSourceMayReturn;
  return outcome;
}

// A page that ends the daemon would do so at each start, and nothing else would be told any more.
Reads::Outcome Reads::left_alone(const store::ClaimedRead& claimed) {
  desk_.ports.metrics.count("bylined_reads_deadly_total");
  log::error("read.deadly", {{"url", claimed.item.url}, {"source", claimed.source.value}, {"ended", claimed.unanswered}, {"remedy", "report the address; its headline was told"}});
  Outcome outcome;
  outcome.failures = kDeaths;
  outcome.reason = "the daemon ended " + std::to_string(claimed.unanswered) + " times while it read this page";
  return outcome;
}

Task<Reads::Outcome> Reads::try_text(store::ClaimedRead claimed, model::RobotsRule robots) {
  Outcome outcome = co_await try_url(claimed.item.url, std::move(robots), wanted(claimed));
  if (outcome.content) {
    for (const store::Copy& copy : co_await find_copies(claimed)) outcome.aliases.push_back(copy.identity);
    const std::string& original = outcome.content->original_url;
    if (portal_and_own(claimed.item.url, original)) outcome.aliases.push_back(model::identity_of(original));
  } else if (outcome.without == model::ReadState::kRefusedByRobots) {
    outcome = co_await try_own_copy(std::move(claimed), std::move(outcome));
  }
  co_return outcome;
}

Task<Reads::Outcome> Reads::try_url(std::string url, model::RobotsRule robots, fetch::Wanted wanted, std::string asked) {
  const bool was_sent = !asked.empty();
  if (!was_sent) asked = url;
  Outcome outcome;
  fetch::Request request;
  request.url = url;
  request.robots = robots;
  request.wanted = wanted;
  auto fetched = co_await desk_.ports.fetcher.fetch(std::move(request));
  outcome.http_status = fetched.status;
  outcome.body_hash = fetched.body_hash;
  outcome.not_before = fetched.not_before;
  outcome.reason = fetched.reason;
  switch (fetched.obstacle) {
    case fetch::Obstacle::kNone: break;
    case fetch::Obstacle::kRobots:
      outcome.without = model::ReadState::kRefusedByRobots;
      outcome.may_pass = false;
      co_return outcome;
    case fetch::Obstacle::kPolicy: outcome.may_pass = false; co_return outcome;
    case fetch::Obstacle::kPatience: outcome.patience = true; co_return outcome;
    case fetch::Obstacle::kStatus: outcome.may_pass = fetched.status != 410; co_return outcome;
    case fetch::Obstacle::kRobotsUnreachable:
    case fetch::Obstacle::kNetwork: co_return outcome;
  }
  outcome.text_url = fetched.page.url;
  outcome.may_be_cut = article::may_be_cut(fetched.page);
  if (const auto elsewhere = article::astray(asked, outcome.text_url)) {
    outcome.reason = *elsewhere;
    outcome.without = model::ReadState::kListingOnly;
    co_return outcome;
  }
  auto read = co_await desk_.ports.pages.for_bytes(fetched.page.bytes.size()).run(&article::extract_or_pointer, std::move(fetched.page));
  auto& content = read.content;
  if (!content && !was_sent && !read.pointed_to.empty() && !article::astray(asked, read.pointed_to)) {
    log::info("read.sent_on", {{"url", asked}, {"to", read.pointed_to}});
    co_return co_await try_url(std::move(read.pointed_to), std::move(robots), std::move(wanted), std::move(asked));
  }
  if (content ? content->page_cut : content.error().kind() == ErrorKind::kExhausted) {
    desk_.ports.metrics.count("bylined_pages_cut_total");
    log::warn("page.cut", {{"url", outcome.text_url}});
  }
  if (!content) {
    outcome.reason = content.error().text();
    outcome.without = model::ReadState::kListingOnly;
    co_return outcome;
  }
  if (cut_to(content->body, desk_.options.body_limit)) {
    desk_.ports.metrics.count("bylined_bodies_cut_total");
    log::warn("article.cut", {{"url", outcome.text_url}, {"bytes", desk_.options.body_limit}});
  }
  const Bounded met = keep_within(*content);
  if (met.texts + met.addresses > 0) {
    desk_.ports.metrics.count("bylined_texts_cut_total", {}, static_cast<double>(met.texts + met.addresses));
    log::warn("article.texts_cut", {{"url", outcome.text_url}, {"texts", met.texts + met.addresses}});
  }
  outcome.claimed = claimed_by(asked, outcome.text_url, content->canonical_url);
  outcome.content = std::move(*content);
  co_return outcome;
}

// The portal forbids everybody; the outlet itself may not.
Task<Reads::Outcome> Reads::try_own_copy(store::ClaimedRead claimed, Outcome refused) {
  for (const store::Copy& copy : co_await find_copies(claimed)) {
    if (model::naver_numbers(copy.url)) continue;
    const PolicyPtr policy = desk_.policy;
    const auto source = policy->sources.find(copy.source);
    if (!source) continue;
    const model::RobotsRule robots = source->robots;
    Outcome outcome = co_await try_url(copy.url, robots, wanted(claimed));
    if (!outcome.content) continue;
    outcome.aliases.push_back(copy.identity);
    co_return outcome;
  }
  co_return refused;
}

Task<std::vector<store::Copy>> Reads::find_copies(store::ClaimedRead claimed) {
  const std::string key = model::title_key(claimed.item.title);
  if (key.empty()) co_return std::vector<store::Copy>();
  const Instant since = claimed.first_seen - kCopyWindow;
  const auto copies = co_await desk_.record<&store::Store::copies>(key, since);
  if (!copies) co_return std::vector<store::Copy>();
  co_return own_copies(claimed.item, claimed.first_seen, *copies);
}

store::Finding Reads::finding_for(const store::ClaimedRead& claimed, const Outcome& outcome, model::Content content) const {
  store::Finding finding;
  finding.read = claimed.id;
  finding.claim = claimed.claim;
  finding.identity = claimed.item.identity;
  finding.url = claimed.item.url;
  finding.source = claimed.source;
  finding.first_seen = claimed.first_seen;
  finding.version.content = std::move(content);
  finding.version.fetched_at = desk_.ports.clock.now();
  finding.http_status = outcome.http_status;
  finding.body_hash = outcome.body_hash;
  finding.reason = outcome.reason;
  finding.at = finding.version.fetched_at;
  return finding;
}

Task<void> Reads::record_text(store::ClaimedRead claimed, PolicyPtr policy, Outcome outcome) {
  store::Finding finding = finding_for(claimed, outcome, completed(*outcome.content, claimed));
  finding.aliases = std::move(outcome.aliases);
  finding.claimed = std::move(outcome.claimed);
  finding.version.read = model::ReadState::kFull;
  finding.version.text_url = std::move(outcome.text_url);
  co_await record(std::move(claimed), std::move(policy), std::move(finding));
}

Task<void> Reads::record_headline(store::ClaimedRead claimed, PolicyPtr policy, Outcome outcome, std::optional<Instant> retry_at) {
  store::Finding finding = finding_for(claimed, outcome, headline_of(claimed));
  for (const store::Copy& copy : co_await find_copies(claimed)) finding.aliases.push_back(copy.identity);
  finding.version.read = outcome.without;
  finding.retry_at = retry_at;
  desk_.ports.metrics.count("bylined_headlines_only_total", "read=\"" + std::string(model::read_name(outcome.without)) + "\"");
  co_await record(std::move(claimed), std::move(policy), std::move(finding));
}

void Reads::note_dropped(const std::string& url, std::size_t mentions, std::size_t words) {
  if (mentions > 0) {
    desk_.ports.metrics.count("bylined_mentions_dropped_total", {}, static_cast<double>(mentions));
    log::warn("mentions.dropped", {{"url", url}, {"dropped", mentions}});
  }
  if (words > 0) {
    desk_.ports.metrics.count("bylined_words_dropped_total", {}, static_cast<double>(words));
    log::warn("words.dropped", {{"url", url}, {"dropped", words}});
  }
}

Task<void> Reads::record(store::ClaimedRead claimed, PolicyPtr policy, store::Finding finding) {
  Lane& lane = desk_.ports.pages.for_bytes(finding.version.content.body.size());
  auto found = co_await lane.run(&find_all, policy, std::move(finding.version.content), claimed.item);
  note_dropped(finding.url, found.names.dropped, found.looked.dropped);
  if (found.amended) log::info("read.listing_says_more", {{"url", finding.url}, {"source", claimed.source.value}});
  finding.version.content = std::move(found.content);
  finding.version.hash = std::move(found.hash);
  finding.mentions = std::move(found.names.mentions);
  finding.version.load = policy->load;
  const Instant now = desk_.ports.clock.now();
  const store::Decide deciding = [policy, now, looked = std::move(found.looked)](const model::ArticleFacts& facts, const std::vector<model::Mention>& mentions) {
    return decide(*policy, facts, mentions, looked, now);
  };
  const std::string read = std::string(model::read_name(finding.version.read));
  const auto printed = finding.version.content.published;
  const auto outcome = co_await desk_.record<&store::Store::record_finding>(std::move(finding), deciding);
  if (!outcome) {
    log::debug("read.late", {{"url", claimed.item.url}, {"reason", outcome.error().text()}});
    co_return;
  }
  desk_.ports.metrics.count("bylined_addresses_disbelieved_total", {}, outcome->disbelieved);
  desk_.ports.metrics.count("bylined_articles_read_total", "read=\"" + read + "\"");
  for (const model::AlertId& alert : outcome->alerts) {
    log::info("alert.created", {{"alert", alert.value}, {"article", outcome->article.value}, {"source", claimed.source.value}, {"read", read}});
    desk_.ports.metrics.count("bylined_alerts_total");
    if (printed) desk_.ports.metrics.observe("bylined_publish_to_alert_seconds", static_cast<double>((now - printed->at).count()) / 1000);
  }
  if (!outcome->receivers.empty()) told_(outcome->receivers);
}

Task<void> Reads::record_failure(store::ClaimedRead claimed, Outcome outcome, std::optional<Instant> retry_at) {
  store::ReadFailure failure;
  failure.read = claimed.id;
  failure.claim = claimed.claim;
  failure.http_status = outcome.http_status;
  failure.reason = outcome.reason;
  failure.retry_at = retry_at;
  failure.at = desk_.ports.clock.now();
  if (!retry_at) log::warn("read.given_up", {{"url", claimed.item.url}, {"source", claimed.source.value}, {"reason", outcome.reason}});
  desk_.ports.metrics.count("bylined_read_failures_total", retry_at ? "outcome=\"retry\"" : "outcome=\"given_up\"");
  const auto recorded = co_await desk_.record<&store::Store::record_read_failure>(std::move(failure));
  if (!recorded) log::debug("read.late", {{"url", claimed.item.url}, {"reason", recorded.error().text()}});
}

}  // namespace bylined::pipeline
