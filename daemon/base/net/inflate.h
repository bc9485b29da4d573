// SPDX-License-Identifier: Apache-2.0
// Undoes one layer of gzip or deflate under limits that a bomb meets early. A stream that ends too soon, too late or
// with a wrong checksum is an error, never a shorter body. The gzip body of a usual page is gathered and undone in one
// go, which is much faster; all others are undone while their bytes arrive.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct z_stream_s;

namespace bylined::net {

enum class Coding { kIdentity, kGzip, kDeflate };

// Of a Content-Encoding header; kInvalid: a coding that we did not ask for, or more than one.
Result<Coding> read_coding(std::string_view content_encoding);

struct InflateLimits {
  std::size_t decoded = 16u << 20;
  std::size_t ratio = 200;              // decoded to received, once more than
  std::size_t ratio_from = 1u << 20;    // so many bytes came out
  std::size_t at_once = 512u << 10;     // of more, a thread that others wait for undoes nothing at the end; 0: nothing is gathered
};

inline constexpr std::size_t kAnySize = std::numeric_limits<std::size_t>::max();

class Inflater {
 public:
  Inflater(Coding coding, InflateLimits limits);
  Inflater(Inflater&&) noexcept;
  Inflater& operator=(Inflater&&) noexcept;
  ~Inflater();

  // So many bytes are said to come.
  void expect(std::uint64_t bytes);
  // kExhausted: a limit. kInvalid: not this coding at all. kTransient: damaged or too long.
  Status feed(std::string_view received);
  // Whether it may hold more than `usual` bytes once it is fed so many more.
  bool grows_beyond(std::size_t usual, std::size_t more) const;
  // No more bytes come. False: of what was gathered so much is still to be undone that it is no work for a thread that others wait for.
  bool end_at_once();
  // Undoes what was gathered, however much; once. Fails as feed() does.
  Status end();
  // Then. kTransient: the end of the stream has not come.
  Status finish() const;

  // Whoever takes a part of it away gets the next part.
  std::string& body() { return body_; }
  std::size_t received() const { return received_; }

 private:
  struct Close {
    void operator()(z_stream_s* stream) const;
  };
  Status gather(std::string_view received);
  bool undo_at_once();
  Status undo_gathered();
  Status open(std::string_view first);
  Status run(std::string_view bytes);
  Status add(std::string_view decoded);
  Status broken(int code) const;

  Coding coding_;
  InflateLimits limits_;
  std::unique_ptr<z_stream_s, Close> stream_;
  std::string body_;
  std::string gathered_;   // received and not undone yet
  std::size_t received_ = 0;
  std::size_t made_ = 0;   // bytes that went into the body
  bool ended_ = false;
};

}  // namespace bylined::net
