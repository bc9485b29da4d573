// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "model/identity.h"
#include "query/plumbing/plumbing.h"

namespace bylined::plumbing {
namespace {

Result<json::object> answer(const json::object& request) {
  const std::string url = text_of(request, "url");
  const model::ArticleIdentity identity = model::identity_of(url);
  if (identity.empty()) return Error(ErrorKind::kInvalid, quoted(url) + " is no web address");
  json::object reply;
  reply["canonical"] = identity.value;
  return reply;
}

Result<Answerer> prepare(const json::object&) { return Answerer(answer); }

int print(const json::object& reply, std::ostream& out, std::ostream&) {
  out << text_of(reply, "canonical") << "\n";
  return 0;
}

}  // namespace

extern const Tool canonical_tool;
const Tool canonical_tool{"canonical", "the identity of the article at a URL: the same for every address of it", {}, {}, {"url"}, prepare, print};

}  // namespace bylined::plumbing
