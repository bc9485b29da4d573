// SPDX-License-Identifier: Apache-2.0
#include "tests/press/press.h"

#include <zlib.h>

#include <algorithm>
#include <charconv>

#include "base/digest.h"
#include "tests/press/stamps.h"

namespace bylined::press {
namespace {

struct Address {
  std::string_view host;    // without a port
  std::string_view target;  // path and query
};

Address split(std::string_view url) {
  url.remove_prefix(std::min(url.size(), url.find("://") + 3));
  const std::size_t slash = std::min(url.find('/'), url.size());
  const std::string_view host = url.substr(0, slash);
  return {host.substr(0, host.find(':')), url.substr(slash)};
}

std::string_view header(const net::Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

std::size_t number_after(std::string_view target, std::string_view key) {
  const std::size_t at = target.find(key);
  std::size_t number = 0;
  if (at != std::string_view::npos) std::from_chars(target.data() + at + key.size(), target.data() + target.size(), number);
  return number;
}

// The number of the article at this target, where it is one of the outlet's; a query counts only where the
// prefix has one.
std::string_view article_number(const Outlet& outlet, const Address& asked) {
  const Address prefix = split(outlet.article_prefix);
  if (prefix.host != asked.host || !asked.target.starts_with(prefix.target)) return {};
  const std::string_view rest = asked.target.substr(prefix.target.size());
  return rest.substr(0, rest.find_first_of(prefix.target.find('?') == std::string_view::npos ? "?#" : "&#"));
}

bool unchanged(const net::Headers& asked, const std::string& etag, const std::string& modified) {
  const std::string_view none_match = header(asked, "if-none-match");
  if (!none_match.empty()) return none_match.find(etag) != std::string_view::npos;
  return header(asked, "if-modified-since") == modified;
}

// Validators and content encoding, as a web server adds them to what the page's program gave.
void finish(Answer& answer, Instant changed, const net::Headers& asked, Instant now) {
  answer.headers.emplace_back("date", http_date(now));
  if (answer.status != 200) return;
  const std::string etag = "\"" + hex(sha256(answer.body)).substr(0, 16) + "\"";
  const std::string modified = http_date(changed);
  answer.headers.emplace_back("etag", etag);
  answer.headers.emplace_back("last-modified", modified);
  answer.headers.emplace_back("vary", "accept-encoding");
  if (unchanged(asked, etag, modified)) {
    answer.status = 304;
    answer.body.clear();
  } else if (header(asked, "accept-encoding").find("gzip") != std::string_view::npos) {
    answer.headers.emplace_back("content-encoding", "gzip");
    answer.body = gzip(answer.body);
  }
}

Answer page(std::string body, const char* type) {
  Answer answer;
  answer.headers.emplace_back("content-type", type);
  answer.body = std::move(body);
  return answer;
}

Answer gone() {
  Answer answer = page(gone_page(), "text/html; charset=utf-8");
  answer.status = 404;
  return answer;
}

}  // namespace

Answer Press::answer(std::string_view host, std::string_view target, const net::Headers& headers, Instant now) const {
  Found found = find(host, target, now);
  finish(found.answer, found.changed, headers, now);
  return std::move(found.answer);
}

Press::Found Press::find(std::string_view host, std::string_view target, Instant now) const {
  if (target == "/robots.txt") return robots(host);
  for (const Outlet& outlet : script_.outlets) {
    const Address own = split(outlet.listing);
    if (own.host == host && own.target == target) return listing(outlet, now);
    if (own.host == host && outlet.shape == Shape::kNaverJournalist && target.starts_with(more_articles_path(outlet))) {
      return more(outlet, target, now);
    }
    const std::string_view number = article_number(outlet, {host, target});
    if (number.empty()) continue;
    if (Found found = article(outlet, number, now); found.answer.status == 200) return found;
  }
  return {gone(), start_};
}

Press::Found Press::robots(std::string_view host) const {
  const auto rules = script_.robots.find(std::string(host));
  if (rules == script_.robots.end()) return {gone(), start_};
  return {page(rules->second, "text/plain; charset=utf-8"), start_ - std::chrono::hours(24)};
}

Press::Found Press::listing(const Outlet& outlet, Instant now) const {
  std::vector<Copy> shown = copies(outlet, now);
  Instant changed = start_ - std::chrono::hours(24);
  for (const Copy& copy : shown) changed = std::max(changed, copy.changed);
  if (outlet.shape != Shape::kNaverJournalist && shown.size() > outlet.page_size) shown.resize(outlet.page_size);
  Found found{{}, changed};
  switch (outlet.shape) {
    case Shape::kNaverJournalist: found.answer = page(journalist_page(outlet, shown, now), "text/html; charset=utf-8"); break;
    case Shape::kRss: found.answer = page(feed_rss(outlet, shown), "application/rss+xml; charset=utf-8"); break;
    case Shape::kAtom: found.answer = page(feed_atom(outlet, shown), "application/atom+xml; charset=utf-8"); break;
    case Shape::kList: found.answer = page(list_page(outlet, shown), "text/html; charset=utf-8"); break;
  }
  if (shown.size() > outlet.page_size) shown.resize(outlet.page_size);
  for (const Copy& copy : shown) found.answer.listed.push_back(copy.article->key);
  return found;
}

Press::Found Press::more(const Outlet& outlet, std::string_view target, Instant now) const {
  const std::vector<Copy> shown = copies(outlet, now);
  const std::size_t number = number_after(target, "offset=");
  Found found{page(more_articles(outlet, shown, number, now), "application/json; charset=utf-8"), now};
  const std::size_t from = (number == 0 ? 0 : number - 1) * outlet.page_size;
  for (std::size_t i = from; i < std::min(shown.size(), from + outlet.page_size); ++i) found.answer.listed.push_back(shown[i].article->key);
  return found;
}

Press::Found Press::article(const Outlet& outlet, std::string_view number, Instant now) const {
  const Millis elapsed = now - start_;
  for (const Article& one : script_.articles) {
    for (const Place& place : one.places) {
      if (place.outlet != outlet.id || place.number != number || !listed_at(one, place, elapsed)) continue;
      const Copy shown = copy(one, place, outlet, elapsed);
      Answer answer = page(outlet.shape == Shape::kNaverJournalist ? portal_article(shown) : own_article(shown), "text/html; charset=utf-8");
      answer.shown = one.key;
      return {std::move(answer), shown.changed};
    }
  }
  return {gone(), start_};
}

Copy Press::copy(const Article& article, const Place& place, const Outlet& outlet, Millis elapsed) const {
  Copy copy;
  copy.article = &article;
  copy.place = &place;
  copy.outlet = &outlet;
  copy.url = outlet.article_prefix + place.number;
  copy.title = title_at(article, elapsed);
  copy.paragraphs = paragraphs_at(article, elapsed);
  copy.published = start_ + place.appears;
  copy.changed = start_ + changed_at(article, place, elapsed);
  for (const Place& other : article.places) {
    if (outlet.shape != Shape::kNaverJournalist || other.outlet == outlet.id) continue;
    copy.original_url = script_.outlet(other.outlet)->article_prefix + other.number;
  }
  return copy;
}

std::vector<Copy> Press::copies(const Outlet& outlet, Instant now) const {
  const Millis elapsed = now - start_;
  std::vector<Copy> shown;
  for (const Article& one : script_.articles) {
    for (const Place& place : one.places) {
      if (place.outlet == outlet.id && listed_at(one, place, elapsed)) shown.push_back(copy(one, place, outlet, elapsed));
    }
  }
  std::stable_sort(shown.begin(), shown.end(), [](const Copy& a, const Copy& b) { return a.published > b.published; });
  return shown;
}

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  constexpr int kGzipWindow = 15 + 16;
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace bylined::press
