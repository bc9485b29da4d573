// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listing/feed/vocabulary.h"

#include <algorithm>
#include <array>
#include <optional>

#include "pipeline/listing/words.h"

namespace bylined::listing {
namespace {

using markup::XmlNode;

struct Known {
  std::string_view uri, prefix;  // the URI's beginning; the usual prefix
  Space space;
};
constexpr std::array<Known, 12> kKnown{{{"http://purl.org/dc/elements/", "dc", Space::kDublinCore},
                                        {"http://purl.org/dc/terms/", "dcterms", Space::kDublinCore},
                                        {"http://purl.org/rss/1.0/modules/content/", "content", Space::kContent},
                                        {"http://search.yahoo.com/mrss", "media", Space::kMedia},
                                        {"http://www.itunes.com/dtds/podcast", "itunes", Space::kItunes},
                                        {"http://rssnamespace.org/feedburner/", "feedburner", Space::kFeedburner},
                                        {"http://www.w3.org/1999/xhtml", "xhtml", Space::kXhtml},
                                        {"http://www.w3.org/2005/Atom", "atom", Space::kPlain},
                                        {"http://purl.org/atom/ns#", "atom03", Space::kPlain},
                                        {"http://purl.org/rss/1.0/", "rss", Space::kPlain},
                                        {"http://www.w3.org/1999/02/22-rdf-syntax-ns", "rdf", Space::kPlain},
                                        {"http://my.netscape.com/", "rss09", Space::kPlain}}};

std::optional<Space> space_of_uri(std::string_view uri) {
  for (const Known& known : kKnown) {
    if (uri.size() >= known.uri.size() && same_name(uri.substr(0, known.uri.size()), known.uri)) return known.space;
  }
  return std::nullopt;
}

Space space_of_prefix(std::string_view prefix) {
  for (const Known& known : kKnown) {
    if (same_name(prefix, known.prefix)) return known.space;
  }
  return Space::kOther;
}

}  // namespace

Vocabulary::Vocabulary(XmlNode root) {
  const auto read = [this](XmlNode node) {
    for (const auto& [name, value] : node.attributes()) {
      if (!name.starts_with("xmlns:")) continue;
      const std::string_view prefix = name.substr(6);
      prefixes_.emplace_back(prefix, space_of_uri(value).value_or(space_of_prefix(prefix)));
    }
  };
  const std::string_view own = root.split_name().prefix;
  if (!own.empty()) prefixes_.emplace_back(own, Space::kPlain);  // whatever it is, it is the feed's own
  read(root);
  for (XmlNode child = root.first_child(); child && prefixes_.size() < 64; child = child.next_sibling()) {
    if (same_name(child.local_name(), "channel")) read(child);
  }
}

Space Vocabulary::space(std::string_view prefix, std::string_view declared) const {
  if (!declared.empty()) return space_of_uri(declared).value_or(prefix.empty() ? Space::kPlain : Space::kOther);
  if (prefix.empty()) return Space::kPlain;
  const auto found = std::find_if(prefixes_.begin(), prefixes_.end(), [&](const auto& one) { return one.first == prefix; });
  return found == prefixes_.end() ? space_of_prefix(prefix) : found->second;
}

}  // namespace bylined::listing
