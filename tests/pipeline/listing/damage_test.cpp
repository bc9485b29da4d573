// SPDX-License-Identifier: Apache-2.0
// A feed of ten items with one fault. The least that each must still give is what the better of two libraries gave that read
// the same damage (pugixml; libxml2, recovering).
#include <gtest/gtest.h>

#include "pipeline/listing/listing.h"

namespace bylined::listing {
namespace {

std::string entry(int number, const std::string& title) {
  return "<item><title>" + title + "</title><link>https://press.example/" + std::to_string(number) + "</link><pubDate>Tue, 04 Feb 2025 09:30:00 +0900</pubDate></item>\n";
}

// `title` stands in the sixth; "%" is the number.
std::string feed_with(const std::string& sixth, const std::string& head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {
  std::string feed = head + "<rss version=\"2.0\"><channel><title>나루일보</title>\n";
  for (int n = 1; n <= 10; ++n) feed += n == 6 ? sixth : entry(n, "한빛전자 소식 " + std::to_string(n));
  return feed + "</channel></rss>\n";
}

struct Damage {
  const char* what;
  std::string feed;
  std::size_t least;
};

std::vector<Damage> damages() {
  const std::string whole = feed_with(entry(6, "한빛전자 소식 6"));
  std::string bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\">";
  for (char c = 'b'; c <= 'j'; ++c) {
    bomb += std::string("<!ENTITY ") + c + " \"";
    for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(c - 1) + ";";
    bomb += "\">";
  }
  bomb += "]>\n";
  return {
      {"nothing", whole, 10},
      {"a bare &", feed_with(entry(6, "R&D 투자")), 10},
      {"&nbsp;", feed_with(entry(6, "한빛&nbsp;전자")), 10},
      {"a byte that is no UTF-8", feed_with(entry(6, "한빛\xC0전자")), 10},
      {"a control character", feed_with(entry(6, "한빛\x01전자")), 10},
      {"an attribute twice", feed_with("<item><title>여섯</title><link>https://press.example/6</link><guid a=\"1\" a=\"2\">6</guid></item>"), 10},
      {"an unclosed <b>", feed_with(entry(6, "한빛 <b>전자")), 10},
      {"a stray </p>", feed_with(entry(6, "한빛 </p>전자")), 10},
      {"a raw <", feed_with(entry(6, "수익 < 비용")), 10},
      {"an unclosed CDATA", feed_with("<item><title><![CDATA[여섯</title><link>https://press.example/6</link></item>"), 5},
      {"a line before the declaration", "\n" + whole, 10},
      {"a warning of PHP before it", "<br />\n<b>Warning</b>: Undefined variable $a in /srv/rss.php on line 3<br />\n" + whole, 10},
      {"cut at 60 %", whole.substr(0, whole.size() * 6 / 10), 6},
      {"says euc-kr and is UTF-8", feed_with(entry(6, "여섯"), "<?xml version=\"1.0\" encoding=\"euc-kr\"?>\n"), 10},
      {"says utf8", feed_with(entry(6, "여섯"), "<?xml version=\"1.0\" encoding=\"utf8\"?>\n"), 10},
      {"says UTF-16 and is UTF-8", feed_with(entry(6, "여섯"), "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n"), 10},
      {"an entity bomb", feed_with(entry(6, "&j;"), bomb), 10},
  };
}

TEST(DamagedFeed, YieldsAsMuchAsTheBetterOfTwoLibraries) {
  for (const Damage& damage : damages()) {
    model::Source source;
    source.kind = "feed";
    const auto listing = read_listing(source, model::Page{"https://press.example/rss", "application/rss+xml", damage.feed, Instant()});
    ASSERT_TRUE(listing) << damage.what << ": " << listing.error().text();
    EXPECT_GE(listing->items.size(), damage.least) << damage.what;
    for (const model::ListedItem& one : listing->items) {
      EXPECT_FALSE(one.title.empty()) << damage.what;
      EXPECT_LE(one.title.size(), 1'000u) << damage.what;
      EXPECT_TRUE(one.printed || one.url.ends_with("/6")) << damage.what << " " << one.url;
    }
  }
}

TEST(DamagedFeed, KeepsTheTextsOfItsOtherItems) {
  for (const Damage& damage : damages()) {
    model::Source source;
    source.kind = "feed";
    const auto listing = read_listing(source, model::Page{"https://press.example/rss", "application/rss+xml", damage.feed, Instant()});
    ASSERT_TRUE(listing);
    EXPECT_EQ(listing->items.front().title, "한빛전자 소식 1") << damage.what;
  }
}

}  // namespace
}  // namespace bylined::listing
