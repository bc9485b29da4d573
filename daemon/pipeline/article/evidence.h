// SPDX-License-Identifier: Apache-2.0
// What a page says of its article, each claim with the place it was read from and how far to trust it there.
// Readers add claims; judge() weighs them. Knows no site.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/article.h"

namespace bylined::article {

enum class Field {
  kTitle,
  kAuthors,
  kPublished,
  kModified,
  kBody,
  kSummary,
  kCaptions,
  kByline,
  kOutlet,
  kSection,
  kLanguage,
  kImage,
  kCanonicalUrl,
  kOriginalUrl,
};
inline constexpr std::size_t kFields = 14;
std::string_view field_name(Field field);

// A page says a thing once or twice; what says it a thousand times is made to cost time. Every two claims of a field
// may be compared.
inline constexpr int kMostAlike = 32;  // claims of a field that are read from one kind of place

struct Claim {
  std::vector<std::string> values;  // one, but for authors and captions
  std::optional<model::Stamp> stamp;
  std::string from;     // "meta og:title", "mark h1"
  double weight = 0;    // 0 to 1: how often such a claim is right
  bool zoneless = false;  // of a time: its zone is our assumption
  bool is_organisation = false;  // of authors: the page says that they are none
};

// Of one field: the claims, the winner first, and what was read but not weighed.
struct Verdict {
  Field field = Field::kTitle;
  std::vector<Claim> claims;
  std::vector<Claim> aside;
};

class Evidence {
 public:
  void add(Field field, std::string value, std::string from, double weight);
  void add(Field field, std::vector<std::string> values, std::string from, double weight);
  void add(Field field, model::Stamp stamp, std::string from, double weight);
  // A time as it is printed, where it can be read; without its zone it is worth less than one with it.
  void add_time(Field field, std::string_view printed, std::string from, double weight);

  // All of another's claims, each worth `share` of what it is there; why, unless that is all.
  void join(Evidence other, double share = 1, std::string_view why = {});
  // What it claims was read on the page, but is no witness for its article: shown with the reason, weighed nowhere. Of the like
  // kMostAlike are kept; the rest is missed by nobody.
  void set_aside(Evidence other, std::string_view why);

  const std::vector<Claim>& aside(Field field) const { return aside_[static_cast<std::size_t>(field)]; }
  const std::vector<Claim>& claims(Field field) const { return claims_[static_cast<std::size_t>(field)]; }
  std::vector<Claim>& claims(Field field) { return claims_[static_cast<std::size_t>(field)]; }

  bool year_first = false;  // the page writes "26.11.08"; a time with Hangul in it is read so on any
  bool script_cut = false;  // text or day stand nowhere else, and were not looked for in all of a script
  bool claims_cut = false;  // a page said more than is weighed

 private:
  void take(Field field, Claim claim);

  std::array<std::vector<Claim>, kFields> claims_, aside_;
};

}  // namespace bylined::article
