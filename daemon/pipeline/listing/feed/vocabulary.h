// SPDX-License-Identifier: Apache-2.0
// Which vocabulary an element of a feed belongs to, by namespace where one is declared and by its usual
// prefix where none is. Knows no fields.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "base/markup/xml.h"

namespace bylined::listing {

// kPlain is the feed's own: RSS, Atom, RDF and whatever else is nobody's.
enum class Space { kPlain, kDublinCore, kContent, kMedia, kItunes, kFeedburner, kXhtml, kOther };

class Vocabulary {
 public:
  // `root` outlives it.
  explicit Vocabulary(markup::XmlNode root);
  // Of an element with this prefix; `declared` is the namespace that it declares for it itself, mostly none.
  Space space(std::string_view prefix, std::string_view declared) const;

 private:
  std::vector<std::pair<std::string_view, Space>> prefixes_;
};

}  // namespace bylined::listing
