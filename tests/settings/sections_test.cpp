// SPDX-License-Identifier: Apache-2.0
// [daemon], [store], [http] and [fetch].
#include <gtest/gtest.h>

#include "tests/settings/folder.h"

namespace bylined::settings {
namespace {

using Lines = std::vector<std::string>;
using std::chrono::seconds;

Settings good(const std::string& main) {
  Checked checked = read_text(main);
  EXPECT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  return checked.settings ? *checked.settings : Settings();
}

TEST(DaemonSection, IsRead) {
  const Settings settings = good("[daemon]\nstate_dir = \"/srv/press\"\ntimezone = \"UTC\"\nlanguage = \"en\"\n");
  EXPECT_EQ(settings.state_dir, "/srv/press");
  EXPECT_EQ(settings.timezone, "UTC");
  EXPECT_EQ(settings.language, model::Language::kEnglish);
}

TEST(DaemonSection, AZoneThatDoesNotExistIsRefused) {
  EXPECT_EQ(faults("[daemon]\ntimezone = \"Asia/Soul\"\n"),
            Lines{"bylined.toml:2:12: daemon.timezone: no time zone 'Asia/Soul' (an IANA name such as \"Asia/Seoul\" is meant)"});
}

TEST(DaemonSection, ARelativeStateFolderLiesBesideTheConfiguration) {
  Folder folder;
  const Checked checked = read_in(folder, "[daemon]\nstate_dir = \"state\"\n");
  ASSERT_TRUE(checked.settings);
  EXPECT_EQ(checked.settings->state_dir, folder.at("state"));
}

TEST(StoreSection, TheDatabaseLiesInTheStateFolderUnlessItsPathIsAbsolute) {
  EXPECT_EQ(good("[daemon]\nstate_dir = \"/srv\"\n[store]\nurl = \"sqlite:press.db\"\n").database, "/srv/press.db");
  EXPECT_EQ(good("[store]\nurl = \"sqlite:/data/press.db\"\n").database, "/data/press.db");
}

TEST(StoreSection, OtherDatabasesAreRefused) {
  EXPECT_TRUE(contains(faults("[store]\nurl = \"postgresql://db/press\"\n"), "store.url: PostgreSQL is not supported yet"));
  for (const char* wrong : {"sqlite:", "sqlite::memory:", "sqlite:a.db?mode=ro", "bylined.db", "mysql:x"}) {
    EXPECT_TRUE(contains(faults("[store]\nurl = \"" + std::string(wrong) + "\"\n"),
        "store.url: '" + std::string(wrong) + "' is not a database")) << wrong;
  }
}

TEST(HttpSection, IsRead) {
  const Settings settings = good("[http]\nlisten = [\"127.0.0.1:0\", \"unix:/run/x.sock\"]\npublic_url = \"https://press.example.com/\"\n"
      "hosts = [\"Press.example.com\"]\n");
  EXPECT_EQ(settings.listen, (Lines{"127.0.0.1:0", "unix:/run/x.sock"}));
  EXPECT_EQ(settings.public_url, "https://press.example.com");
  EXPECT_EQ(settings.hosts, Lines{"press.example.com"});
}

TEST(HttpSection, AListenerStandsOnceAndWithoutASocketThereAreNoOrders) {
  EXPECT_TRUE(contains(faults("[http]\nlisten = [\"unix:/run/x.sock\", \"unix:/run/x.sock\"]\n"), "'unix:/run/x.sock' stands here twice"));
  EXPECT_TRUE(contains(warnings(read_text("[http]\nlisten = [\"127.0.0.1:7277\"]\n")), "names no Unix socket"));
  EXPECT_TRUE(contains(warnings(read_text("[http]\nlisten = []\n")), "names no Unix socket"));
  EXPECT_FALSE(contains(warnings(read_text("[http]\nlisten = [\"unix:/run/x.sock\"]\n")), "names no Unix socket"));
}

TEST(Whereabouts, AreKnownAlthoughTheFilesHaveFaults) {
  const Checked faulty = read_text("[daemon]\nstate_dir = \"/srv\"\n[http]\nlisten = [\"unix:/srv/x.sock\"]\n[fetch]\ntimeuot = 1\n");
  EXPECT_FALSE(faulty.settings);
  EXPECT_EQ(faulty.whereabouts.listen, Lines{"unix:/srv/x.sock"});
  EXPECT_EQ(faulty.whereabouts.database, "/srv/bylined.db");
  const Checked broken = read_text("[daemon\n");
  EXPECT_EQ(broken.whereabouts.listen, Lines{"unix:/run/bylined/bylined.sock"});
  EXPECT_EQ(broken.whereabouts.database, "");
}

std::string token(const std::string& keys) { return "[http]\ntokens = [{ " + keys + " }]\n"; }

TEST(HttpSection, ATokenHasANameARoleAndASecret) {
  Folder folder;
  folder.write("desk.token", "0123456789abcdef0123\n");
  const Checked checked = read_in(folder, token("name = \"desk\", role = \"reader\", secret = { file = \"desk.token\" }"));
  ASSERT_TRUE(checked.settings) << testing::PrintToString(faults(checked));
  EXPECT_EQ(checked.settings->tokens.at(0).name, "desk");
  EXPECT_EQ(checked.settings->tokens.at(0).secret.reveal(), "0123456789abcdef0123");
  const Lines lines = faults(token(""));
  for (const char* key : {"name", "role", "secret"}) EXPECT_TRUE(contains(lines, "http.tokens[0]." + std::string(key) + ": is missing")) << key;
}

TEST(HttpSection, TwoTokensHaveTwoNames) {
  const std::string one = "{ name = \"desk\", role = \"reader\", secret = { file = \"ops.secret\" } }";
  EXPECT_TRUE(contains(faults("[http]\ntokens = [" + one + ", " + one + "]\n"), "http.tokens[1].name: there is a token of this name"));
}

TEST(HttpSection, ATokenThatCanBeGuessedIsRefusedAndNotPrinted) {
  Folder folder;
  for (const char* bad : {"0123456789abcdef012", "0123456789 abcdef0123", "비밀비밀비밀비밀비밀"}) {
    folder.write("t", bad);
    const Lines lines = faults(read_in(folder, token("name = \"desk\", role = \"reader\", secret = { file = \"t\" }")));
    EXPECT_TRUE(contains(lines, "http.tokens[0].secret: the token is shorter than 20 letters")) << bad;
    EXPECT_FALSE(contains(lines, bad));
  }
}

TEST(HttpSection, RolesThatGiveOrdersAreNotSupportedYet) {
  EXPECT_TRUE(contains(faults(token("role = \"admin\"")), "http.tokens[0].role: the role 'admin' is not supported yet"));
  EXPECT_TRUE(contains(faults(token("role = \"boss\"")), "http.tokens[0].role: 'boss' is not a role (write \"reader\")"));
}

TEST(HttpSection, AnEmptyListListensNowhere) { EXPECT_TRUE(good("[http]\nlisten = []\n").listen.empty()); }

TEST(HttpSection, WarnsOfAnAddressThatOthersReach) {
  EXPECT_TRUE(contains(warnings(read_text("[http]\nlisten = [\"0.0.0.0:7277\"]\n")),
      "http.listen[0]: everybody who reaches 0.0.0.0:7277 can read all alerts"));
  EXPECT_FALSE(contains(warnings(read_text("[http]\nlisten = [\"127.0.0.1:7277\", \"[::1]:7277\"]\n")), "everybody"));
  const std::string guarded = "[http]\nlisten = [\"0.0.0.0:7277\"]\n"
      "tokens = [{ name = \"desk\", role = \"reader\", secret = { file = \"ops.secret\" } }]\n";
  EXPECT_FALSE(contains(warnings(read_text(guarded)), "everybody"));
}

TEST(FetchSection, IsRead) {
  const Settings settings = good(R"([fetch]
contact = "https://press.example.com/about"
concurrency = 64
per_host = { concurrency = 16, interval = "0s" }
timeout = "30s"
max_body = "1MiB"
ports = [80, 443, 8080]
proxy = "http://proxy.example.com:3128"
allow_private = ["127.0.0.0/8"]
connect_to = { "media.naver.com:443" = "127.0.0.1:8443" }
)");
  EXPECT_EQ(settings.contact, "https://press.example.com/about");
  EXPECT_EQ(settings.fetch.pace.concurrency, 64);
  EXPECT_EQ(settings.fetch.pace.per_host, 16);
  EXPECT_EQ(settings.fetch.pace.interval, seconds(0));
  EXPECT_EQ(settings.fetch.timeout, seconds(30));
  EXPECT_EQ(settings.fetch.max_body, 1u << 20);
  EXPECT_EQ(settings.ports, (std::vector<int>{80, 443, 8080}));
  EXPECT_EQ(settings.proxy, "http://proxy.example.com:3128");
  EXPECT_EQ(settings.allow_private, Lines{"127.0.0.0/8"});
  EXPECT_EQ(settings.connect_to.at("media.naver.com:443"), "127.0.0.1:8443");
}

TEST(FetchSection, ACertificateFileLiesBesideTheConfiguration) {
  Folder folder;
  folder.write("ca.pem", "-----BEGIN CERTIFICATE-----\n");
  folder.write("key.pem", "-----BEGIN PUBLIC KEY-----\n");
  const Checked checked = read_in(folder, "[fetch]\nca_file = \"ca.pem\"\n");
  ASSERT_TRUE(checked.settings);
  EXPECT_EQ(checked.settings->ca_file, folder.at("ca.pem"));
  EXPECT_TRUE(contains(faults(read_in(folder, "[fetch]\nca_file = \"key.pem\"\n")), "holds no certificate in PEM form"));
  EXPECT_TRUE(contains(faults(read_in(folder, "[fetch]\nca_file = \"none.pem\"\n")), "none.pem: there is no such file"));
}

TEST(FetchSection, WhatIsWrongInItIsRefusedAtItsPlace) {
  const std::pair<const char*, const char*> wrong[] = {
      {"contact = \"nobody\"", ":2:11: fetch.contact: 'nobody' is not a contact"},
      {"contact = \"a@b (x)\"", "is not a contact"},
      {"ports = []", "fetch.ports: no port is left to go to"},
      {"ports = [80, 70000]", ":2:14: fetch.ports[1]: 70000 is out of range (choose 1 to 65535)"},
      {"proxy = \"https://proxy.example.com\"", "fetch.proxy: is not the address of a proxy"},
      {"proxy = \"http://u:hunter2@proxy.example.com\"", "fetch.proxy: a user name or password does not stand in a URL"},
      {"allow_private = [\"10.0.0.0/33\"]", "fetch.allow_private[0]: range '10.0.0.0/33'"},
      {"connect_to = { \"media.naver.com\" = \"127.0.0.1:1\" }", "'media.naver.com' is not a host and port"},
      {"connect_to = { \"a:443\" = \"localhost:1\" }", "'localhost:1' is not an address and port"},
      {"per_host = { concurency = 2 }", ":2:14: fetch.per_host.concurency: is not a known key (did you mean \"concurrency\"?)"},
  };
  for (const auto& [line, fault] : wrong) {
    const Lines lines = faults("[fetch]\n" + std::string(line) + "\n");
    EXPECT_TRUE(contains(lines, fault)) << line << testing::PrintToString(lines);
    EXPECT_FALSE(contains(lines, "hunter2"));
  }
}

TEST(FetchSection, WarnsOfALaboratoryAndOfNoContact) {
  const Lines lines = warnings(read_text("[fetch]\nallow_private = [\"127.0.0.0/8\"]\nconnect_to = { \"a:443\" = \"127.0.0.1:1\" }\n"));
  EXPECT_TRUE(contains(lines, "fetch.allow_private: pages at private addresses may be fetched (for the laboratory only)"));
  EXPECT_TRUE(contains(lines, "fetch.connect_to: connections are led elsewhere (for the laboratory only)"));
  EXPECT_TRUE(contains(lines, "fetch.contact: is missing"));
  EXPECT_FALSE(contains(warnings(read_text("[fetch]\ncontact = \"a@example.com\"\n")), "contact"));
}

}  // namespace
}  // namespace bylined::settings
