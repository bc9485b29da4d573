// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/authors.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/net/url.h"
#include "base/text/fold.h"
#include "base/text/hangul.h"
#include "pipeline/article/korean.h"
#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

constexpr double kOutletAlone = 0.3;  // of the weight of a claim that names nobody but the outlet
constexpr double kClear = 0.5;
constexpr std::size_t kShortest = 3;  // letters by which an outlet is known again

bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

// "chuck-ross"
bool is_slug(std::string_view name) {
  return name.find('-') != std::string_view::npos && std::all_of(name.begin(), name.end(), [](char c) { return is_small(c) || c == '-'; }) &&
         is_small(name.front()) && is_small(name.back());
}

std::string spelt(std::string slug) {
  bool starts = true;
  for (char& c : slug) {
    if (c == '-') c = ' ';
    else if (starts) c = static_cast<char>(c - 32);
    starts = c == ' ';
  }
  return slug;
}

// "Lrt.lt": a host stands for an outlet.
bool is_host(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot < 2 || name.find(' ') != std::string_view::npos) return false;
  const std::string_view end = name.substr(dot + 1);
  return end.size() >= 2 && end.size() <= 4 && std::all_of(end.begin(), end.end(), is_small);
}

// "TNN", "AFP", "dpa"
bool is_code(std::string_view name) {
  return name.size() >= 2 && name.size() <= 5 && (std::all_of(name.begin(), name.end(), is_capital) || name == "dpa");
}

// Other names are known by the blank in them.
bool may_be_person(const std::string& name) { return name.find(' ') != std::string::npos || is_korean_name(name); }

// "관리자", "온라인뉴스팀": Hangul, and no name.
bool is_korean_office(const std::string& name) { return text::all_hangul(text::to_utf32(name)) && !is_korean_name(name); }

class Outlets {
 public:
  Outlets(const Evidence& evidence, const std::string& url) {
    for (const Claim& claim : evidence.claims(Field::kOutlet)) names_.insert(squashed(claim.values.front()));
    const auto parsed = net::Url::parse(url);
    if (!parsed) return;
    std::string_view host = parsed->host();
    if (host.starts_with("www.")) host.remove_prefix(4);
    names_.insert(squashed(host));
    names_.insert(squashed(host.substr(0, host.find('.'))));
  }

  // The outlet itself, or its newsroom: "ZDFheute", "NZZ-Redaktion".
  bool named_by(std::string_view name) const {
    const std::string bare = squashed(name);
    return std::any_of(names_.begin(), names_.end(), [&](const std::string& outlet) {
      return outlet.size() >= kShortest && (bare == outlet || bare == outlet + "redaktion" || bare.starts_with(outlet + "with"));
    });
  }

 private:
  std::set<std::string> names_;
};

// A printed line names the agency behind the person; structured data does so on purpose.
bool is_printed(const Claim& claim) { return claim.from.starts_with('.') || claim.from == "printed byline"; }

// What stands for an outlet goes where a person stands beside it; alone it is worth less than a person whom the page
// names as clearly elsewhere.
void part_from_outlets(std::vector<Claim>& claims, const Outlets& outlets) {
  const auto is_outlet = [&](const std::string& name) { return is_host(name) || outlets.named_by(name); };
  const auto names_person = [&](const Claim& claim) {
    const auto is_name = [&](const std::string& name) { return may_be_person(name) && !is_outlet(name); };
    return !claim.is_organisation && claim.weight >= kClear && std::any_of(claim.values.begin(), claim.values.end(), is_name);
  };
  const bool person_named = std::any_of(claims.begin(), claims.end(), names_person);
  for (Claim& claim : claims) {
    const auto is_nobody = [&](const std::string& name) { return is_outlet(name) || is_korean_office(name) || (is_printed(claim) && is_code(name)); };
    const auto is_somebody = [&](const std::string& name) { return may_be_person(name) && !is_nobody(name); };
    const bool somebody = !claim.is_organisation && std::any_of(claim.values.begin(), claim.values.end(), is_somebody);
    const bool nobody = claim.is_organisation || std::all_of(claim.values.begin(), claim.values.end(), is_nobody);
    if (somebody) std::erase_if(claim.values, is_nobody);
    else if (nobody && person_named) claim.weight *= kOutletAlone;
  }
}

// "Andrew HusbandTwitter" where another claim says "Andrew Husband": a link of its text was glued on.
void unglue(std::vector<Claim>& claims) {
  std::set<std::string> names;
  for (const Claim& claim : claims) {
    if (claim.values.size() == 1 && claim.values.front().find(' ') != std::string::npos) names.insert(claim.values.front());
  }
  const auto mend = [&names](std::string& value) {
    for (const std::string& name : names) {
      const bool glued = value.size() > name.size() && value.starts_with(name) && is_capital(value[name.size()]) && !is_capital(name.back());
      if (glued) value = name;
    }
  };
  for (Claim& claim : claims) std::for_each(claim.values.begin(), claim.values.end(), mend);
}

// "adaholm" where another claim says "Ada Holm".
void spell_out(std::vector<Claim>& claims) {
  std::map<std::string, std::string> spelt;
  for (const Claim& claim : claims) {
    for (const std::string& name : claim.values) {
      if (name.find(' ') != std::string::npos) spelt.emplace(squashed(name), name);
    }
  }
  for (Claim& claim : claims) {
    for (std::string& name : claim.values) {
      const auto found = name.find(' ') == std::string::npos ? spelt.find(squashed(name)) : spelt.end();
      if (found != spelt.end()) name = found->second;
    }
  }
}

}  // namespace

void settle_authors(Evidence& evidence, const std::string& url) {
  std::vector<Claim>& claims = evidence.claims(Field::kAuthors);
  for (Claim& claim : claims) {
    for (std::string& name : claim.values) {
      if (is_slug(name)) name = spelt(std::move(name));
    }
  }
  part_from_outlets(claims, Outlets(evidence, url));
  unglue(claims);
  spell_out(claims);
}

}  // namespace bylined::article
