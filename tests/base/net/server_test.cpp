// SPDX-License-Identifier: Apache-2.0
#include "base/net/server.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "tests/support/temp_folder.h"

namespace bylined::net {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

// A blocking client that gives up after five seconds.
class Wire {
 public:
  explicit Wire(const std::string& address) {
    if (address.starts_with("unix:")) {
      sockaddr_un to{};
      to.sun_family = AF_UNIX;
      address.copy(to.sun_path, sizeof to.sun_path - 1, 5);
      open(AF_UNIX, reinterpret_cast<sockaddr*>(&to), sizeof to);
    } else {
      sockaddr_in to{};
      to.sin_family = AF_INET;
      to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
      open(AF_INET, reinterpret_cast<sockaddr*>(&to), sizeof to);
    }
  }
  ~Wire() { ::close(socket_); }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  bool connected() const { return connected_; }
  void send(const std::string& bytes) { EXPECT_EQ(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size())); }
  // Until `end` stands in what came, or the server closed.
  std::string read_until(const std::string& end) {
    char block[4096];
    while (came_.find(end) == std::string::npos) {
      const ssize_t length = ::recv(socket_, block, sizeof block, 0);
      if (length <= 0) break;
      came_.append(block, static_cast<std::size_t>(length));
    }
    const std::size_t place = came_.find(end);
    const std::string taken = came_.substr(0, place == std::string::npos ? place : place + end.size());
    came_.erase(0, taken.size());
    return taken;
  }
  std::string read_all() { return read_until("\x01never\x01"); }
  std::string ask(const std::string& request, const std::string& end) {
    send(request);
    return read_until(end);
  }

 private:
  void open(int family, const sockaddr* to, socklen_t length) {
    socket_ = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{5, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    connected_ = ::connect(socket_, to, length) == 0;
  }

  int socket_ = -1;
  bool connected_ = false;
  std::string came_;
};

ServerResponse text(std::string body) {
  ServerResponse response;
  response.content_type = "text/plain";
  response.body = std::move(body);
  return response;
}

// Answers with what it understood, so that one handler serves most tests.
Task<ServerResponse> echo(ServerRequest request) {
  if (request.target == "/throw") throw std::runtime_error("a bug of the handler");
  auto response = text(request.method + " " + request.target + " " + std::to_string(request.body.size()) + " end\n");
  if (request.target == "/peer") {
    response.body = (request.peer.unix_socket ? "uid " + std::to_string(request.peer.uid) : "from " + request.peer.address) + " end\n";
  }
  for (const auto& [name, value] : request.headers) {
    if (name == "x-note") response.headers = {{"x-note", value}, {"x-bad", "a\r\nx-injected: 1"}};
  }
  if (request.target.starts_with("/large")) response.body = std::string(8u << 20, 'x');
  co_return response;
}

// A server on a thread of its own.
class Running {
 public:
  explicit Running(ServerOptions options = {}, std::vector<std::string> addresses = {"127.0.0.1:0"}, Handler handler = echo, std::vector<int> inherited = {})
      : guard_(asio::make_work_guard(context_)) {
    auto opened = listen(context_, addresses, inherited, std::move(handler), options);
    EXPECT_TRUE(opened) << opened.error().text();
    if (opened) server_ = std::move(*opened);
    thread_ = std::thread([this] { context_.run(); });
  }
  ~Running() {
    on_thread([this] { server_.reset(); });
    guard_.reset();
    context_.stop();
    thread_.join();
  }
  template <class F>
  auto on_thread(F function) -> decltype(function()) {
    const auto task = std::make_shared<std::packaged_task<decltype(function())()>>(function);
    auto done = task->get_future();
    asio::post(context_, [task] { (*task)(); });
    return done.get();
  }
  std::string address() { return on_thread([this] { return server_->addresses().front(); }); }
  int connections() { return on_thread([this] { return server_->connections(); }); }
  Refused refused() { return on_thread([this] { return server_->refused(); }); }
  void stop() { on_thread([this] { server_->stop(); }); }

