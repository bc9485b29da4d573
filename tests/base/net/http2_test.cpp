// SPDX-License-Identifier: Apache-2.0
// HTTP/2 as a server in wide use speaks it (skipped where nginx is not installed), and as one that falls silent.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include <spawn.h>
#include <sys/wait.h>

#include "tests/base/net/certificates.h"
#include "tests/base/net/loopback.h"

namespace bylined::net {
namespace {

constexpr const char* kNginx = "/usr/sbin/nginx";

// A free port, by asking for one and giving it back.
int free_port() { return Listener(once("")).port(); }

class Nginx {
 public:
  Nginx() : port_(free_port()) {
    std::string folder = "/tmp/bylined-test-nginx-XXXXXX";
    folder_ = mkdtemp(folder.data());
    authority_.write_server(folder_ + "/server.pem", {.name = "press.example"});
    std::ofstream(folder_ + "/nginx.conf") << "daemon off; master_process off; error_log stderr crit; pid " << folder_ << "/pid;\n"
        << "events {}\nhttp { access_log off; client_body_temp_path " << folder_ << "/a; proxy_temp_path " << folder_ << "/b; fastcgi_temp_path "
        << folder_ << "/c; uwsgi_temp_path " << folder_ << "/d; scgi_temp_path " << folder_ << "/e;\n"
        << "server { listen 127.0.0.1:" << port_ << " ssl http2; ssl_certificate server.pem; ssl_certificate_key server.pem; "
        << "location / { return 200 \"$server_protocol $connection\"; } } }\n";
    const std::string config = folder_ + "/nginx.conf";
    const char* const arguments[] = {kNginx, "-e", "stderr", "-p", folder_.c_str(), "-c", config.c_str(), nullptr};
    char* const no_environment[] = {nullptr};
    if (posix_spawn(&process_, kNginx, nullptr, nullptr, const_cast<char* const*>(arguments), no_environment) != 0) process_ = -1;
  }
  ~Nginx() {
    if (process_ > 0) kill(process_, SIGTERM), waitpid(process_, nullptr, 0);
    std::filesystem::remove_all(folder_);
  }

  ClientOptions options() const {
    ClientOptions chosen = laboratory({443});
    chosen.ca_file = authority_.path();
    chosen.connect_to = {{"press.example:443", "127.0.0.1:" + std::to_string(port_)}};
    return chosen;
  }

 private:
  Authority authority_;
  int port_;
  std::string folder_;
  pid_t process_ = -1;
};

// Until it listens, for two seconds at most.
Result<HttpResponse> first_answer(Desk& desk) {
  auto answer = desk.get("https://press.example/");
  for (int i = 0; i < 200 && !answer; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    answer = desk.get("https://press.example/");
  }
  return answer;
}

TEST(Http2, CarriesManyRequestsOverOneConnection) {
  if (!std::filesystem::exists(kNginx)) GTEST_SKIP() << "nginx-light is not installed";
  Nginx nginx;
  Desk desk(nginx.options());
  const auto first = first_answer(desk);
  ASSERT_TRUE(first) << first.error().text();
  EXPECT_TRUE(first->body.starts_with("HTTP/2.0 ")) << first->body;
  std::set<std::string> bodies;
  auto task = [](HttpClient& http, HttpRequest request) -> Task<std::string> {
    const auto answer = co_await http.send(std::move(request));
    co_return answer ? answer->body : answer.error().text();
  };
  for (int round = 0; round < 2; ++round) {  // the second with the handles of the first
    for (int i = 0; i < 20; ++i) {
      boost::asio::co_spawn(desk.context, task(*desk.client.http, request_for("https://press.example/")),
                            [&](const std::exception_ptr&, std::string body) { bodies.insert(std::move(body)); });
    }
    desk.context.restart();
    desk.context.run_for(std::chrono::seconds(10));
  }
  EXPECT_EQ(bodies, std::set<std::string>{first->body});
}

int choose_http2(SSL*, const unsigned char** out, unsigned char* size, const unsigned char*, unsigned int, void*) {
  static const unsigned char kName[] = {'h', '2'};
  *out = kName;
  *size = sizeof kName;
  return SSL_TLSEXT_ERR_OK;
}

// Of many connections the first answers `answers` requests and hears the rest without a word; those after it answer all.
class FallsSilent {
 public:
  explicit FallsSilent(int answers) : answers_(answers), tls_(authority_.server({.name = "press.example"})), listener_([this](Connection& one) { serve(one); }) {
    SSL_CTX_set_alpn_select_cb(tls_.get(), &choose_http2, nullptr);
  }

