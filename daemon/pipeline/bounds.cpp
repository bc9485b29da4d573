// SPDX-License-Identifier: Apache-2.0
#include "pipeline/bounds.h"

#include <algorithm>
#include <cstddef>

#include "base/text/decode.h"

namespace bylined::pipeline {
namespace {

class Cutter {
 public:
  explicit Cutter(const Bounds& bounds) : bounds_(bounds) {}

  // What is cut off gives its memory back.
  void text(std::string& text, std::size_t most) {
    const std::string_view kept = text::first_code_points(text, most);
    if (kept.size() == text.size()) return;
    text = std::string(kept);
    ++met_.texts;
  }
  void list(std::vector<std::string>& texts, std::size_t most, std::size_t each) {
    if (texts.size() > most) {
      texts.resize(most);
      ++met_.texts;
    }
    for (std::string& one : texts) text(one, each);
  }
  void stamp(std::optional<model::Stamp>& printed) {
    if (printed) text(printed->text, bounds_.words);
  }
  void address(std::string& url) {
    if (fits(url)) return;
    url = std::string();
    ++met_.addresses;
  }
  bool fits(const std::string& url) const { return url.size() <= bounds_.address; }
  void left_out(std::size_t addresses) { met_.addresses += addresses; }

  Bounded met() const { return met_; }

 private:
  const Bounds& bounds_;
  Bounded met_;
};

}  // namespace

Bounded keep_within(model::Listing& listing, const Bounds& bounds) {
  Cutter cutter(bounds);
  const auto is_too_long = [&cutter](const model::ListedItem& item) { return !cutter.fits(item.url) || !cutter.fits(item.identity.value); };
  const auto cut = listing.items.begin() + static_cast<std::ptrdiff_t>(listing.cut_at);
  listing.cut_at -= static_cast<std::size_t>(std::count_if(listing.items.begin(), cut, is_too_long));
  cutter.left_out(std::erase_if(listing.items, is_too_long));
  for (model::ListedItem& item : listing.items) {
    cutter.text(item.title, bounds.title);
    cutter.text(item.summary, bounds.summary);
    cutter.list(item.authors, bounds.authors, bounds.name);
    cutter.stamp(item.printed);
  }
  cutter.text(listing.outlet, bounds.words);
  cutter.text(listing.journalist, bounds.words);
  return cutter.met();
}

Bounded keep_within(model::Content& content, const Bounds& bounds) {
  Cutter cutter(bounds);
  cutter.text(content.title, bounds.title);
  cutter.text(content.summary, bounds.summary);
  cutter.list(content.captions, bounds.captions, bounds.caption);
  cutter.list(content.authors, bounds.authors, bounds.name);
  for (std::string* words : {&content.byline, &content.outlet, &content.section, &content.language}) cutter.text(*words, bounds.words);
  for (std::string* url : {&content.image, &content.canonical_url, &content.original_url}) cutter.address(*url);
  cutter.stamp(content.published);
  cutter.stamp(content.modified);
  return cutter.met();
}

}  // namespace bylined::pipeline
