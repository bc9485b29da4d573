// SPDX-License-Identifier: Apache-2.0
#include "pipeline/bounds.h"

#include <gtest/gtest.h>

#include <string>

namespace bylined::pipeline {
namespace {

std::string letters(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "가";
  return text;
}

model::Listing listing_of(std::string url, std::string title, std::vector<std::string> authors) {
  model::Listing listing;
  listing.items.emplace_back();
  listing.items.back().identity = {url};
  listing.items.back().url = std::move(url);
  listing.items.back().title = std::move(title);
  listing.items.back().authors = std::move(authors);
  return listing;
}

TEST(Bounds, AHeadlineIsCutBehindAThousandCharacters) {
  model::Listing within = listing_of("https://press.example/1", letters(1'000), {});
  EXPECT_EQ(keep_within(within).texts, 0u);
  model::Listing beyond = listing_of("https://press.example/1", letters(1'001), {});
  EXPECT_EQ(keep_within(beyond).texts, 1u);
  EXPECT_EQ(beyond.items[0].title, letters(1'000));
}

TEST(Bounds, AuthorsAreTwentyOfAHundredCharacters) {
  model::Listing within = listing_of("https://press.example/1", "제목", std::vector<std::string>(20, letters(100)));
  EXPECT_EQ(keep_within(within).texts, 0u);
  model::Listing beyond = listing_of("https://press.example/1", "제목", std::vector<std::string>(21, letters(101)));
  EXPECT_EQ(keep_within(beyond).texts, 21u) << "the list, and each name in it";
  EXPECT_EQ(beyond.items[0].authors, std::vector<std::string>(20, letters(100)));
}

TEST(Bounds, AnItemWhoseAddressIsTooLongIsLeftOut) {
  const std::string host = "https://press.example/";
  model::Listing within = listing_of(host + std::string(8'192 - host.size(), 'a'), "제목", {});
  EXPECT_EQ(keep_within(within).addresses, 0u);
  model::Listing beyond = listing_of(host + std::string(8'193 - host.size(), 'a'), "제목", {});
  EXPECT_EQ(keep_within(beyond).addresses, 1u);
  EXPECT_TRUE(beyond.items.empty());
}

TEST(Bounds, WhereAListIsCutStaysBetweenTheSameItems) {
  model::Listing listing = listing_of("https://press.example/" + std::string(9'000, 'a'), "제목", {});
  listing.items.push_back(listing_of("https://press.example/1", "제목", {}).items[0]);
  listing.items.push_back(listing_of("https://press.example/2", "제목", {}).items[0]);
  listing.cut_at = 2;
  keep_within(listing);
  EXPECT_EQ(listing.cut_at, 1u);
}

TEST(Bounds, EveryFieldOfAnArticleButItsTextHasOne) {
  model::Content content;
  const std::string endless = letters(100'000);
  for (std::string* field : {&content.title, &content.body, &content.summary, &content.byline, &content.outlet, &content.section, &content.language,
                             &content.image, &content.canonical_url, &content.original_url}) {
    *field = endless;
  }
  content.captions = content.authors = std::vector<std::string>(200, endless);
  content.published = content.modified = model::Stamp{};
  content.published->text = content.modified->text = endless;
  const Bounded met = keep_within(content);
  EXPECT_EQ(met.addresses, 3u);
  EXPECT_EQ(met.texts, 6u + 1 + 100 + 1 + 20 + 2);
  EXPECT_EQ(content.body, endless);
  EXPECT_EQ(content.title, letters(1'000));
  EXPECT_EQ(content.section, letters(300));
  EXPECT_EQ(content.published->text, letters(300));
  EXPECT_EQ(content.captions.size(), 100u);
  EXPECT_TRUE(content.image.empty());
}

}  // namespace
}  // namespace bylined::pipeline