 private:
  asio::io_context context_;
  asio::executor_work_guard<asio::io_context::executor_type> guard_;
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

std::string get(const std::string& target, const std::string& more = "") { return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n"; }
std::string post(const std::string& body) {
  return "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// A request whose line and headers are exactly this long.
std::string get_of(std::size_t bytes) {
  const std::string bare = get("/", "X-Fill: \r\n");
  return get("/", "X-Fill: " + std::string(bytes - bare.size(), 'f') + "\r\n");
}

TEST(Server, AnswersAndKeepsTheConnection) {
  Running server;
  Wire wire(server.address());
  EXPECT_NE(wire.ask(get("/a?b=%ED%95%9C"), " end\n").find("GET /a?b=%ED%95%9C 0"), std::string::npos);
  EXPECT_NE(wire.ask(post("본문"), " end\n").find("POST / 6"), std::string::npos);
  EXPECT_EQ(server.connections(), 1);
}

TEST(Server, AnswersPipelinedRequestsInTheirOrder) {
  Running server;
  Wire wire(server.address());
  wire.send(get("/1") + post("abc") + get("/3"));
  EXPECT_NE(wire.read_until(" end\n").find("GET /1 "), std::string::npos);
  EXPECT_NE(wire.read_until(" end\n").find("POST / 3"), std::string::npos);
  EXPECT_NE(wire.read_until(" end\n").find("GET /3 "), std::string::npos);
}

TEST(Server, ClosesWhereTheClientAsksForIt) {
  Running server;
  Wire wire(server.address());
  wire.send(get("/", "Connection: close\r\n"));
  const std::string answer = wire.read_all();
  EXPECT_TRUE(answer.ends_with(" end\n"));
  EXPECT_NE(answer.find("Connection: close"), std::string::npos);
}

TEST(Server, SendsNoBodyToHead) {
  Running server;
  Wire wire(server.address());
  wire.send("HEAD /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  const std::string answer = wire.read_all();
  EXPECT_NE(answer.find("Content-Length: 14"), std::string::npos);
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST(Server, PassesHeadersBothWaysButNoInjectedOnes) {
  Running server;
  Wire wire(server.address());
  const std::string answer = wire.ask(get("/", "X-NOTE: hello\r\n"), " end\n");
  EXPECT_NE(answer.find("x-note: hello"), std::string::npos);
  EXPECT_EQ(answer.find("x-injected"), std::string::npos);
}

TEST(Server, TakesHeadersUpToTheLimitAndRefusesOneByteMore) {
  ServerOptions options;
  options.max_headers = 2'000;
  Running server(options);
  Wire good(server.address()), bad(server.address());
  EXPECT_NE(good.ask(get_of(2'000), " end\n").find("200 OK"), std::string::npos);
  bad.send(get_of(2'001));
  EXPECT_NE(bad.read_all().find("HTTP/1.1 431 "), std::string::npos);
  EXPECT_EQ(server.refused().headers, 1u);
}

TEST(Server, TakesABodyUpToTheLimitAndRefusesOneByteMore) {
  ServerOptions options;
  options.max_body = 10'000;
  Running server(options);
  Wire good(server.address()), bad(server.address()), chunked(server.address());
  EXPECT_NE(good.ask(post(std::string(10'000, 'b')), " end\n").find("POST / 10000"), std::string::npos);
  bad.send(post(std::string(10'001, 'b')));
  EXPECT_NE(bad.read_all().find("HTTP/1.1 413 "), std::string::npos);
  chunked.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2711\r\n" + std::string(10'001, 'b') + "\r\n0\r\n\r\n");
  EXPECT_NE(chunked.read_all().find("HTTP/1.1 413 "), std::string::npos);
  EXPECT_EQ(server.refused().body, 2u);
}

TEST(Server, InvitesABodyThatWaitsForIt) {
  Running server;
  Wire wire(server.address());
  EXPECT_EQ(wire.ask("POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n", "\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_NE(wire.ask("hi", " end\n").find("POST / 2"), std::string::npos);
}

class MalformedRequest : public testing::TestWithParam<std::string> {};
TEST_P(MalformedRequest, IsAnsweredWith400AndClosed) {
  Running server;
  Wire wire(server.address());
  wire.send(GetParam());
  EXPECT_NE(wire.read_all().find("HTTP/1.1 400 "), std::string::npos);
}
INSTANTIATE_TEST_SUITE_P(Shapes, MalformedRequest, testing::Values(
    "GET / HTTP/1.1\r\n\r\n",                                     // no Host
    "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
    "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
    "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
    "\x16\x03\x01\x02TLS hello?\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -3\r\n\r\nabc",
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\nContent-Length: 1\r\n\r\na"));

TEST(Server, AnswersAnExceptionWith500AndGoesOn) {
  Running server;
  Wire wire(server.address());
  EXPECT_NE(wire.ask(get("/throw"), "}").find("HTTP/1.1 500 "), std::string::npos);
  EXPECT_NE(wire.ask(get("/"), " end\n").find("200 OK"), std::string::npos);
}

TEST(Server, CutsOffARequestThatComesTooSlowlyHoweverOftenAByteComes) {
  ServerOptions options;
  options.request_timeout = 60ms;
  Running server(options);
  Wire wire(server.address());
  wire.send("GET / HTTP/1.1\r\n");
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(wire.read_all(), "");
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 4s);
  EXPECT_EQ(server.connections(), 0);
  EXPECT_EQ(server.refused().time, 1u);
}

TEST(Server, CutsOffAClientThatNeverAsksOrRestsTooLong) {
  ServerOptions options;
  options.request_timeout = 60ms;
  options.idle_timeout = 60ms;
  Running server(options);
  Wire silent(server.address()), resting(server.address());
  EXPECT_NE(resting.ask(get("/"), " end\n"), "");
  EXPECT_EQ(silent.read_all(), "");
  EXPECT_EQ(resting.read_all(), "");
  EXPECT_EQ(server.connections(), 0);
}

TEST(Server, CutsOffAClientThatDoesNotTakeItsAnswer) {
  ServerOptions options;
  options.write_timeout = 60ms;
  options.slowest_client = 1u << 30;
  Running server(options);
  Wire wire(server.address());
  EXPECT_NE(wire.ask(get("/"), " end\n"), "");
  wire.send(get("/large"));
  for (int i = 0; i < 500 && server.connections() > 0; ++i) std::this_thread::sleep_for(10ms);
  EXPECT_EQ(server.connections(), 0);
  EXPECT_EQ(server.refused().time, 1u);
}

TEST(Server, GivesALargeAnswerWhole) {
  Running server;
  Wire wire(server.address());
  wire.send(get("/large", "Connection: close\r\n"));
  EXPECT_GT(wire.read_all().size(), 8u << 20);
}

// Holds every answer until it is told to go on.
struct Gate {
  explicit Gate(asio::any_io_executor executor) : timer(executor, std::chrono::steady_clock::time_point::max()) {}
  asio::steady_timer timer;
};

Handler held_by(std::shared_ptr<std::promise<std::shared_ptr<Gate>>> arrived) {
  return [arrived](ServerRequest request) -> Task<ServerResponse> {
    auto executor = co_await asio::this_coro::executor;
    auto gate = std::make_shared<Gate>(executor);
    arrived->set_value(gate);
    try {
      co_await gate->timer.async_wait(asio::use_awaitable);
    } catch (const boost::system::system_error&) {
    }
    co_return text(request.target + " held end\n");
  };
}

TEST(Server, TurnsAwayTheConnectionBeyondTheLimitWhileAllAreBusy) {
  ServerOptions options;
  options.max_connections = 1;
  auto arrived = std::make_shared<std::promise<std::shared_ptr<Gate>>>();
  Running server(options, {"127.0.0.1:0"}, held_by(arrived));
  Wire busy(server.address());
  busy.send(get("/first"));
  auto gate = arrived->get_future().get();

  Wire second(server.address());
  EXPECT_NE(second.read_all().find("HTTP/1.1 503 "), std::string::npos);
  EXPECT_EQ(server.refused().connections, 1u);
  server.on_thread([&gate] { gate->timer.cancel(); });
  EXPECT_NE(busy.read_until(" end\n").find("/first held"), std::string::npos);
}

TEST(Server, ClosesTheLongestIdleConnectionForANewOne) {
  ServerOptions options;
  options.max_connections = 2;
  Running server(options);
  Wire first(server.address()), second(server.address());
  EXPECT_NE(first.ask(get("/"), " end\n"), "");
  EXPECT_NE(second.ask(get("/"), " end\n"), "");
  Wire third(server.address());
  EXPECT_NE(third.ask(get("/"), " end\n"), "");
  EXPECT_EQ(first.read_all(), "");
  EXPECT_NE(second.ask(get("/"), " end\n"), "");
  EXPECT_EQ(server.connections(), 2);
}

TEST(Server, FinishesTheAnswerItIsAtWhenItStops) {
  auto arrived = std::make_shared<std::promise<std::shared_ptr<Gate>>>();
  Running server({}, {"127.0.0.1:0"}, held_by(arrived));
  const std::string address = server.address();
  Wire busy(address), idle(address);
  busy.send(get("/last"));
  auto gate = arrived->get_future().get();

  server.stop();
  EXPECT_EQ(idle.read_all(), "");
  EXPECT_FALSE(Wire(address).connected());
  server.on_thread([&gate] { gate->timer.cancel(); });
  const std::string answer = busy.read_all();
  EXPECT_NE(answer.find("/last held"), std::string::npos);
  EXPECT_NE(answer.find("Connection: close"), std::string::npos);
}

TEST(Server, KnowsWhoIsAtTheOtherEnd) {
  const tests::TempFolder folder;
  const std::string path = folder.path() + "/peer.sock";
  Running server({}, {"unix:" + path});
  Wire local("unix:" + path);
  EXPECT_NE(local.ask(get("/peer"), " end\n").find("uid " + std::to_string(::getuid()) + " end"), std::string::npos);
  Running other;
  Wire remote(other.address());
  EXPECT_NE(remote.ask(get("/peer"), " end\n").find("from 127.0.0.1 end"), std::string::npos);
}

TEST(Listen, MakesItsUnixSocketForOwnerAndGroupAndRemovesIt) {
  const tests::TempFolder folder;
  const std::string path = folder.path() + "/mode.sock";
  {
    Running server({}, {"unix:" + path});
    struct stat made {};
    ASSERT_EQ(::lstat(path.c_str(), &made), 0);
    EXPECT_EQ(made.st_mode & 0777u, 0660u);
    EXPECT_EQ(server.address(), "unix:" + path);
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Listen, ReplacesASocketThatNobodyListensOn) {
  const tests::TempFolder folder;
  const std::string path = folder.path() + "/stale.sock";
  const int left = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un at{};
  at.sun_family = AF_UNIX;
  path.copy(at.sun_path, sizeof at.sun_path - 1);
  ASSERT_EQ(::bind(left, reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
  ::close(left);
  Running server({}, {"unix:" + path});
  Wire wire("unix:" + path);
  EXPECT_NE(wire.ask(get("/"), " end\n"), "");
}

TEST(Listen, RefusesAnAddressInUse) {
  const tests::TempFolder folder;
  const std::string path = folder.path() + "/used.sock";
  Running server({}, {"unix:" + path});
  Running tcp;
  asio::io_context context;
  for (const std::string& address : {"unix:" + path, tcp.address()}) {
    const auto second = listen(context, {address}, {}, echo);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind(), ErrorKind::kRefused) << second.error().text();
    EXPECT_NE(second.error().text().find("in use"), std::string::npos);
  }
  Wire still("unix:" + path);
  EXPECT_NE(still.ask(get("/"), " end\n"), "");
}

TEST(Listen, LeavesAFileThatIsNoSocketAlone) {
  const tests::TempFolder folder;
  const std::string path = folder.path() + "/precious.txt";
  std::ofstream(path) << "keep";
  asio::io_context context;
  EXPECT_EQ(listen(context, {"unix:" + path}, {}, echo).error().kind(), ErrorKind::kRefused);
  EXPECT_TRUE(std::filesystem::exists(path));
}

TEST(Listen, LeavesTheSocketOfItsSuccessorAlone) {
  const tests::TempFolder folder;
  const std::string path = folder.path() + "/successor.sock";
  {
    Running server({}, {"unix:" + path});
    std::filesystem::remove(path);
    std::ofstream(path) << "somebody else's";
  }
  EXPECT_TRUE(std::filesystem::exists(path));
}

TEST(Listen, RefusesWhatIsNoAddress) {
  asio::io_context context;
  const std::string long_path = "unix:/" + std::string(107, 'p');
  for (const std::string& address : std::vector<std::string>{"", "7277", "press.example.com:80", "127.0.0.1:", "127.0.0.1:70000", "127.0.0.1:80x",
                                                             "127.0.0.1:-1", "unix:", "unix:relative.sock", long_path, "unix:/nowhere/at/all.sock"}) {
    const auto opened = listen(context, {address}, {}, echo);
    ASSERT_FALSE(opened) << address;
    EXPECT_EQ(opened.error().kind(), ErrorKind::kInvalid) << opened.error().text();
  }
}

TEST(Listen, OpensAllOrNothing) {
  Running used;
  const tests::TempFolder folder;
  const std::string path = folder.path() + "/half.sock";
  asio::io_context context;
  EXPECT_FALSE(listen(context, {"unix:" + path, used.address()}, {}, echo));
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Listen, PrefersSocketsThatItWasGiven) {
  const int given = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::bind(given, reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
  ASSERT_EQ(::listen(given, 16), 0);
  socklen_t length = sizeof at;
  ::getsockname(given, reinterpret_cast<sockaddr*>(&at), &length);

  Running server({}, {"unix:/nowhere/at/all.sock"}, echo, {given});
  EXPECT_EQ(server.address(), "127.0.0.1:" + std::to_string(ntohs(at.sin_port)));
  Wire wire(server.address());
  EXPECT_NE(wire.ask(get("/"), " end\n"), "");
}

TEST(Listen, RefusesADescriptorThatIsNoSocket) {
  asio::io_context context;
  EXPECT_EQ(listen(context, {}, {::dup(0)}, echo).error().kind(), ErrorKind::kInvalid);
}

}  // namespace
}  // namespace bylined::net
