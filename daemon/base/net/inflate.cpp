// SPDX-License-Identifier: Apache-2.0
#include "base/net/inflate.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace bylined::net {
namespace {

constexpr std::string_view kGzipMagic = "\x1f\x8b";

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

bool same_word(std::string_view a, std::string_view lower) {
  return std::equal(a.begin(), a.end(), lower.begin(), lower.end(),
                    [](char x, char y) { return (x >= 'A' && x <= 'Z' ? static_cast<char>(x + 32) : x) == y; });
}

// Servers call both the zlib format (right) and bare deflate (wrong) "deflate"; RFC 1950's check tells.
bool looks_like_zlib(std::string_view head) {
  const unsigned first = static_cast<unsigned char>(head[0]);
  const unsigned second = static_cast<unsigned char>(head[1]);
  return (first & 0x0f) == Z_DEFLATED && (first * 256 + second) % 31 == 0;
}

}  // namespace

Result<Coding> read_coding(std::string_view content_encoding) {
  const std::string_view word = trimmed(content_encoding);
  if (word.empty() || same_word(word, "identity")) return Coding::kIdentity;
  if (same_word(word, "gzip") || same_word(word, "x-gzip")) return Coding::kGzip;
  if (same_word(word, "deflate")) return Coding::kDeflate;
  return Error(ErrorKind::kInvalid, "content encoding " + quoted(word) + " was not asked for");
}

void Inflater::Close::operator()(z_stream_s* stream) const {
  inflateEnd(stream);
  delete stream;
}

Inflater::Inflater(Coding coding, InflateLimits limits) : coding_(coding), limits_(limits) {}
Inflater::Inflater(Inflater&&) noexcept = default;
Inflater::~Inflater() = default;

Status Inflater::feed(std::string_view received) {
  received_ += received.size();
  if (coding_ == Coding::kIdentity) return add(received);
  if (stream_) return run(received);
  head_.append(received);
  if (head_.size() < 2) return Status();
  const std::string head = std::move(head_);
  const Status opened = open(head);
  return opened ? run(head) : opened;
}

Status Inflater::open(std::string_view first) {
  if (coding_ == Coding::kGzip && !first.starts_with(kGzipMagic)) {
    return Error(ErrorKind::kInvalid, "the body says gzip and is not");
  }
  constexpr int kWindow = 15;  // 32 KiB, the format's largest
  const int bits = coding_ == Coding::kGzip ? kWindow + 16 : looks_like_zlib(first) ? kWindow : -kWindow;
  auto stream = std::make_unique<z_stream>();
  if (inflateInit2(stream.get(), bits) != Z_OK) return Error(ErrorKind::kExhausted, "no memory to decode the body");
  stream_.reset(stream.release());
  return Status();
}

Status Inflater::run(std::string_view bytes) {
  std::array<char, 32 * 1024> out;
  stream_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream_->avail_in = static_cast<uInt>(bytes.size());
  while (true) {
    if (ended_) {
      if (stream_->avail_in == 0) return Status();
      // A gzip file may have several members, one after the other (RFC 1952, 2.2).
      if (coding_ != Coding::kGzip || *stream_->next_in != 0x1f) return Error(ErrorKind::kTransient, "bytes follow the end of the encoded body");
      inflateReset(stream_.get());
      ended_ = false;
    }
    stream_->next_out = reinterpret_cast<Bytef*>(out.data());
    stream_->avail_out = out.size();
    const int code = inflate(stream_.get(), Z_NO_FLUSH);
    const std::size_t made = out.size() - stream_->avail_out;
    if (const Status added = add(std::string_view(out.data(), made)); !added) return added;
    ended_ = code == Z_STREAM_END;
    if (ended_) continue;
    if (code == Z_BUF_ERROR || (code == Z_OK && stream_->avail_in == 0 && stream_->avail_out > 0)) return Status();
    if (code != Z_OK) return broken(code);
  }
}

Status Inflater::add(std::string_view decoded) {
  const std::size_t size = body_.size() + decoded.size();
  if (size > limits_.decoded) {
    return Error(ErrorKind::kExhausted, "the decoded body exceeds " + std::to_string(limits_.decoded) + " bytes");
  }
  const std::size_t used = received_ - (stream_ ? stream_->avail_in : 0);
  if (size > limits_.ratio_from && size > limits_.ratio * used) {
    return Error(ErrorKind::kExhausted, "the body unpacks to more than " + std::to_string(limits_.ratio) + " times its size");
  }
  body_.append(decoded);
  return Status();
}

Status Inflater::broken(int code) const {
  return Error(ErrorKind::kTransient, code == Z_MEM_ERROR ? "no memory to decode the body" : "the encoded body is damaged");
}

Status Inflater::finish() const {
  if (coding_ == Coding::kIdentity || ended_) return Status();
  return Error(ErrorKind::kTransient, "the encoded body ends before its end");
}

}  // namespace bylined::net
