// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listing/sitemap/sitemap.h"

#include <algorithm>
#include <array>

#include "base/markup/xml.h"
#include "base/markup/xml_scan.h"
#include "base/net/inflate.h"
#include "base/text/decode.h"
#include "pipeline/listing/adapters/adapter.h"

namespace bylined::listing {
namespace {

using markup::XmlScanner;
using Piece = XmlScanner::Piece;

markup::XmlName split(std::string_view name) {
  const auto colon = static_cast<std::size_t>(std::find(name.begin(), name.end(), ':') - name.begin());
  return colon == name.size() ? markup::XmlName{std::string_view(), name} : markup::XmlName{name.substr(0, colon), name.substr(colon + 1)};
}

void read_into(std::optional<text::PrintedDate>& slot, std::string_view printed) {
  auto date = text::read_printed_date(printed);
  if (date) slot = std::move(*date);
  else slot.reset();
}

// The elements of a sitemap that say something; of the news fields those behind kModified.
enum class Name { kOther, kEntry, kUrl, kModified, kTitle, kPublished, kPublication, kLanguage };

struct Known {
  std::string_view word;
  Name name;
};
constexpr std::array<Known, 8> kKnown{{{"loc", Name::kUrl},
                                       {"url", Name::kEntry},
                                       {"lastmod", Name::kModified},
                                       {"sitemap", Name::kEntry},
                                       {"title", Name::kTitle},
                                       {"publication_date", Name::kPublished},
                                       {"name", Name::kPublication},
                                       {"language", Name::kLanguage}}};

Name known(std::string_view name) {
  for (const Known& one : kKnown) {
    if (one.word.size() == name.size() && (one.word[1] | 0x20) == (name[1] | 0x20) && same_name(one.word, name)) return one.name;
  }
  return Name::kOther;
}

// A text that comes in pieces: of one, as most are of, there is no copy.
class Joined {
 public:
  void add(const XmlScanner& scanner) {
    std::string undone;
    const std::string_view piece = scanner.text_in(undone);
    const bool stays = undone.empty();
    if (whole_.empty() && stays) {
      whole_ = piece;
      return;
    }
    if (copy_.empty()) copy_ = whole_;
    whole_ = copy_ += piece;
  }
  std::string_view text() const { return whole_; }
  void clear() {
    whole_ = std::string_view();
    copy_.clear();
  }

 private:
  std::string_view whole_;
  std::string copy_;
};

// Turns the pieces of a sitemap into entries. Elements of other vocabularies (images, videos) that bear the same
// names are told apart by their prefixes.
class Scan {
 public:
  Scan(std::string_view utf8, std::string base, const TakeEntry& take) : scanner_(utf8), base_(std::move(base)), take_(take) {}

  // Reads to the first element and says what it is; none where it is no sitemap's.
  std::optional<SitemapKind> begin() {
    for (Piece piece = scanner_.next(); piece != Piece::kDone; piece = scanner_.next()) {
      if (piece != Piece::kStart) continue;
      const auto [prefix, name] = split(scanner_.name());
      own_prefix_ = prefix;
      learn_news_prefix();
      if (same_name(name, "urlset")) return kind_ = SitemapKind::kUrls;
      if (same_name(name, "sitemapindex")) return kind_ = SitemapKind::kIndex;
      for (const std::string_view feed : {"rss", "rdf", "feed", "channel"}) {
        if (same_name(name, feed)) return SitemapKind::kFeed;
      }
      found_ = name;
      return std::nullopt;
    }
    return std::nullopt;
  }
  std::string_view found() const { return found_; }

