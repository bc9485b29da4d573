// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "pipeline/fetch/robots.h"
#include "query/plumbing/plumbing.h"

namespace bylined::plumbing {
namespace {

// Path and query as written: a rule is judged for any URL, also one that we would not fetch.
std::string path_of(const std::string& url) {
  const std::size_t scheme = url.find("://");
  const std::size_t path = url.find_first_of("/?#", scheme == std::string::npos ? 0 : scheme + 3);
  if (path == std::string::npos || url[path] == '#') return "/";
  const std::string rest = url.substr(path, url.find('#', path) - path);
  return rest.starts_with('?') ? "/" + rest : rest;
}

Result<json::object> answer(const json::object& request) {
  const auto body = read_file(request);
  if (!body) return body.error();
  const auto verdict = fetch::judge_robots(*body, text_of(request, "agent"), path_of(text_of(request, "url")));
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
