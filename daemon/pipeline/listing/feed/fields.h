// SPDX-License-Identifier: Apache-2.0
// The fields of a feed and of its entries, gathered from elements of any format; where several say the same
// thing the better one wins. Private to the room.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "pipeline/listing/documents.h"
#include "pipeline/listing/feed/vocabulary.h"

namespace bylined::listing {

// A value of somebody else's and how good its source is: lower ranks are better.
template <class T>
class Ranked {
 public:
  explicit Ranked(T& value) : value_(value) {}

  T& value() const { return value_; }
  int rank() const { return rank_; }
  bool wants(int rank) const { return rank < rank_; }
  void offer(T other, int rank) {
    if (wants(rank)) set(std::move(other), rank);
  }
  void set(T other, int rank) {
    value_ = std::move(other);
    rank_ = rank;
  }

 private:
  T& value_;
  int rank_ = 100;
};

// The URL that relative references in an element start from: its own xml:base, taken against the one outside, or that one.
// `outside` outlives it.
class Base {
 public:
  Base(std::string_view own, const std::string& outside);
  const std::string& url() const { return own_.empty() ? outside_ : own_; }

 private:
  std::string own_;
  const std::string& outside_;
};

// The attributes of a feed's element that say something, found in one walk.
struct Marks {
  Marks(markup::XmlNode element, std::string_view prefix);

  std::string_view space;  // the namespace that it declares for its own prefix
  std::string_view base, type, mode, href, relation, is_permanent;
};

// An element and what is to be known of it before it is read.
struct Element {
  explicit Element(markup::XmlNode at) : node(at), name(at.split_name()), marks(at, name.prefix) {}

  markup::XmlNode node;
  markup::XmlName name;
  Marks marks;
};

// What an element means, for an entry or the feed itself, which is written into where it lies.
class Fields {
 public:
  // Atom's texts are plain where nothing is said, those of the others markup. `base` is the URL that relative
  // references start from; `texts` gets what does not stand in the document as it is wanted. All of them outlive the fields.
  Fields(const Vocabulary& vocabulary, bool is_atom, const std::string& base, FeedEntry& entry, Texts& texts);

  void take(const Element& element);
  void into(FeedDocument& document) const;

 private:
  std::string_view id_of(const Element& element, const markup::XmlContent& content);
  markup::XmlContent content_of(markup::XmlNode node);
  FeedText said_in(const Element& element);
  void take_text(const Element& element, Ranked<FeedText>& slot, int rank);
  void take_title(const Element& element, int rank);
  void take_link(const Element& element);
  void take_id(const Element& element, int rank);
  void take_author(const Element& element, int rank);
  void take_date(const Element& element, Ranked<std::optional<text::PrintedDate>>& slot, int rank);

  const Vocabulary& vocabulary_;
  bool is_atom_;
  const std::string& base_;
  Texts& texts_;
  Ranked<std::string_view> title_, link_, id_, origin_;
  Ranked<FeedText> summary_, content_;
  Ranked<std::optional<text::PrintedDate>> published_, updated_;
  Ranked<std::vector<std::string>> authors_;
  std::set<std::string> named_;  // the same, where they are several
  std::string_view own_language_, own_next_page_;  // of the feed alone
  Ranked<std::string_view> language_{own_language_}, next_page_{own_next_page_};
};

// Who the feed itself is by has written the entries that name nobody. A crowd has not: each entry would carry all of it.
void sign(FeedDocument& document, const std::vector<std::string>& own);

}  // namespace bylined::listing
