// SPDX-License-Identifier: Apache-2.0
// What a fetch costs this process: ours beside a raw Asio client, beside bare libcurl on an epoll set, and
// a verified new TLS connection beside an unverified one. The servers are processes of their own.
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <array>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <curl/curl.h>

#include "tests/base/net/certificates.h"
#include "tests/base/net/loopback.h"
#include "tests/bench/bench.h"

namespace bylined::net {
namespace {

constexpr int kParallel = 32;
constexpr int kBatch = 512;

// Reads requests by their empty line and answers each with the same bytes.
void serve(int socket, const std::string& answer, SSL_CTX* tls, bool close_after) {
  SSL* const secure = tls == nullptr ? nullptr : SSL_new(tls);
  if (secure != nullptr && (SSL_set_fd(secure, socket) != 1 || SSL_accept(secure) != 1)) return void(::close(socket));
  std::string text;
  std::array<char, 4096> piece;
  while (true) {
    const auto size = secure != nullptr ? SSL_read(secure, piece.data(), piece.size()) : ::recv(socket, piece.data(), piece.size(), 0);
    if (size <= 0) break;
    text.append(piece.data(), static_cast<std::size_t>(size));
    if (!text.ends_with("\r\n\r\n")) continue;
    text.clear();
    if (secure != nullptr) SSL_write(secure, answer.data(), static_cast<int>(answer.size()));
    else static_cast<void>(::send(socket, answer.data(), answer.size(), MSG_NOSIGNAL));
    if (close_after) break;
  }
  if (secure != nullptr) SSL_shutdown(secure), SSL_free(secure);
  ::close(socket);
}

class Origin {
 public:
  Origin(std::string answer, SSL_CTX* tls = nullptr, bool close_after = false) {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof here;
    ::bind(listener, reinterpret_cast<sockaddr*>(&here), size);
    ::listen(listener, 256);
    getsockname(listener, reinterpret_cast<sockaddr*>(&here), &size);
    port_ = ntohs(here.sin_port);
    process_ = fork();
    if (process_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      signal(SIGPIPE, SIG_IGN);
      while (true) {
        const int peer = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (peer >= 0) std::thread(serve, peer, answer, tls, close_after).detach();
      }
    }
    ::close(listener);
  }
  ~Origin() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  int port() const { return port_; }
  std::string url(const std::string& scheme = "http") const { return scheme + "://127.0.0.1:" + std::to_string(port_) + "/page"; }

 private:
  int port_ = 0;
  pid_t process_ = -1;
};

// Ours: `kParallel` coroutines that send one request after the other.
void ours(Desk& desk, const std::string& text) {
  int left = kBatch;
  auto worker = [&left](HttpClient& http, HttpRequest request) -> Task<void> {
    while (left-- > 0) {
      const auto answer = co_await http.send(request);
      if (!answer) std::fprintf(stderr, "%s\n", answer.error().text().c_str()), std::exit(1);
    }
  };
  HttpRequest request = request_for(text);
  request.headers = {{"If-None-Match", "\"0123456789abcdef\""}};
  for (int i = 0; i < kParallel; ++i) boost::asio::co_spawn(desk.context, worker(*desk.client.http, request), [](const std::exception_ptr&) {});
  desk.context.restart();
  desk.context.run();
}

// A client that knows no more than where an answer without a body ends.
class RawAsio {
 public:
  explicit RawAsio(int port) {
    for (int i = 0; i < kParallel; ++i) {
      sockets_.emplace_back(context_);
      sockets_.back().connect({boost::asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(port)});
    }
  }
  void batch() {
    left_ = kBatch;
    for (auto& socket : sockets_) boost::asio::co_spawn(context_, work(socket), [](const std::exception_ptr&) {});
    context_.restart();
    context_.run();
  }

 private:
  Task<void> work(boost::asio::ip::tcp::socket& socket) {
    const std::string request = "GET /page HTTP/1.1\r\nHost: 127.0.0.1\r\nIf-None-Match: \"0123456789abcdef\"\r\nAccept-Encoding: gzip, deflate\r\n\r\n";
    std::string answer;
    while (left_-- > 0) {
      co_await boost::asio::async_write(socket, boost::asio::buffer(request), boost::asio::use_awaitable);
      auto into = boost::asio::dynamic_buffer(answer);
      co_await boost::asio::async_read_until(socket, into, "\r\n\r\n", boost::asio::use_awaitable);
      answer.clear();
    }
  }

  boost::asio::io_context context_;
  std::vector<boost::asio::ip::tcp::socket> sockets_;
  int left_ = 0;
};

// Libcurl driven by nothing but an epoll set, decoding by itself; no checks, no coroutines.
class BareCurl {
 public:
  explicit BareCurl(std::string url) : set_(epoll_create1(EPOLL_CLOEXEC)), multi_(curl_multi_init()), url_(std::move(url)) {
    curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &on_socket);
    curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &on_timer);
    curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
    for (int i = 0; i < kParallel; ++i) handles_.push_back(curl_easy_init());
  }
  ~BareCurl() {
    for (CURL* handle : handles_) curl_easy_cleanup(handle);
    curl_multi_cleanup(multi_);
    ::close(set_);
  }

