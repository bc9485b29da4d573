// SPDX-License-Identifier: Apache-2.0
#include "base/net/exchange.h"

#include <algorithm>
#include <charconv>

#include "base/text/ascii.h"

namespace bylined::net {
namespace {

std::string_view without_end(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

constexpr std::size_t kUsualHeaders = 16;

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool whole_success(int status) { return status / 100 == 2; }
bool bodiless(int status) { return status == 204 || status == 304; }

}  // namespace

bool Exchange::fail(Error error, std::string_view limit) {
  verdict_ = std::move(error);
  limit_ = limit;
  return false;
}

bool Exchange::line(std::string_view text) {
  header_bytes_ += text.size();
  if (header_bytes_ > limits_.header) {
    return fail(Error(ErrorKind::kExhausted, "the headers exceed " + std::to_string(limits_.header) + " bytes"), "headers");
  }
  if (headers_done_) return true;  // a trailer, which nobody asked for
  const std::string_view bare = without_end(text);
  if (bare.starts_with("HTTP/")) return begin(bare);
  if (response_.status == 0) return fail(Error(ErrorKind::kTransient, "the answer starts without a status line"));
  if (!bare.empty()) return field(bare);
  if (response_.status / 100 == 1) return true;  // an interim answer: the real one follows
  headers_done_ = true;
  return judge();
}

bool Exchange::begin(std::string_view status_line) {
  response_.headers.clear();
  response_.headers.reserve(kUsualHeaders);
  const std::size_t blank = status_line.find(' ');
  const auto status = blank == std::string_view::npos ? std::nullopt : number(status_line.substr(blank + 1, 3));
  if (!status || *status < 100 || *status > 999) return fail(Error(ErrorKind::kTransient, "the status line " + quoted(status_line) + " has no status"));
  response_.status = static_cast<int>(*status);
  response_.end_told = !status_line.starts_with("HTTP/1");
  return true;
}

bool Exchange::field(std::string_view text) {
  if (text.front() == ' ' || text.front() == '\t') {  // continues the line before (RFC 9112, 5.2)
    if (!response_.headers.empty()) response_.headers.back().second += " " + std::string(text::trimmed(text, " \t"));
    return true;
  }
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return true;
  auto& [name, value] = response_.headers.emplace_back(text::trimmed(text.substr(0, colon), " \t"), text::trimmed(text.substr(colon + 1), " \t"));
  for (char& c : name) c = text::lower(c);
  return true;
}

// Decides before the body comes whether we want it.
bool Exchange::judge() {
  const std::string_view transfer = response_.header("transfer-encoding");
  if (!transfer.empty() && text::lower(transfer) != "chunked") {
    return fail(Error(ErrorKind::kInvalid, "transfer encoding " + quoted(transfer) + " was not asked for"), "encoding");
  }
  std::string encodings;
  for (const auto& [name, value] : response_.headers) {
    if (name == "content-encoding") encodings += (encodings.empty() ? "" : ", ") + value;
  }
  auto coding = limits_.decode ? read_coding(encodings) : Result<Coding>(Coding::kIdentity);
  if (!coding && whole_success(response_.status)) return fail(coding.error(), "encoding");
  discard_ = !coding;
  const bool ends_itself = !transfer.empty() || (coding && *coding != Coding::kIdentity) || !response_.header("content-length").empty();
  response_.end_told = response_.end_told || ends_itself;
  const InflateLimits inflate{.decoded = 2 * limits_.body, .at_once = limits_.usual};
  inflater_.emplace(coding.value_or(Coding::kIdentity), inflate);
  return judge_length();
}

bool Exchange::judge_length() {
  std::optional<std::uint64_t> length;
  for (const auto& [name, value] : response_.headers) {
    if (name != "content-length") continue;
    const auto one = number(value);
    if (!one || (length && *length != *one)) {
      return fail(Error(ErrorKind::kTransient, "content length " + quoted(value) + " is no number, or not the only one"));
    }
    length = one;
  }
  if (length && !bodiless(response_.status)) inflater_->expect(std::min<std::uint64_t>(*length, limits_.body));
  if (!length || *length <= limits_.body || limits_.cut || bodiless(response_.status)) return true;
  return fail(Error(ErrorKind::kExhausted, "the body would exceed " + std::to_string(limits_.body) + " bytes"), "body");
}

bool Exchange::want_room() {
  wants_room_ = true;
  return false;
}

void Exchange::give_room() {
  wants_room_ = false;
  has_room_ = true;
}

bool Exchange::body(std::string_view piece) {
  if (!inflater_) return fail(Error(ErrorKind::kTransient, "a body came before its headers"));
  if (body_bytes_ + piece.size() > limits_.body) {
    if (!limits_.cut) return fail(Error(ErrorKind::kExhausted, "the body exceeds " + std::to_string(limits_.body) + " bytes"), "body");
    piece = piece.substr(0, limits_.body - body_bytes_);
    cut_ = true;
    limit_ = "answer";
  }
  if (!has_room_ && !discard_ && inflater_->grows_beyond(limits_.usual, piece.size())) return want_room();
  body_bytes_ += piece.size();
  if (discard_) return true;
  const Status fed = inflater_->feed(piece);
  if (!fed) {
    if (whole_success(response_.status)) return undecodable(fed.error());
    discard_ = true;
  }
  return !cut_;
}

bool Exchange::undecodable(const Error& error) { return fail(error, error.kind() == ErrorKind::kExhausted ? "decoded" : "encoding"); }

Result<HttpResponse> Exchange::finish() {
  if (verdict_) return *verdict_;
  if (!headers_done_) return Error(ErrorKind::kTransient, "the answer has no headers");
  const bool wanted = whole_success(response_.status) && !bodiless(response_.status) && !cut_;
  if (!discard_ && !unpacked_) unpack();
  const bool damaged = unpacked_ && !*unpacked_;
  if (damaged && wanted) undecodable(unpacked_->error());
  if (verdict_) return *verdict_;
  discard_ = discard_ || damaged;
  const Status whole = inflater_->finish();
  if (!whole && wanted) return whole.error();
  if (whole && !discard_) response_.body = std::move(inflater_->body());
  response_.wire_bytes = header_bytes_ + body_bytes_;
  return std::move(response_);
}

HttpResponse Exchange::as_far_as_read() {
  if (!headers_done_) {
    response_.status = 0;
    response_.headers.clear();
  }
  if (inflater_ && !discard_) response_.body = std::move(inflater_->body());
  response_.wire_bytes = header_bytes_ + body_bytes_;
  return std::move(response_);
}

}  // namespace bylined::net
