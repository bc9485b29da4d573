// SPDX-License-Identifier: Apache-2.0
#include "query/api/api.h"

#include "base/markup/json.h"

namespace bylined::api {
namespace {

namespace json = markup::json;

net::ServerResponse answer(int status, const json::value& body) {
  net::ServerResponse response;
  response.status = status;
  response.body = json::serialize(body) + "\n";
  return response;
}

net::ServerResponse problem(int status, std::string_view title) {
  json::object body;
  body["status"] = status;
  body["title"] = title;
  net::ServerResponse response = answer(status, body);
  response.content_type = "application/problem+json";
  return response;
}

json::object readiness_body(const query::Readiness& readiness) {
  json::object body;
  body["ready"] = readiness.ready;
  body["reasons"] = json::value_from(readiness.reasons);
  return body;
}

net::ServerResponse route(query::Live& live, const net::ServerRequest& request) {
  const std::string path = request.target.substr(0, request.target.find('?'));
  if (request.method != "GET") return problem(405, "only GET is served here");
  if (path == "/livez") return answer(200, json::object{{"live", true}});
  if (path == "/readyz") {
    const query::Readiness readiness = live.readiness();
    return answer(readiness.ready ? 200 : 503, readiness_body(readiness));
  }
  if (path == "/metrics") {
    net::ServerResponse response;
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    response.body = live.metrics_text();
    return response;
  }
  return problem(404, "no such page");
}

}  // namespace

net::Handler make_handler(query::Live& live, Options) {
  return [&live](net::ServerRequest request) -> Task<net::ServerResponse> { co_return route(live, request); };
}

}  // namespace bylined::api
