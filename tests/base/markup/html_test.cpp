// SPDX-License-Identifier: Apache-2.0
#include "base/markup/html.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace bylined::markup {
namespace {

Document parsed(std::string_view html, const HtmlLimits& limits = {}) {
  auto document = Document::parse(html, limits);
  EXPECT_TRUE(document.has_value());
  return *std::move(document);
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  text.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

double seconds_per_byte(const std::string& html) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_TRUE(Document::parse(html, {}).has_value());
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / static_cast<double>(html.size());
}

TEST(Html, ReadsElementsTextAndAttributes) {
  const Document page = parsed("<html><body><p id=one CLASS='a b'>한빛전자 <b>신제품</b> 공개</p></body></html>");
  const Node p = page.first("p#one");
  ASSERT_TRUE(p);
  EXPECT_EQ(p.name(), "p");
  EXPECT_TRUE(p.has_class("a"));
  EXPECT_FALSE(p.has_class("c"));
  EXPECT_EQ(p.attribute("class"), "a b");
  EXPECT_FALSE(p.has_attribute("title"));
  EXPECT_EQ(p.text(), "한빛전자 신제품 공개");
  EXPECT_EQ(p.first_child().text_content(), "한빛전자 ");
}

TEST(Html, WalksToNeighboursAndParents) {
  const Document page = parsed("<ul><li>가</li><!-- 사이 --><li>나</li></ul>");
  const Node second = page.first("li:nth-child(2)");
  ASSERT_TRUE(second);
  EXPECT_EQ(second.previous_sibling().text(), "가");
  EXPECT_EQ(second.parent().name(), "ul");
  EXPECT_FALSE(second.next_sibling());
}

TEST(Html, DecodesReferencesInTextAndAttributes) {
  const Document page = parsed("<a href=\"/a?id&#x3D;1&amp;x=2\">&quot;오픈AI&quot; &amp; 둘&nbsp;셋</a>");
  EXPECT_EQ(page.first("a").attribute("href"), "/a?id=1&x=2");
  EXPECT_EQ(page.first("a").text(), "\"오픈AI\" & 둘 셋");
}

TEST(Html, TextLeavesScriptsOutAndPartsBlocks) {
  const Document page = parsed("<div><p>하나</p><p>둘<br>셋</p><script>var x;</script><style>p{}</style>넷</div>");
  EXPECT_EQ(page.first("div").text(), "하나 둘 셋 넷");
  EXPECT_EQ(page.first("p + p").text(), "둘 셋");
}

TEST(Html, AnEmptyPageHasNoElementsButIsOne) {
  EXPECT_TRUE(parsed("").all("p").empty());
  EXPECT_TRUE(parsed("\n\n").all("p").empty());
}

TEST(Html, SurvivesBrokenMarkup) {
  const Document page = parsed("<table><tr><td><span><div>표</TD></TR></TABLE><![[IMAGE1]]><p>본문");
  EXPECT_EQ(page.first("p").text(), "본문");
  EXPECT_EQ(page.first("td").text(), "표");
}

TEST(Html, RefusesAPageBeyondItsBytes) {
  HtmlLimits limits;
  limits.bytes = 10;
  EXPECT_TRUE(Document::parse("<p>1234567", limits).has_value());
  const auto refused = Document::parse("<p>12345678", limits);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind(), ErrorKind::kExhausted);
}

TEST(Html, KeepsAsManyAttributesAsAllowedAndSaysThatItCut) {
  HtmlLimits limits;
  limits.attributes = 3;
  EXPECT_FALSE(parsed("<a b=1 c=2 d=3>글</a>", limits).cut());
  const Document page = parsed("<a b=1 c=2 d=3 e=4>글</a>", limits);
  EXPECT_TRUE(page.cut());
  EXPECT_EQ(page.first("a").attribute("d"), "3");
  EXPECT_FALSE(page.first("a").has_attribute("e"));
  EXPECT_EQ(page.first("a").text(), "글");
}

