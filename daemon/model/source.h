// SPDX-License-Identifier: Apache-2.0
// A source is a page that lists articles, and how we look at it. As configured; what we learnt about
// it lives in the store.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "base/time.h"
#include "model/ids.h"

namespace bylined::model {

struct Period {
  Millis min{0};
  Millis max{0};  // equal to min where the period is fixed

  bool operator==(const Period&) const = default;
};

// How robots.txt binds us. An override holds for the named hosts only, and says why.
struct RobotsRule {
  std::vector<std::string> ignored_hosts;  // lower case; empty means obey everywhere
  std::string reason;

  bool ignores(const std::string& host) const {
    for (const std::string& one : ignored_hosts) {
      if (one == host) return true;
    }
    return false;
  }
  bool operator==(const RobotsRule&) const = default;
};

// How to read a list page without a feed: CSS selectors, from a file of their own, recipes/NAME.toml. Data, not code.
struct Recipe {
  std::string name;     // the file's, without its ending
  std::string item;     // one node an article
  std::string link;     // inside the item; its href. Empty: the item itself
  std::string title;    // inside the item. Empty: the link's text
  std::string summary;  // inside the item; may be empty, as all below
  std::string time;     // its text, or its datetime attribute
  std::string byline;
  std::string next_page;   // on the page; its href
  std::string journalist;  // on the page
  std::string outlet;      // the outlet's name as a plain text

  bool operator==(const Recipe&) const = default;
};

struct Source {
  SourceId id;
  std::string kind;  // an adapter's name: `byline source kinds`
  std::string url;
  Period every;
  bool baseline = true;
  RobotsRule robots;
  std::vector<std::string> tags;
  std::optional<Recipe> recipe;  // css_page only
  std::string client_id;         // naver_search only: the key's number, and the key
  Secret client_secret;

  bool operator==(const Source&) const = default;
};

// What we last learnt about a source. Text form as in `status`.
enum class SourceState {
  kNew,                 // no complete fetch yet
  kOk,
  kFailing,             // fetches fail
  kSuspect,             // answers, but not with the listing we know
  kQuiet,               // answers as ever, but has listed nothing new for longer than it used to
  kRefusedByRobots,
  kRobotsUnreachable,
};
std::string_view state_name(SourceState state);
bool is_well(SourceState state);  // nothing to tell of: ok, or new

// What a server gave us to ask "changed since?" with; sent back byte for byte.
struct Validators {
  std::string etag;
  std::string last_modified;

  bool operator==(const Validators&) const = default;
};

}  // namespace bylined::model
