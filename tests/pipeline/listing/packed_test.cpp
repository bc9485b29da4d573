// SPDX-License-Identifier: Apache-2.0
// A packed sitemap is read in windows: nothing may read otherwise for that.
#include <gtest/gtest.h>

#include "pipeline/listing/adapters/adapter.h"
#include "tests/base/net/gzip.h"

namespace bylined::listing {
namespace {

constexpr std::size_t kMany = 6'000;  // entries: several windows

std::string sitemap_entry(std::size_t n, const std::string& more = "") {
  return "<url><loc>https://press.example/news/2025/" + std::to_string(n) + "/a-new-plant-is-to-be-built-in-the-south</loc>" + more + "</url>\n";
}

// `between` stands behind every entry whose number it takes.
std::string sitemap_with(const std::function<std::string(std::size_t)>& between, const std::string& prolog = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>") {
  std::string made = prolog + "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\n";
  for (std::size_t n = 0; n < kMany; ++n) made += sitemap_entry(n) + between(n);
  return made + "</urlset>";
}

std::string sitemap_with(std::size_t at, const std::string& what) {
  return sitemap_with([&](std::size_t n) { return n == at ? what : std::string(); });
}

std::string written_out(const Result<SitemapDocument>& read) {
  if (!read) return read.error().text();
  std::string all = std::to_string(static_cast<int>(read->kind));
  for (const SitemapEntry& entry : read->entries) {
    all += "\n" + entry.url + " " + entry.title + " " + entry.language + (entry.modified ? " " + entry.modified->stamp.text : "");
  }
  return all;
}

Result<SitemapDocument> entries_in(std::string bytes) { return read_sitemap(model::Page{"https://press.example/sitemap.xml.gz", "", std::move(bytes), Instant()}); }

void expect_alike(const std::string& document) {
  const auto plain = entries_in(document);
  const auto packed = entries_in(net::gzip(document));
  EXPECT_TRUE(written_out(packed) == written_out(plain)) << (packed ? packed->entries.size() : 0) << " entries for " << (plain ? plain->entries.size() : 0);
}

TEST(PackedSitemap, OfManyWindowsIsReadAsItIsPlain) {
  const auto plain = entries_in(sitemap_with([](std::size_t) { return std::string(); }));
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->entries.size(), kMany);
  expect_alike(sitemap_with([](std::size_t n) { return n % 3 == 0 ? "<url><loc>https://press.example/open/" + std::to_string(n) + "</loc><lastmod>2025-02-04</lastmod>" : ""; }));
}

std::string many_entries(std::size_t from) {
  std::string made;
  for (std::size_t n = 0; n < kMany; ++n) made += sitemap_entry(from + n);
  return made;
}

// Each is longer than a window.
TEST(PackedSitemap, CommentsAndSectionsAcrossWindowsHideWhatTheyHidePlain) {
  const std::string hidden = many_entries(100'000);
  expect_alike(sitemap_with(7, "<!--" + hidden + "-->"));
  expect_alike(sitemap_with(7, "<![CDATA[" + hidden + "]]>"));
  expect_alike(sitemap_with(7, "<url><loc><![CDATA[https://press.example/in-a-section]]></loc><note><![CDATA[" + hidden + "]]></note></url>"));
  const auto seen = entries_in(net::gzip(sitemap_with(7, "<!--" + hidden + "-->")));
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->entries.size(), kMany);
}

TEST(PackedSitemap, MarksThatNeverEndReadAsTheyDoPlain) {
  for (const char* mark : {"<!-- ", "<![CDATA[", "<? ", "<url", "<loc>", "&", "<url><loc>https://press.example/without-its-end"}) {
    SCOPED_TRACE(mark);
    expect_alike(sitemap_with(3, mark));
  }
  expect_alike(sitemap_with(kMany - 1, "<url><loc>https://press.example/last"));
}

TEST(PackedSitemap, AnEntryLongerThanAWindowIsOneEntry) {
  const std::string title(900'000, 'x');
  expect_alike(sitemap_with(40, "<url><loc>https://press.example/long</loc><news:news><news:title>" + title + "</news:title></news:news></url>"));
}

TEST(PackedSitemap, ACharsetThatShowsOnlyInALaterWindowIsTheDeclaredOne) {
  const std::string news = "<url><loc>https://press.example/late</loc><news:news><news:title>\xB0\xA1\xB3\xAA\xB4\xD9</news:title></news:news></url>";
  const auto late = entries_in(net::gzip(sitemap_with([&](std::size_t n) { return n == kMany - 5 ? news : std::string(); }, "<?xml version=\"1.0\" encoding=\"euc-kr\"?>")));
  ASSERT_TRUE(late);
  ASSERT_EQ(late->entries.size(), kMany + 1);
  EXPECT_EQ(late->entries[kMany - 4].title, "가나다");
}

TEST(PackedSitemap, OfManySmallWholesNothingIsLostWhereTheFileIsCut) {
  const std::string packed = net::gzip(sitemap_with([](std::size_t) { return std::string(); }));
  const auto cut = entries_in(packed.substr(0, packed.size() / 2));
  ASSERT_TRUE(cut);
  EXPECT_GT(cut->entries.size(), kMany / 3);
  EXPECT_LT(cut->entries.size(), kMany);
  std::string damaged = packed;
  damaged[packed.size() / 2] ^= 0x5a;
  const auto beginning = entries_in(damaged);
  ASSERT_TRUE(beginning);
  EXPECT_GT(beginning->entries.size(), kMany / 3);
}

TEST(PackedSitemap, WhatIsNoSitemapInXmlIsReadWhole) {
  std::string lines, feed = "<rss><channel>";
  for (std::size_t n = 0; n < kMany; ++n) {
    lines += "https://press.example/lines/" + std::to_string(n) + "/a-new-plant-is-to-be-built-in-the-south-of-the-country\n";
    feed += "<item><title>제목</title><link>https://press.example/" + std::to_string(n) + "</link></item>";
  }
  expect_alike(lines);
  expect_alike(feed + "</channel></rss>");
  expect_alike("<html><body>not here</body></html>");
  expect_alike("<urlset></urlset>");
}

TEST(PackedSitemap, ThatUnpacksToMoreThanTheLimitIsRefused) {
  const auto bomb = entries_in(net::gzip("<urlset>" + std::string(3u << 20, ' ') + "</urlset>"));
  ASSERT_FALSE(bomb);
  EXPECT_EQ(bomb.error().kind(), ErrorKind::kExhausted);
}

}  // namespace
}  // namespace bylined::listing
