// SPDX-License-Identifier: Apache-2.0
#include "app/copies.h"

#include <boost/asio/co_spawn.hpp>

#include "base/log.h"
#include "base/rethrow.h"

namespace bylined::app {
namespace {

constexpr Millis kKept{30'000};  // how it ended, for whoever asks again

}  // namespace

// Who waits for a copy; gone with the coroutine, also where that is cancelled.
class Copies::Asking {
 public:
  Asking(std::shared_ptr<Copy> copy, Bell& bell) : copy_(std::move(copy)), place_(copy_->asking.insert(copy_->asking.end(), &bell)) {}
  ~Asking() { copy_->asking.erase(place_); }
  Asking(const Asking&) = delete;
  Asking& operator=(const Asking&) = delete;

 private:
  const std::shared_ptr<Copy> copy_;
  const std::list<Bell*>::iterator place_;
};

Task<Result<query::Copying>> Copies::copy(std::string path, std::string by) {
  if (stop_.stop_requested()) co_return Error(ErrorKind::kBusy, "the daemon is stopping; try again when it is up");
  if (underway() && copy_->path != path) co_return Error(ErrorKind::kBusy, "a copy to " + quoted(copy_->path) + " is under way; try again when it is complete");
  const bool told = copy_ && copy_->path == path && (underway() || clock_.steady() - copy_->ended < kKept);
  if (!told) {
    copy_ = std::make_shared<Copy>();
    copy_->path = std::move(path);
    boost::asio::co_spawn(context_, run(copy_, std::move(by)), rethrow);
  }
  const std::shared_ptr<Copy> asked = copy_;
  co_await until(asked, clock_.steady() + patience_);
  if (!asked->outcome) co_return query::Copying::kUnderWay;
  if (copy_ == asked) copy_.reset();
  if (!*asked->outcome) co_return asked->outcome->error();
  co_return query::Copying::kComplete;
}

Task<void> Copies::until(std::shared_ptr<Copy> asked, Steady end) {
  Bell bell;
  const Asking here(asked, bell);
  while (!asked->outcome && clock_.steady() < end) co_await clock_.wait(bell, end - clock_.steady());
}

Task<bool> Copies::over(Steady by) {
  if (underway()) co_await until(copy_, by);
  co_return !underway();
}

Task<void> Copies::run(std::shared_ptr<Copy> copy, std::string by) {
  const Status copied = co_await lane_.run(copier_, database_, copy->path, stop_.get_token());
  copy->outcome = copied;
  copy->ended = clock_.steady();
  for (Bell* const bell : copy->asking) bell->ring();
  log::info("database.backup", {{"path", copy->path}, {"by", by}, {"outcome", copied ? "complete" : copied.error().text()}});
}

}  // namespace bylined::app
