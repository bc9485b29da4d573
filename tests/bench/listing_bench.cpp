// SPDX-License-Identifier: Apache-2.0
// Reading listings beside the bare library that we use reading the same fields: a feed of a hundred items beside pugixml, a
// portal's JSON beside Boost.JSON. Documents are made here.
#include <boost/json.hpp>
#include <pugixml.hpp>

#include "pipeline/listing/listing.h"
#include "tests/bench/bench.h"

namespace {

using namespace bylined;

constexpr int kItems = 100;

std::string feed() {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>나루일보</title>";
  for (int i = 0; i < kItems; ++i) {
    const std::string n = std::to_string(i);
    text += "<item><title>한빛전자, 새 공장 짓는다 " + n + "</title><link>https://press.example/news/" + n + "</link><author>윤가람 기자</author>"
            "<pubDate>Tue, 04 Feb 2025 09:30:00 +0900</pubDate><description>한빛전자가 광주에 새 반도체 공장을 짓는다고 4일 밝혔다. 공장은 내년에 문을 연다. 투자액은 모두 10조원이다. " + n +
            "</description></item>";
  }
  return text + "</channel></rss>";
}

// The four fields of each item, as a program would that does nothing else.
std::size_t bare(const std::string& text) {
  pugi::xml_document document;
  document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  std::size_t bytes = 0;
  for (const pugi::xml_node item : document.child("rss").child("channel").children("item")) {
    for (const char* const field : {"title", "link", "pubDate", "description", "author"}) bytes += std::string(item.child_value(field)).size();
  }
  return bytes;
}

}  // namespace

int main() {
  const std::string text = feed();
  model::Source source;
  source.kind = "feed";
  const model::Page page{"https://press.example/rss", "application/rss+xml", text, Instant()};
  std::size_t seen = 0;
  bench::Report report("listing");
  report.figure("bytes of the feed", static_cast<double>(text.size()), "bytes");
  const auto document = bench::compare([&] { seen += listing::read_feed(page)->entries.size(); }, [&] { seen += bare(text); });
  report.ratio("a feed's entries, time beside pugixml reading the same fields", document.ours, document.reference, 1.3, bench::Report::Sense::kAtMost);
  const auto whole = bench::compare([&] { seen += listing::read_listing(source, page)->items.size(); }, [&] { seen += bare(text); });
  report.ratio("a listing: dates read, addresses made canonical, items identified, beside the same", whole.ours, whole.reference, 1.3, bench::Report::Sense::kAtMost);
  return seen == 0 ? 1 : 0;
}
