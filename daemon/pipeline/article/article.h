// SPDX-License-Identifier: Apache-2.0
// From an article's page to its headline, authors, times and text. Pure. Reads the article and nothing
// beside it: no related headlines, no side columns, no captions in the body, no reporter in the text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/article.h"
#include "model/page.h"
#include "pipeline/article/evidence.h"

namespace bylined::article {

struct Reading {
  model::Content content;
  std::vector<Verdict> verdicts;  // why each field is what it is; fields of which nothing was read are left out
};

// kNotFound: a tombstone ("삭제된 기사"). kInvalid: no article on it (login wall, error page, list, a page that only points to another). kExhausted: it is too
// long, or has none in what is read of it.
Result<model::Content> extract(const model::Page& page);
// The same, and why.
Result<Reading> extract_explained(const model::Page& page);

// The text; or, of a page that has none and only sends its readers on, also where to.
struct Extract {
  Result<model::Content> content;
  std::string pointed_to;  // empty: nowhere
};
Extract extract_or_pointer(const model::Page& page);

// Where redirects have led from an article's address: why `arrived` is what a site shows instead of one that is gone or not
// for everybody ("was redirected to https://press.example/, the front page"). None where it may be an article: the same on
// another host or under another title, or another one. Judges the addresses, never the page.
std::optional<std::string> astray(std::string_view asked, std::string_view arrived);
// May a redirect or the page itself say that the article at `address` has the address `other`? Not where that is a page such
// as astray() tells, or names no article.
bool may_be_its_own(std::string_view address, std::string_view other);

// Nobody said where the page ends, and its own end is not there: it may have been cut on its way. Some sites never write it.
bool may_be_cut(const model::Page& page);

}  // namespace bylined::article
