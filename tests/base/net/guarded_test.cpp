// SPDX-License-Identifier: Apache-2.0
// Ways in which others were led to addresses inside (server-side request forgery), against listeners on
// loopback that must never see a connection.
#include <gtest/gtest.h>

#include "tests/base/net/loopback.h"

namespace bylined::net {
namespace {

// Spellings of loopback and unspecified addresses, all of which dialled the tripwire in one client or another.
constexpr const char* kLoopback[] = {
    "127.0.0.1", "127.1", "127.0.1", "127.000.000.001", "127.255.255.254", "2130706433", "017700000001", "0x7f000001", "0x7F.1", "0x7f.0x0.0x0.0x1",
    "0177.0.0.1", "0177.0.0.01", "127.0.0.1.", "0", "0.0.0.0", "00000000000", "0x0", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[0000::0001]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:0:127.0.0.1]", "[::127.0.0.1]", "[::ffff:0.0.0.0]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
    "[2001:0:7f00:1::]", "localhost", "LOCALHOST", "localhost.", "%31%32%37.0.0.1", "127%2e0%2e0%2e1", "①②⑦.⓪.⓪.①", "127。0。0。1", "１２７.0.0.1",
};

// Other places that nobody outside should reach.
constexpr const char* kInside[] = {
    "169.254.169.254", "0xa9fea9fe", "2852039166", "[::ffff:169.254.169.254]", "[fe80::1]", "[fe80::1%25lo]", "[fd00:ec2::254]", "10.0.0.1", "10.255.255.255",
    "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "192.0.0.192", "198.18.0.1", "224.0.0.1", "[ff02::1]", "255.255.255.255", "240.0.0.1",
    "192.88.99.1", "[fec0::1]", "[100::1]", "[2001:db8::1]", "[64:ff9b:1::a00:1]",
};

struct Tripwire {
  Listener wire{[](Connection& connection) { connection.write(ok("inside")); }, "0.0.0.0"};

