// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/byline/authors.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/net/url.h"
#include "base/text/fold.h"
#include "base/text/hangul.h"
#include "pipeline/article/byline/korean.h"
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

// Of the site's software, not of a person.
bool is_account(std::string_view name) {
  const std::string bare = squashed(name);
  return bare == "admin" || bare == "administrator" || bare == "webmaster";
}

// "TNN", "AFP", "dpa"
bool is_reporter_code(std::string_view name) {
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

  // The outlet itself, or its newsroom: "ZDFheute", "NZZ-Redaktion", "나루일보 www.naru.example", "Naru Daily".
  bool named_by(std::string_view name) const {
    constexpr std::size_t kMostParts = 6;
    const std::string bare = squashed(name);
    bool outlet = false;
    std::string_view rest = bare;
    for (std::size_t i = 0; i < kMostParts && !rest.empty(); ++i) {
      const std::size_t own = own_part(rest), other = own > 0 ? own : press_part(rest);
      if (other == 0) break;
      outlet = outlet || own > 0;
      rest.remove_prefix(other);
    }
    return outlet && (rest.empty() || rest.starts_with("with"));
  }

 private:
  // Bytes of the longest of its names that the text begins with.
  std::size_t own_part(std::string_view text) const {
    std::size_t longest = 0;
    for (const std::string& name : names_) {
      if (name.size() >= kShortest && text.starts_with(name)) longest = std::max(longest, name.size());
    }
    return longest;
  }

  // Of what stands beside an outlet's name.
  static std::size_t press_part(std::string_view text) {
    constexpr auto kWords = std::to_array<std::string_view>({"redaktion", "www", "com", "net", "daily", "news", "online", "times", "team", "staff", "desk", "newsroom", "editorial", "신문", "뉴스", "닷컴", "편집국", "편집부", "취재팀", "온라인"});
    const auto word = std::find_if(kWords.begin(), kWords.end(), [text](std::string_view one) { return text.starts_with(one); });
    return word == kWords.end() ? 0 : word->size();
  }

  std::set<std::string> names_;
};

// A printed line names the agency behind the person; structured data does so on purpose.
bool is_printed(const Claim& claim) { return claim.from.starts_with('.') || claim.from == "printed byline"; }

// Somebody by one clear claim, or one person by several that are clear together.
template <class F>
bool names_clearly(const std::vector<Claim>& claims, F may_be_named) {
  std::map<std::string_view, double> doubts;
  for (const Claim& claim : claims) {
    if (claim.is_organisation) continue;
    const auto name = std::find_if(claim.values.begin(), claim.values.end(), may_be_named);
    if (name == claim.values.end()) continue;
    double& doubt = doubts.try_emplace(*name, 1.0).first->second;
    doubt *= 1 - claim.weight;
    if (doubt <= 1 - kClear) return true;
  }
  return false;
}

// What stands for an outlet goes where a person stands beside it; alone it is worth less than a person whom the page
// names as clearly elsewhere.
void part_from_outlets(std::vector<Claim>& claims, const Outlets& outlets) {
  const auto is_outlet = [&](const std::string& name) { return is_host(name) || is_account(name) || outlets.named_by(name); };
  const auto may_be_named = [&](const std::string& name) { return may_be_person(name) && !is_outlet(name); };
  const bool person_named = names_clearly(claims, may_be_named);
  for (Claim& claim : claims) {
    const auto is_nobody = [&](const std::string& name) { return is_outlet(name) || is_korean_office(name) || (is_printed(claim) && is_reporter_code(name)); };
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
