// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listing/sitemap/sitemap.h"

#include <algorithm>

#include "base/markup/xml_scan.h"
#include "base/net/inflate.h"
#include "base/text/decode.h"
#include "pipeline/listing/adapters/adapter.h"

namespace bylined::listing {
namespace {

using markup::XmlScanner;
using Piece = XmlScanner::Piece;
using Take = std::function<bool(SitemapEntry)>;

std::string_view local_part(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}
std::string_view prefix_of(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
}

std::optional<text::PrintedDate> date_of(std::string_view printed) {
  auto date = text::read_printed_date(printed);
  return date ? std::optional(std::move(*date)) : std::nullopt;
}

// Turns the pieces of a sitemap into entries. Elements of other vocabularies (images, videos) that bear the same
// names are told apart by their prefixes.
class Scan {
 public:
  Scan(std::string_view utf8, std::string base, const Take& take) : scanner_(utf8), base_(std::move(base)), take_(take) {}

  // Reads to the first element and says what it is; none where it is no sitemap's.
  std::optional<SitemapKind> begin() {
    for (Piece piece = scanner_.next(); piece != Piece::kDone; piece = scanner_.next()) {
      if (piece != Piece::kStart) continue;
      const std::string_view name = local_part(scanner_.name());
      own_prefix_ = prefix_of(scanner_.name());
      learn_news_prefix();
      if (same_name(name, "urlset")) return SitemapKind::kUrls;
      if (same_name(name, "sitemapindex")) return SitemapKind::kIndex;
      for (const std::string_view feed : {"rss", "rdf", "feed", "channel"}) {
        if (same_name(name, feed)) return SitemapKind::kFeed;
      }
      found_ = name;
      return std::nullopt;
    }
    return std::nullopt;
  }
  const std::string& found() const { return found_; }

  void run() {
    for (Piece piece = scanner_.next(); piece != Piece::kDone && !done_; piece = scanner_.next()) {
      if (piece == Piece::kText && in_entry_) (field_.empty() ? loose_ : text_) += scanner_.text();
      if (piece == Piece::kEnd) end(local_part(scanner_.name()));
      if (piece == Piece::kStart) start();
    }
    finish_entry();
  }

 private:
  void learn_news_prefix() {
    for (const auto& [name, value] : scanner_.attributes()) {
      if (name.starts_with("xmlns:") && value.find("sitemap-news") != std::string_view::npos) news_prefix_ = name.substr(6);
    }
  }

  void start() {
    const std::string_view prefix = prefix_of(scanner_.name());
    const std::string_view name = local_part(scanner_.name());
    const bool is_own = prefix == own_prefix_, is_news = prefix == news_prefix_;
    if (is_own && (same_name(name, "url") || same_name(name, "sitemap"))) {
      finish_entry();
      in_entry_ = true;
      learn_news_prefix();
      return;
    }
    finish_field();
    const bool own_field = is_own && (same_name(name, "loc") || same_name(name, "lastmod"));
    const bool news_field = is_news && (same_name(name, "title") || same_name(name, "publication_date") || same_name(name, "name") || same_name(name, "language"));
    if (in_entry_ && (own_field || news_field) && !scanner_.closes_itself()) field_ = name;
  }

  void end(std::string_view name) {
    if (!field_.empty() && same_name(name, field_)) finish_field();
    if (same_name(name, "url") || same_name(name, "sitemap")) finish_entry();
  }

  void finish_field() {
    if (field_.empty()) return;
    const std::string text = squeezed(text_);
    if (same_name(field_, "loc") && entry_.url.empty()) entry_.url = absolute(base_, text);
    if (same_name(field_, "lastmod") && !entry_.modified) entry_.modified = date_of(text);
    if (same_name(field_, "title")) entry_.title = headline(text);
    if (same_name(field_, "publication_date")) entry_.published = date_of(text);
    if (same_name(field_, "name")) entry_.publication = headline(text);
    if (same_name(field_, "language")) entry_.language = text;
    field_.clear();
    text_.clear();
  }

  void finish_entry() {
    finish_field();
    if (in_entry_ && entry_.url.empty()) entry_.url = absolute(base_, squeezed(loose_));  // an address without its <loc>
    if (in_entry_ && !entry_.url.empty()) done_ = !take_(std::move(entry_));
    entry_ = SitemapEntry();
    loose_.clear();
    in_entry_ = false;
  }

