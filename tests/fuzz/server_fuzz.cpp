// SPDX-License-Identifier: Apache-2.0
// Only as replay_server: clang 14 cannot build coroutines under its sanitizers.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

#include "base/net/server.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace bylined;
using fuzz::require;

Task<net::ServerResponse> answer(net::ServerRequest request) {
  require(request.method.size() <= 64u << 10 && request.target.size() <= 64u << 10 && request.body.size() <= 1u << 20);
  for (const auto& [name, value] : request.headers) {
    for (const char c : name) require(!fuzz::is_control(c) && c != ':' && (c < 'A' || c > 'Z'));
    require(value.find_first_of("\r\n") == std::string::npos && value.find('\0') == std::string::npos);
  }
  net::ServerResponse response;
  response.body = "{}";
  co_return response;
}

class Served {
 public:
  Served() : path_("/dev/shm/bylined-fuzz-" + std::to_string(::getpid()) + ".sock") {
    auto server = net::listen(context_, {"unix:" + path_}, {}, answer);
    require(server.has_value());
    server_ = std::move(*server);
  }

  // What the server says to these bytes, from a client that then hears it out.
  std::string ask(std::string_view bytes) {
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    path_.copy(to.sun_path, sizeof to.sun_path - 1);
    const int client = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    require(::connect(client, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
    require(::send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT) == static_cast<ssize_t>(bytes.size()));
    ::shutdown(client, SHUT_WR);
    context_.restart();
    bool came = false;
    while ((!came || server_->connections() > 0) && context_.run_one_for(std::chrono::seconds(2)) > 0) came |= server_->connections() > 0;
    require(came && server_->connections() == 0);
    std::string said;
    char block[4096];
    for (ssize_t length = 0; (length = ::recv(client, block, sizeof block, MSG_DONTWAIT)) > 0;) said.append(block, static_cast<std::size_t>(length));
    ::close(client);
    return said;
  }

 private:
  const std::string path_;
  boost::asio::io_context context_{1};
  std::unique_ptr<net::Server> server_;
};

}  // namespace

// Whatever a client sends, it is answered by HTTP or not at all, never with a mistake of ours, and nothing of it stays.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Served served;
  const std::string said = served.ask(fuzz::text_of(data, size));
  require(said.empty() || said.starts_with("HTTP/1."));
  require(said.find(" 500 ") == std::string::npos);
  return 0;
}
