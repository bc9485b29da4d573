// SPDX-License-Identifier: Apache-2.0
#include "base/net/inflate.h"

#include <libdeflate.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/text/ascii.h"

namespace bylined::net {
namespace {

constexpr std::string_view kGzipMagic = "\x1f\x8b";
constexpr std::size_t kGathered = 256u << 10;  // of more bytes nothing is gathered: they are undone as they come

// Servers call both the zlib format (right) and bare deflate (wrong) "deflate"; RFC 1950's check tells.
bool looks_like_zlib(std::string_view head) {
  const unsigned first = static_cast<unsigned char>(head[0]);
  const unsigned second = static_cast<unsigned char>(head[1]);
  return (first & 0x0f) == Z_DEFLATED && (first * 256 + second) % 31 == 0;
}

// What a gzip body says at its end of its whole size (RFC 1952, 2.3.1); nothing where it is too short for one.
std::optional<std::size_t> size_said(std::string_view gzip) {
  constexpr std::size_t kShortest = 18, kTrailer = 4;
  if (gzip.size() < kShortest) return std::nullopt;
  std::size_t size = 0;
  for (std::size_t i = 0; i < kTrailer; ++i) size |= static_cast<std::size_t>(static_cast<unsigned char>(gzip[gzip.size() - kTrailer + i])) << (8 * i);
  return size;
}

}  // namespace

Result<Coding> read_coding(std::string_view content_encoding) {
  const std::string word = text::lower(text::trimmed(content_encoding, " \t"));
  if (word.empty() || word == "identity") return Coding::kIdentity;
  if (word == "gzip" || word == "x-gzip") return Coding::kGzip;
  if (word == "deflate") return Coding::kDeflate;
  return Error(ErrorKind::kInvalid, "content encoding " + quoted(word) + " was not asked for");
}

void Inflater::Close::operator()(z_stream_s* stream) const {
  inflateEnd(stream);
  delete stream;
}

Inflater::Inflater(Coding coding, InflateLimits limits) : coding_(coding), limits_(limits) {}
Inflater::Inflater(Inflater&&) noexcept = default;
Inflater& Inflater::operator=(Inflater&&) noexcept = default;
Inflater::~Inflater() = default;

Status Inflater::feed(std::string_view received) {
  received_ += received.size();
  if (coding_ == Coding::kIdentity) return add(received);
  return stream_ ? run(received) : gather(received);
}

bool Inflater::grows_beyond(std::size_t usual, std::size_t more) const {
  if (coding_ == Coding::kIdentity) return body_.size() + more > usual;
  if (coding_ == Coding::kGzip && !stream_) return gathered_.size() + more > kGathered;
  return body_.size() > usual;
}

// Room that is not written to takes no memory, whatever a server says.
void Inflater::expect(std::uint64_t bytes) {
  const bool plain = coding_ == Coding::kIdentity;
  (plain ? body_ : gathered_).reserve(static_cast<std::size_t>(std::min<std::uint64_t>(bytes, plain ? limits_.decoded : kGathered)));
}

Status Inflater::gather(std::string_view received) {
  gathered_.append(received);
  if (gathered_.size() < kGzipMagic.size()) return Status();
  const bool wait = coding_ == Coding::kGzip && limits_.at_once > 0 && gathered_.starts_with(kGzipMagic) && gathered_.size() <= kGathered;
  return wait ? Status() : undo_gathered();
}

// Only where no limit can be met. Whether it fails, and how, is the stream's to say.
bool Inflater::undo_at_once() {
  const auto size = size_said(gathered_);
  if (!size || *size > std::min({limits_.decoded, limits_.ratio_from, limits_.at_once})) return false;
  const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> tool(libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  if (!tool) return false;
  body_.resize(*size);
  std::size_t used = 0, made = 0;
  const auto outcome = libdeflate_gzip_decompress_ex(tool.get(), gathered_.data(), gathered_.size(), body_.data(), body_.size(), &used, &made);
  if (outcome == LIBDEFLATE_SUCCESS && used == gathered_.size() && made == *size) return true;
  body_.clear();
  return false;
}

Status Inflater::undo_gathered() {
  const std::string gathered = std::move(gathered_);
  const Status opened = open(gathered);
  return opened ? run(gathered) : opened;
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
  const std::size_t size = made_ + decoded.size();
  if (size > limits_.decoded) {
    return Error(ErrorKind::kExhausted, "the decoded body exceeds " + std::to_string(limits_.decoded) + " bytes");
  }
  const std::size_t used = received_ - (stream_ ? stream_->avail_in : 0);
  if (size > limits_.ratio_from && size > limits_.ratio * used) {
    return Error(ErrorKind::kExhausted, "the body unpacks to more than " + std::to_string(limits_.ratio) + " times its size");
  }
  body_.append(decoded);
  made_ = size;
  return Status();
}

Status Inflater::broken(int code) const {
  return Error(ErrorKind::kTransient, code == Z_MEM_ERROR ? "no memory to decode the body" : "the encoded body is damaged");
}

bool Inflater::end_at_once() {
  if (ended_ || stream_ || gathered_.size() < kGzipMagic.size()) return true;
  ended_ = undo_at_once();
  return ended_;
}

Status Inflater::end() { return end_at_once() ? Status() : undo_gathered(); }

Status Inflater::finish() const {
  if (coding_ == Coding::kIdentity || ended_) return Status();
  return Error(ErrorKind::kTransient, "the encoded body ends before its end");
}

}  // namespace bylined::net
