// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/evidence.h"

#include <algorithm>

#include "base/net/url.h"
#include "base/text/date.h"
#include "base/text/hangul.h"
#include "pipeline/article/byline/names.h"
#include "pipeline/article/days/days.h"
#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

constexpr double kZoneless = 0.8;
constexpr std::size_t kLongestTime = 120;  // bytes of a printed time that are read

// Fields that people click on: whatever else a page writes there (javascript:, a half of an address) is no claim.
bool holds_address(Field field) { return field == Field::kImage || field == Field::kCanonicalUrl || field == Field::kOriginalUrl; }

// False where there are enough like it.
bool keep(std::vector<Claim>& said, Claim claim) {
  const auto alike = std::count_if(said.begin(), said.end(), [&](const Claim& one) { return one.from == claim.from; });
  if (alike >= kMostAlike) return false;
  said.push_back(std::move(claim));
  return true;
}

// In other languages the day at least.
Result<text::PrintedDate> read_time(std::string_view printed, DayOrder order) {
  auto read = text::read_printed_date(printed);
  const auto days = read ? std::vector<FoundDay>() : days_in(printed, order, 1);
  if (days.empty()) return read;
  if (days.front().short_year) read = text::read_printed_date(spelt_out(printed, days.front()));
  return read ? std::move(read) : text::read_printed_date(days.front().text);
}

}  // namespace

std::string_view field_name(Field field) {
  static constexpr std::array<std::string_view, kFields> kNames = {"title",    "authors", "published", "modified", "text",  "summary",       "captions",
                                                                   "byline",   "site_name", "section", "language", "image", "canonical_url", "original_url"};
  return kNames[static_cast<std::size_t>(field)];
}

void Evidence::add(Field field, std::string value, std::string from, double weight) {
  if (value.empty() || (holds_address(field) && !net::Url::parse(value))) return;
  take(field, {{std::move(value)}, std::nullopt, std::move(from), weight, false});
}

void Evidence::add(Field field, std::vector<std::string> values, std::string from, double weight) {
  if (values.empty()) return;
  if (field == Field::kAuthors && values.size() > kMostNames) values.resize(kMostNames), claims_cut = true;
  take(field, {std::move(values), std::nullopt, std::move(from), weight, false});
}

void Evidence::add(Field field, model::Stamp stamp, std::string from, double weight) {
  take(field, {{stamp.text}, stamp, std::move(from), weight, false});
}

void Evidence::add_time(Field field, std::string_view printed, std::string from, double weight) {
  const auto read = read_time(printed.substr(0, kLongestTime), {.month_first = true, .year_first = year_first || text::has_hangul(printed)});
  if (!read) return;
  const bool complete = read->zone_written || read->stamp.precision == model::Precision::kDay;
  take(field, {{read->stamp.text}, read->stamp, std::move(from), complete ? weight : kZoneless * weight, !complete});
}

void Evidence::join(Evidence other, double share, std::string_view why) {
  for (std::size_t i = 0; i < kFields; ++i) {
    for (Claim& claim : other.claims_[i]) {
      claim.weight *= share;
      claim.from += why;
      take(static_cast<Field>(i), std::move(claim));
    }
  }
  claims_cut = claims_cut || other.claims_cut;
}

void Evidence::set_aside(Evidence other, std::string_view why) {
  for (std::size_t i = 0; i < kFields; ++i) {
    for (Claim& claim : other.claims_[i]) {
      claim.weight = 0;
      claim.from += why;
      keep(aside_[i], std::move(claim));
    }
  }
}

void Evidence::take(Field field, Claim claim) {
  if (!keep(claims(field), std::move(claim))) claims_cut = true;
}

}  // namespace bylined::article
