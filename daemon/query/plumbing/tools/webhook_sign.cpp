// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <ostream>

#include "pipeline/deliver/deliver.h"
#include "query/plumbing/plumbing.h"

namespace bylined::plumbing {
namespace {

// A number in a batch request, digits on the command line.
Result<std::int64_t> timestamp_of(const json::object& request) {
  const json::value* const value = request.if_contains("timestamp");
  if (value != nullptr && value->is_int64() && value->get_int64() >= 0) return value->get_int64();
  const std::string digits = text_of(request, "timestamp");
  std::int64_t seconds = 0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  if (code != std::errc() || end != digits.data() + digits.size() || seconds < 0) {
    return Error(ErrorKind::kInvalid, "the timestamp is a number of seconds since 1970");
  }
  return seconds;
}

Result<json::object> answer(const json::object& request) {
  // In a batch, `id` names the request.
  const std::string id = text_of(request, request.contains("msg_id") ? "msg_id" : "id");
  if (id.empty()) return Error(ErrorKind::kInvalid, "the message has no id");
  const auto timestamp = timestamp_of(request);
  if (!timestamp) return timestamp.error();
  const auto body = read_file(request);
  if (!body) return body.error();
  auto signature = deliver::sign({Secret(text_of(request, "secret"))}, id, *timestamp, *body);
  if (!signature) return signature.error();
  json::object reply;
  reply["signature"] = *signature;
  return reply;
}

Result<Answerer> prepare(const json::object&) { return Answerer(answer); }

int print(const json::object& reply, std::ostream& out, std::ostream&) {
  out << text_of(reply, "signature") << "\n";
  return 0;
}

}  // namespace

extern const Tool webhook_sign_tool;
const Tool webhook_sign_tool{"webhook-sign", "the webhook-signature header for a body (Standard Webhooks 1.0)",
                             {"--id", "--timestamp", "--secret"}, {}, {"file"}, prepare, print};

}  // namespace bylined::plumbing