  void run() {
    for (Piece piece = scanner_.next(); piece != Piece::kDone && !done_; piece = scanner_.next()) {
      if (piece == Piece::kText && in_entry_) add_text();
      if (piece == Piece::kEnd) end(known(split(scanner_.name()).local));
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

  void add_text() {
    if (field_ != Name::kOther) text_.add(scanner_);
    else if (entry_.url.empty()) loose_.add(scanner_);
  }

  void start() {
    const auto [prefix, local] = split(scanner_.name());
    const Name name = known(local);
    const bool is_own = prefix == own_prefix_, is_news = prefix == news_prefix_;
    if (is_own && name == Name::kEntry) {
      finish_entry();
      in_entry_ = true;
      learn_news_prefix();
      return;
    }
    finish_field();
    const bool own_field = is_own && (name == Name::kUrl || name == Name::kModified);
    const bool news_field = is_news && name > Name::kModified;
    if (in_entry_ && (own_field || news_field) && !scanner_.closes_itself()) field_ = name;
  }

  void end(Name name) {
    if (name == field_) finish_field();
    if (name == Name::kEntry) finish_entry();
  }

  void finish_field() {
    if (field_ == Name::kOther) return;
    std::string copy;
    const std::string_view text = squeezed_in(text_.text(), copy);
    switch (field_) {
      case Name::kUrl:
        if (entry_.url.empty()) entry_.url = absolute(base_, text);
        break;
      case Name::kModified:
        if (!entry_.modified) read_into(entry_.modified, text);
        break;
      case Name::kTitle: entry_.title = headline(text); break;
      case Name::kPublished: read_into(entry_.published, text); break;
      case Name::kPublication: entry_.publication = headline(text); break;
      case Name::kLanguage: entry_.language = text; break;
      case Name::kEntry:
      case Name::kOther: break;
    }
    field_ = Name::kOther;
    text_.clear();
  }

  void finish_entry() {
    finish_field();
    if (!in_entry_) return;
    if (entry_.url.empty()) entry_.url = absolute(base_, squeezed(loose_.text()));  // an address without its <loc>
    if (!entry_.url.empty()) done_ = !take_(kind_, std::move(entry_));
    entry_ = SitemapEntry();
    loose_.clear();
    in_entry_ = false;
  }

  XmlScanner scanner_;
  std::string base_;
  const TakeEntry& take_;
  SitemapKind kind_ = SitemapKind::kUrls;
  std::string_view own_prefix_, news_prefix_ = "news", found_;
  Name field_ = Name::kOther;
  Joined text_, loose_;
  SitemapEntry entry_;
  bool in_entry_ = false;
  bool done_ = false;
};

Result<SitemapKind> scan_lines(std::string_view utf8, const TakeEntry& take) {
  int entries = 0;
  while (!utf8.empty()) {
    const std::size_t end = std::min(utf8.find_first_of("\r\n"), utf8.size());
    const auto url = net::Url::parse(trimmed(utf8.substr(0, end)));
    utf8.remove_prefix(std::min(end + 1, utf8.size()));
    if (!url) continue;
    ++entries;
    SitemapEntry entry;
    entry.url = url->text();
    if (!take(SitemapKind::kUrls, std::move(entry))) break;
  }
  if (entries == 0) return Error(ErrorKind::kInvalid, "no sitemap but a text without addresses");
  return SitemapKind::kUrls;
}

Result<SitemapKind> scan_feed(const model::Page& page, const TakeEntry& take) {
  auto feed = read_feed(page);
  if (!feed) return feed.error();
  for (const FeedEntry& from : feed->entries) {
    SitemapEntry entry;
    entry.url = from.url;
    entry.title = from.title;
    entry.published = from.published;
    entry.modified = from.updated ? from.updated : from.published;
    if (!entry.url.empty() && !take(SitemapKind::kFeed, std::move(entry))) break;
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

Result<SitemapKind> scan_sitemap(const model::Page& page, const TakeEntry& take) {
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
    const std::string found = same_name(scan.found(), "html") || scan.found().empty() ? "a page" : "XML of another kind, <" + std::string(scan.found().substr(0, 60)) + ">";
    return Error(ErrorKind::kInvalid, "no sitemap but " + (wall.empty() ? found : wall));
  }
  if (*kind == SitemapKind::kFeed) return scan_feed(page, take);
  scan.run();
  return *kind;
}

Result<SitemapDocument> read_sitemap(const model::Page& page) {
  constexpr std::size_t kUsual = 100;  // bytes of an entry
  SitemapDocument document;
  document.entries.reserve(std::min(page.bytes.size() / kUsual, SitemapLimits().entries));  // room that is not written to takes no memory
  const auto kind = scan_sitemap(page, [&](SitemapKind, SitemapEntry&& entry) {
    document.cut = document.entries.size() >= SitemapLimits().entries;
    if (!document.cut) document.entries.push_back(std::move(entry));
    return !document.cut;
  });
  if (!kind) return kind.error();
  document.kind = *kind;
  return document;
}

}  // namespace bylined::listing
