// SPDX-License-Identifier: Apache-2.0
#include "base/markup/xml.h"

#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>

#include <functional>
#include <pugixml.hpp>

namespace bylined::markup {
namespace {

constexpr int kItems = 10;

std::string item(int n, const std::string& title) {
  return "<item><title>" + title + "</title><link>https://press.example/" + std::to_string(n) + "</link><description><![CDATA[<p>본문 " +
         std::to_string(n) + "</p>]]></description><pubDate>Tue, 04 Feb 2025 09:30:00 +0900</pubDate></item>\n";
}

// Ten items, the sixth with this title.
std::string feed_with(const std::string& title, const std::string& head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {
  std::string feed = head + "<rss version=\"2.0\"><channel><title>경제</title>\n";
  for (int n = 1; n <= kItems; ++n) feed += item(n, n == 6 ? title : "제목 " + std::to_string(n));
  return feed + "</channel></rss>\n";
}

int items_in_channel(std::string_view feed) {
  const auto document = XmlDocument::parse(feed);
  return document ? static_cast<int>(document->root().child("channel").children("item").size()) : 0;
}

int items_of_pugixml(const std::string& feed) {
  pugi::xml_document document;
  document.load_buffer(feed.data(), feed.size(), pugi::parse_default, pugi::encoding_utf8);
  return static_cast<int>(document.select_nodes("//item").size());
}

int items_of_libxml2(const std::string& feed) {
  constexpr int kOptions = XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  xmlDoc* document = xmlReadMemory(feed.data(), static_cast<int>(feed.size()), nullptr, "UTF-8", kOptions);
  if (document == nullptr) return 0;
  xmlXPathContext* context = xmlXPathNewContext(document);
  xmlXPathObject* found = xmlXPathEvalExpression(reinterpret_cast<const xmlChar*>("//item"), context);
  const int count = found->nodesetval == nullptr ? 0 : found->nodesetval->nodeNr;
  xmlXPathFreeObject(found);
  xmlXPathFreeContext(context);
  xmlFreeDoc(document);
  return count;
}

TEST(Xml, ReadsNamesAttributesAndText) {
  const auto document =
      XmlDocument::parse("<rss version='2.0'><channel><title> 가<![CDATA[나 & 다]]> </title><dc:creator>홍길동</dc:creator></channel></rss>");
  ASSERT_TRUE(document);
  EXPECT_FALSE(document->damaged());
  EXPECT_EQ(document->root().attribute("version"), "2.0");
  const XmlNode channel = document->root().child("channel");
  EXPECT_EQ(channel.child("title").text(), "가나 & 다");
  EXPECT_EQ(channel.children()[1].local_name(), "creator");
  EXPECT_EQ(channel.children()[1].split_name().prefix, "dc");
  EXPECT_EQ(channel.children("dc:creator").size(), 1u);
  EXPECT_EQ(channel.parent(), document->root());
  EXPECT_FALSE(document->root().parent());
}

TEST(Xml, WritesMarkupBackWithItsTextEscaped) {
  const auto document = XmlDocument::parse("<content><div>가 &lt;나&gt; <b class=\"x\">다</b></div></content>");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().markup(), "<div>가 &lt;나&gt; <b class=\"x\">다</b></div>");
  EXPECT_TRUE(document->root().has_elements());
}

TEST(Xml, FindsWhatLiesInAnElementInOneWalk) {
  const auto document = XmlDocument::parse("<a><b>가 &amp; <i>나</i> 다</b><c>라</c><d><!-- 마 --><e>바</e></d><f/></a>");
  ASSERT_TRUE(document);
  const XmlNode b = document->root().child("b");
  std::string joined;
  EXPECT_EQ(b.content_in(joined).text, "가 &  다");
  EXPECT_EQ(b.content_in(joined).element.name(), "i");
  EXPECT_EQ(b.markup(), "가 &amp; <i>나</i> 다");
  EXPECT_EQ(b.loose_markup(), "가 & <i>나</i> 다");
  std::string untouched;
  EXPECT_EQ(document->root().child("c").content_in(untouched).text, "라");
  EXPECT_FALSE(document->root().child("c").content_in(untouched).element);
  EXPECT_EQ(document->root().child("d").content_in(untouched).text, "");
  EXPECT_EQ(document->root().child("d").content_in(untouched).element.text(), "바");
  EXPECT_EQ(document->root().child("f").content_in(untouched).text, "");
  EXPECT_TRUE(untouched.empty());
}

TEST(Xml, ReadsReferencesLineEndsAndBlanksOfValues) {
  const auto document = XmlDocument::parse("<a b='1 &amp;\r\n&#50;\t&lt;'>가\r\n나\r&#xB2E4; &nbsp; <!-- 라 -->마<![CDATA[&amp;\r\n]]></a>");
  ASSERT_TRUE(document);
  EXPECT_FALSE(document->damaged());
  EXPECT_EQ(document->root().attribute("b"), "1 & 2 <");
  EXPECT_EQ(document->root().text(), "가\n나\n다 &nbsp; 마&amp;");
  EXPECT_EQ(document->root().markup(), "가\n나\n다 &amp;nbsp; 마<![CDATA[&amp;\n]]>");
}

TEST(Xml, WritesAttributesAndEmptyElementsBack) {
  const auto document = XmlDocument::parse("<a><b c='\"&amp;&#10;>' d=''/><e><f> </f></e>가 > &lt;</a>");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().markup(), "<b c=\"&quot;&amp;&#10;>\" d=\"\"/><e><f/></e>가 &gt; &lt;");
  EXPECT_EQ(document->root().loose_markup(), "<b c=\"\"&\n>\" d=\"\"/><e><f/></e>가 > <");
}

TEST(Xml, PassesADocumentTypeWithItsDeclarations) {
  const auto document = XmlDocument::parse("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b '>'><!-- > --><?c > ?><!ELEMENT a ANY>]><a>가</a>");
  ASSERT_TRUE(document);
  EXPECT_FALSE(document->damaged());
  EXPECT_EQ(document->root().text(), "가");
}

TEST(Xml, ADefaultNodeIsNone) {
  const XmlNode none;
  EXPECT_FALSE(none);
  EXPECT_EQ(none.text(), "");
  EXPECT_FALSE(none.child("a"));
  EXPECT_FALSE(none.parent());
  EXPECT_TRUE(none.children().empty());
}

struct Damage {
  const char* what;
  std::string feed;
  int items;  // that we read
};

std::vector<Damage> damages() {
  const std::string whole = feed_with("제목 6");
  std::string bomb = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"가가가가가가가가가가\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">";
  bomb += "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]>\n";
  return {{"bare ampersand", feed_with("삼성 & 현대"), 10},
          {"HTML entity", feed_with("삼성&nbsp;현대"), 10},
          {"control character", feed_with("삼성\x0b현대"), 10},
          {"duplicate attribute", feed_with("제목") + "<x a='1' a='2'/>", 10},
          {"attribute without quotation marks", feed_with("<font color=red>제목</font>"), 10},
          {"unclosed element", feed_with("제목 <b>굵게"), 10},
          {"stray end tag", feed_with("제목</p>"), 10},
          {"raw less-than", feed_with("코스피 < 2500"), 10},
          {"raw less-than before a letter", feed_with("a <b 제목"), 10},
          {"unclosed CDATA", feed_with("<![CDATA[제목"), 10},
          {"crossed elements", feed_with("<b><i>제목</b></i>"), 10},
          {"unclosed quotation mark", feed_with("<a href=\"x>제목</a>"), 10},
          {"unclosed comment", feed_with("<!-- 제목"), 10},
          {"newline before the declaration", "\n" + whole, 10},
          {"warning before the declaration", "<br />\n<b>Warning</b>: date() in <b>/rss.php</b> on line <b>3</b><br />\n" + whole, 10},
          {"no declaration", feed_with("제목", ""), 10},
          {"says euc-kr, is UTF-8", feed_with("제목", "<?xml version=\"1.0\" encoding=\"euc-kr\"?>\n"), 10},
          {"says UTF-16, is UTF-8", feed_with("제목", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n"), 10},
          {"cut", whole.substr(0, whole.size() * 6 / 10), 6},
          {"words behind the end", whole + "<script>alert(1)</script> 끝", 10},
          {"entity bomb", feed_with("&d;&d;", bomb), 10}};
}

TEST(Xml, ReadsAsManyItemsOfADamagedFeedAsEitherLibrary) {
  EXPECT_EQ(damages().size(), 21u);
  for (const Damage& damage : damages()) {
    const int ours = items_in_channel(damage.feed);
    EXPECT_EQ(ours, damage.items) << damage.what;
    EXPECT_GE(ours, items_of_pugixml(damage.feed)) << damage.what;
    EXPECT_GE(ours, items_of_libxml2(damage.feed)) << damage.what;
  }
}

TEST(Xml, AnUnclosedItemEndsWhereTheNextBegins) {
  EXPECT_EQ(items_in_channel("<rss><channel><item><title>가</title><item><title>나</title></item></channel></rss>"), 2);
}

TEST(Xml, AMendedTextKeepsWhatItSays) {
  const auto document = XmlDocument::parse("<rss><channel><title>코스피 < 2500 & \"환율\" &amp; &#44032;</p></title></channel></rss>");
  ASSERT_TRUE(document);
  EXPECT_TRUE(document->damaged());
  EXPECT_EQ(document->root().child("channel").child("title").text(), "코스피 < 2500 & \"환율\" & 가");
}

TEST(Xml, ATextThatIsCutKeepsItsLastLetterWhole) {
  const auto document = XmlDocument::parse("<rss><description><![CDATA[한빛전자");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().child("description").text(), "한빛전자");
}

TEST(Xml, RefusesWhatHasNoElement) {
  for (const char* text : {"", "   ", "로그인이 필요합니다", "< > &"}) EXPECT_FALSE(XmlDocument::parse(text)) << text;
}

TEST(Xml, KeepsItsLimits) {
  const std::string text = "<a><b/><b/></a>";  // 15 bytes, 4 tags
  EXPECT_TRUE(XmlDocument::parse_within(text, {.bytes = 15, .marks = 4}));
  EXPECT_EQ(XmlDocument::parse_within(text, {.bytes = 14, .marks = 4}).error().kind(), ErrorKind::kExhausted);
  EXPECT_EQ(XmlDocument::parse_within(text, {.bytes = 15, .marks = 3}).error().kind(), ErrorKind::kExhausted);
  EXPECT_TRUE(XmlDocument::parse_within("<a b='' c=''/>", {.bytes = 15, .marks = 3}));
  EXPECT_EQ(XmlDocument::parse_within("<a b='' c=''/>", {.bytes = 15, .marks = 2}).error().kind(), ErrorKind::kExhausted);
}

TEST(Xml, DeepNestingCostsNeitherStackNorTime) {
  std::string deep;
  for (int n = 0; n < 200'000; ++n) deep += "<i>";
  EXPECT_TRUE(XmlDocument::parse(deep));
}

}  // namespace
}  // namespace bylined::markup
