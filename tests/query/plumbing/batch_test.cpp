// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "query/plumbing/plumbing.h"
#include "tests/support/temp_folder.h"

namespace bylined::plumbing {
namespace {

struct Ran {
  int status = 0;
  std::string out;
  std::string err;
};

Ran run(std::string_view name, const Words& words, const std::string& input = {}) {
  const Tool* const tool = find_tool(name);
  if (tool == nullptr) return Ran{-1, {}, "no such tool"};
  std::istringstream in(input);
  std::ostringstream out, err;
  const int status = run_tool(*tool, words, in, out, err);
  return Ran{status, out.str(), err.str()};
}

class Batch : public testing::Test {
 protected:
  std::string file(const std::string& name, const std::string& text) {
    const std::string path = folder_.path() + "/" + name;
    std::ofstream(path) << text;
    return path;
  }
  std::string robots() { return file("robots.txt", "User-agent: *\nDisallow: /closed\n"); }
  std::string request(int id, const std::string& url) {
    json::object one{{"id", id}, {"agent", "bylined"}, {"url", url}, {"file", robots()}};
    return json::serialize(one) + "\n";
  }

 private:
  tests::TempFolder folder_;
};

TEST_F(Batch, AnswersEveryRequestUnderItsId) {
  std::string input;
  for (int i = 0; i < 50; ++i) input += request(i, i % 2 == 0 ? "https://a.example/open" : "https://a.example/closed");
  const Ran ran = run("robots", {"--batch", "--jobs", "2"}, input);
  EXPECT_EQ(ran.status, 0);
  std::map<std::int64_t, std::string> verdicts;
  std::istringstream lines(ran.out);
  for (std::string line; std::getline(lines, line);) {
    const auto answer = markup::parse_json(line);
    ASSERT_TRUE(answer);
    verdicts[answer->at("id").as_int64()] = answer->at("verdict").as_string();
  }
  ASSERT_EQ(verdicts.size(), 50u);
  for (const auto& [id, verdict] : verdicts) EXPECT_EQ(verdict, id % 2 == 0 ? "allow" : "deny");
}

TEST_F(Batch, ReadingDoesNotFlushTheOutput) {
  struct Counted : std::stringbuf {
    int flushes = 0;
    int sync() override { return ++flushes, 0; }
  } written;
  std::istringstream in(request(1, "https://a.example/open") + request(2, "https://a.example/open") + request(3, "https://a.example/open"));
  std::ostream out(&written);
  std::ostringstream err;
  in.tie(&out);
  EXPECT_EQ(run_tool(*find_tool("robots"), {"--batch", "--jobs", "1"}, in, out, err), 0);
  EXPECT_EQ(written.flushes, 3) << "one an answer";
}

TEST_F(Batch, ADamagedLineIsToldByItsNumber) {
  const Ran ran = run("robots", {"--batch", "--jobs", "1"}, "\n" + request(1, "https://a.example/") + "{\"id\":2,\n[3]\n{\"id\":4}\n");
  EXPECT_NE(ran.out.find("{\"id\":null,\"error\":\"line 3: "), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("{\"id\":null,\"error\":\"line 4: the request is no JSON object"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("the request names no file; add"), std::string::npos) << ran.out;
}

TEST_F(Batch, ABadRequestIsAnsweredAndTheRestGoesOn) {
  const Ran ran = run("robots", {"--batch", "--jobs", "1"}, "not json\n" + std::string("{\"id\":7,\"file\":\"/nowhere\"}\n") + request(8, "https://a.example/"));
  EXPECT_EQ(ran.status, 0);
  EXPECT_NE(ran.out.find("\"id\":7"), std::string::npos);
  EXPECT_NE(ran.out.find("error"), std::string::npos);
  EXPECT_NE(ran.out.find("\"verdict\":\"allow\""), std::string::npos);
}

TEST_F(Batch, TheSingleFormPrintsAndExitsByTheVerdict) {
  const Ran allowed = run("robots", {"--agent", "bylined", "--url", "https://a.example/open", robots()});
  EXPECT_EQ(allowed.status, 0);
  EXPECT_EQ(allowed.out, "allow\n");
  EXPECT_EQ(run("robots", {"--agent", "bylined", "--url", "https://a.example/closed", robots()}).status, 1);
}

TEST_F(Batch, WrongWordsAreStatus64AndSayTheUsage) {
  for (const Words& words : {Words{"--colour"}, Words{"--agent"}, Words{}, Words{"a", "b"}, Words{"--batch", "--jobs", "none"}}) {
    const Ran ran = run("robots", words);
    EXPECT_EQ(ran.status, 64);
    EXPECT_NE(ran.err.find("usage: byline robots"), std::string::npos);
  }
}

TEST_F(Batch, EveryToolHasHelp) {
  for (const Tool* tool : tools()) {
    const Ran ran = run(tool->name, {"--help"});
    EXPECT_EQ(ran.status, 0) << tool->name;
    EXPECT_NE(ran.out.find(tool->summary), std::string::npos) << tool->name;
  }
}

TEST_F(Batch, ExtractReadsAnArticlesPage) {
  const std::string page = file("a.html", "<!doctype html><html lang=ko><meta charset=utf-8><meta property=og:title content='한빛전자, 새 공장'><article><h1>한빛전자, 새 공장</h1>"
                                          "<p>한빛전자가 새 반도체 공장을 짓는다고 4일 밝혔다. 공장은 내년에 문을 연다.</p><p>회사는 투자 규모를 밝히지 않았다. 지역사회는 기대가 크다.</p></article>");
  const Ran ran = run("extract", {"--url", "https://a.example/1", page});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("한빛전자, 새 공장"), std::string::npos);
}

TEST_F(Batch, ParseFeedListsItems) {
  const std::string feed = file("f.xml", "<?xml version='1.0'?><rss version='2.0'><channel><title>나루일보</title><item><title>하나</title><link>https://a.example/1</link></item></channel></rss>");
  EXPECT_NE(run("parse-feed", {"--url", "https://a.example/f.xml", feed}).out.find("https://a.example/1"), std::string::npos);
}

TEST_F(Batch, ParseSitemapListsAddresses) {
  const std::string map = file("s.xml", "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://a.example/1</loc></url></urlset>");
  const Ran ran = run("parse-sitemap", {"--url", "https://a.example/s.xml", map});
  EXPECT_NE(ran.out.find("https://a.example/1"), std::string::npos);
  EXPECT_NE(ran.out.find("urlset"), std::string::npos);
}

TEST_F(Batch, DecodeUrlAndCanonicalAnswer) {
  EXPECT_EQ(run("decode", {file("t.txt", "한빛전자")}).out, "한빛전자");
  EXPECT_NE(run("url", {"https://a.example/x/", "../y"}).out.find("https://a.example/y"), std::string::npos);
  EXPECT_EQ(run("url", {"", "http://[bad"}).status, 1);
  EXPECT_EQ(run("canonical", {"https://a.example/1?utm_source=x"}).out, run("canonical", {"https://a.example/1"}).out);
}

}  // namespace
}  // namespace bylined::plumbing
