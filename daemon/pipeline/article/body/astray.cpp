// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "base/net/web_host.h"
#include "base/net/web_url.h"
#include "base/text/ascii.h"
#include "base/text/decode.h"
#include "model/identity.h"
#include "pipeline/article/article.h"

namespace bylined::article {
namespace {

constexpr std::array<std::string_view, 7> kFront{"index", "main", "home", "default", "front", "frontpage", "homepage"};
constexpr std::array<std::string_view, 33> kLogin{"login",  "log-in",  "log_in",  "signin",    "sign-in", "sign_in",    "logon",   "loginform", "login_form", "signup",   "sign-up",
                                                  "auth",   "oauth",   "oauth2",  "sso",       "member",  "members",    "account", "accounts",  "register",   "consent",  "cookie-consent",
                                                  "privacy-consent",   "captcha", "challenge", "paywall", "subscribe",  "subscription",         "subscriptions",           "membership",
                                                  "certify",           "adult",   "adultcheck"};
constexpr std::array<std::string_view, 29> kError{"error",       "errors",    "err",        "error404",  "error500",  "error-page",  "error_page", "errorpage", "404",        "403",
                                                  "410",         "500",       "503",        "notfound",  "not-found", "not_found",   "page-not-found",          "pagenotfound",
                                                  "nopage",      "no-article", "noarticle", "deleted",   "removed",   "expired",     "unavailable", "maintenance",
                                                  "blocked",     "denied",    "access-denied"};
constexpr std::array<std::string_view, 32> kLists{"list",     "lists",    "newslist",  "news_list",    "news-list", "articlelist", "article_list", "article-list", "sectionlist", "section", "sections",
                                                  "category", "categories", "archive", "archives",     "tag",       "tags",        "topic",        "topics",       "search",      "latest",  "all",
                                                  "news",     "articles", "politics",  "economy",      "society",   "world",       "sports",       "culture",      "opinion",     "ranking"};
constexpr std::array<std::string_view, 9> kLoginHosts{"login", "auth", "sso", "account", "accounts", "nid", "signin", "consent", "passport"};

// So long a number or title is no section's.
constexpr std::size_t kLongMark = 5;
constexpr std::size_t kTitleLetters = 20;
constexpr std::size_t kLongNumber = 4;

template <std::size_t n>
bool is_in(std::string_view text, const std::array<std::string_view, n>& list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

bool is_number(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), text::is_digit); }
bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), text::is_digit); }

std::size_t longest_number(std::string_view text) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = text::is_digit(c) ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

// "2026", "202611", "20261128": of an article's day.
bool is_date(std::string_view text) { return is_number(text) && (text.size() == 4 || text.size() == 6 || text.size() == 8) && (text.starts_with("20") || text.starts_with("19")); }

// A segment without its ending (".html").
std::string stem_of(std::string_view segment) {
  std::string stem = text::lower(net::percent_decode(segment));
  const std::size_t dot = stem.rfind('.');
  if (dot != std::string::npos && dot > 0 && stem.size() - dot <= 6 && !has_digit(std::string_view(stem).substr(dot))) stem.resize(dot);
  return stem;
}

struct Address {
  std::string host;
  std::string shown;
  std::vector<std::string> stems;   // of the path
  std::vector<std::string> values;  // of the query
};

std::optional<Address> taken_apart(std::string_view text) {
  const auto url = net::parse_web_url(text, nullptr);
  if (!url || !url->host) return std::nullopt;
  Address address;
  address.host = *url->host;
  address.shown = std::string(text.substr(0, text.find_first_of("?#")));
  for (const std::string& segment : url->path) {
    if (!segment.empty()) address.stems.push_back(stem_of(segment));
  }
  std::string_view query = url->query ? std::string_view(*url->query) : std::string_view();
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    address.values.push_back(text::lower(net::percent_decode(pair.substr(pair.find('=') + 1))));
  }
  return address;
}

bool is_title(std::string_view stem) { return stem.find_first_of("-_") != std::string_view::npos || text::code_points(stem) >= kTitleLetters; }
// Could be what tells an article from others.
bool is_mark(std::string_view text) { return (has_digit(text) && !is_date(text)) || is_title(text); }

using Words = std::vector<std::string_view>;

// "28" in "2026/11/28" is none.
Words marks_of(const std::vector<std::string>& stems) {
  Words marks;
  bool in_date = false;
  for (const std::string& stem : stems) {
    in_date = is_date(stem) || (in_date && stem.size() <= 2 && is_number(stem));
    if (!in_date && is_mark(stem)) marks.push_back(stem);
  }
  return marks;
}

