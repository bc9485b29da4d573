// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "base/net/web_url.h"
#include "query/plumbing/plumbing.h"

namespace bylined::plumbing {
namespace {

Result<json::object> answer(const json::object& request) {
  json::object reply;
  reply["href"] = nullptr;
  const std::string base_text = text_of(request, "base");
  std::optional<net::WebUrl> base;
  if (!base_text.empty()) {
    base = net::parse_web_url(base_text, nullptr);
    if (!base) return reply;
  }
  const auto url = net::parse_web_url(text_of(request, "ref"), base ? &*base : nullptr);
  if (url) reply["href"] = url->href();
  return reply;
}

Result<Answerer> prepare(const json::object&) { return Answerer(answer); }

int print(const json::object& reply, std::ostream& out, std::ostream& err) {
  const json::value& href = reply.at("href");
  if (href.is_string()) {
    out << std::string_view(href.get_string()) << "\n";
    return 0;
  }
  err << "byline url: not a valid URL\n";
  return 1;
}

}  // namespace

extern const Tool url_tool;
const Tool url_tool{"url", "a reference made absolute and written as the URL Standard says", {}, {}, {"base", "ref"}, prepare, print};

}  // namespace bylined::plumbing