  ClientOptions options() const {
    ClientOptions chosen;
    chosen.user_agent = "bylined-test";
    chosen.ports = {wire.port()};
    return chosen;
  }
  std::string at(const std::string& host) const { return "http://" + host + ":" + std::to_string(wire.port()) + "/"; }
};

// Refused before or at the dial, however the address is written.
void expect_refused(Desk& desk, const std::string& text, bool receiver) {
  const auto parsed = Url::parse(text);
  if (!parsed) return;  // not even a URL
  HttpRequest request = request_for(text);
  request.receiver = receiver;
  request.timeout = Millis(2'000);
  const auto answer = desk.send(request);
  ASSERT_FALSE(answer) << text;
  EXPECT_EQ(answer.error().kind(), ErrorKind::kRefused) << text << ": " << answer.error().text();
}

TEST(Guarded, NoSpellingOfLoopbackIsFetched) {
  Tripwire trip;
  Desk desk(trip.options());
  for (const char* host : kLoopback) expect_refused(desk, trip.at(host), false);
  EXPECT_EQ(trip.wire.accepted(), 0);
}

TEST(Guarded, NoReceiverIsInsideUnlessItsRangeIsNamed) {
  Tripwire trip;
  Desk desk(trip.options());
  for (const char* host : kLoopback) expect_refused(desk, trip.at(host), true);
  for (const char* host : kInside) expect_refused(desk, trip.at(host), true);
  EXPECT_EQ(trip.wire.accepted(), 0);
  HttpRequest request = request_for(trip.at("127.0.0.1"));
  request.receiver = true;
  request.allow_private = {"127.0.0.1/32"};
  EXPECT_TRUE(desk.send(request));
}

TEST(Guarded, NoAddressInsideIsFetched) {
  Tripwire trip;
  Desk desk(trip.options());
  for (const char* host : kInside) expect_refused(desk, trip.at(host), false);
}

TEST(Guarded, NoRedirectLeadsInside) {
  Tripwire trip;
  Desk desk(trip.options());
  const Url page = url("http://press.example:" + std::to_string(trip.wire.port()) + "/a");
  const auto follow = [&](const std::string& location) {
    const auto target = page.resolve(location);
    if (target) expect_refused(desk, target->text(), false);
  };
  for (const char* host : kLoopback) {
    follow(trip.at(host));
    follow("http:///" + std::string(host) + ":" + std::to_string(trip.wire.port()) + "/");
    follow("//" + std::string(host) + ":" + std::to_string(trip.wire.port()) + "/");
  }
  for (const char* location : {"file:///etc/passwd", "gopher://127.0.0.1/", "dict://127.0.0.1/", "ftp://127.0.0.1/", "ldap://127.0.0.1/", "javascript:alert(1)",
                               "data:text/plain,x", "unix:/run/x", "http://public@127.0.0.1/", "http://press.example\\@127.0.0.1/"}) {
    const auto target = page.resolve(location);
    EXPECT_TRUE(!target || target->host() == "press.example") << location;
  }
  EXPECT_EQ(trip.wire.accepted(), 0);
}

// What a lying name server may give for a name.
constexpr const char* kAnswers[] = {
    "127.0.0.1", "127.0.0.53", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255",
    "::1", "::", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2001::7f00:1", "fd00::1",
    "fe80::1", "fec0::1", "ff02::1", "2001:db8::1",
};

constexpr std::size_t kNames = std::size(kAnswers);
std::string name(const std::string& kind, std::size_t i) { return kind + std::to_string(i) + ".example"; }

// "alone3.example" has the fourth of the answers; "first" and "last" have public ones beside it.
Result<std::vector<std::string>> lie(const std::string& host) {
  const std::string answer = kAnswers[std::stoul(host.substr(host.find_first_of("0123456789")))];
  if (host.starts_with("first")) return std::vector<std::string>{answer, "93.184.216.34"};
  if (host.starts_with("last")) return std::vector<std::string>{"93.184.216.34", "2606:2800:220:1::1", answer};
  return std::vector<std::string>{answer};
}

TEST(Guarded, NoNameLeadsInside) {
  Tripwire trip;
  ClientOptions options = trip.options();
  options.lookup = lie;
  Desk desk(options);
  for (std::size_t i = 0; i < kNames; ++i) {
    expect_refused(desk, trip.at(name("alone", i)), false);
    expect_refused(desk, trip.at(name("hooks", i)), true);
  }
  EXPECT_EQ(trip.wire.accepted(), 0);
}

TEST(Guarded, OneAddressInsideSpoilsAName) {
  Tripwire trip;
  ClientOptions options = trip.options();
  options.lookup = lie;
  Desk desk(options);
  for (std::size_t i = 0; i < kNames; ++i) {
    expect_refused(desk, trip.at(name("first", i)), false);
    expect_refused(desk, trip.at(name("last", i)), false);
  }
}

TEST(Guarded, ANameThatChangesItsAddressIsJudgedAgain) {
  Tripwire trip;
  ClientOptions options = trip.options();
  options.allow_private = {"127.0.0.1/32"};
  auto asked = std::make_shared<std::atomic<int>>(0);
  options.lookup = [asked](const std::string&) { return std::vector<std::string>{++*asked == 1 ? "127.0.0.1" : "127.0.0.2"}; };
  Desk first(options);
  EXPECT_TRUE(first.get(trip.at("rebind.example")));
  Desk second(options);  // with nothing remembered
  expect_refused(second, trip.at("rebind.example"), false);
  EXPECT_EQ(trip.wire.accepted(), 1);
}

TEST(Guarded, AKeptConnectionIsJudgedForEachRequest) {
  Listener origin(always(ok("inside")));
  ClientOptions options;
  Desk desk(options);
  HttpRequest request = request_for(origin.url());
  request.receiver = true;
  request.allow_private = {"127.0.0.0/8"};
  ASSERT_TRUE(desk.send(request));
  request.allow_private = {};
  const auto answer = desk.send(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind(), ErrorKind::kRefused);
}

TEST(Guarded, ThisMachinesOwnAddressesAreRefused) {
  Tripwire trip;
  Desk desk(trip.options());
  // Whatever it is called here: every interface's address is one that the tripwire listens on.
  std::array<char, 256> name{};
  ASSERT_EQ(gethostname(name.data(), name.size() - 1), 0);
  const auto answer = desk.get(trip.at(name.data()));
  EXPECT_FALSE(answer);
  EXPECT_EQ(trip.wire.accepted(), 0);
}

TEST(Guarded, AConnectionsMapIsJudgedToo) {
  Tripwire trip;
  ClientOptions options = trip.options();
  options.ports = {443};
  options.connect_to = {{"press.example:443", "127.0.0.1:" + std::to_string(trip.wire.port())}};
  Desk desk(options);
  const auto answer = desk.get("https://press.example/");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind(), ErrorKind::kRefused);
  EXPECT_EQ(trip.wire.accepted(), 0);
}

TEST(Guarded, PortsAreLimitedForPagesAndFreeForReceivers) {
  Listener origin(always(ok("1")));
  ClientOptions options = laboratory({80, 443});
  Desk desk(options);
  EXPECT_FALSE(desk.get(origin.url()));
  HttpRequest request = request_for(origin.url());
  request.receiver = true;
  EXPECT_TRUE(desk.send(request));
}

// The environment's proxies, and files in the home folder, as an operator's shell may have them.
class Surroundings {
 public:
  explicit Surroundings(const std::map<std::string, std::string>& wanted) {
    for (const auto& [name, value] : wanted) {
      const char* const old = std::getenv(name.c_str());
      before_[name] = old == nullptr ? std::nullopt : std::optional<std::string>(old);
      setenv(name.c_str(), value.c_str(), 1);
    }
  }
  ~Surroundings() {
    for (const auto& [name, value] : before_) {
      if (value) setenv(name.c_str(), value->c_str(), 1);
      if (!value) unsetenv(name.c_str());
    }
  }