Words marks_of(const Address& address) {
  Words marks = marks_of(address.stems);
  std::copy_if(address.values.begin(), address.values.end(), std::back_inserter(marks), is_mark);
  return marks;
}

bool holds(const std::vector<std::string>& all, std::string_view one) { return std::find(all.begin(), all.end(), one) != all.end(); }

bool shares(std::string_view one, std::string_view other) {
  if (one == other) return true;
  if (std::min(one.size(), other.size()) < kLongMark || !has_digit(one) || !has_digit(other)) return false;
  return one.find(other) != std::string_view::npos || other.find(one) != std::string_view::npos;
}

// Does the new address name the article by what the old one did? Of short numbers only the last is the article's: others are
// its section's or its outlet's.
bool carries_on(const Address& asked, const Address& arrived) {
  const Words marks = marks_of(asked.stems), new_marks = marks_of(arrived.stems);
  for (const std::string_view mark : marks) {
    if (mark.size() < kLongMark && mark != marks.back()) continue;
    if (holds(arrived.values, mark) || std::any_of(new_marks.begin(), new_marks.end(), [&](std::string_view other) { return shares(other, mark); })) return true;
  }
  return std::any_of(asked.values.begin(), asked.values.end(), [&](const std::string& value) {
    return is_mark(value) && (holds(arrived.values, value) || holds(arrived.stems, value));
  });
}

bool is_above(const Address& asked, const Address& arrived) {
  return arrived.stems.size() < asked.stems.size() && std::equal(arrived.stems.begin(), arrived.stems.end(), asked.stems.begin());
}

// Nothing that would tell an article from others, but for what is left of the old address.
bool names_none(const Address& asked, const Address& arrived) {
  const Words marks = marks_of(asked), new_marks = marks_of(arrived);
  return std::all_of(new_marks.begin(), new_marks.end(), [&](std::string_view mark) { return std::find(marks.begin(), marks.end(), mark) != marks.end(); });
}

bool names_one_clearly(const Address& address) {
  const Words marks = marks_of(address);
  return std::any_of(marks.begin(), marks.end(), [](std::string_view mark) { return longest_number(mark) >= kLongNumber; });
}

// A word that the article's own address has as well says nothing.
template <std::size_t n>
bool says_newly(const Address& asked, const Address& arrived, const std::array<std::string_view, n>& words) {
  return std::any_of(arrived.stems.begin(), arrived.stems.end(), [&](const std::string& stem) { return is_in(stem, words) && !holds(asked.stems, stem); });
}

const char* kind_of_other(const Address& asked, const Address& arrived) {
  const std::string_view label = std::string_view(arrived.host).substr(0, arrived.host.find('.'));
  if (says_newly(asked, arrived, kLogin) || (arrived.host != asked.host && is_in(label, kLoginHosts))) return "a page to log in, subscribe or consent";
  if (says_newly(asked, arrived, kError)) return "an error page";
  if (carries_on(asked, arrived)) return nullptr;
  if (arrived.stems.empty()) return "the front page";
  const std::string& last = arrived.stems.back();
  const bool is_view = !asked.stems.empty() && asked.stems.back() == last && !is_above(asked, arrived);  // another query of the same page
  if (is_view) return nullptr;
  if (is_in(last, kFront)) return "the front page";
  if (is_above(asked, arrived)) return "a page above the article";
  if (is_in(last, kLists)) return "a list of articles";
  if (names_none(asked, arrived) && (names_one_clearly(asked) || arrived.stems.size() < asked.stems.size())) return "an address that names no article";
  return nullptr;
}

}  // namespace

std::optional<std::string> astray(std::string_view asked, std::string_view arrived) {
  if (asked == arrived || model::identity_of(asked) == model::identity_of(arrived) || model::naver_numbers(arrived)) return std::nullopt;
  const auto from = taken_apart(asked), to = taken_apart(arrived);
  // What is read as an article although it is a site's front is nobody's business here.
  if (!from || !to || (from->stems.empty() && from->values.empty())) return std::nullopt;
  const char* const kind = kind_of_other(*from, *to);
  if (kind == nullptr) return std::nullopt;
  return "was redirected to " + to->shown + ", " + kind;
}

bool may_be_its_own(std::string_view address, std::string_view other) {
  const auto named = taken_apart(other);
  return named && !marks_of(*named).empty() && !astray(address, other);
}

}  // namespace bylined::article
