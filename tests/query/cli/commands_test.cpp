// SPDX-License-Identifier: Apache-2.0
// Each command against a database without a daemon: what it prints for people, for programs, and its status.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <sstream>
#include <string_view>
#include <thread>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include "query/cli/command.h"
#include "tests/query/lived.h"

namespace bylined::cli {
namespace {

namespace asio = boost::asio;
using tests::lived;

struct Ran {
  int status = 0;
  std::string out;
  std::string err;
};

Ran run(std::string_view name, std::map<std::string, std::string, std::less<>> given = {}, bool json = false, std::string config = {}) {
  Globals globals;
  globals.connection.config = config.empty() ? lived().config() : config;
  globals.json = json;
  std::ostringstream out, err;
  for (const Command* command : commands()) {
    if (command->name != name) continue;
    const int status = command->run(Call{globals, std::move(given), out, err});
    return Ran{status, out.str(), err.str()};
  }
  ADD_FAILURE() << "no command " << name;
  return Ran();
}

std::string first(std::string_view list, const std::string& member = "id") {
  const std::string out = run(list, {}, true).out;
  const auto parsed = markup::parse_json(out.substr(0, out.find('\n')));
  EXPECT_TRUE(parsed);
  return std::string(parsed->at(member).as_string());
}

bool says(const std::string& text, std::string_view what) { return text.find(what) != std::string::npos; }

TEST(Commands, AlertListPrintsATableAndJson) {
  const Ran table = run("alert list");
  EXPECT_EQ(table.status, kDone) << table.err;
  EXPECT_TRUE(says(table.out, "HEADLINE"));
  EXPECT_TRUE(says(table.out, "새 공장 두고 지역사회 기대"));
  const std::string lines = run("alert list", {}, true).out;
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 2) << "one alert a line";
  EXPECT_TRUE(says(run("alert list", {{"limit", "1"}}, true).err, "--cursor"));
  EXPECT_TRUE(says(run("alert list", {{"entity", "lee-seojun"}}).out, "no alerts"));
}

TEST(Commands, AlertShowAndExplainNameTheSentence) {
  const std::string id = first("alert list");
  EXPECT_TRUE(says(run("alert show", {{"alert", id}}).out, "한빛전자가 새 반도체 공장을 짓는다고 밝혔다."));
  EXPECT_TRUE(says(run("explain", {{"alert", id}}).out, "because hanbit (version 1, wishes) was not alerted before"));
}

TEST(Commands, WhatIsNotThereIsStatusTwo) {
  const Ran ran = run("alert show", {{"alert", "none"}});
  EXPECT_EQ(ran.status, kNothingFound);
  EXPECT_TRUE(says(ran.err, "none"));
}

TEST(Commands, ABadValueIsStatus64) { EXPECT_EQ(run("alert list", {{"since", "soon"}}).status, kUsage); }

TEST(Commands, ArticleListAndShow) {
  EXPECT_TRUE(says(run("article list").out, "나루일보"));
  EXPECT_TRUE(says(run("article show", {{"article", first("article list")}}).out, "version 1, full"));
}

TEST(Commands, WhySaysWhereItWasLost) {
  EXPECT_TRUE(says(run("why", {{"url", "https://www.naru.example/news/202"}}).out, "lost at: matched"));
  EXPECT_TRUE(says(run("why", {{"url", "https://www.naru.example/news/203"}}).out, "alerted"));
  const std::string plain = run("why", {{"url", "http://www.naru.example/news/999"}}).out;
  EXPECT_TRUE(says(plain, "no source listed 'http://www.naru.example/news/999', which would be known as 'https://naru.example/news/999'")) << plain;
}

TEST(Commands, SourceShowAndJournalistList) {
  EXPECT_TRUE(says(run("source show", {{"source", "naru-feed"}}).out, "state: ok"));
  EXPECT_EQ(run("source show", {{"source", "none"}}).status, kNothingFound);
  EXPECT_TRUE(says(run("journalist list").out, "no journalists"));
  EXPECT_EQ(run("journalist show", {{"journalist", "none"}}).status, kNothingFound);
}

TEST(Commands, SourceListAndSourceKinds) {
  EXPECT_TRUE(says(run("source list").out, "naru-feed"));
  EXPECT_TRUE(says(run("source kinds").out, "naver_journalist"));
}

TEST(Commands, SourceTestOfAnUnreachableAddressSaysSo) {
  const Ran ran = run("source test", {{"url", "http://127.0.0.1:9/feed.xml"}});
  EXPECT_EQ(ran.status, kNothingFound);
  EXPECT_TRUE(says(ran.out, "not read")) << ran.out;
}

TEST(Commands, SourceTestOfNoAddressSaysWhatToWrite) {
  const Ran ran = run("source test", {{"url", "www.example.com/news"}});
  EXPECT_EQ(ran.status, kUsage);
  EXPECT_EQ(ran.err, "byline: URL 'www.example.com/news' is not an absolute URL; write https://www.example.com/news\n");
  EXPECT_TRUE(says(run("source test", {{"url", "ftp://example.com/"}}).err, "neither http nor https; write an address such as https://"));
}

TEST(Commands, SourceTestNamesTheSettingAndTellsAReasonOnce) {
  const Ran ran = run("source test", {{"url", "http://192.0.2.1:8081/feed"}});
  EXPECT_TRUE(says(ran.out, "port 8081 is not among the allowed ones (fetch.ports)")) << ran.out;
  EXPECT_EQ(ran.out.find("8081 is not"), ran.out.rfind("8081 is not")) << ran.out;
}

// Answers each connection once, with nothing, and keeps what it was asked.
class DeafServer {
 public:
  DeafServer() : thread_([this] { serve(); }) {}
  ~DeafServer() {
    stopping_ = true;
    boost::system::error_code ignored;
    asio::ip::tcp::socket(context_).connect(acceptor_.local_endpoint(), ignored);
    thread_.join();
  }
  std::string address() const { return "127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()); }
  int port() const { return acceptor_.local_endpoint().port(); }
  std::string heard() const { return heard_; }  // once the command is done

 private:
  void serve() {
    while (!stopping_) {
      boost::system::error_code failed;
      asio::ip::tcp::socket socket(context_);
      acceptor_.accept(socket, failed);
      std::string head;
      if (!failed && !stopping_) asio::read_until(socket, asio::dynamic_buffer(head), "\r\n\r\n", failed);
      heard_ += head;
      asio::write(socket, asio::buffer(std::string_view("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")), failed);
    }
  }

  asio::io_context context_;
  asio::ip::tcp::acceptor acceptor_{context_, {asio::ip::address_v4::loopback(), 0}};
  std::atomic<bool> stopping_ = false;
  std::string heard_;
  std::thread thread_;
};

std::string searching(const DeafServer& server, const std::string& secret) {
  const std::string file = lived().folder() + "/searching.toml";
  std::ofstream(file) << "[daemon]\nstate_dir = \"" << lived().folder() << "\"\n[fetch]\nallow_private = [\"127.0.0.0/8\"]\nports = [" << server.port()
                      << "]\n[[source]]\nid = \"search\"\nkind = \"naver_search\"\nurl = \"http://" << server.address()
                      << "/search?query=a\"\nclient_id = \"number1\"\nclient_secret = " << secret << "\n";
  return file;
}

TEST(Commands, SourceTestAsksWithTheKeyAsTheDaemonWould) {
  const std::string key = lived().folder() + "/search.key";
  std::ofstream(key) << "abcDEF123\n";
  DeafServer server;
  run("source test", {{"url", "http://" + server.address() + "/search?query=a"}}, false, searching(server, "{ file = \"search.key\" }"));
  EXPECT_TRUE(says(server.heard(), "abcDEF123")) << server.heard();
}

TEST(Commands, SourceTestWithoutTheKeyAsksNobody) {
  DeafServer server;
  const auto test = [&server](const std::string& secret) { return run("source test", {{"url", "http://" + server.address() + "/search?query=a"}}, false, searching(server, secret)); };
  EXPECT_TRUE(says(test("{ file = \"no.key\" }").err, "does not exist"));
  const Ran closed = test("{ credential = \"search\" }");
  EXPECT_EQ(closed.status, kNotPermitted) << closed.err;
  EXPECT_TRUE(says(closed.err, "the key of source 'search' is given to the service only")) << closed.err;
  EXPECT_EQ(server.heard(), "");
}

TEST(Commands, DeliveryListAndShow) {
  EXPECT_TRUE(says(run("delivery list", {{"state", "pending"}}).out, "hook"));
  EXPECT_TRUE(says(run("delivery show", {{"delivery", first("delivery list")}}).out, "attempt") || says(run("delivery show", {{"delivery", first("delivery list")}}).out, "NUMBER"));
}

TEST(Commands, AnOrderWithoutADaemonSaysWhoWouldTakeIt) {
  const Ran ran = run("delivery replay", {{"delivery", first("delivery list")}});
  EXPECT_EQ(ran.status, kTryAgain);
  EXPECT_TRUE(says(ran.err, "no daemon is running"));
}

TEST(Commands, StatusSaysThatNoDaemonAnswers) { EXPECT_TRUE(says(run("status").out, "no daemon answers")); }

TEST(Commands, ConfigCheckIsStatus78WhereSomethingIsWrong) {
  EXPECT_EQ(run("config check").status, kDone);
  const std::string bad = lived().folder() + "/bad.toml";
  std::ofstream(bad) << "[fetch]\ntimeuot = \"60s\"\n";
  const Ran ran = run("config check", {}, false, bad);
  EXPECT_EQ(ran.status, kConfig);
  EXPECT_TRUE(says(ran.out, "bad.toml:2:")) << ran.out;
}

TEST(Commands, ConfigCheckSaysHowOftenADoubtedNameStandsInTheStoredTexts) {
  const std::string file = lived().folder() + "/doubted.toml";
  std::ofstream(file) << "[daemon]\nstate_dir = \"" << lived().folder() << "\"\n[[entity]]\nid = \"hanbit\"\nnames = [\"한빛전자\"]\n"
                         "[[entity]]\nid = \"other\"\nnames = [\"한빛전자\"]\n[[entity]]\nid = \"x\"\nnames = [\"뷁\"]\n";
  const Ran ran = run("config check", {}, false, file);
  EXPECT_EQ(ran.status, kDone) << ran.out;
  EXPECT_TRUE(says(ran.out, "doubted.toml:4:6: entity 'hanbit': name '한빛전자' is listed by entity 'other' too")) << ran.out;
  EXPECT_TRUE(says(ran.out, "  its letters stand in 2 of the last 3 stored texts\n")) << ran.out;
  EXPECT_TRUE(says(ran.out, "  its letters stand in 0 of the last 3 stored texts\n")) << ran.out;
  const auto all = markup::parse_json(run("config check", {}, true, file).out);
  ASSERT_TRUE(all);
  const auto is_doubt = [](const query::json::value& one) { return one.as_object().contains("name"); };
  const auto doubt = std::find_if(all->as_array().begin(), all->as_array().end(), is_doubt);
  ASSERT_NE(doubt, all->as_array().end());
  EXPECT_EQ(doubt->at("of").to_number<int>(), 3);
}

// The daemon goes on with what it read before; without one, nobody knows where the database lies.
TEST(Commands, WhileTheConfigurationHasFaultsTheyAreTold) {
  const std::string bad = lived().folder() + "/bad.toml";
  std::ofstream(bad) << "[http]\nlisten = [\"unix:" << lived().folder() << "/nobody.sock\"]\n[fetch]\ntimeuot = \"60s\"\n";
  const Ran ran = run("status", {}, false, bad);
  EXPECT_EQ(ran.status, kConfig);
  EXPECT_TRUE(says(ran.err, "bad.toml:4:")) << ran.err;
}

// watch_list, watch_show
TEST(Commands, WatchListAndShowPrintTheRuleAsItIsUnderstood) {
  const std::string file = lived().folder() + "/watches.toml";
  std::ofstream(file) << "[[entity]]\nid = \"hanbit\"\nnames = [\"한빛전자\"]\n[[watch]]\nid = \"desk\"\nquery = \"(entity:hanbit) AND NOT 야구\"\n";
  EXPECT_TRUE(says(run("watch list", {}, false, file).out, "desk"));
  EXPECT_TRUE(says(run("watch list", {}, true, file).out, R"("query":"(entity:hanbit) AND NOT 야구")"));
  EXPECT_TRUE(says(run("watch show", {{"watch", "desk"}}, false, file).out, "entity:hanbit AND NOT 야구"));
  EXPECT_EQ(run("watch show", {{"watch", "none"}}, false, file).status, kNothingFound);
}

// entity_list, entity_show
TEST(Commands, EntityListAndShowSayHowNamesAreMet) {
  EXPECT_TRUE(says(run("entity list").out, "한빛전자"));
  const Ran shown = run("entity show", {{"entity", "hanbit"}});
  EXPECT_EQ(shown.status, kDone) << shown.err;
  EXPECT_TRUE(says(shown.out, "mentioned in 2 stored articles")) << shown.out;
  EXPECT_TRUE(says(shown.out, "the letters of 한빛전자 stand in 2 of the last 3 texts")) << shown.out;
  EXPECT_TRUE(says(shown.out, "version 1 since 02-04")) << shown.out;
  EXPECT_TRUE(says(shown.out, "watches: desk, quiet")) << shown.out;
  EXPECT_EQ(run("entity show", {{"entity", "none"}}).status, kNothingFound);
}

// entity_test
TEST(Commands, EntityTestPrintsMentionsAndHowSureTheyAre) {
  const std::string page = lived().folder() + "/entity.html";
  std::ofstream(page) << "<html><head><meta charset=utf-8><title>한빛전자 새 공장</title></head><body><article><h1>한빛전자 새 공장</h1>"
                         "<p>한빛전자가 광주에 새 공장을 짓는다고 4일 밝혔다. 이서준은 없었다.</p></article></body></html>";
  const Ran all = run("entity test", {{"file", page}});
  EXPECT_EQ(all.status, kDone) << all.err;
  EXPECT_TRUE(says(all.out, "한빛전자 (hanbit, name, 1, title 0)")) << all.out;
  EXPECT_TRUE(says(all.out, "이서준 (lee-seojun, name")) << all.out;
  EXPECT_FALSE(says(run("entity test", {{"file", page}, {"entity", "hanbit"}}).out, "lee-seojun"));
  EXPECT_EQ(run("entity test", {{"file", page}, {"entity", "none"}}).status, kNothingFound);
}

// entity_import, entity_export
TEST(Commands, EntityImportPrintsWhatExportWroteAsConfiguration) {
  const std::string csv = lived().folder() + "/names.csv";
  std::ofstream(csv) << run("entity export").out;
  const Ran read = run("entity import", {{"file", csv}});
  EXPECT_EQ(read.status, kDone) << read.err;
  EXPECT_TRUE(says(read.out, "[[entity]]\nid = ")) << read.out;
  EXPECT_TRUE(says(read.out, "한빛전자")) << read.out;
  EXPECT_TRUE(says(read.err, "3 entities read")) << read.err;
  EXPECT_TRUE(says(run("entity export", {}, true).out, R"("names":["한빛전자"])"));
  std::ofstream(csv) << "id,names\nx,\n";
  EXPECT_TRUE(says(run("entity import", {{"file", csv}}).err, "row 2: names: at least one is needed"));
}

// watch_test
TEST(Commands, WatchTestSaysClauseByClauseWhatHeld) {
  const std::string file = lived().folder() + "/watches.toml", page = lived().folder() + "/page.html";
  std::ofstream(file) << "[[entity]]\nid = \"hanbit\"\nnames = [\"한빛전자\"]\n";
  std::ofstream(page) << "<html><head><meta charset=utf-8><title>한빛전자 새 공장</title></head><body><article><h1>한빛전자 새 공장</h1>"
                         "<p>한빛전자가 광주에 새 공장을 짓는다고 4일 밝혔다.</p></article></body></html>";
  const Ran held = run("watch test", {{"query", "entity:hanbit AND NOT 야구"}, {"file", page + "\n" + page}}, false, file);
  EXPECT_EQ(held.status, kDone) << held.err;
  EXPECT_TRUE(says(held.out, "yes  entity:hanbit   (2 times)")) << held.out;
  const Ran failed = run("watch test", {{"query", "entity:hanbit NEAR/1 공장"}, {"file", page}}, false, file);
  EXPECT_EQ(failed.status, kDone) << failed.out;
  EXPECT_EQ(run("watch test", {{"query", "entity:hanbit AND 야구"}, {"file", page}}, false, file).status, kNothingFound);
  EXPECT_TRUE(says(run("watch test", {{"query", "entity:kim"}, {"file", page}}, false, file).err, "there is no entity 'kim'"));
  EXPECT_TRUE(says(run("watch test", {{"query", "entity:hanbit AND"}, {"file", page}}, false, file).err, "column 18"));
  EXPECT_TRUE(says(run("watch test", {{"query", "entity:hanbit"}, {"file", "/none"}}, false, file).err, "there is nothing to read"));
  EXPECT_TRUE(says(run("watch test", {{"file", page}}, false, file).err, "--query"));
}

TEST(Commands, AFaultyQueryIsShownWithAMarkUnderItsPlace) {
  const std::string file = lived().folder() + "/faulty.toml";
  std::ofstream(file) << "[[entity]]\nid = \"hanbit\"\nnames = [\"한빛전자\"]\n[[watch]]\nid = \"desk\"\nquery = \"공장 AND entity:hanbit or 야구\"\n";
  const Ran checked = run("config check", {}, false, file);
  EXPECT_EQ(checked.status, kConfig);
  EXPECT_TRUE(says(checked.out, "faulty.toml:6:31: watch[0].query: column 22 of the query: write OR in capitals")) << checked.out;
  EXPECT_TRUE(says(checked.out, "  query = \"공장 AND entity:hanbit or 야구\"\n                                  ^\n")) << checked.out;
  const Ran tried = run("watch test", {{"query", "공장 AND"}, {"file", "/none"}});
  EXPECT_FALSE(says(tried.err, "^")) << "the file is missing";
  EXPECT_TRUE(says(run("watch backtest", {{"watch", "desk"}, {"query", "공장 or"}}).err, "  공장 or\n       ^\n"));
  EXPECT_TRUE(says(run("watch backtest", {{"watch", "desk"}, {"query", "공장 AND entity:hanbitt"}}).err, "  공장 AND entity:hanbitt\n           ^\n"));
  EXPECT_TRUE(says(run("alert list", {{"query", "공장 or"}}).err, "  공장 or\n       ^\n"));
}

TEST(Commands, DoNotFallOverAFolderNoPathAndANumberOfItems) {
  EXPECT_EQ(run("entity test", {{"file", "/tmp"}}).status, kUsage);
  EXPECT_TRUE(says(run("entity import", {{"file", "/tmp"}}).err, "is a folder, not a file"));
  Globals globals;
  globals.connection.config = "";
  std::ostringstream out, err;
  for (const Command* command : commands()) {
    if (command->name != "config check") continue;
    EXPECT_EQ(command->run(Call{globals, {}, out, err}), kConfig);
  }
  EXPECT_EQ(run("source show", {{"source", "naru-feed"}}, true).status, kDone) << "its number of items is no list";
}

TEST(Commands, WhyNamesTheContextThatRulesANameOut) {
  const Ran ran = run("why", {{"url", "https://www.naru.example/news/202"}});
  EXPECT_TRUE(says(ran.out, "lost at: matched")) << ran.out;
  EXPECT_TRUE(says(ran.out, "데이터센터 stands in the title, but grid is not meant: '전력' stands in the article or names its section, and is in context_none")) << ran.out;
}

// watch_backtest
TEST(Commands, WatchBacktestComparesWithTheRuleInForce) {
  const Ran same = run("watch backtest", {{"watch", "desk"}, {"since", "2025-01-01"}});
  EXPECT_EQ(same.status, kDone) << same.err;
  EXPECT_TRUE(says(same.out, "alerts     2 in force, 2 tried: 0 articles gained, 0 lost")) << same.out;
  const Ran narrow = run("watch backtest", {{"watch", "desk"}, {"since", "2025-01-01"}, {"query", "entity:hanbit AND title:한빛전자"}});
  EXPECT_TRUE(says(narrow.out, "alerts     2 in force, 1 tried: 0 articles gained, 1 lost")) << narrow.out;
  EXPECT_TRUE(says(narrow.out, "kept out by title:한빛전자 (0 times)")) << narrow.out;
  EXPECT_TRUE(says(narrow.out, "near misses: 1 articles that one clause kept out")) << narrow.out;
  EXPECT_TRUE(says(narrow.out, "in force   entity:hanbit AND NOT 야구  (version 1)")) << narrow.out;
  const Ran made = run("watch backtest", {{"watch", "quiet"}, {"since", "2025-01-01"}, {"query", "entity:hanbit"}});
  EXPECT_TRUE(says(made.out, "in force   nothing")) << made.out;
  EXPECT_TRUE(says(made.out, "2 articles gained")) << made.out;
  EXPECT_EQ(run("watch backtest", {{"watch", "none"}}).status, kNothingFound);
  EXPECT_TRUE(says(run("watch backtest", {{"watch", "desk"}, {"query", "entity:hanbit AND"}}).err, "column 18"));
  EXPECT_TRUE(says(run("watch backtest", {{"watch", "desk"}, {"query", "entity:hanbitt"}}).err, "there is no entity 'hanbitt'"));
  EXPECT_EQ(run("watch backtest", {{"watch", "none"}, {"query", "entity:hanbit"}}).status, kNothingFound);
  const auto answer = markup::parse_json(run("watch backtest", {{"watch", "desk"}, {"since", "2025-01-01"}}, true).out);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->at("days").as_array().size(), 1u);
  EXPECT_EQ(answer->at("articles").to_number<int>(), 3);
}

TEST(Commands, DbAuditFindsNothingOnAGoodDatabase) {
  const Ran ran = run("db audit");
  EXPECT_EQ(ran.status, kDone) << ran.out;
  EXPECT_TRUE(says(ran.out, "all good"));
}

TEST(Commands, DbBackupCanBeRestoredAndAudited) {
  const std::string copy = lived().folder() + "/copy.db";
  EXPECT_EQ(run("db backup", {{"file", ""}}).status, kUsage);
  ASSERT_EQ(run("db backup", {{"file", copy}}).status, kDone);
  EXPECT_NE(run("db backup", {{"file", copy}}).status, kDone) << "an existing file is not overwritten";
  const std::string other = lived().folder() + "/other";
  std::filesystem::create_directory(other);
  const std::string config = other + "/bylined.toml";
  std::ofstream(config) << "[daemon]\nstate_dir = \"" << other << "\"\n[http]\nlisten = [\"unix:" << other << "/s.sock\"]\n";
  const Ran restored = run("db restore", {{"file", copy}}, false, config);
  EXPECT_EQ(restored.status, kDone) << restored.err;
  EXPECT_TRUE(says(restored.out, "told again")) << restored.out;
  EXPECT_TRUE(says(run("alert list", {}, false, config).out, "새 공장"));
  EXPECT_EQ(run("db audit", {}, false, config).status, kDone);
  store::OpenOptions as_a_daemon;
  as_a_daemon.path = other + "/bylined.db";
  as_a_daemon.ballast = 0;
  const auto held = store::open_store(as_a_daemon);
  ASSERT_TRUE(held) << held.error().text();
  const Ran refused = run("db restore", {{"file", copy}}, false, config);
  EXPECT_EQ(refused.status, kTryAgain) << "when it is stopped";
  EXPECT_TRUE(says(refused.err, "stop it first")) << refused.err;
}

TEST(Commands, EachHasASummaryInBothLanguagesAndAnExample) {
  for (const Command* command : commands()) {
    EXPECT_FALSE(command->summary.empty() || command->summary_ko.empty()) << command->name;
    EXPECT_TRUE(command->example.find("byline") == 0) << command->name;
  }
}

}  // namespace
}  // namespace bylined::cli