  ClientOptions options() const {
    ClientOptions chosen = laboratory({443});
    chosen.ca_file = authority_.path();
    chosen.connect_to = {{"press.example:443", "127.0.0.1:" + std::to_string(listener_.port())}};
    chosen.first_byte = std::chrono::milliseconds(500);
    return chosen;
  }
  int connections() const { return listener_.accepted(); }
  int heard() const { return heard_; }  // requests, by the first connection

 private:
  static std::string frame(char kind, char flags, const std::string& stream, const std::string& payload) {
    return std::string{'\0', '\0', static_cast<char>(payload.size()), kind, flags} + stream + payload;
  }
  void serve(Connection& one) {
    constexpr char kHeaders = 1, kSettings = 4, kEndOfBoth = 5;
    const bool first = connections_++ == 0;
    if (!one.start_tls(tls_.get())) return;
    one.read_until("SM\r\n\r\n");
    one.write(frame(kSettings, 0, std::string(4, '\0'), ""));
    for (int asked = 0;;) {
      const std::string head = one.read(9);
      if (head.size() < 9) return;
      const auto byte = [&head](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(head[at])); };
      one.read(byte(0) << 16 | byte(1) << 8 | byte(2));
      if (head[3] != kHeaders) continue;
      if (first) ++heard_;
      if (!first || asked++ < answers_) one.write(frame(kHeaders, kEndOfBoth, head.substr(5), "\x88"));  // ":status: 200"
    }
  }

  const int answers_;
  std::atomic<int> connections_{0};
  std::atomic<int> heard_{0};
  Authority authority_;
  TlsContext tls_;
  Listener listener_;
};

// libcurl keeps such a connection and gives it to each later request, until it has idled for a minute: a host that is asked
// more often would never be reached again, although it would take a new connection.
TEST(Http2, UsesNoConnectionAgainThatGaveNoAnswer) {
  FallsSilent server(1);
  Desk desk(server.options());
  ASSERT_TRUE(desk.get("https://press.example/1"));
  EXPECT_FALSE(desk.get("https://press.example/2"));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(desk.get("https://press.example/3")) << i;
  EXPECT_EQ(server.heard(), 2);
}

// That one request is still under way on it does not make it better.
TEST(Http2, UsesNoSilentConnectionWhileAnotherStillWaitsOnIt) {
  FallsSilent server(1);
  Desk desk(server.options());
  ASSERT_TRUE(desk.get("https://press.example/1"));
  std::vector<std::string> heard;
  auto task = [](HttpClient& http, Clock& clock, Millis begin) -> Task<std::string> {
    co_await clock.sleep(begin);
    const auto answer = co_await http.send(request_for("https://press.example/2"));
    co_return answer ? "answered" : answer.error().text();
  };
  for (const int begin : {0, 300, 700, 900}) {  // the first is given up at 500, the second at 800
    boost::asio::co_spawn(desk.context, task(*desk.client.http, *desk.clock, Millis(begin)), [&](const std::exception_ptr&, std::string text) { heard.push_back(std::move(text)); });
  }
  desk.context.restart();
  desk.context.run_for(std::chrono::seconds(10));
  EXPECT_EQ(std::count(heard.begin(), heard.end(), "answered"), 2) << testing::PrintToString(heard);
  EXPECT_EQ(server.heard(), 3);
}

// A host that is well keeps its connection.
TEST(Http2, KeepsAConnectionThatAnswers) {
  FallsSilent server(3);
  Desk desk(server.options());
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(desk.get("https://press.example/1"));
  EXPECT_EQ(server.connections(), 1);
}

}  // namespace
}  // namespace bylined::net