  XmlScanner scanner_;
  std::string base_;
  const Take& take_;
  std::string own_prefix_, news_prefix_ = "news", found_;
  std::string field_, text_, loose_;
  SitemapEntry entry_;
  bool in_entry_ = false;
  bool done_ = false;
};

Result<SitemapKind> scan_lines(std::string_view utf8, const Take& take) {
  int entries = 0;
  while (!utf8.empty()) {
    const std::size_t end = std::min(utf8.find_first_of("\r\n"), utf8.size());
    const auto url = net::Url::parse(trimmed(utf8.substr(0, end)));
    utf8.remove_prefix(std::min(end + 1, utf8.size()));
    if (!url) continue;
    ++entries;
    SitemapEntry entry;
    entry.url = url->text();
    if (!take(std::move(entry))) break;
  }
  if (entries == 0) return Error(ErrorKind::kInvalid, "no sitemap but a text without addresses");
  return SitemapKind::kUrls;
}

Result<SitemapKind> scan_feed(const model::Page& page, const Take& take) {
  auto feed = read_feed(page);
  if (!feed) return feed.error();
  for (FeedEntry& from : feed->entries) {
    SitemapEntry entry;
    entry.url = std::move(from.url);
    entry.title = std::move(from.title);
    entry.published = from.published;
    entry.modified = from.updated ? from.updated : from.published;
    if (!entry.url.empty() && !take(std::move(entry))) break;
  }
  return SitemapKind::kFeed;
}

Result<std::string> unpacked(std::string_view bytes) {
  net::Inflater inflater(net::Coding::kGzip, net::InflateLimits{.decoded = SitemapLimits().bytes, .ratio = 500, .ratio_from = 1u << 20});
  Status fed = inflater.feed(bytes);
  if (fed) fed = inflater.end();
  if (!fed && fed.error().kind() == ErrorKind::kExhausted) return fed.error();
  if (inflater.body().empty()) return Error(ErrorKind::kInvalid, "damaged gzip");
  return std::move(inflater.body());  // cut or damaged further on: what there is counts
}

}  // namespace

Result<SitemapKind> scan_sitemap(const model::Page& page, const Take& take) {
  if (page.bytes.starts_with("\x1f\x8b")) {
    auto inside = unpacked(page.bytes);
    if (!inside) return inside.error().within("unpack");
    if (inside->starts_with("\x1f\x8b")) return Error(ErrorKind::kInvalid, "gzip within gzip");
    return scan_sitemap(model::Page{page.url, page.content_type, std::move(*inside), page.fetched_at}, take);
  }
  text::Decoded decoded;
  std::string_view utf8 = page.bytes;
  if (utf8.starts_with("\xEF\xBB\xBF")) utf8.remove_prefix(3);
  if (!text::valid_utf8(utf8)) {  // large ones are not copied without need
    decoded = text::decode(page.bytes, page.content_type);
    utf8 = decoded.text;
  }
  if (trimmed(utf8.substr(0, 4096)).empty()) return Error(ErrorKind::kInvalid, "the answer is empty");
  if (!trimmed(utf8.substr(0, 4096)).starts_with('<') && utf8.find("<?xml") == std::string_view::npos) return scan_lines(utf8, take);
  Scan scan(utf8, page.url, take);
  const auto kind = scan.begin();
  if (!kind) {
    const std::string wall = kind_of_wall(utf8);
    const std::string found = same_name(scan.found(), "html") || scan.found().empty() ? "a page" : "XML of another kind, <" + scan.found().substr(0, 60) + ">";
    return Error(ErrorKind::kInvalid, "no sitemap but " + (wall.empty() ? found : wall));
  }
  if (*kind == SitemapKind::kFeed) return scan_feed(page, take);
  scan.run();
  return *kind;
}

Result<SitemapDocument> read_sitemap(const model::Page& page) {
  SitemapDocument document;
  const auto kind = scan_sitemap(page, [&](SitemapEntry entry) {
    document.cut = document.entries.size() >= SitemapLimits().entries;
    if (!document.cut) document.entries.push_back(std::move(entry));
    return !document.cut;
  });
  if (!kind) return kind.error();
  document.kind = *kind;
  return document;
}

}  // namespace bylined::listing