TEST(Html, CutsATagThatIsTooLong) {
  HtmlLimits limits;
  limits.tag_bytes = 21;
  EXPECT_FALSE(parsed("<a b='12345678901234'>글</a>", limits).cut());
  const Document page = parsed("<a b='1' c='12345678901234'>글</a>", limits);
  EXPECT_TRUE(page.cut());
  EXPECT_EQ(page.first("a").text(), "글");
  EXPECT_EQ(page.first("a").attribute("b"), "1");
}

TEST(Html, DoesNotTakeTextInScriptsForTags) {
  HtmlLimits limits;
  limits.attributes = 1;
  const Document page = parsed("<script>if (a<b c d e f) g;</script><!-- <a b c d> --><p>글", limits);
  EXPECT_FALSE(page.cut());
  EXPECT_EQ(page.first("p").text(), "글");
}

// The tree as tags and texts: "p(하나 b(둘))".
std::string shape(Node node) {
  std::string out;
  for (Node child = node.first_child(); child; child = child.next_sibling()) {
    if (!out.empty()) out += ' ';
    out += child.is_text() ? std::string(child.text_content()) : std::string(child.name()) + "(" + shape(child) + ")";
  }
  return out;
}

std::string shape_of_body(std::string_view html) { return shape(parsed(html).first("body")); }

TEST(HtmlTree, MakesHeadAndBodyWhereTheyAreLeftOut) {
  EXPECT_EQ(shape(parsed("<title>제목</title><p>글").root()), "head(title(제목)) body(p(글))");
  EXPECT_EQ(shape(parsed("").root()), "head() body()");
}

TEST(HtmlTree, EndsWhatCannotHoldTheNext) {
  EXPECT_EQ(shape_of_body("<p>하나<p>둘<div>셋</div>"), "p(하나) p(둘) div(셋)");
  EXPECT_EQ(shape_of_body("<ul><li>가<li>나<ul><li>다</ul></ul>"), "ul(li(가) li(나 ul(li(다))))");
  EXPECT_EQ(shape_of_body("<dl><dt>말<dd>뜻<dt>글</dl>"), "dl(dt(말) dd(뜻) dt(글))");
  EXPECT_EQ(shape_of_body("<a>하나<a>둘</a>"), "a(하나) a(둘)");
  EXPECT_EQ(shape_of_body("<select><option>가<option>나</select>뒤"), "select(option(가) option(나)) 뒤");
}

TEST(HtmlTree, ClosesFormattingInsideABlock) {
  EXPECT_EQ(shape_of_body("<a><p>1</a>2</p>"), "a() p(a(1) 2)");
  EXPECT_EQ(shape_of_body("<b>1<i>2</b>3"), "b(1 i(2)) 3");
}

TEST(HtmlTree, MovesWhatATableCannotHoldBeforeIt) {
  EXPECT_EQ(shape_of_body("<table>앞<tr><td>칸</table>"), "앞 table(tbody(tr(td(칸))))");
  EXPECT_EQ(shape_of_body("<table><div>앞</div><td>칸</table>"), "div(앞) table(tbody(tr(td(칸))))");
}

TEST(HtmlTree, KeepsRawTextAsItStands) {
  EXPECT_EQ(shape_of_body("<body><script>a</b>&amp;<!--<script>x</script>--></script>글"), "script(a</b>&amp;<!--<script>x</script>-->) 글");
  EXPECT_EQ(shape_of_body("<body><textarea>\n<b>&lt;</textarea>글"), "textarea(<b><) 글");
}

TEST(HtmlTree, ReadsHtmlInsideDrawingsAsHtml) {
  EXPECT_EQ(shape_of_body("<svg><title>그림</title><path/><![CDATA[<b>]]></svg><p>글"), "svg(title(그림) path() <b>) p(글)");
  EXPECT_EQ(shape_of_body("<svg><g><p>글"), "svg(g()) p(글)");
}

