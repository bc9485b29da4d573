// SPDX-License-Identifier: Apache-2.0
// The fields of a feed and of its entries, gathered from elements of any format; where several say the same
// thing the better one wins. Private to the room.
#pragma once

#include <string>
#include <string_view>

#include "pipeline/listing/documents.h"
#include "pipeline/listing/feed/vocabulary.h"

namespace bylined::listing {

// A value and how good its source is: lower ranks are better.
template <class T>
struct Ranked {
  T value{};
  int rank = 100;

  void offer(T other, int its_rank) {
    if (its_rank >= rank) return;
    value = std::move(other);
    rank = its_rank;
  }
};

// The URL that relative references in an element start from: its own xml:base, taken against the one outside, or that one.
// `outside` outlives it.
class Base {
 public:
  Base(markup::XmlNode element, const std::string& outside);
  const std::string& url() const { return own_.empty() ? outside_ : own_; }

 private:
  std::string own_;
  const std::string& outside_;
};

// What an element means, for an entry or the feed itself.
class Fields {
 public:
  // Atom's texts are plain where nothing is said, those of the others markup. `base` is the URL that relative
  // references start from; it and the vocabulary outlive the fields.
  Fields(const Vocabulary& vocabulary, bool is_atom, const std::string& base) : vocabulary_(vocabulary), is_atom_(is_atom), base_(base) {}

  void take(markup::XmlNode element);
  FeedEntry entry() &&;
  void into(FeedDocument& document) const;
  const std::vector<std::string>& authors() const { return authors_.value; }

 private:
  std::string id_of(markup::XmlNode element) const;
  FeedText text_of(markup::XmlNode element) const;
  void take_link(markup::XmlNode element, Space space);
  void take_author(markup::XmlNode element, int rank);
  void take_date(markup::XmlNode element, Ranked<std::optional<text::PrintedDate>>& slot, int rank);

  const Vocabulary& vocabulary_;
  bool is_atom_;
  const std::string& base_;
  Ranked<std::string> title_, link_, id_, origin_, language_, next_page_;
  Ranked<FeedText> summary_, content_;
  Ranked<std::optional<text::PrintedDate>> published_, updated_;
  Ranked<std::vector<std::string>> authors_;
};

}  // namespace bylined::listing
