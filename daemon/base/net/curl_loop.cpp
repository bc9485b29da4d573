// SPDX-License-Identifier: Apache-2.0
#include "base/net/curl_loop.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include <boost/asio/post.hpp>

namespace bylined::net {
namespace {

constexpr std::size_t kIdleHandles = 64;
// Libcurl takes from a socket all that has come, up to a hundred pieces: a page of two megabytes costs a millisecond or two. Who
// asks us something meanwhile waits for a few of them, not for all that have come.
constexpr Millis kTurn{4};

}  // namespace

CurlLoop::CurlLoop(boost::asio::io_context& context, Purpose purpose, int kept_connections)
    : context_(context), purpose_(purpose), timer_(context), sockets_(context, epoll_create1(EPOLL_CLOEXEC)), multi_(curl_multi_init()) {
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &CurlLoop::on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &CurlLoop::on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(kept_connections));
}

CurlLoop::~CurlLoop() { close(); }

void CurlLoop::close() {
  if (multi_ == nullptr) return;
  const std::vector<Transfer*> running = running_;
  for (Transfer* transfer : running) {
    stop(*transfer);
    transfer->finish(CURLE_ABORTED_BY_CALLBACK);
  }
  for (CURL* const handle : idle_) curl_easy_cleanup(handle);
  idle_.clear();
  curl_multi_cleanup(multi_);
  multi_ = nullptr;
  timer_.cancel();
  boost::system::error_code ignored;
  sockets_.close(ignored);
}

// Libcurl may close a descriptor without a word, and its number may come back at once: the kernel has taken it out of
// the set by then, so a failed "change" becomes "add". What libcurl does not want to hear of any more is a kept
// connection, nearly always, and will be wanted again: it lingers in the set until something happens on it.
int CurlLoop::on_socket(CURL*, curl_socket_t socket, int what, void* loop, void* known) {
  auto* const self = static_cast<CurlLoop*>(loop);
  const int set = self->sockets_.native_handle();
  epoll_event event{};
  event.data.fd = socket;
  if (what == CURL_POLL_REMOVE) {
    self->linger(socket);
    return 0;
  }
  const bool is_there = self->ends_to_linger(socket) || known != nullptr;
  if (what & CURL_POLL_IN) event.events |= EPOLLIN;
  if (what & CURL_POLL_OUT) event.events |= EPOLLOUT;
  if (known == nullptr) curl_multi_assign(self->multi_, socket, self);
  if (is_there && epoll_ctl(set, EPOLL_CTL_MOD, socket, &event) == 0) return 0;
  return epoll_ctl(set, EPOLL_CTL_ADD, socket, &event) == 0 ? 0 : -1;
}

// Called inside libcurl, which must not be entered again: a wait of 0 ms goes through the loop too.
// Libcurl changes its mind several times a request, and each change of a timer is a system call: so the
// timer is left as it is where it rings early enough, and looks then whether it is time.
int CurlLoop::on_timer(CURLM*, long milliseconds, void* loop) {
  auto* const self = static_cast<CurlLoop*>(loop);
  self->due_ = milliseconds < 0 ? TimePoint::max() : Timer::clock_type::now() + Millis(milliseconds);
  if (milliseconds == 0) self->act_soon();
  else self->arm();
  return 0;
}

void CurlLoop::act_soon() {
  if (std::exchange(acting_soon_, true)) return;
  boost::asio::post(context_, [weak = weak_from_this()] {
    const auto alive = weak.lock();
    if (!alive) return;
    alive->acting_soon_ = false;
    alive->ring();
  });
}

void CurlLoop::arm() {
  if (due_ == TimePoint::max() || armed_for_ <= due_) return;
  armed_for_ = due_;
  timer_.expires_at(due_);
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto alive = weak.lock();
    if (error || !alive) return;
    alive->armed_for_ = TimePoint::max();
    alive->ring();
    alive->arm();
  });
}

void CurlLoop::ring() {
  if (Timer::clock_type::now() < due_) return;
  due_ = TimePoint::max();  // until libcurl names another time
  act(CURL_SOCKET_TIMEOUT, 0);
}

// With nothing under way nothing is waited for, so that the context may end.
void CurlLoop::rest() {
  sockets_.cancel();
  timer_.cancel();
  armed_for_ = TimePoint::max();
}

// Only while a transfer runs, so that an idle loop lets its context end.
void CurlLoop::watch() {
  if (watching_ || running_.empty() || multi_ == nullptr) return;
  watching_ = true;
  sockets_.async_wait(boost::asio::posix::stream_descriptor::wait_read, [weak = weak_from_this()](const boost::system::error_code& error) {
    const auto alive = weak.lock();
    if (!alive) return;
    alive->watching_ = false;
    if (!error) alive->ready();
    alive->watch();
  });
}

// The kernel names those that are left again in the next turn, in the same order: so that one begins behind those that had theirs.
void CurlLoop::ready() {
  const TimePoint end = Timer::clock_type::now() + kTurn;
  std::array<epoll_event, 64> events;
  const int named = epoll_wait(sockets_.native_handle(), events.data(), events.size(), 0);
  const auto count = static_cast<std::size_t>(std::max(named, 0));
  const std::size_t first = std::exchange(had_their_turn_, 0);
  for (std::size_t i = 0; i < count; ++i) {
    hear(events[(first + i) % count]);
    if (Timer::clock_type::now() < end) continue;
    had_their_turn_ = (first + i + 1) % count;
    return;
  }
}

