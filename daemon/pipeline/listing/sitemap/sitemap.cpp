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

constexpr std::string_view kGzip = "\x1f\x8b";
constexpr std::size_t kWindow = 256u << 10;  // bytes

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
  Scan(std::string base, const TakeEntry& take) : base_(std::move(base)), take_(take) {}

  // What the first element of `utf8` says that it is; none where it is no sitemap's.
  std::optional<SitemapKind> begin(std::string_view utf8) {
    XmlScanner scanner(utf8);
    for (Piece piece = scanner.next(); piece != Piece::kDone; piece = scanner.next()) {
      if (piece != Piece::kStart) continue;
      const auto [prefix, name] = split(scanner.name());
      own_prefix_ = prefix;
      learn_news_prefix(scanner);
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

  // Then. Is no more entry wanted?
  bool done() const { return done_; }

  // Reads the entries of `utf8` that are whole; where it is the `last` of the text, the rest too. Answers how many bytes were
  // read: what stands behind them is wanted again, with more of the text.
  std::size_t read(std::string_view utf8, bool last) {
    XmlScanner::Place unread{utf8, open_};
    XmlScanner scanner(unread);
    while (!done_) {
      const XmlScanner::Place before = scanner.place();
      const Piece piece = scanner.next();
      if (piece == Piece::kDone || (scanner.met_unended() && !last)) break;
      if (piece == Piece::kText && in_entry_) add_text(scanner);
      if (piece == Piece::kEnd && end(known(split(scanner.name()).local))) unread = scanner.place();
      if (piece == Piece::kStart && start(scanner)) unread = before;
    }
    if (last) finish_entry();
    else forget_entry();
    open_ = std::string(unread.open);
    return utf8.size() - unread.rest.size();
  }

 private:
  void learn_news_prefix(const XmlScanner& scanner) {
    for (const auto& [name, value] : scanner.attributes()) {
      if (name.starts_with("xmlns:") && value.find("sitemap-news") != std::string_view::npos) news_prefix_ = name.substr(6);
    }
  }

  void add_text(const XmlScanner& scanner) {
    if (field_ != Name::kOther) text_.add(scanner);
    else if (entry_.url.empty()) loose_.add(scanner);
  }

  // Does the tag begin an entry?
  bool start(const XmlScanner& scanner) {
    const auto [prefix, local] = split(scanner.name());
    const Name name = known(local);
    const bool is_own = prefix == own_prefix_, is_news = prefix == news_prefix_;
    if (is_own && name == Name::kEntry) {
      finish_entry();
      in_entry_ = true;
      learn_news_prefix(scanner);
      return true;
    }
    finish_field();
    const bool own_field = is_own && (name == Name::kUrl || name == Name::kModified);
    const bool news_field = is_news && name > Name::kModified;
    if (in_entry_ && (own_field || news_field) && !scanner.closes_itself()) field_ = name;
    return false;
  }

  // Does it end one?
  bool end(Name name) {
    if (name == field_) finish_field();
    if (name == Name::kEntry) finish_entry();
    return name == Name::kEntry;
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
    forget_entry();
  }

  void forget_entry() {
    entry_ = SitemapEntry();
    field_ = Name::kOther;
    text_.clear();
    loose_.clear();
    in_entry_ = false;
  }

  std::string base_;
  const TakeEntry& take_;
  SitemapKind kind_ = SitemapKind::kUrls;
  std::string own_prefix_, news_prefix_ = "news", found_, open_;
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

bool is_xml(std::string_view utf8) {
  return trimmed(utf8.substr(0, 4096)).starts_with('<') || utf8.find("<?xml") != std::string_view::npos;
}

Result<SitemapKind> scan_text(const model::Page& page, const TakeEntry& take) {
  text::Decoded decoded;
  std::string_view utf8 = page.bytes;
  if (utf8.starts_with("\xEF\xBB\xBF")) utf8.remove_prefix(3);
  if (!text::valid_utf8(utf8)) {  // large ones are not copied without need
    decoded = text::decode(page.bytes, page.content_type);
    utf8 = decoded.text;
  }
  if (trimmed(utf8.substr(0, 4096)).empty()) return Error(ErrorKind::kInvalid, "the answer is empty");
  if (!is_xml(utf8)) return scan_lines(utf8, take);
  Scan scan(page.url, take);
  const auto kind = scan.begin(utf8);
  if (!kind) {
    const std::string wall = kind_of_wall(utf8);
    const std::string found = same_name(scan.found(), "html") || scan.found().empty() ? "a page" : "XML of another kind, <" + std::string(scan.found().substr(0, 60)) + ">";
    return Error(ErrorKind::kInvalid, "no sitemap but " + (wall.empty() ? found : wall));
  }
  if (*kind == SitemapKind::kFeed) return scan_feed(page, take);
  scan.read(utf8, true);
  return *kind;
}

// What a packed text unpacks to, a part after the other.
class Unpacking {
 public:
  explicit Unpacking(std::string_view packed) : packed_(packed) {}

  bool done() const { return packed_.empty(); }
  // Adds to `text` until it has so many bytes, or nothing is left. What is cut or damaged counts as far as it
  // goes. kExhausted: a limit.
  Status fill(std::string& text, std::size_t bytes) {
    while (text.size() < bytes && !done()) {
      const Status fed = inflater_.feed(packed_.substr(0, kSlice));
      packed_.remove_prefix(std::min(kSlice, packed_.size()));
      if (!fed) packed_ = std::string_view();
      if (!fed && fed.error().kind() == ErrorKind::kExhausted) return fed;
      text += inflater_.body();
      inflater_.body().clear();
    }
    return Status();
  }

 private:
  static constexpr std::size_t kSlice = 4096;  // packed; a thousand times as much comes out of it at most
  std::string_view packed_;
  net::Inflater inflater_{net::Coding::kGzip, net::InflateLimits{.decoded = SitemapLimits().bytes, .ratio = 500, .ratio_from = 1u << 20, .at_once = 0}};
};

// Takes of `raw` what ends before a tag, or all of it, and adds it to `utf8`: no letter is cut there in any charset.
void add_decoded(std::string& utf8, std::string& raw, bool all, std::string_view content_type) {
  const std::size_t tag = raw.rfind('<');
  const std::string part = raw.substr(0, all ? raw.size() : tag == std::string::npos ? 0 : tag);
  raw.erase(0, part.size());
  utf8 += text::valid_utf8(part) ? part : text::decode(part, content_type).text;
}

// In windows, so that the unpacked text, which may be thirty times as long, never stands in memory whole. What is no sitemap
// in XML is short, or wrong.
Result<SitemapKind> scan_packed(const model::Page& page, const TakeEntry& take) {
  Unpacking unpacking(page.bytes);
  std::string raw, window;
  if (const Status filled = unpacking.fill(raw, kWindow); !filled) return filled.error().within("unpack");
  if (raw.empty()) return Error(ErrorKind::kInvalid, "damaged gzip");
  if (raw.starts_with(kGzip)) return Error(ErrorKind::kInvalid, "gzip within gzip");
  const std::string type = text::claims_utf8(raw, page.content_type) ? page.content_type : "text/xml; charset=" + text::decode(raw, page.content_type).charset;
  Scan scan(page.url, take);
  const auto kind = scan.begin(raw);
  if (!kind || *kind == SitemapKind::kFeed) {
    if (const Status filled = unpacking.fill(raw, SitemapLimits().bytes); !filled) return filled.error().within("unpack");
    return scan_text(model::Page{page.url, page.content_type, std::move(raw), page.fetched_at}, take);
  }
  while (true) {
    const bool last = unpacking.done();
    add_decoded(window, raw, last, type);
    window.erase(0, scan.read(window, last));
    if (last || scan.done()) return *kind;
    if (const Status filled = unpacking.fill(raw, raw.size() + std::max(kWindow, window.size())); !filled) return filled.error().within("unpack");
  }
}

}  // namespace

Result<SitemapKind> scan_sitemap(const model::Page& page, const TakeEntry& take) {
  return page.bytes.starts_with(kGzip) ? scan_packed(page, take) : scan_text(page, take);
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
