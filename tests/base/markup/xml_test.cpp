// SPDX-License-Identifier: Apache-2.0
#include "base/markup/xml.h"

#include <gtest/gtest.h>

namespace bylined::markup {
namespace {

TEST(Xml, ReadsNamesAttributesAndText) {
  const auto document = XmlDocument::parse("<rss version='2.0'><channel><title> 가<![CDATA[나 & 다]]> </title><dc:creator>홍길동</dc:creator></channel></rss>");
  ASSERT_TRUE(document);
  EXPECT_FALSE(document->damaged());
  EXPECT_EQ(document->root().attribute("version"), "2.0");
  const XmlNode channel = document->root().child("channel");
  EXPECT_EQ(channel.child("title").text(), "가나 & 다");
  EXPECT_EQ(channel.children()[1].local_name(), "creator");
  EXPECT_EQ(channel.children("dc:creator").size(), 1u);
}

TEST(Xml, ADefaultNodeIsNone) {
  const XmlNode none;
  EXPECT_FALSE(none);
  EXPECT_EQ(none.text(), "");
  EXPECT_FALSE(none.child("a"));
  EXPECT_TRUE(none.children().empty());
}

TEST(Xml, AnUnclosedElementIsReadAndSaidToBeDamaged) {
  const auto document = XmlDocument::parse("<rss><channel><item><title>가 <b>나</title></item><item><title>다</title></item></channel></rss>");
  ASSERT_TRUE(document);
  EXPECT_TRUE(document->damaged());
  EXPECT_TRUE(document->root().child("channel").child("item"));
}

TEST(Xml, RefusesWhatHasNoElement) {
  for (const char* text : {"", "   ", "로그인이 필요합니다"}) EXPECT_FALSE(XmlDocument::parse(text)) << text;
}

}  // namespace
}  // namespace bylined::markup