TEST(HtmlTree, SkipsCommentsOfEveryForm) {
  EXPECT_EQ(shape_of_body("<body>1<!-- a --><!-->2<!--->3<!--b--!>4<!doctype x><?x?></ >5<!--6"), "1 2 3 4 5");
}

TEST(Html, DeeperElementsBecomeChildrenOfTheDeepest) {
  HtmlLimits limits;
  limits.depth = 4;  // html, body and two more
  EXPECT_FALSE(parsed("<div><div>글</div></div>뒤", limits).cut());
  const Document page = parsed("<div><div><div>글</div>옆</div></div>뒤", limits);
  EXPECT_TRUE(page.cut());
  EXPECT_EQ(shape(page.first("body")), "div(div(div() 글 옆)) 뒤");
}

TEST(Html, CutsThePageBehindItsLastPiece) {
  HtmlLimits limits;
  limits.pieces = 7;  // html, head, body, p, its text and attribute; one more ends it
  EXPECT_FALSE(parsed("<p id=a>글", limits).cut());
  const Document page = parsed("<p id=a>글<p>둘<p>셋", limits);
  EXPECT_TRUE(page.cut());
  EXPECT_EQ(shape(page.first("body")), "p(글) p()");
}

TEST(Html, TimeIsLinearOnHostilePages) {
  const std::string ordinary = repeated("<div class='a'><p>한빛전자가 새 제품을 공개했다.</p></div>", 20'000);
  const std::pair<const char*, std::string> hostile[] = {
      {"attributes", "<a " + repeated("b c1 d=e ", 33'334) + ">"},
      {"distinct attributes", [] {
         std::string tag = "<a";
         for (int i = 0; i < 100'000; ++i) tag += " a" + std::to_string(i) + "=1";
         return tag + ">";
       }()},
      {"nesting", repeated("<i><b>", 150'000)},
      {"nested spans", repeated("<span>", 300'000)},
      {"comments", repeated("<!--", 500'000)},
      {"less-than signs", std::string(10'000'000, '<')},
      {"bogus declarations", repeated("<!a", 500'000)},
      {"unclosed quotes", repeated("<a b=\"", 300'000)},
      {"end tags", repeated("</p>", 300'000)},
      {"ampersands", repeated("&a", 500'000)},
      {"long references", repeated("&CounterClockwiseContourIntegral", 30'000)},
      {"links in blocks", repeated("<a><p>x</a>", 100'000)},
      {"tables in tables", repeated("<table><tr><td>", 100'000)},
      {"strays of a table", "<table>" + repeated("<b>x</b>", 100'000)},
      {"forms", repeated("<form><div></form>", 100'000)},
      {"open dashes", "<!--" + repeated("--x", 300'000)},
      {"script ends", "<script><!--" + repeated("<script></script", 100'000)},
  };
  for (const auto& [what, page] : hostile) {
    double ratio = 11;  // of the times per byte; whatever else the machine does counts in one of several, not in all
    for (int attempt = 0; attempt < 5 && ratio >= 10; ++attempt) ratio = std::min(ratio, seconds_per_byte(page) / seconds_per_byte(ordinary));
    EXPECT_LT(ratio, 10) << what;
  }
}

TEST(PlainText, DecodesOnceAndDropsTags) {
  EXPECT_EQ(plain_text("&lt;b&gt; <b>오픈AI</b> &amp;amp; &#49332;&#xC131; &apos;"), "<b> 오픈AI &amp; 살성 '");
  EXPECT_EQ(plain_text("3 < 5 & 나머지 &없음;"), "3 < 5 & 나머지 &없음;");
  EXPECT_EQ(plain_text("&#150;&#0;"), "\xE2\x80\x93\xEF\xBF\xBD");
  EXPECT_EQ(plain_text("<!-- 설명 -->글<br"), "글");
}

}  // namespace
}  // namespace bylined::markup