  void batch() {
    left_ = kBatch;
    for (CURL* handle : handles_) begin(handle);
    int running = 1;
    curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
    reap();
    while (running_ > 0) {
      std::array<epoll_event, 64> events;
      const int count = epoll_wait(set_, events.data(), events.size(), wait_ < 0 ? 100 : static_cast<int>(wait_));
      if (count == 0) curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
      for (int i = 0; i < count; ++i) {
        const auto& event = events[static_cast<std::size_t>(i)];
        const int what = (event.events & EPOLLIN ? CURL_CSELECT_IN : 0) | (event.events & EPOLLOUT ? CURL_CSELECT_OUT : 0);
        curl_multi_socket_action(multi_, event.data.fd, what, &running);
      }
      reap();
    }
  }

 private:
  static std::size_t take(char* data, std::size_t, std::size_t size, void* body) {
    static_cast<std::string*>(body)->append(data, size);
    return size;
  }
  static int on_timer(CURLM*, long wait, void* self) { return static_cast<BareCurl*>(self)->wait_ = wait, 0; }
  static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) {
    epoll_event event{};
    event.data.fd = socket;
    event.events = (what & CURL_POLL_IN ? EPOLLIN : 0u) | (what & CURL_POLL_OUT ? EPOLLOUT : 0u);
    const int set = static_cast<BareCurl*>(self)->set_;
    if (what == CURL_POLL_REMOVE) return epoll_ctl(set, EPOLL_CTL_DEL, socket, &event), 0;
    if (epoll_ctl(set, EPOLL_CTL_MOD, socket, &event) != 0) epoll_ctl(set, EPOLL_CTL_ADD, socket, &event);
    return 0;
  }
  void begin(CURL* handle) {
    if (left_-- <= 0) return;
    body_.clear();
    curl_easy_setopt(handle, CURLOPT_URL, url_.c_str());
    curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &take);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &body_);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 0L);
    curl_easy_setopt(handle, CURLOPT_SSL_SESSIONID_CACHE, 0L);
    curl_easy_setopt(handle, CURLOPT_CAINFO, static_cast<char*>(nullptr));
    curl_easy_setopt(handle, CURLOPT_CAPATH, static_cast<char*>(nullptr));
    curl_multi_add_handle(multi_, handle);
    ++running_;
  }
  void reap() {
    int more = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &more)) {
      CURL* const handle = message->easy_handle;
      if (message->data.result != CURLE_OK) std::fprintf(stderr, "%s\n", curl_easy_strerror(message->data.result)), std::exit(1);
      curl_multi_remove_handle(multi_, handle);
      --running_;
      begin(handle);
    }
  }

  int set_;
  CURLM* multi_;
  std::string url_;
  std::vector<CURL*> handles_;
  std::string body_;
  long wait_ = -1;
  int left_ = 0;
  int running_ = 0;
};

// A page of 62 KB that packs to about a fifth.
std::string page() {
  std::string text;
  for (std::uint32_t i = 1; text.size() < 62'000; ++i) text += "<p class=\"article\">한빛전자가 신제품 " + std::to_string(i * 2'654'435'761u % 1000) + "종을 공개했다.</p>\n";
  return text;
}

}  // namespace

int run() {
  const std::string not_modified = "HTTP/1.1 304 Not Modified\r\nETag: \"0123456789abcdef\"\r\nDate: Tue, 04 Feb 2025 09:00:00 GMT\r\n\r\n";
  const std::string packed = gzip(page());
  const std::string full = ok(packed, "Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n");
  const Authority authority;
  const TlsContext tls = authority.server({.name = "IP:127.0.0.1"});
  SSL_CTX_set_session_cache_mode(tls.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(tls.get(), 0);
  const Origin unchanged(not_modified), changed(full), fresh(ok("1", "Connection: close\r\n"), tls.get(), true);

  ClientOptions options = laboratory({unchanged.port(), changed.port(), fresh.port()});
  options.ca_file = authority.path();
  Desk desk(options);
  RawAsio raw(unchanged.port());
  BareCurl bare_304(unchanged.url()), bare_200(changed.url()), bare_tls(fresh.url("https"));

  using Sense = bench::Report::Sense;
  bench::Report report("net");
  const auto row = [&](const std::string& what, const bench::Pair& pair, double goal) {
    report.ratio(what + ", CPU us", pair.ours / kBatch * 1e6, pair.reference / kBatch * 1e6, goal, Sense::kAtMost);
  };
  const std::string url_304 = unchanged.url(), url_200 = changed.url(), url_tls = fresh.url("https");
  row("304 kept alive / raw Asio", bench::compare([&] { ours(desk, url_304); }, [&] { raw.batch(); }), 3.0);
  row("304 kept alive / libcurl on own epoll", bench::compare([&] { ours(desk, url_304); }, [&] { bare_304.batch(); }), 1.6);
  row("200 of 62 KB kept alive / libcurl on own epoll", bench::compare([&] { ours(desk, url_200); }, [&] { bare_200.batch(); }), 1.25);
  row("new TLS connection verified / unverified libcurl", bench::compare([&] { ours(desk, url_tls); }, [&] { bare_tls.batch(); }), 1.15);
  return 0;
}

}  // namespace bylined::net

int main() { return bylined::net::run(); }
