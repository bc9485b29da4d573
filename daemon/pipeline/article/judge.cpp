// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/judge.h"

#include <algorithm>
#include <map>

namespace bylined::article {
namespace {

// Claims that say the same, in this form, support each other.
std::string key_of(const Claim& claim) {
  std::string key;
  for (const std::string& value : claim.values) key += value + '\n';
  return key;
}

// The winner first, the others by how well they are supported.
Verdict weigh(Field field, std::vector<Claim> claims) {
  std::map<std::string, double> doubt;  // that all claims of a value are wrong
  for (const Claim& claim : claims) {
    double& value = doubt.try_emplace(key_of(claim), 1.0).first->second;
    value *= 1.0 - claim.weight;
  }
  std::stable_sort(claims.begin(), claims.end(), [&](const Claim& a, const Claim& b) {
    const double left = doubt[key_of(a)];
    const double right = doubt[key_of(b)];
    return left != right ? left < right : a.weight > b.weight;
  });
  return {field, std::move(claims)};
}

void take(model::Content& content, const Verdict& verdict) {
  const Claim& won = verdict.claims.front();
  const std::string& text = won.values.front();
  switch (verdict.field) {
    case Field::kTitle: content.title = text; break;
    case Field::kAuthors: content.authors = won.values; break;
    case Field::kPublished: content.published = won.stamp; break;
    case Field::kModified: content.modified = won.stamp; break;
    case Field::kBody: content.body = text; break;
    case Field::kSummary: content.summary = text; break;
    case Field::kCaptions: content.captions = won.values; break;
    case Field::kByline: content.byline = text; break;
    case Field::kOutlet: content.outlet = text; break;
    case Field::kSection: content.section = text; break;
    case Field::kLanguage: content.language = text; break;
    case Field::kImage: content.image = text; break;
    case Field::kCanonicalUrl: content.canonical_url = text; break;
    case Field::kOriginalUrl: content.original_url = text; break;
  }
}

}  // namespace

Reading judge(Evidence evidence) {
  Reading reading;
  for (std::size_t i = 0; i < kFields; ++i) {
    const Field field = static_cast<Field>(i);
    if (evidence.claims(field).empty()) continue;
    reading.verdicts.push_back(weigh(field, std::move(evidence.claims(field))));
    take(reading.content, reading.verdicts.back());
  }
  return reading;
}

}  // namespace bylined::article
