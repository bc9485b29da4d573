// SPDX-License-Identifier: Apache-2.0
// Whether an article that a page describes in its data is the one that it shows. Templates put the data of a list, of a
// neighbour or of the whole site there; then their headline is none of the page's, and their address is another's.
// Judges by what the page says elsewhere: its titles, its h1 and its addresses. Reads no data itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "pipeline/article/evidence.h"

namespace bylined::article {

enum class Standing {
  kWitness,
  kContradicted,  // it may be the page's article, but the page's own headline is another
  kOther,         // it is another article, by its headline and its address
};

class PageItself {
 public:
  // `evidence`: of the page's marks and meta elements, nothing else yet. `url` is the page's.
  PageItself(const Evidence& evidence, const std::string& url);

  // Of an article with this headline and these addresses, each of which may be relative, empty, or the front page's.
  Standing standing_of(std::string_view headline, const std::vector<std::string>& addresses) const;

 private:
  enum class Place { kUnknown, kHere, kElsewhere };

  double share_known(std::string_view headline) const;
  bool names_outlet(std::string_view headline) const;
  Place place_of(const std::vector<std::string>& addresses) const;

  const std::string& url_;
  std::unordered_set<std::uint64_t> runs_;      // of letters in its titles
  std::unordered_set<std::string> identities_;  // of its addresses
  std::vector<std::string> outlets_;
  bool is_agreed_ = false;  // its h1 and another title are the same
};

}  // namespace bylined::article
