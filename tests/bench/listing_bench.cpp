// SPDX-License-Identifier: Apache-2.0
// Reading listings of a hundred items beside the bare library that reads the same fields: an RSS feed, an Atom feed and a sitemap
// beside pugixml, a JSON feed and a portal's JSON beside Boost.JSON. Documents are made here.
#include <boost/json.hpp>
#include <pugixml.hpp>

#include "pipeline/listing/listing.h"
#include "tests/bench/bench.h"

namespace {

using namespace bylined;

constexpr int kItems = 100;
const std::string kSummary = "한빛전자가 광주에 새 반도체 공장을 짓는다고 4일 밝혔다. 공장은 내년에 문을 연다. 투자액은 모두 10조원이다. ";

std::string title_of(int i) { return "한빛전자, 새 공장 짓는다 " + std::to_string(i); }
std::string address_of(int i) { return "https://press.example/news/" + std::to_string(i); }

// The head, the items and the tail of a document.
template <class Item>
std::string document(const std::string& head, Item item, const std::string& between, const std::string& tail) {
  std::string text = head;
  for (int i = 0; i < kItems; ++i) text += (i == 0 ? "" : between) + item(i);
  return text + tail;
}

std::string rss() {
  return document("<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>나루일보</title>",
                  [](int i) {
                    return "<item><title>" + title_of(i) + "</title><link>" + address_of(i) + "</link><author>윤가람 기자</author>"
                           "<pubDate>Tue, 04 Feb 2025 09:30:00 +0900</pubDate><description>" + kSummary + std::to_string(i) + "</description></item>";
                  },
                  "", "</channel></rss>");
}

// With the blanks, sections and references that real ones have.
std::string atom() {
  return document("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n  <title>나루일보</title>\n",
                  [](int i) {
                    return "  <entry>\n    <id>" + address_of(i) + "</id>\n    <title type=\"html\"><![CDATA[" + title_of(i) + "]]></title>\n"
                           "    <link rel=\"alternate\" href=\"" + address_of(i) + "?section=economy&amp;page=1\"/>\n    <author><name>윤가람</name></author>\n"
                           "    <published>2025-02-04T09:30:00+09:00</published>\n    <summary type=\"html\">&lt;p&gt;" + kSummary + "&lt;/p&gt;</summary>\n  </entry>\n";
                  },
                  "", "</feed>\n");
}

std::string sitemap() {
  return document("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
                  [](int i) { return "<url><loc>" + address_of(i) + "</loc><lastmod>2025-02-04T09:30:00+09:00</lastmod></url>\n"; }, "", "</urlset>\n");
}

std::string json_feed() {
  return document("{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"나루일보\",\"items\":[",
                  [](int i) {
                    return "{\"id\":\"" + std::to_string(i) + "\",\"url\":\"" + address_of(i) + "\",\"title\":\"" + title_of(i) + "\",\"authors\":[{\"name\":\"윤가람\"}],"
                           "\"date_published\":\"2025-02-04T09:30:00+09:00\",\"summary\":\"" + kSummary + "\"}";
                  },
                  ",", "]}");
}

std::string portal() {
  return document("{\"total\":100,\"start\":1,\"display\":100,\"items\":[",
                  [](int i) {
                    return "{\"title\":\"<b>한빛전자</b>, &quot;새 공장&quot; " + std::to_string(i) + "\",\"originallink\":\"" + address_of(i) +
                           "\",\"link\":\"https://n.news.naver.com/mnews/article/001/00150" + std::to_string(10'000 + i) + "?sid=101\",\"description\":\"" + kSummary +
                           "\",\"pubDate\":\"Tue, 04 Feb 2025 09:30:00 +0900\"}";
                  },
                  ",", "]}");
}

// What a program would do that does nothing else. Each field is taken as a string.
std::size_t bare_rss(const std::string& text) {
  pugi::xml_document tree;
  tree.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  std::size_t bytes = 0;
  for (const pugi::xml_node item : tree.child("rss").child("channel").children("item")) {
    for (const char* const field : {"title", "link", "pubDate", "description", "author"}) bytes += std::string(item.child_value(field)).size();
  }
  return bytes;
}

std::size_t bare_atom(const std::string& text) {
  pugi::xml_document tree;
  tree.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  std::size_t bytes = 0;
  for (const pugi::xml_node entry : tree.child("feed").children("entry")) {
    for (const char* const field : {"id", "title", "published", "summary"}) bytes += std::string(entry.child_value(field)).size();
    bytes += std::string(entry.child("link").attribute("href").value()).size() + std::string(entry.child("author").child_value("name")).size();
  }
  return bytes;
}

std::size_t bare_sitemap(const std::string& text) {
  pugi::xml_document tree;
  tree.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  std::size_t bytes = 0;
  for (const pugi::xml_node url : tree.child("urlset").children("url")) {
    for (const char* const field : {"loc", "lastmod"}) bytes += std::string(url.child_value(field)).size();
  }
  return bytes;
}

std::size_t bare_json(const std::string& text, std::initializer_list<const char*> fields) {
  boost::json::monotonic_resource memory;
  const boost::json::value tree = boost::json::parse(text, &memory);
  std::size_t bytes = 0;
  for (const boost::json::value& item : tree.at("items").as_array()) {
    for (const char* const field : fields) bytes += std::string(item.at(field).as_string()).size();
  }
  return bytes;
}

class Rows {
 public:
  // `ours` and `bare` answer how much they read.
  template <class Ours, class Bare>
  void row(const char* what, Ours ours, Bare bare) {
    const auto both = bench::compare([&] { seen_ += ours(); }, [&] { seen_ += bare(); });
    report_.ratio(what, both.ours, both.reference, 1.3, bench::Report::Sense::kAtMost);
  }
  bench::Report& report() { return report_; }
  std::size_t seen() const { return seen_; }

 private:
  bench::Report report_{"listing"};
  std::size_t seen_ = 0;
};

std::size_t listed(const char* kind, const model::Page& page) {
  model::Source source;
  source.kind = kind;
  return listing::read_listing(source, page)->items.size();
}

}  // namespace

int main() {
  const auto page = [](const char* url, std::string text) { return model::Page{url, "", std::move(text), Instant()}; };
  const model::Page first = page("https://press.example/rss", rss()), second = page("https://press.example/atom", atom());
  const model::Page third = page("https://press.example/feed.json", json_feed()), map = page("https://press.example/sitemap.xml", sitemap());
  const model::Page search = page("https://openapi.naver.com/v1/search/news.json?query=a", portal());
  Rows rows;
  rows.report().figure("bytes of the feed", static_cast<double>(first.bytes.size()), "bytes");
  rows.row("a feed's entries, time beside pugixml reading the same fields", [&] { return listing::read_feed(first)->entries.size(); },
           [&] { return bare_rss(first.bytes); });
  rows.row("a listing: dates read, addresses made canonical, items identified, beside the same", [&] { return listed("feed", first); },
           [&] { return bare_rss(first.bytes); });
  rows.row("an Atom feed's entries beside pugixml", [&] { return listing::read_feed(second)->entries.size(); }, [&] { return bare_atom(second.bytes); });
  rows.row("a sitemap's entries beside pugixml", [&] { return listing::read_sitemap(map)->entries.size(); }, [&] { return bare_sitemap(map.bytes); });
  rows.row("a JSON feed's entries beside Boost.JSON", [&] { return listing::read_feed(third)->entries.size(); },
           [&] { return bare_json(third.bytes, {"id", "url", "title", "date_published", "summary"}); });
  rows.row("a portal's JSON as a listing beside Boost.JSON", [&] { return listed("naver_search", search); },
           [&] { return bare_json(search.bytes, {"title", "link", "description", "pubDate"}); });
  return rows.seen() == 0 ? 1 : 0;
}
