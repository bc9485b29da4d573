// SPDX-License-Identifier: Apache-2.0
// Takes one HTTP answer in as it arrives, line by line and piece by piece, and makes a response of it,
// or an error where a limit or a rule is broken. Pure: bytes come from whoever reads the socket.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/net/http.h"
#include "base/net/inflate.h"

namespace bylined::net {

struct ExchangeLimits {
  std::size_t header = 64u << 10;
  std::size_t body = 8u << 20;    // on the wire; decoded twice that
  bool decode = true;             // else the body stays as it came
  bool cut = false;               // a longer body is cut, not refused
  std::size_t usual = 512u << 10; // bytes in memory; beyond them a body waits for room
};

class Exchange {
 public:
  explicit Exchange(ExchangeLimits limits) : limits_(limits) {}

  // One line of a status, header or trailer with its end. False: stop reading; `verdict` says why.
  bool line(std::string_view text);
  // False: stop reading, likewise; but where it wants room nothing of the piece was taken, which is to come again.
  bool body(std::string_view piece);
  // The body is larger than usual.
  bool wants_room() const { return wants_room_; }
  void give_room();
  bool headers_done() const { return headers_done_; }
  bool cut() const { return cut_; }              // stopped on purpose, with all that was wanted
  const std::optional<Error>& verdict() const { return verdict_; }
  // Which limit it was: a metric's label, empty for none.
  std::string_view limit() const { return limit_; }
  // Once the transfer has ended well: is there so much to unpack that it is work for another thread?
  bool much_to_unpack() { return inflater_ && !discard_ && !inflater_->end_at_once(); }
  void unpack() { unpacked_ = inflater_->end(); }
  // Then. What was not unpacked yet is.
  Result<HttpResponse> finish();
  // Where it has not: status 0 and nothing else, unless the headers were whole.
  HttpResponse as_far_as_read();

 private:
  bool fail(Error error, std::string_view limit = {});
  bool undecodable(const Error& error);
  bool want_room();
  bool begin(std::string_view status_line);
  bool field(std::string_view text);
  bool judge();
  bool judge_length();

  ExchangeLimits limits_;
  HttpResponse response_;
  std::optional<Inflater> inflater_;
  std::optional<Status> unpacked_;
  std::optional<Error> verdict_;
  std::string_view limit_;
  std::size_t header_bytes_ = 0;
  std::size_t body_bytes_ = 0;
  bool headers_done_ = false;
  bool discard_ = false;
  bool cut_ = false;
  bool has_room_ = false;
  bool wants_room_ = false;
};

}  // namespace bylined::net
