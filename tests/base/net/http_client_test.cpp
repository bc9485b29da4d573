// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <condition_variable>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>

#include "tests/base/net/loopback.h"

namespace bylined::net {
namespace {

bool says(const Result<HttpResponse>& result, std::string_view words) {
  return !result && result.error().text().find(words) != std::string::npos;
}

// Keeps what it was asked, in order.
struct Recorder {
  Listener::Script script(std::string answer) {
    return [this, answer = std::move(answer)](Connection& connection) {
      for (std::string text = connection.request(); !text.empty(); text = connection.request()) {
        {
          const std::lock_guard lock(mutex);
          requests.push_back(text);
        }
        if (!connection.write(answer)) return;
      }
    };
  }
  std::string last() {
    const std::lock_guard lock(mutex);
    return requests.empty() ? "" : requests.back();
  }
  std::mutex mutex;
  std::vector<std::string> requests;
};

TEST(HttpClient, FetchesAPage) {
  Listener origin(always(ok("안녕하세요", "Content-Type: text/html\r\nETag: \"1\"\r\n")));
  Desk desk(laboratory({origin.port()}));
  const auto answer = desk.get(origin.url());
  ASSERT_TRUE(answer) << answer.error().text();
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "안녕하세요");
  EXPECT_EQ(answer->header("etag"), "\"1\"");
  EXPECT_EQ(answer->address, "127.0.0.1");
  EXPECT_EQ(answer->wire_bytes, ok("안녕하세요", "Content-Type: text/html\r\nETag: \"1\"\r\n").size());
  EXPECT_EQ(desk.metrics.value("bylined_http_requests_total", "purpose=\"fetch\",outcome=\"answered\""), 1);
}

TEST(HttpClient, AsksForNothingButThePage) {
  Recorder seen;
  Listener origin(seen.script(ok("1", "Set-Cookie: a=b; Path=/\r\nAlt-Svc: h2=\":1\"\r\nStrict-Transport-Security: max-age=9999\r\n")));
  Desk desk(laboratory({origin.port()}));
  HttpRequest request = request_for(origin.url("/기사?q=1"));
  request.headers = {{"if-none-match", "\"1\""}, {"X-Empty", ""}};
  ASSERT_TRUE(desk.send(request));
  ASSERT_TRUE(desk.send(request));  // nothing of the first answer comes back in the second request
  EXPECT_EQ(seen.last(), "GET /%EA%B8%B0%EC%82%AC?q=1 HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(origin.port()) +
                             "\r\nAccept: */*\r\nif-none-match: \"1\"\r\nX-Empty:\r\nAccept-Encoding: gzip, deflate\r\nUser-Agent: bylined-test\r\n\r\n");
}

TEST(HttpClient, KeepsTheConnectionForTheNextRequest) {
  Listener origin(always(ok("1")));
  Desk desk(laboratory({origin.port()}));
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(desk.get(origin.url()));
  EXPECT_EQ(origin.accepted(), 1);
}

// How many of them were answered, asked all at once.
int answered_of(Desk& desk, const std::vector<std::string>& urls) {
  int good = 0;
  for (const std::string& one : urls) {
    auto task = [](HttpClient& http, HttpRequest request) -> Task<bool> { co_return (co_await http.send(std::move(request))).has_value(); };
    boost::asio::co_spawn(desk.context, task(*desk.client.http, request_for(one)), [&good](const std::exception_ptr&, bool whole) { good += whole; });
  }
  desk.context.restart();
  desk.context.run_for(std::chrono::seconds(10));
  return good;
}

// Both ends of a thousand connections are ours here.
void allow_many_files() {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
}

TEST(HttpClient, KeepsFiveHundredAndTwelveConnectionsAndReachesMoreHosts) {
  constexpr int kKept = 512, kHosts = 600, kAtOnce = 50;
  allow_many_files();
  std::atomic<int> open{0};
  Listener origin([&open](Connection& connection) {
    connection.give_up_after(60);
    ++open;
    while (!connection.request().empty() && connection.write(ok("1"))) {}
    --open;
  });
  ClientOptions options = laboratory({origin.port()});
  const std::string port = ":" + std::to_string(origin.port());
  std::vector<std::string> urls;
  for (int i = 0; i < kHosts; ++i) {
    const std::string host = "press" + std::to_string(i) + ".example" + port;
    options.connect_to[host] = "127.0.0.1" + port;
    urls.push_back("http://" + host + "/");
  }
  Desk desk(options);
  EXPECT_EQ(options.kept_connections, kKept);
  for (int from = 0; from < kHosts; from += kAtOnce) EXPECT_EQ(answered_of(desk, {urls.begin() + from, urls.begin() + from + kAtOnce}), kAtOnce);
  for (int waits = 0; waits < 500 && open > kKept; ++waits) std::this_thread::sleep_for(Millis(10));
  EXPECT_EQ(open, kKept) << "those idle longest were closed, and no others";
  EXPECT_EQ(origin.accepted(), kHosts);
  EXPECT_EQ(answered_of(desk, {urls.end() - kAtOnce, urls.end()}), kAtOnce);
  EXPECT_EQ(origin.accepted(), kHosts) << "asked over the connections that were kept";
  EXPECT_EQ(answered_of(desk, {urls.begin(), urls.begin() + kAtOnce}), kAtOnce);
  EXPECT_EQ(origin.accepted(), kHosts + kAtOnce) << "connected to anew";
}

TEST(HttpClient, SendsManyAtOnce) {
  Listener origin(always(ok(std::string(30'000, 'x'))));
  Desk desk(laboratory({origin.port()}));
  EXPECT_EQ(answered_of(desk, std::vector<std::string>(50, origin.url())), 50);
}

TEST(HttpClient, GivesAnyStatusAsAValueAndFollowsNothing) {
  Listener target(always(ok("1")));
  std::atomic<int> status{0};
  Listener origin([&](Connection& connection) {
    connection.request();
    connection.write("HTTP/1.1 " + std::to_string(status) + " X\r\nLocation: " + target.url() + "\r\nContent-Length: 0\r\n\r\n");
  });
  Desk desk(laboratory({origin.port(), target.port()}));
  for (const int wanted : {204, 301, 302, 303, 304, 307, 308, 400, 401, 404, 429, 500, 503}) {
    status = wanted;
    const auto answer = desk.get(origin.url());
    ASSERT_TRUE(answer) << wanted << answer.error().text();
    EXPECT_EQ(answer->status, wanted);
  }
  EXPECT_EQ(target.accepted(), 0);
}

TEST(HttpClient, RefusesHeadersThatWouldEndTheLine) {
  Listener origin(always(ok("1")));
  Desk desk(laboratory({origin.port()}));
  for (const Headers& headers : {Headers{{"X", "a\r\nY: b"}}, Headers{{"X", "a\n"}}, Headers{{"X", std::string("a\0b", 3)}}, Headers{{"X\r\nY", "a"}},
                                 Headers{{"X Y", "a"}}, Headers{{"X:", "a"}}, Headers{{"", "a"}}, Headers{{"제목", "a"}}}) {
    HttpRequest request = request_for(origin.url());
    request.headers = headers;
    EXPECT_EQ(kind(desk.send(request)), ErrorKind::kInvalid) << headers[0].first;
  }
  EXPECT_EQ(origin.accepted(), 0);
}

TEST(HttpClient, PostsABodyAsItIs) {
  std::string heard;
  Listener origin([&](Connection& connection) {
    heard = connection.request();
    heard += connection.read(300'000);
    connection.write(ok(""));
  });
  Desk desk(laboratory({origin.port()}));
  HttpRequest request = request_for(origin.url("/hook"));
  request.method = "POST";
  request.receiver = true;
  request.headers = {{"content-type", "application/json"}};
  request.body = std::string(300'000, '{');
  ASSERT_TRUE(desk.send(request));
  EXPECT_EQ(heard, "POST /hook HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(origin.port()) +
                       "\r\nAccept: */*\r\ncontent-type: application/json\r\nUser-Agent: bylined-test\r\nContent-Length: 300000\r\n\r\n" + request.body);
}

HttpRequest webhook_to(const Listener& origin) {
  HttpRequest request = request_for(origin.url("/hook"));
  request.method = "POST";
  request.receiver = true;
  request.body = "{}";
  return request;
}

TEST(HttpClient, SaysThatNobodyKnowsWhereAReceiverTookAllAndSaidNothing) {
  for (const std::string said : {"", "no status line\r\n\r\n", "HTTP/1.1 103 Early Hints\r\n\r\n"}) {
    Listener origin([&](Connection& connection) {
      connection.request();
      connection.read(2);
      connection.write(said);
      connection.close();
    });
    Desk desk(laboratory({origin.port()}));
    const auto answer = desk.send(webhook_to(origin));
    ASSERT_TRUE(answer) << answer.error().text();
    EXPECT_EQ(answer->status, 0);
  }
}

TEST(HttpClient, TakesTheStatusOfAReceiverThatBreaksOffBehindIt) {
  Listener origin([](Connection& connection) {
    connection.request();
    connection.read(2);
    connection.write("HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\ntaken");
    connection.close();
  });
  Desk desk(laboratory({origin.port()}));
  const auto answer = desk.send(webhook_to(origin));
  ASSERT_TRUE(answer) << answer.error().text();
  EXPECT_EQ(answer->status, 202);
  EXPECT_EQ(answer->body, "taken");
}

TEST(HttpClient, KnowsThatNothingArrivedWhereTheReceiverTookNothing) {
  Listener origin([](Connection& connection) { connection.reset(); });
  Desk desk(laboratory({origin.port()}));
  HttpRequest request = webhook_to(origin);
  request.body = std::string(8u << 20, 'x');
  EXPECT_FALSE(desk.send(request));
}

TEST(HttpClient, PostsAnEmptyBody) {
  Recorder seen;
  Listener origin(seen.script(ok("")));
  Desk desk(laboratory({origin.port()}));
  HttpRequest request = request_for(origin.url());
  request.method = "POST";
  ASSERT_TRUE(desk.send(request));
  EXPECT_NE(seen.last().find("Content-Length: 0\r\n"), std::string::npos) << seen.last();
}

TEST(HttpClient, KnowsNoOtherMethods) {
  Listener origin(always(ok("1")));
  Desk desk(laboratory({origin.port()}));
  for (const char* method : {"", "get", "HEAD", "PUT", "DELETE", "GET / HTTP/1.1\r\nX: y"}) {
    HttpRequest request = request_for(origin.url());
    request.method = method;
    EXPECT_EQ(kind(desk.send(request)), ErrorKind::kInvalid) << method;
  }
}

// Answers the first request of a connection and closes when the second has been read. Counts requests.
Listener::Script closes_when_asked_again(std::atomic<int>& requests) {
  return [&requests](Connection& connection) {
    requests += connection.request().empty() ? 0 : 1;
    connection.write(ok("1"));
    requests += connection.request().empty() ? 0 : 1;
  };
}

TEST(HttpClient, RepeatsAGetOnceWhereTheKeptConnectionHadDied) {
  std::atomic<int> requests{0};
  Listener origin(closes_when_asked_again(requests));
  Desk desk(laboratory({origin.port()}));
  ASSERT_TRUE(desk.get(origin.url()));
  ASSERT_TRUE(desk.get(origin.url()));
  EXPECT_EQ(origin.accepted(), 2);
  EXPECT_EQ(requests, 3);
}

TEST(HttpClient, RepeatsEachGetHoweverManyWereRepeatedBefore) {
  std::atomic<int> requests{0};
  Listener origin(closes_when_asked_again(requests));
  Desk desk(laboratory({origin.port()}));
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(desk.get(origin.url())) << i;
  EXPECT_EQ(origin.accepted(), 20);
}

TEST(HttpClient, NeverRepeatsAPost) {
  std::atomic<int> requests{0};
  Listener origin(closes_when_asked_again(requests));
  Desk desk(laboratory({origin.port()}));
  HttpRequest request = request_for(origin.url());
  request.method = "POST";
  request.receiver = true;
  request.body = "{}";
  ASSERT_TRUE(desk.send(request));
  EXPECT_EQ(desk.send(request)->status, 0);  // it had gone out: whoever sent it decides
  EXPECT_EQ(requests, 2);
}

// After a request that timed out, until none that was kept before it could still be given out.
TEST(HttpClient, KeepsNoConnectionOfAHostThatWasSilentForAMinute) {
  std::atomic<bool> silent{true};
  Listener origin([&](Connection& connection) {
    if (silent.exchange(false)) return connection.wait_for_end();
    always(ok("1"))(connection);
  });
  ClientOptions options = laboratory({origin.port()});
  options.first_byte = Millis(300);
  Desk desk(std::move(options));
  const auto connections_after = [&](Millis pause) {
    desk.clock->ahead += pause;
    EXPECT_TRUE(desk.get(origin.url()));
    return origin.accepted();
  };
  EXPECT_FALSE(desk.get(origin.url()));
  EXPECT_EQ(connections_after(Millis(0)), 2);
  EXPECT_EQ(connections_after(Millis(60'000)), 3);
  EXPECT_EQ(connections_after(Millis(2'000)), 4);
  EXPECT_EQ(connections_after(Millis(0)), 4);
  EXPECT_EQ(desk.metrics.value("bylined_http_requests_total", "purpose=\"fetch\",outcome=\"transient\""), 1);
}

TEST(HttpClient, DoesNotReuseAConnectionThatTheServerClosedMeanwhile) {
  Listener origin(once(ok("1")));
  Desk desk(laboratory({origin.port()}));
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(desk.get(origin.url()));
  EXPECT_EQ(origin.accepted(), 3);
}

// Descriptors and handles of ended requests come back at once.
TEST(HttpClient, KnowsConnectionsApartThatHaveTheSameNumber) {
  Recorder seen;
  Listener once_only(once(ok("1"))), keeps(seen.script(ok("2")));
  Desk desk(laboratory({once_only.port(), keeps.port()}));
  for (int i = 0; i < 10; ++i) {
    const auto closed = desk.get(once_only.url()), kept = desk.get(keeps.url());
    ASSERT_TRUE(closed && kept) << i;
    EXPECT_EQ(closed->body + kept->body, "12");
  }
  HttpRequest post = request_for(keeps.url("/hook"));
  post.method = "POST";
  post.body = "{}";
  ASSERT_TRUE(desk.send(post));
  ASSERT_TRUE(desk.get(keeps.url("/after")));
  EXPECT_EQ(seen.last().find("POST"), std::string::npos);
  EXPECT_EQ(seen.last().find("Content-Length"), std::string::npos);
}

TEST(HttpClient, MapsAHostToAnAddressWithoutAskingForIt) {
  Recorder seen;
  Listener origin(seen.script(ok("1")));
  ClientOptions options = laboratory({80});
  options.connect_to = {{"media.naver.com:80", "127.0.0.1:" + std::to_string(origin.port())}};
  options.lookup = [](const std::string&) -> Result<std::vector<std::string>> { return Error(ErrorKind::kTransient, "asked"); };
  Desk desk(options);
  ASSERT_TRUE(desk.get("http://media.naver.com/journalist/277/72385"));
  EXPECT_NE(seen.last().find("Host: media.naver.com\r\n"), std::string::npos);
  EXPECT_TRUE(says(desk.get("http://other.naver.com/"), "asked"));
}

TEST(HttpClient, RefusesOptionsThatCannotBeRead) {
  boost::asio::io_context context;
  Metrics metrics;
  Lane cpu(0);
  const auto clock = make_system_clock(context.get_executor());
  const auto refused = [&](auto change) {
    ClientOptions options;
    change(options);
    const auto client = make_client(context, *clock, metrics, cpu, std::move(options));
    return !client && client.error().kind() == ErrorKind::kInvalid;
  };
  EXPECT_TRUE(refused([](ClientOptions& options) { options.ca_file = "/nowhere/ca.pem"; }));
  EXPECT_TRUE(refused([](ClientOptions& options) { options.ca_file = "/etc/hostname"; }));
  EXPECT_TRUE(refused([](ClientOptions& options) { options.allow_private = {"127.0.0.1/8"}; }));
  EXPECT_TRUE(refused([](ClientOptions& options) { options.proxy = "socks5://proxy.example:1080"; }));
  EXPECT_TRUE(refused([](ClientOptions& options) { options.proxy = "http://user:password@proxy.example:3128"; }));
  EXPECT_TRUE(refused([](ClientOptions& options) { options.proxy = "http://proxy.example"; }));
  EXPECT_TRUE(refused([](ClientOptions& options) { options.connect_to = {{"a.example:443", "b.example:443"}}; }));
  EXPECT_TRUE(refused([](ClientOptions& options) { options.connect_to = {{"a.example", "127.0.0.1:443"}}; }));
  EXPECT_TRUE(refused([](ClientOptions& options) { options.connect_to = {{"a.example:443", "127.0.0.1:0"}}; }));
}

TEST(HttpClient, StopsATransferThatIsCancelled) {
  std::atomic<bool> seen{false};
  Listener origin([&](Connection& connection) {
    connection.request();
    seen = true;
    connection.wait_for_end();
    seen = false;
  });
  Desk desk(laboratory({origin.port()}));
  boost::asio::cancellation_signal cancel;
  std::optional<ErrorKind> ended;
  auto task = [](HttpClient& http, HttpRequest request) -> Task<ErrorKind> { co_return kind(co_await http.send(std::move(request))); };
  boost::asio::co_spawn(desk.context, task(*desk.client.http, request_for(origin.url())),
                        boost::asio::bind_cancellation_slot(cancel.slot(), [&](const std::exception_ptr&, ErrorKind how) { ended = how; }));
  while (!seen) desk.context.run_one_for(std::chrono::milliseconds(1));
  cancel.emit(boost::asio::cancellation_type::terminal);
  desk.context.run_for(std::chrono::seconds(5));
  EXPECT_EQ(ended, ErrorKind::kCancelled);
  while (seen) std::this_thread::yield();  // the server sees the end at once, not after a timeout
}

TEST(HttpClient, ClosesWithTransfersUnderWay) {
  Listener origin([](Connection& connection) { connection.wait_for_end(); });
  auto desk = std::make_unique<Desk>(laboratory({origin.port()}));
  std::optional<ErrorKind> ended;
  auto task = [](HttpClient& http, HttpRequest request) -> Task<ErrorKind> { co_return kind(co_await http.send(std::move(request))); };
  boost::asio::co_spawn(desk->context, task(*desk->client.http, request_for(origin.url())), [&](const std::exception_ptr&, ErrorKind how) { ended = how; });
  desk->context.run_for(std::chrono::milliseconds(5));
  desk.reset();
  EXPECT_FALSE(ended);  // its coroutine went with the context
}

// A resolver that answers for one name only; the others wait until the test lets them go.
struct DeadNameServer {
  std::mutex mutex;
  std::condition_variable changed;
  bool over = false;
  std::vector<std::string> asked;

  static ClientOptions options(const std::shared_ptr<DeadNameServer>& self, int port) {
    ClientOptions chosen = laboratory({port});
    chosen.lookup = [self](const std::string& host) -> Result<std::vector<std::string>> {
      std::unique_lock lock(self->mutex);
      self->asked.push_back(host);
      if (host == "alive.example") return std::vector<std::string>{"127.0.0.1"};
      self->changed.wait(lock, [&] { return self->over; });
      return Error(ErrorKind::kTransient, "no answer");
    };
    return chosen;
  }
  void release() {
    const std::lock_guard lock(mutex);
    over = true;
    changed.notify_all();
  }
};

TEST(HttpClient, LetsADeadNameServerHoldUpNobodyElse) {
  Listener origin(always(ok("1")));
  const auto server = std::make_shared<DeadNameServer>();
  ClientOptions options = DeadNameServer::options(server, origin.port());
  options.resolver_threads = 3;
  Desk desk(options);
  const std::string port = ":" + std::to_string(origin.port());
  int failed = 0;
  auto task = [](HttpClient& http, HttpRequest request) -> Task<ErrorKind> { co_return kind(co_await http.send(std::move(request))); };
  for (const char* host : {"http://dead1.example", "http://dead2.example"}) {
    HttpRequest request = request_for(host + port);
    request.timeout = Millis(60);
    boost::asio::co_spawn(desk.context, task(*desk.client.http, request), [&](const std::exception_ptr&, ErrorKind how) { failed += how == ErrorKind::kTransient; });
  }
  EXPECT_TRUE(desk.get("http://alive.example" + port));
  EXPECT_TRUE(desk.get(origin.url()));
  desk.context.restart();
  desk.context.run_for(std::chrono::seconds(5));
  EXPECT_EQ(failed, 2);
  server->release();
}

// An alert hangs on a receiver's name; a stranger may be one of hundreds whose servers say nothing.
TEST(HttpClient, LooksReceiversUpFirstAndStrangersLast) {
  const auto server = std::make_shared<DeadNameServer>();
  ClientOptions options = DeadNameServer::options(server, 80);
  options.resolver_threads = 1;
  Desk desk(options);
  HttpRequest hook = request_for("http://hook.example/");
  hook.receiver = true;
  Mail mail;
  mail.server = "smtp://mail.example:25";
  mail.from = mail.to = "desk@press.example";
  mail.message = "Subject: 1\r\n\r\n1\r\n";
  HttpClient& http = *desk.client.http;
  auto drop = [](auto task) -> Task<void> { (void)co_await std::move(task); };
  const auto begin = [&](auto task) { boost::asio::co_spawn(desk.context, drop(std::move(task)), boost::asio::detached); };
  begin(http.send(request_for("http://busy.example/")));
  begin(http.look_up(url("http://stranger.example/"), false, Millis(5'000)));
  begin(http.look_up(url("http://met.example/"), true, Millis(5'000)));
  begin(http.send(hook));
  begin(desk.client.mail->send(mail));
  desk.context.run_for(std::chrono::milliseconds(50));
  server->release();
  desk.context.run_for(std::chrono::seconds(5));
  EXPECT_EQ(server->asked, (std::vector<std::string>{"busy.example", "mail.example", "hook.example", "met.example", "stranger.example"}));
}

TEST(HttpClient, ClosesAtOnceWithNamesUnderWay) {
  const auto server = std::make_shared<DeadNameServer>();
  auto desk = std::make_unique<Desk>(DeadNameServer::options(server, 80));
  auto task = [](HttpClient& http, HttpRequest request) -> Task<void> { (void)co_await http.send(std::move(request)); };
  for (int i = 0; i < 8; ++i) {
    boost::asio::co_spawn(desk->context, task(*desk->client.http, request_for("http://dead" + std::to_string(i) + ".example/")), [](const std::exception_ptr&) {});
  }
  desk->context.run_for(std::chrono::milliseconds(10));
  const auto clock = std::move(desk->clock);
  const Steady began = clock->steady();
  desk.reset();
  EXPECT_LT(clock->steady() - began, Millis(1'000));
  server->release();
}

TEST(HttpClient, LeavesTheContextIdleBetweenRequests) {
  Listener origin(always(ok("1")));
  Desk desk(laboratory({origin.port()}));
  ASSERT_TRUE(desk.get(origin.url()));
  desk.context.restart();
  EXPECT_EQ(desk.context.poll(), 0u);
  EXPECT_TRUE(desk.context.stopped());
}

}  // namespace
}  // namespace bylined::net
