// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "base/text/decode.h"
#include "query/plumbing/plumbing.h"

namespace bylined::plumbing {
namespace {

Result<json::object> answer(const json::object& request) {
  const auto bytes = read_file(request);
  if (!bytes) return bytes.error();
  const text::Decoded decoded = text::decode_verbatim(*bytes, text_of(request, "content_type"));
  json::object reply;
  reply["charset"] = decoded.charset;
  reply["text"] = decoded.text;
  return reply;
}

Result<Answerer> prepare(const json::object&) { return Answerer(answer); }

int print(const json::object& reply, std::ostream& out, std::ostream& err) {
  out << text_of(reply, "text");
  err << text_of(reply, "charset") << "\n";
  return 0;
}

}  // namespace

extern const Tool decode_tool;
const Tool decode_tool{"decode", "bytes of any charset as UTF-8", {"--content-type"}, {}, {"file"}, prepare, print};

}  // namespace bylined::plumbing