 private:
  std::map<std::string, std::optional<std::string>> before_;
};

TEST(Guarded, TheEnvironmentsProxyIsNotUsed) {
  Tripwire proxy;
  Listener origin(always(ok("1")));
  const std::string address = proxy.at("127.0.0.1");
  const Surroundings around({{"http_proxy", address}, {"HTTP_PROXY", address}, {"https_proxy", address}, {"HTTPS_PROXY", address}, {"ALL_PROXY", address},
                             {"all_proxy", address}, {"NO_PROXY", ""}, {"no_proxy", ""}});
  Desk desk(laboratory({origin.port()}));
  EXPECT_TRUE(desk.get(origin.url()));
  EXPECT_EQ(proxy.wire.accepted(), 0);
}

TEST(Guarded, NoPasswordIsReadFromTheHomeFolder) {
  std::string folder = "/tmp/bylined-test-home-XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string netrc = folder + "/.netrc";
  std::FILE* const out = std::fopen(netrc.c_str(), "w");
  std::fputs("machine 127.0.0.1 login press password hush\ndefault login press password hush\n", out);
  std::fclose(out);
  std::string heard;
  Listener origin([&](Connection& connection) {
    heard = connection.request();
    connection.write(ok("1"));
  });
  {
    const Surroundings around({{"HOME", folder}, {"CURL_HOME", folder}, {"NETRC", netrc}});
    Desk desk(laboratory({origin.port()}));
    EXPECT_TRUE(desk.get(origin.url()));
  }
  EXPECT_EQ(heard.find("Authorization"), std::string::npos);
  unlink(netrc.c_str());
  rmdir(folder.c_str());
}

// A proxy that keeps the first line of what it is asked.
struct Proxy {
  std::mutex mutex;
  std::string asked;
  Listener listener{[this](Connection& connection) {
    const std::string text = connection.request();
    const std::lock_guard lock(mutex);
    asked += text.substr(0, text.find('\r')) + "\n";
    connection.write(ok("by proxy"));
  }};

  ClientOptions options() const {
    ClientOptions chosen;
    chosen.ports = {80, 443, 8080};
    chosen.proxy = "http://127.0.0.1:" + std::to_string(listener.port());
    return chosen;
  }
};

TEST(GuardedProxy, IsUsedWhereItIsConfigured) {
  Proxy proxy;
  const Surroundings around({{"NO_PROXY", "*"}, {"no_proxy", "*"}});
  Desk desk(proxy.options());
  EXPECT_EQ(desk.get("http://press.example/a")->body, "by proxy");
  EXPECT_FALSE(desk.get("https://press.example/a"));
  EXPECT_EQ(proxy.asked, "GET http://press.example/a HTTP/1.1\nCONNECT press.example:443 HTTP/1.1\n");
}

TEST(GuardedProxy, IsNotHandedAddressesInsideNorLocalNames) {
  Proxy proxy;
  Desk desk(proxy.options());
  for (const char* host : kLoopback) {
    if (Url::parse("http://" + std::string(host))) expect_refused(desk, "http://" + std::string(host) + "/", false);
  }
  for (const char* host : kInside) expect_refused(desk, "http://" + std::string(host) + "/", false);
  const double before = desk.metrics.value("bylined_net_refused_total", "reason=\"local name\"");
  for (const char* host : {"intranet", "printer.local", "db.internal", "nas.lan"}) expect_refused(desk, "http://" + std::string(host) + "/", false);
  EXPECT_EQ(desk.metrics.value("bylined_net_refused_total", "reason=\"local name\""), before + 4);
  EXPECT_EQ(proxy.listener.accepted(), 0);
}

TEST(GuardedProxy, IsPassedByForAReceiverInside) {
  Proxy proxy;
  Listener inside(always(ok("inside")));
  Desk desk(proxy.options());
  HttpRequest request = request_for(inside.url());
  request.receiver = true;
  request.allow_private = {"127.0.0.0/8"};
  EXPECT_EQ(desk.send(request)->body, "inside");
  HttpRequest outside = request_for("http://hooks.example:8080/");
  outside.receiver = true;
  EXPECT_EQ(desk.send(outside)->body, "by proxy");
}

}  // namespace
}  // namespace bylined::net
