// SPDX-License-Identifier: Apache-2.0
// Servers of plain sockets on loopback whose every byte a test decides, and a client to aim at them.
// Each connection is served by a script on a thread of its own; reads give up after five seconds.
#pragma once

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "base/lane.h"
#include "base/net/client.h"
#include "tests/base/net/gzip.h"

namespace bylined::net {

// kNotFound where there is no error.
inline ErrorKind kind(const Result<HttpResponse>& result) { return result ? ErrorKind::kNotFound : result.error().kind(); }

class Connection {
 public:
  explicit Connection(int socket) : socket_(socket) {
    signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
    give_up_after(5);
  }
  ~Connection() { close(); }
  Connection(const Connection&) = delete;

  // Up to and with the end given; what was read where the peer went away.
  std::string read_until(std::string_view end) {
    std::string text;
    char c = 0;
    while (!text.ends_with(end) && receive(&c, 1) == 1) text += c;
    return text;
  }
  std::string read(std::size_t size) {
    std::string text;
    char c = 0;
    while (text.size() < size && receive(&c, 1) == 1) text += c;
    return text;
  }
  std::string request() { return read_until("\r\n\r\n"); }
  // False where the handshake fails.
  bool start_tls(SSL_CTX* context) {
    tls_ = SSL_new(context);
    SSL_set_fd(tls_, socket_);
    return SSL_accept(tls_) == 1;
  }
  // False where the peer takes no more.
  bool write(std::string_view text) {
    while (!text.empty()) {
      const auto sent = tls_ != nullptr ? SSL_write(tls_, text.data(), static_cast<int>(text.size()))
                                        : ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void close() {
    if (tls_ != nullptr && socket_ >= 0) SSL_shutdown(tls_);
    if (tls_ != nullptr) SSL_free(tls_);
    tls_ = nullptr;
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }
  void reset() {
    const linger now{1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    ::close(socket_);
    socket_ = -1;
  }
  // Reading and writing, each time.
  void give_up_after(int seconds) {
    const timeval limit{seconds, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  }
  // Until the peer closes, or for five seconds.
  void wait_for_end() {
    char drop[4096];
    while (receive(drop, sizeof drop) > 0) {}
  }

 private:
  long receive(char* out, std::size_t size) {
    return tls_ != nullptr ? SSL_read(tls_, out, static_cast<int>(size)) : ::recv(socket_, out, size, 0);
  }

  int socket_;
  SSL* tls_ = nullptr;
};

class Listener {
 public:
  using Script = std::function<void(Connection&)>;

  explicit Listener(Script script, const char* address = "127.0.0.1", int port = 0) : script_(std::move(script)) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET, address, &here.sin_addr);
    good_ = ::bind(socket_, reinterpret_cast<sockaddr*>(&here), sizeof here) == 0 && ::listen(socket_, 64) == 0;
    socklen_t size = sizeof here;
    getsockname(socket_, reinterpret_cast<sockaddr*>(&here), &size);
    port_ = ntohs(here.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
  }
  ~Listener() {
    stopping_ = true;
    acceptor_.join();
    ::close(socket_);
    for (std::thread& one : serving_) one.join();
  }
  Listener(const Listener&) = delete;

  bool good() const { return good_; }
  int port() const { return port_; }
  int accepted() const { return accepted_; }
  std::string url(const std::string& path = "/") const { return "http://127.0.0.1:" + std::to_string(port_) + path; }

 private:
  void accept_all() {
    while (!stopping_ && good_) {
      pollfd waiting{socket_, POLLIN, 0};
      if (::poll(&waiting, 1, 10) <= 0) continue;
      const int peer = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
      if (peer < 0) continue;
      ++accepted_;
      serving_.emplace_back([this, peer] {
        Connection connection(peer);
        script_(connection);
      });
    }
  }

  Script script_;
  int socket_ = -1;
  int port_ = 0;
  bool good_ = false;
  std::atomic<bool> stopping_{false};
  std::atomic<int> accepted_{0};
  std::vector<std::thread> serving_;
  std::thread acceptor_;
};

// Answers every request of a connection with the same bytes.
inline Listener::Script always(std::string answer) {
  return [answer = std::move(answer)](Connection& connection) {
    while (!connection.request().empty() && connection.write(answer)) {}
  };
}

// Answers one request and closes.
inline Listener::Script once(std::string answer) {
  return [answer = std::move(answer)](Connection& connection) {
    connection.request();
    connection.write(answer);
  };
}

inline std::string ok(const std::string& body, const std::string& headers = "") {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body;
}

inline Url url(const std::string& text) { return Url::parse(text).value(); }

inline HttpRequest request_for(const std::string& text) {
  HttpRequest request;
  request.url = url(text);
  return request;
}

// A client in a laboratory: loopback is allowed, and the given ports.
inline ClientOptions laboratory(std::vector<int> ports) {
  ClientOptions options;
  options.user_agent = "bylined-test";
  options.ports = std::move(ports);
  options.allow_private = {"127.0.0.0/8"};
  return options;
}

// Real time, which a test may put forward.
class ForwardClock final : public Clock {
 public:
  explicit ForwardClock(boost::asio::any_io_executor executor) : real_(make_system_clock(std::move(executor))) {}
  Instant now() const override { return real_->now() + ahead; }
  Steady steady() const override { return real_->steady() + ahead; }
  Task<void> sleep(Millis length) override { return real_->sleep(length); }
  Task<void> wait(Bell& bell, Millis longest) override { return real_->wait(bell, longest); }

  Millis ahead{0};

 private:
  std::unique_ptr<Clock> real_;
};

class Desk {
 public:
  explicit Desk(ClientOptions options)
      : clock(std::make_unique<ForwardClock>(context.get_executor())), client(make_client(context, *clock, metrics, cpu, std::move(options)).value()) {}

  Result<HttpResponse> send(HttpRequest request) {
    auto task = [this](HttpRequest wanted) -> Task<std::optional<Result<HttpResponse>>> { co_return co_await client.http->send(std::move(wanted)); };
    return run(task(std::move(request)));
  }
  Result<HttpResponse> get(const std::string& text) { return send(request_for(text)); }

  MailAnswer post(Mail mail) {
    auto task = [this](Mail wanted) -> Task<std::optional<MailAnswer>> { co_return co_await client.mail->send(std::move(wanted)); };
    return run(task(std::move(mail)));
  }

  template <class T>
  T run(Task<std::optional<T>> task) {
    std::optional<T> result;
    boost::asio::co_spawn(context, std::move(task), [&](const std::exception_ptr&, std::optional<T> value) { result = std::move(value); });
    context.restart();
    context.run_for(std::chrono::seconds(20));
    return std::move(result).value();
  }

  boost::asio::io_context context;
  Metrics metrics;
  Lane cpu{1};
  std::unique_ptr<ForwardClock> clock;
  Client client;
};

}  // namespace bylined::net