void CurlLoop::hear(const epoll_event& event) {
  if (wake(event.data.fd) || drop(event.data.fd)) return;
  int what = 0;
  if (event.events & EPOLLIN) what |= CURL_CSELECT_IN;
  if (event.events & EPOLLOUT) what |= CURL_CSELECT_OUT;
  if (event.events & (EPOLLERR | EPOLLHUP)) what |= CURL_CSELECT_ERR;
  act(event.data.fd, what);
}

void CurlLoop::linger(int socket) {
  const auto place = static_cast<std::size_t>(socket);
  if (place >= lingering_.size()) lingering_.resize(place + 1);
  lingering_[place] = true;
}

bool CurlLoop::ends_to_linger(int socket) {
  const auto place = static_cast<std::size_t>(socket);
  if (place >= lingering_.size() || !lingering_[place]) return false;
  lingering_[place] = false;
  return true;
}

// The server has closed it, or says something that nobody asked for: libcurl looks when it wants to use it again.
bool CurlLoop::drop(int socket) {
  if (!ends_to_linger(socket)) return false;
  epoll_ctl(sockets_.native_handle(), EPOLL_CTL_DEL, socket, nullptr);
  return true;
}

bool CurlLoop::wake(int socket) {
  const auto wait = waits_.find(socket);
  if (wait == waits_.end()) return false;
  wait->second->set();
  return true;
}

void CurlLoop::act(curl_socket_t socket, int events) {
  if (multi_ == nullptr) return;
  int running = 0;
  curl_multi_socket_action(multi_, socket, events, &running);
  reap();
}

void CurlLoop::reap() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    void* transfer = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
    static_cast<Transfer*>(transfer)->finish(message->data.result);
  }
}

Status CurlLoop::start(Transfer& transfer) {
  if (multi_ == nullptr) return Error(ErrorKind::kCancelled, "the client is closed");
  curl_easy_setopt(transfer.handle_, CURLOPT_PRIVATE, &transfer);
  if (const CURLMcode code = curl_multi_add_handle(multi_, transfer.handle_); code != CURLM_OK) {
    return Error(ErrorKind::kExhausted, curl_multi_strerror(code));
  }
  transfer.running_ = true;
  running_.push_back(&transfer);
  watch();
  return Status();
}

void CurlLoop::stop(Transfer& transfer) {
  if (!transfer.running_) return;
  transfer.running_ = false;
  std::erase(running_, &transfer);
  curl_multi_remove_handle(multi_, transfer.handle_);
  if (running_.empty()) rest();
}

// None where libcurl has no memory: it refuses every option then.
CURL* CurlLoop::take() {
  CURL* handle = nullptr;
  if (idle_.empty()) {
    handle = curl_easy_init();
    if (handle != nullptr && furnish(handle, purpose_)) return handle;
    curl_easy_cleanup(handle);
    return nullptr;
  }
  handle = idle_.back();
  idle_.pop_back();
  return handle;
}

void CurlLoop::take_back(CURL* handle, bool plain) {
  if (handle == nullptr) return;
  if (!plain) curl_easy_reset(handle);
  const Status fit = plain ? disarm(handle) : furnish(handle, purpose_);
  if (fit && multi_ != nullptr && idle_.size() < kIdleHandles) idle_.push_back(handle);
  else curl_easy_cleanup(handle);
}

Transfer::Transfer(std::shared_ptr<CurlLoop> loop) : loop_(std::move(loop)), handle_(loop_->take()), done_(loop_->context_) {}

Transfer::~Transfer() {
  loop_->stop(*this);
  loop_->take_back(handle_, plain_);
}

Task<Wake> Transfer::wait_for_socket(bool writable, Millis limit) {
  struct Registration {
    ~Registration() {
      loop.waits_.erase(socket);
      if (loop.multi_ != nullptr) epoll_ctl(loop.sockets_.native_handle(), EPOLL_CTL_DEL, socket, nullptr);
    }
    CurlLoop& loop;
    int socket;
  };
  curl_socket_t socket = CURL_SOCKET_BAD;
  curl_easy_getinfo(handle_, CURLINFO_ACTIVESOCKET, &socket);
  if (socket == CURL_SOCKET_BAD || !running_) co_return Wake::kCancelled;
  loop_->drop(socket);
  Event event(loop_->context_);
  epoll_event wanted{};
  wanted.events = writable ? EPOLLOUT | EPOLLONESHOT : EPOLLIN | EPOLLONESHOT;
  wanted.data.fd = socket;
  loop_->waits_[socket] = &event;
  const Registration registration{*loop_, socket};
  if (epoll_ctl(loop_->sockets_.native_handle(), EPOLL_CTL_ADD, socket, &wanted) != 0) co_return Wake::kCancelled;
  co_return co_await event.wait(limit);
}

void Transfer::pause() {
  paused_ = true;
  done_.set();
}

// It may have ended while it was paused: its time is up, or the loop was closed.
void Transfer::resume() {
  paused_ = false;
  if (finished_) return;
  done_.reset();
  curl_easy_pause(handle_, CURLPAUSE_CONT);
}

void Transfer::finish(CURLcode result) {
  finished_ = true;
  result_ = result;
  done_.set();
}

}  // namespace bylined::net
