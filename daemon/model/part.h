// SPDX-License-Identifier: Apache-2.0
// A page that another page of the same source names and that is asked with it: a sitemap of an index, the feed
// of a front page. What is said of it, and what we last learnt.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "model/source.h"

namespace bylined::model {

struct NamedPart {
  std::string url;      // absolute
  std::string kind;     // how it is read: an adapter's name
  std::string changed;  // when it last changed, as the naming page prints it; empty where it does not say
  bool instead = false; // it is read in the place of the naming page, which is looked at now and then only
  std::string why;      // for people; not stored

  bool operator==(const NamedPart&) const = default;
};

struct Part {
  NamedPart named;
  std::string parent;   // the naming page
  int depth = 1;        // 1: named by the source's own page
  Validators validators;
  std::string body_hash;
  std::optional<Instant> asked_at;  // none: known, never asked
  std::optional<Instant> fresh_at;  // when it last listed something new

  bool operator==(const Part&) const = default;
};

}  // namespace bylined::model
