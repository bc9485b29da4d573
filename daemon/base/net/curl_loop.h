// SPDX-License-Identifier: Apache-2.0
// libcurl's multi interface on the Asio loop, one for each purpose, so that no connection and no handle is
// shared between them. Libcurl's descriptors sit in an epoll set of their own, which Asio watches as one
// descriptor: cheaper than a wait each, and no object outlives its descriptor.
#pragma once

#include <sys/epoll.h>

#include <map>
#include <memory>
#include <vector>

#include <curl/curl.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/net/event.h"
#include "base/net/handle.h"

namespace bylined::net {

class Transfer;

inline constexpr Millis kSlack{1'000};  // beyond libcurl's own deadline, should it miss it

class CurlLoop : public std::enable_shared_from_this<CurlLoop> {
 public:
  CurlLoop(boost::asio::io_context& context, Purpose purpose, int kept_connections);
  ~CurlLoop();
  CurlLoop(const CurlLoop&) = delete;

  // Ends all transfers as aborted and closes all connections. Nothing runs afterwards.
  void close();

 private:
  friend class Transfer;
  static int on_socket(CURL* handle, curl_socket_t socket, int what, void* loop, void* known);
  static int on_timer(CURLM* multi, long milliseconds, void* loop);

  using Timer = boost::asio::steady_timer;
  using TimePoint = Timer::time_point;

  Status start(Transfer& transfer);
  void stop(Transfer& transfer);
  void watch();
  void ready();
  void hear(const epoll_event& event);
  bool wake(int socket);
  void linger(int socket);
  bool ends_to_linger(int socket);
  bool drop(int socket);
  void act(curl_socket_t socket, int events);
  void act_soon();
  void arm();
  void ring();
  void rest();
  void reap();
  CURL* take();
  void take_back(CURL* handle, bool plain);

  boost::asio::io_context& context_;
  const Purpose purpose_;
  Timer timer_;
  boost::asio::posix::stream_descriptor sockets_;  // the epoll set
  CURLM* multi_ = nullptr;
  std::vector<Transfer*> running_;
  std::vector<CURL*> idle_;  // furnished
  std::map<int, Event*> waits_;  // sockets that a transfer talks over by itself
  std::size_t had_their_turn_ = 0;  // of those the kernel names next
  std::vector<bool> lingering_;  // by descriptor: may be in the set though libcurl does not listen to it
  TimePoint due_ = TimePoint::max();        // when libcurl wants to be called
  TimePoint armed_for_ = TimePoint::max();  // when the timer rings
  bool acting_soon_ = false;
  bool watching_ = false;
};

// One run of one handle. Leaving its scope, however that happens, takes it off the loop.
class Transfer {
 public:
  explicit Transfer(std::shared_ptr<CurlLoop> loop);
  ~Transfer();
  Transfer(const Transfer&) = delete;

  // Furnished for the loop's purpose; aim it before start().
  CURL* handle() const { return handle_; }
  // It was a GET that ended well and set nothing but what disarm() takes away: its handle needs no reset, which costs much.
  void was_plain() { plain_ = true; }
  Status start() { return loop_->start(*this); }
  // Until it is done or paused.
  Task<Wake> wait(Millis limit) { return done_.wait(limit); }
  // From its write callback, which then returns CURL_WRITEFUNC_PAUSE: nothing more of it is read until it is resumed.
  void pause();
  bool paused() const { return paused_; }
  void resume();
  CURLcode result() const { return result_; }
  // After a CONNECT_ONLY transfer is done: until its socket can be read or written.
  Task<Wake> wait_for_socket(bool writable, Millis limit);

 private:
  friend class CurlLoop;
  void finish(CURLcode result);

  std::shared_ptr<CurlLoop> loop_;
  CURL* handle_;
  Event done_;
  CURLcode result_ = CURLE_ABORTED_BY_CALLBACK;
  bool running_ = false;
  bool paused_ = false;
  bool finished_ = false;
  bool plain_ = false;
};

}  // namespace bylined::net
