// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/witness.h"

#include <algorithm>

#include "base/net/url.h"
#include "model/identity.h"
#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

constexpr std::size_t kRun = 6;             // bytes that are compared: two letters of Hangul, six of Latin
constexpr std::size_t kLongestTitle = 600;  // bytes that are looked at
constexpr double kSame = 1.0 / 3;           // shared by two headlines of one article, however they are worded
constexpr double kHardly = 0.2;
constexpr std::size_t kLeastHeading = 12;   // bytes by which a headline is known
constexpr std::size_t kLeastOutlet = 4;     // and an outlet

bool begins_letter(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

// What each run of letters is, that begins with a whole one.
template <class F>
void each_run(std::string_view bare, F take) {
  bare = bare.substr(0, kLongestTitle);
  for (std::size_t at = 0; at + kRun <= bare.size(); ++at) {
    if (!begins_letter(bare[at])) continue;
    std::uint64_t run = 0;
    for (const char c : bare.substr(at, kRun)) run = run << 8 | static_cast<unsigned char>(c);
    take(run);
  }
}

bool is_h1(const Claim& claim) { return claim.from == "h1"; }

}  // namespace

PageItself::PageItself(const Evidence& evidence, const std::string& url) : url_(url) {
  identities_.insert(model::identity_of(url).value);
  for (const Claim& claim : evidence.claims(Field::kCanonicalUrl)) identities_.insert(model::identity_of(claim.values.front()).value);
  for (const Claim& claim : evidence.claims(Field::kOutlet)) {
    if (std::string name = squashed(claim.values.front()); name.size() >= kLeastOutlet) outlets_.push_back(std::move(name));
  }
  const std::vector<Claim>& titles = evidence.claims(Field::kTitle);
  const auto h1 = std::find_if(titles.begin(), titles.end(), is_h1);
  const std::string heading = h1 == titles.end() ? std::string() : squashed(h1->values.front());
  for (const Claim& claim : titles) {
    const std::string bare = squashed(claim.values.front());
    each_run(bare, [this](std::uint64_t run) { runs_.insert(run); });
    is_agreed_ = is_agreed_ || (!is_h1(claim) && heading.size() >= kLeastHeading && bare == heading);
  }
}

// The part of it that stands in the page's titles too.
double PageItself::share_known(std::string_view headline) const {
  int runs = 0, known = 0;
  each_run(squashed(headline.substr(0, kLongestTitle)), [&](std::uint64_t run) {
    ++runs;
    known += runs_.contains(run) ? 1 : 0;
  });
  return runs == 0 ? 1 : static_cast<double>(known) / runs;
}

// A front page is nobody's address.
PageItself::Place PageItself::place_of(const std::vector<std::string>& addresses) const {
  const auto base = net::Url::parse(url_);
  Place place = Place::kUnknown;
  for (const std::string& address : addresses) {
    const auto full = base ? base->resolve(address) : net::Url::parse(address);
    if (address.empty() || !full || full->path() == "/") continue;
    const model::ArticleIdentity named = model::identity_of(full->text());
    if (identities_.contains(named.value)) return Place::kHere;
    if (!named.empty()) place = Place::kElsewhere;
  }
  return place;
}

// "나루일보 - 세상을 보는 창"; the data of a running story may word its headline as it was yesterday.
bool PageItself::names_outlet(std::string_view headline) const {
  const std::string bare = squashed(headline.substr(0, kLongestTitle));
  return std::any_of(outlets_.begin(), outlets_.end(), [&](const std::string& outlet) { return bare.find(outlet) != std::string::npos; });
}

Standing PageItself::standing_of(std::string_view headline, const std::vector<std::string>& addresses) const {
  if (runs_.empty() || headline.empty()) return Standing::kWitness;  // nothing to compare
  const double known = share_known(headline);
  if (known >= kSame) return Standing::kWitness;
  const Place place = place_of(addresses);
  if (place == Place::kElsewhere) return Standing::kOther;
  if (!is_agreed_ || known >= kHardly) return Standing::kWitness;
  return place == Place::kUnknown || names_outlet(headline) ? Standing::kContradicted : Standing::kWitness;
}

}  // namespace bylined::article
