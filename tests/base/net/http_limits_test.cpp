// SPDX-License-Identifier: Apache-2.0
#include <sys/resource.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include <boost/asio/detached.hpp>

#include "tests/base/net/loopback.h"

namespace bylined::net {
namespace {

// A server that answers every request with the bytes at hand and closes, and a client for it.
class HttpLimits : public testing::Test {
 protected:
  static void SetUpTestSuite() { origin_ = std::make_unique<Listener>(serve), desk_ = std::make_unique<Desk>(options()); }
  static void TearDownTestSuite() { desk_.reset(), origin_.reset(); }

  static void serve(Connection& connection) {
    connection.request();
    const std::lock_guard lock(mutex_);
    connection.write(answer_);
  }
  static ClientOptions options() { return laboratory({origin_->port()}); }
  static HttpRequest request() { return request_for(origin_->url()); }
  static void prepare(std::string answer) {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
  }

  static Result<HttpResponse> fetch(std::string answer, std::size_t max_body = 8u << 20, bool receiver = false) {
    prepare(std::move(answer));
    HttpRequest wanted = request();
    wanted.max_body = max_body;
    wanted.receiver = receiver;
    return desk_->send(wanted);
  }

  inline static std::unique_ptr<Listener> origin_;
  inline static std::unique_ptr<Desk> desk_;
  inline static std::mutex mutex_;
  inline static std::string answer_;
};

std::string chunked(const std::string& body, const std::string& tail = "0\r\n\r\n") {
  char size[20];
  std::snprintf(size, sizeof size, "%zx\r\n", body.size());
  return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + (size + body) + "\r\n" + tail;
}
std::string until_close(const std::string& body) { return "HTTP/1.1 200 OK\r\n\r\n" + body; }

TEST_F(HttpLimits, TakeABodyOfTheLimitAndRefuseOneByteMore) {
  const std::string full(5'000, 'x');
  for (const auto& framed : {ok(full), chunked(full), until_close(full)}) EXPECT_TRUE(fetch(framed, 5'000));
  for (const auto& framed : {ok(full), chunked(full), until_close(full)}) EXPECT_EQ(kind(fetch(framed, 4'999)), ErrorKind::kExhausted);
}

TEST_F(HttpLimits, TakeADecodedBodyOfTwiceTheLimitAndRefuseOneByteMore) {
  const std::string headers = "Content-Encoding: gzip\r\n";
  EXPECT_EQ(fetch(ok(gzip(std::string(2'000, 'x')), headers), 1'000)->body.size(), 2'000u);
  EXPECT_EQ(kind(fetch(ok(gzip(std::string(2'001, 'x')), headers), 1'000)), ErrorKind::kExhausted);
}

TEST_F(HttpLimits, StopABombByItsRatio) {
  const auto answer = fetch(ok(gzip(std::string(4u << 20, '0')), "Content-Encoding: gzip\r\n"));
  EXPECT_EQ(kind(answer), ErrorKind::kExhausted);
}

// The loop itself unpacks no more than half a megabyte: who asks it something waits that long.
TEST_F(HttpLimits, LeaveABodyInWhichMuchIsPackedToTheCpuLane) {
  const auto text = [](std::size_t size) {
    std::string lines;
    for (std::uint32_t i = 1; lines.size() < size; ++i) lines += std::string(40, ' ') + std::to_string(i * 2'654'435'761u) + "\n";
    lines.resize(size);
    return lines;
  };
  const auto packed = [&](std::size_t size) { return ok(gzip(text(size)), "Content-Encoding: gzip\r\n"); };
  constexpr std::size_t kAtOnce = 512u << 10;
  for (const std::size_t size : {kAtOnce, kAtOnce + 1}) EXPECT_TRUE(fetch(packed(size))->body == text(size)) << size;

  Desk desk(options());
  desk.cpu.stop();  // who waits for it waits for ever
  for (const bool much : {false, true}) {
    prepare(packed(kAtOnce + (much ? 1 : 0)));
    bool answered = false;
    const auto ask = [&](HttpRequest wanted) -> Task<void> { answered = (co_await desk.client.http->send(std::move(wanted))).has_value(); };
    boost::asio::co_spawn(desk.context, ask(request()), boost::asio::detached);
    desk.context.restart();
    desk.context.run_for(std::chrono::milliseconds(much ? 500 : 5'000));
    EXPECT_EQ(answered, !much);
  }
}

TEST_F(HttpLimits, UndoNoSecondLayer) {
  const std::string twice = gzip(gzip(std::string(1'000, '0')));
  EXPECT_EQ(kind(fetch(ok(twice, "Content-Encoding: gzip, gzip\r\n"))), ErrorKind::kInvalid);
  EXPECT_EQ(fetch(ok(twice, "Content-Encoding: gzip\r\n"))->body, gzip(std::string(1'000, '0')));
}

TEST_F(HttpLimits, RefuseCodingsThatWereNotAskedFor) {
  for (const char* coding : {"br", "zstd", "compress", "x-unknown"}) {
    EXPECT_EQ(kind(fetch(ok("x", "Content-Encoding: " + std::string(coding) + "\r\n"))), ErrorKind::kInvalid) << coding;
  }
  EXPECT_EQ(kind(fetch("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")), ErrorKind::kInvalid);
  EXPECT_EQ(kind(fetch(ok("<html>", "Content-Encoding: gzip\r\n"))), ErrorKind::kInvalid);
}

TEST_F(HttpLimits, CallACutGzipBodyIncompleteThoughItsLengthFits) {
  std::string text;
  for (std::uint32_t i = 1; i < 400; ++i) text += std::to_string(i * 2'654'435'761u) + "한국\n";
  const std::string packed = gzip(text);
  std::atomic<std::size_t> cut{0};
  Listener origin([&](Connection& connection) {
    while (!connection.request().empty() && connection.write(ok(packed.substr(0, cut), "Content-Encoding: gzip\r\n"))) {}
  });
  Desk desk(laboratory({origin.port()}));
  for (int i = 0; i < 50; ++i) {
    cut = packed.size() * static_cast<std::size_t>(i) / 50;
    ASSERT_EQ(kind(desk.get(origin.url())), ErrorKind::kTransient) << cut;
  }
  cut = packed.size();
  EXPECT_EQ(desk.get(origin.url())->body, text);
}

TEST_F(HttpLimits, CallABodyThatEndsBeforeItsLengthIncomplete) {
  EXPECT_EQ(kind(fetch("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n012345678")), ErrorKind::kTransient);
  EXPECT_EQ(kind(fetch("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")), ErrorKind::kTransient);
  EXPECT_EQ(kind(fetch("HTTP/1.1 404 Not Found\r\nContent-Length: 10\r\n\r\n")), ErrorKind::kTransient);
}

TEST_F(HttpLimits, DoNotReuseAConnectionWithBytesBeyondTheLength) {
  Listener origin([](Connection& connection) {
    connection.request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged");
    connection.wait_for_end();
  });
  Desk desk(laboratory({origin.port()}));
  EXPECT_EQ(desk.get(origin.url())->body, "1");
  EXPECT_EQ(desk.get(origin.url())->body, "1");
  EXPECT_EQ(origin.accepted(), 2);
}

TEST_F(HttpLimits, RefuseLengthsThatMeanNothing) {
  for (const char* length : {"-1", "abc", "1e3", "0x5", "99999999999999999999999", "1, 2"}) {
    EXPECT_EQ(kind(fetch("HTTP/1.1 200 OK\r\nContent-Length: " + std::string(length) + "\r\n\r\n12345")), ErrorKind::kTransient) << length;
  }
  EXPECT_EQ(kind(fetch("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 5\r\n\r\n12345")), ErrorKind::kTransient);
  EXPECT_EQ(kind(fetch("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n12345")), ErrorKind::kExhausted);
}

TEST_F(HttpLimits, CallBrokenChunksIncomplete) {
  EXPECT_EQ(fetch(chunked("한국"))->body, "한국");
  EXPECT_EQ(kind(fetch(chunked("한국", ""))), ErrorKind::kTransient);
  EXPECT_EQ(kind(fetch(chunked("한국", "0\r\n"))), ErrorKind::kTransient);
  EXPECT_EQ(kind(fetch(chunked("한국", "zz\r\n"))), ErrorKind::kTransient);
  EXPECT_EQ(kind(fetch(chunked("한국", "5\r\n12"))), ErrorKind::kTransient);
  EXPECT_EQ(kind(fetch(chunked("한국", "ffffffffffffffffff\r\nx"))), ErrorKind::kTransient);
  EXPECT_EQ(kind(fetch(chunked("한국", "-1\r\nx"))), ErrorKind::kTransient);
}

TEST_F(HttpLimits, TakeHeadersOfTheLimitAndRefuseOneByteMore) {
  const std::string start = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: ";
  const std::size_t room = 1'000 - start.size() - 4;
  ClientOptions small = options();
  small.max_header = 1'000;
  Desk desk(small);
  prepare(start + std::string(room, 'x') + "\r\n\r\n");
  EXPECT_TRUE(desk.send(request()));
  prepare(start + std::string(room + 1, 'x') + "\r\n\r\n");
  EXPECT_EQ(kind(desk.send(request())), ErrorKind::kExhausted);
}

TEST_F(HttpLimits, EndAFloodOfHeaders) {
  std::string many = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 100'000; ++i) many += "X-" + std::to_string(i) + ": y\r\n";
  EXPECT_EQ(kind(fetch(many + "\r\n")), ErrorKind::kExhausted);
  EXPECT_EQ(kind(fetch("HTTP/1.1 200 OK\r\nX: " + std::string(4u << 20, 'x') + "\r\n\r\n")), ErrorKind::kExhausted);
  std::string hints;
  for (int i = 0; i < 10'000; ++i) hints += "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n";
  EXPECT_EQ(kind(fetch(hints + ok("1"))), ErrorKind::kExhausted);
}

TEST_F(HttpLimits, TakeNoAnswerThatIsNotHttp) {
  EXPECT_EQ(kind(fetch("<html>HTTP/0.9</html>")), ErrorKind::kTransient);
  EXPECT_EQ(kind(fetch("")), ErrorKind::kTransient);
  EXPECT_EQ(kind(fetch("220 mail.example ESMTP\r\n")), ErrorKind::kTransient);
  EXPECT_EQ(kind(fetch(std::string("HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n", 27))), ErrorKind::kTransient);
}

TEST_F(HttpLimits, EndAnEndlessBodyAtTheLimit) {
  std::atomic<std::size_t> sent{0};
  Listener origin([&](Connection& connection) {
    connection.request();
    connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "10000\r\n" + std::string(65'536, 'x') + "\r\n";
    while (connection.write(chunk)) sent += chunk.size();
  });
  Desk desk(laboratory({origin.port()}));
  HttpRequest wanted = request_for(origin.url());
  wanted.max_body = 100'000;
  EXPECT_EQ(kind(desk.send(wanted)), ErrorKind::kExhausted);
  EXPECT_EQ(desk.metrics.value("bylined_http_limits_total", "limit=\"body\""), 1);
}

TEST_F(HttpLimits, EndADrip) {
  Listener origin([](Connection& connection) {
    connection.request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (connection.write("x")) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  });
  ClientOptions strict = laboratory({origin.port()});
  strict.stall = Millis(1'000);
  Desk desk(strict);
  const Steady began = desk.clock->steady();
  EXPECT_EQ(kind(desk.get(origin.url())), ErrorKind::kTransient);
  EXPECT_LT(desk.clock->steady() - began, Millis(4'000));
}

TEST_F(HttpLimits, EndAnAnswerThatTakesTooLong) {
  Listener origin([](Connection& connection) {
    connection.request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n1234");
    connection.wait_for_end();
  });
  Desk desk(laboratory({origin.port()}));
  HttpRequest wanted = request_for(origin.url());
  wanted.timeout = Millis(50);
  EXPECT_EQ(kind(desk.send(wanted)), ErrorKind::kTransient);
}

TEST_F(HttpLimits, EndHeadersThatNeverCome) {
  Listener origin([](Connection& connection) {
    connection.request();
    connection.write("HTTP/1.1 200 OK\r\nX: y\r\n");
    connection.wait_for_end();
  });
  ClientOptions strict = laboratory({origin.port()});
  strict.first_byte = Millis(30);
  Desk desk(strict);
  const auto answer = desk.get(origin.url());
  ASSERT_FALSE(answer);
  EXPECT_NE(answer.error().text().find("no answer within 30ms"), std::string::npos) << answer.error().text();
}

TEST_F(HttpLimits, WaitLongerForTheBodyThanForTheHeaders) {
  Listener origin([](Connection& connection) {
    connection.request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n1234");
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
    connection.write("5");
  });
  ClientOptions strict = laboratory({origin.port()});
  strict.first_byte = Millis(30);
  Desk desk(strict);
  EXPECT_TRUE(desk.get(origin.url()));
}

TEST_F(HttpLimits, EndAConnectThatNobodyAnswers) {
  // With nobody accepting and the queue of one full, the kernel drops what comes.
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in here{};
  here.sin_family = AF_INET;
  here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof here;
  ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&here), size), 0);
  ASSERT_EQ(::listen(listener, 0), 0);
  getsockname(listener, reinterpret_cast<sockaddr*>(&here), &size);
  std::vector<int> fillers;
  for (int i = 0; i < 4; ++i) {
    fillers.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    static_cast<void>(::connect(fillers.back(), reinterpret_cast<sockaddr*>(&here), size));
  }
  ClientOptions strict = laboratory({ntohs(here.sin_port)});
  strict.connect_timeout = Millis(50);
  Desk desk(strict);
  EXPECT_EQ(kind(desk.get("http://127.0.0.1:" + std::to_string(ntohs(here.sin_port)))), ErrorKind::kTransient);
  for (const int filler : fillers) ::close(filler);
  ::close(listener);
}

TEST_F(HttpLimits, CallARefusedOrResetConnectionTransient) {
  int port = 0;
  {
    Listener gone(always(ok("1")));
    port = gone.port();
  }
  Desk desk(laboratory({port}));
  EXPECT_EQ(kind(desk.get("http://127.0.0.1:" + std::to_string(port))), ErrorKind::kTransient);
  Listener origin([](Connection& connection) {
    connection.request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12");
    connection.reset();
  });
  Desk other(laboratory({origin.port()}));
  EXPECT_EQ(kind(other.get(origin.url())), ErrorKind::kTransient);
}

TEST_F(HttpLimits, CutAReceiversAnswerAndKeepItsStatus) {
  const auto cut = fetch(ok(std::string(1'000'000, 'x')), 65'536, true);
  ASSERT_TRUE(cut) << cut.error().text();
  EXPECT_EQ(cut->status, 200);
  EXPECT_EQ(cut->body.size(), 65'536u);
  EXPECT_EQ(fetch(ok(std::string(65'536, 'x')), 65'536, true)->body.size(), 65'536u);
  EXPECT_EQ(fetch(ok("\x1f\x8b", "Content-Encoding: gzip\r\n"), 100, true)->body, "\x1f\x8b");
}

// No file more may be opened while it lives.
class NoDescriptor {
 public:
  NoDescriptor() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    struct rlimit few = before_;
    few.rlim_cur = kFew;
    ::setrlimit(RLIMIT_NOFILE, &few);
    for (int one = ::dup(STDERR_FILENO); one >= 0; one = ::dup(STDERR_FILENO)) taken_.push_back(one);
  }
  ~NoDescriptor() {
    for (const int one : taken_) ::close(one);
    ::setrlimit(RLIMIT_NOFILE, &before_);
  }

 private:
  static constexpr rlim_t kFew = 256;
  struct rlimit before_ {};
  std::vector<int> taken_;
};

TEST(Descriptors, ThatNoneIsLeftIsSaid) {
  Listener origin([](Connection& connection) { connection.request(), connection.write(ok("x")); });
  Desk desk(laboratory({origin.port()}));
  {
    const NoDescriptor none;
    const auto answer = desk.send(request_for(origin.url()));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind(), ErrorKind::kTransient);
    EXPECT_NE(answer.error().text().find("LimitNOFILE="), std::string::npos) << answer.error().text();
  }
  EXPECT_TRUE(desk.send(request_for(origin.url())));
}

}  // namespace
}  // namespace bylined::net
