// SPDX-License-Identifier: Apache-2.0
// HTTP/2 as a server in wide use speaks it. Skipped where nginx is not installed.
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

}  // namespace
}  // namespace bylined::net
