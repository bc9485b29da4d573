// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "base/net/url.h"
#include "pipeline/fetch/robots.h"
#include "query/plumbing/plumbing.h"

namespace bylined::plumbing {
namespace {

Result<json::object> answer(const json::object& request) {
  const auto body = read_file(request);
  if (!body) return body.error();
  const auto url = net::Url::parse(text_of(request, "url"));
  if (!url) return url.error();
  const auto verdict = fetch::judge_robots(*body, text_of(request, "agent"), url->path());
  json::object reply;
  reply["verdict"] = verdict.allowed ? "allow" : "deny";
  reply["crawl_delay"] = verdict.crawl_delay ? json::value(*verdict.crawl_delay) : json::value(nullptr);
  return reply;
}

Result<Answerer> prepare(const json::object&) { return Answerer(answer); }

int print(const json::object& reply, std::ostream& out, std::ostream&) {
  const std::string verdict = text_of(reply, "verdict");
  out << verdict << "\n";
  const json::value& delay = reply.at("crawl_delay");
  if (!delay.is_null()) out << "crawl-delay: " << delay << "\n";
  return verdict == "allow" ? 0 : 1;
}

}  // namespace

extern const Tool robots_tool;
const Tool robots_tool{"robots", "may this agent fetch this URL, by this robots.txt (RFC 9309)?", {"--agent", "--url"}, {}, {"file"}, prepare, print};

}  // namespace bylined::plumbing
