// SPDX-License-Identifier: Apache-2.0
// The headline that a page's address spells.
#include "pipeline/article/headline/address_title.h"

#include <gtest/gtest.h>

namespace bylined::article {
namespace {

const std::string kMill = "https://www.ledger.example/news/2024/mill-reopens-after-the-flood-81726341.html";

double spelt(const std::string& slug, const std::string& headline) { return spelt_in("https://www.ledger.example/a/" + slug, headline); }

TEST(AddressTitle, IsSpeltWithoutAccentsCaseOrTheArticlesNumber) {
  EXPECT_EQ(spelt_in(kMill, "Mill reopens after the flood"), 1);
  EXPECT_EQ(spelt("gruene-muehle-oeffnet-wieder", "Grüne Mühle öffnet wieder"), 1);
  EXPECT_EQ(spelt("grune-muhle-offnet-wieder.html?page=2", "Grüne Mühle öffnet wieder"), 1);
  EXPECT_EQ(spelt("c1a2b3_kvaerna-apner-pa-oya-igjen", "Kværna åpner på Øya igjen"), 1);
  EXPECT_EQ(spelt("nha-may-mo-cua-lai", "Nhà máy mở cửa lại"), 1);
  EXPECT_EQ(spelt("helikopterlandeplatz-wird-bald-gebaut", "Helikopter\xC2\xADlandeplatz wird bald gebaut"), 1);
}

TEST(AddressTitle, WordsOutOfOrderOrMissingCountAgainstIt) {
  EXPECT_LT(spelt("mill-reopens-after-the-flood", "After the flood, mill reopens"), 0.9);
  EXPECT_LT(spelt("mill-reopens-after-the-flood", "Mill reopens"), 0.9);
  EXPECT_EQ(spelt("mill-reopens-after-the-flood", "방앗간이 다시 문을 연다"), 0);
  EXPECT_EQ(spelt("mill-reopens-after-the-flood", ""), 0);
}

TEST(AddressTitle, FewWordsTellNothing) {
  EXPECT_EQ(spelt("the-mill-reopens", "The mill reopens"), 0);
  EXPECT_EQ(spelt("81726341", "Mill reopens after the flood"), 0);
  EXPECT_EQ(spelt_in("", "Mill reopens after the flood"), 0);
}

TEST(AddressTitle, ALongAddressIsLookedAtToItsLimit) {
  const auto with_words_alike = [](int count) {
    std::string slug, headline;
    for (int i = 0; i < count; ++i) slug += "mill-", headline += "mill ";
    return spelt(slug + "river", headline + "dam");
  };
  EXPECT_LT(with_words_alike(39), 1) << "the fortieth differs";
  EXPECT_EQ(with_words_alike(40), 1) << "the next is not looked at";
}

Evidence two_titles() {
  Evidence evidence;
  evidence.add(Field::kTitle, std::string("Mill reopens after the flood"), "JSON-LD headline", 0.85);
  evidence.add(Field::kTitle, std::string("Flood in Westerby: everything on the mill"), "meta og:title", 0.75);
  return evidence;
}

TEST(AddressTitle, SpeaksForTheOneOfSeveralThatItSpells) {
  Evidence evidence = two_titles();
  settle_title(evidence, kMill);
  ASSERT_EQ(evidence.claims(Field::kTitle).size(), 3);
  EXPECT_EQ(evidence.claims(Field::kTitle).back().values.front(), "Mill reopens after the flood");
  EXPECT_EQ(evidence.claims(Field::kTitle).back().from, "title that the address spells");
}

TEST(AddressTitle, SaysNothingWhereItSpellsNoneOrTwoOrThereIsOne) {
  Evidence none = two_titles();
  settle_title(none, "https://www.ledger.example/news/westerby-mill-owner-is-glad-81726341.html");
  EXPECT_EQ(none.claims(Field::kTitle).size(), 2);

  Evidence two = two_titles();
  two.add(Field::kTitle, std::string("Mill reopens after the flood - 방앗간"), "title", 0.45);
  settle_title(two, kMill);
  EXPECT_EQ(two.claims(Field::kTitle).size(), 3);

  Evidence one;
  one.add(Field::kTitle, std::string("Mill reopens after the flood"), "h1", 0.6);
  one.add(Field::kTitle, std::string("Mill Reopens After the Flood"), "title", 0.45);
  settle_title(one, kMill);
  EXPECT_EQ(one.claims(Field::kTitle).size(), 2);
}

}  // namespace
}  // namespace bylined::article
