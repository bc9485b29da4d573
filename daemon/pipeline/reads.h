// SPDX-License-Identifier: Apache-2.0
// The second loop: fetches listed articles, finds the tracked names in them, and records version, mentions,
// alerts and outbox rows together. Where the text may not or cannot be had, the headline and summary of the
// listing stand in for it, visibly. Private to pipeline/*.cpp.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/bell.h"
#include "model/article.h"
#include "pipeline/desk.h"

namespace bylined::pipeline {

class Reads {
 public:
  // `told` hears whose queues grew.
  Reads(Desk& desk, std::function<void(const std::vector<model::ReceiverId>&)> told) : desk_(desk), told_(std::move(told)) {}

  Task<void> run();
  Bell& bell() { return bell_; }
  std::vector<Crowded> crowded() const;

 private:
  // What one try brought: the text, or why there is none.
  struct Outcome {
    std::optional<model::Content> content;
    std::string text_url;
    std::string reason;
    model::ReadState without = model::ReadState::kFailed;  // how the headline is marked where there is no text
    bool may_pass = true;       // another try makes sense
    int failures = 1;           // in a row that it counts as
    bool may_be_cut = false;    // the text may be a page's first part
    bool patience = false;      // nobody was asked: the host is to be left alone
    Instant not_before;
    int http_status = 0;
    std::string body_hash;
    std::vector<model::ArticleIdentity> aliases;
    std::vector<model::ArticleIdentity> claimed;  // by a redirect, or by the page itself
  };

  // Headlines of one source, the last of them not long ago.
  struct Told {
    std::int64_t headlines = 0;
    Steady last{0};
  };
  bool is_old(const Told& told) const;

  Task<Millis> claim();
  store::ReadRoom room() const;
  Task<void> read(store::ClaimedRead claimed);
  Instant headline_due(const store::ClaimedRead& claimed) const { return claimed.first_seen + desk_.options.headline_after; }
  // For whom, and how long its turn is waited for at most.
  fetch::Wanted wanted(const store::ClaimedRead& claimed) const;
  Outcome not_its_turn(const store::ClaimedRead& claimed);
  Outcome of_no_source() const;
  Outcome left_alone(const store::ClaimedRead& claimed);
  Task<Outcome> try_text(store::ClaimedRead claimed, model::RobotsRule robots);
  // `asked`: the article's address, where the page there has sent us to `url`; no further page sends us on.
  Task<Outcome> try_url(std::string url, model::RobotsRule robots, fetch::Wanted wanted, std::string asked = {});
  Task<Outcome> try_own_copy(store::ClaimedRead claimed, Outcome refused);
  Task<std::vector<store::Copy>> find_copies(store::ClaimedRead claimed);
  Task<void> record_text(store::ClaimedRead claimed, PolicyPtr policy, Outcome outcome);
  Task<void> record_headline(store::ClaimedRead claimed, PolicyPtr policy, Outcome outcome, std::optional<Instant> retry_at);
  Task<void> record_failure(store::ClaimedRead claimed, Outcome outcome, std::optional<Instant> retry_at);
  // What was beyond a limit of one article.
  void note_dropped(const std::string& url, std::size_t mentions, std::size_t words);
  Task<void> record(store::ClaimedRead claimed, PolicyPtr policy, store::Finding finding);
  store::Finding finding_for(const store::ClaimedRead& claimed, const Outcome& outcome, model::Content content) const;
  bool headline_is_due(const store::ClaimedRead& claimed, const Outcome& outcome, std::optional<Instant> retry_at) const;

  Desk& desk_;
  const std::function<void(const std::vector<model::ReceiverId>&)> told_;
  Bell bell_;
  Crew crew_;
  std::map<model::SourceId, Told> out_of_turn_;
};

}  // namespace bylined::pipeline
