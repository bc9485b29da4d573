// SPDX-License-Identifier: Apache-2.0
#include "query/api/api.h"

#include <algorithm>
#include <memory>

#include "base/digest.h"
#include "base/text/ascii.h"
#include "query/api/target.h"

namespace bylined::api {
namespace {

namespace json = markup::json;

constexpr std::string_view kRoot = "/api/v1/";

net::ServerResponse answer(int status, const json::value& body) {
  net::ServerResponse response;
  response.status = status;
  response.body = markup::to_text(body) + "\n";
  response.headers.emplace_back("cache-control", "no-store");
  response.headers.emplace_back("x-content-type-options", "nosniff");
  return response;
}

// RFC 9457.
net::ServerResponse problem(int status, std::string_view title, std::string_view detail) {
  json::object body;
  body["type"] = "about:blank";
  body["title"] = title;
  body["status"] = status;
  body["detail"] = detail;
  net::ServerResponse response = answer(status, body);
  response.content_type = "application/problem+json";
  return response;
}

net::ServerResponse problem_of(const Error& error) {
  switch (error.kind()) {
    case ErrorKind::kInvalid: return problem(400, "Bad request", error.text());
    case ErrorKind::kNotFound: return problem(404, "Not found", error.text());
    case ErrorKind::kRefused: return problem(409, "Refused", error.text());
    case ErrorKind::kTransient:
    case ErrorKind::kExhausted:
    case ErrorKind::kBusy:
    case ErrorKind::kCancelled: return problem(503, "Try again later", error.text());
    case ErrorKind::kCorrupt: return problem(500, "The database cannot be trusted", error.text());
  }
  return problem(500, "Internal error", error.text());
}

std::string_view header_of(const net::ServerRequest& request, std::string_view name) {
  for (const auto& [given, value] : request.headers) {
    if (given == name) return value;
  }
  return {};
}

// A page in somebody's browser can make it ask us under any name; only our own names are answered.
bool known_host(const net::ServerRequest& request, const settings::Settings& settings) {
  if (request.peer.unix_socket) return true;
  std::string host(header_of(request, "host"));
  const std::size_t colon = host.starts_with('[') ? host.find("]:") : host.find(':');
  if (colon != std::string::npos) host.resize(host.starts_with('[') ? colon + 1 : colon);
  host = text::lower(host);
  if (host == "127.0.0.1" || host == "localhost" || host == "[::1]") return true;
  return std::any_of(settings.hosts.begin(), settings.hosts.end(), [&](const std::string& one) { return text::lower(one) == host; });
}

bool admitted(const net::ServerRequest& request, const settings::Settings& settings) {
  if (request.peer.unix_socket || settings.tokens.empty()) return true;
  constexpr std::string_view kBearer = "Bearer ";
  const std::string_view given = header_of(request, "authorization");
  if (!given.starts_with(kBearer)) return false;
  bool known = false;
  for (const settings::Token& token : settings.tokens) known = equal_in_constant_time(given.substr(kBearer.size()), token.secret.reveal()) || known;
  return known;
}

net::ServerResponse probe(const query::Live& live, const std::string& path) {
  if (path == "/livez") return answer(200, json::object{{"live", true}});
  if (path == "/metrics") {
    net::ServerResponse response;
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    response.body = live.metrics_text();
    return response;
  }
  const query::Readiness readiness = live.readiness();
  json::object body;
  body["ready"] = readiness.ready;
  body["reasons"] = json::value_from(readiness.reasons);
  return answer(readiness.ready ? 200 : 503, body);
}

// Who gave an order, as the kernel knows it.
std::string orderer(const net::ServerRequest& request) { return "uid " + std::to_string(request.peer.uid); }

class Api {
 public:
  Api(query::Live& live, query::ReadingRoom& room) : live_(live), room_(room) {}

  Task<net::ServerResponse> serve(net::ServerRequest request) {
    const settings::SettingsPtr settings = live_.settings();
    if (!known_host(request, *settings)) co_return problem(421, "Misdirected request", "this host name is not served here; see http.hosts");
    const auto target = read_target(request.target);
    if (!target) co_return problem_of(target.error());
    const std::string& path = target->path;
    if (path == "/livez" || path == "/readyz" || path == "/metrics") {
      if (request.method != "GET") co_return problem(405, "Method not allowed", "only GET");
      co_return probe(live_, path);
    }
    if (!path.starts_with(kRoot)) co_return problem(404, "Not found", "see /api/v1/status");
    if (!admitted(request, *settings)) co_return unauthorized();
    query::Question question;
    question.path = path.substr(kRoot.size());
    question.params = target->params;
    if (request.method == "POST") co_return co_await order(std::move(request), std::move(question));
    if (request.method != "GET") co_return problem(405, "Method not allowed", "only GET and POST");
    if (question.path == "sources" || question.path.starts_with("sources/")) co_await live_.settle();
    const auto answered = co_await room_.ask(std::move(question), settings, live_.facts(), live_.now());
    if (!answered) co_return problem_of(answered.error());
    co_return answer(200, *answered);
  }

 private:
  static net::ServerResponse unauthorized() {
    net::ServerResponse response = problem(401, "Unauthorized", "give a token as \"Authorization: Bearer …\"");
    response.headers.emplace_back("www-authenticate", "Bearer");
    return response;
  }

  Task<net::ServerResponse> order(net::ServerRequest request, query::Question question) {
    if (!request.peer.unix_socket) co_return problem(403, "Forbidden", "orders are taken on the Unix socket only");
    constexpr std::string_view kDeliveries = "deliveries/", kReplay = "/replay";
    const std::string& path = question.path;
    if (path.starts_with(kDeliveries) && path.ends_with(kReplay) && path.size() > kDeliveries.size() + kReplay.size()) {
      model::DeliveryId id;
      id.value = path.substr(kDeliveries.size(), path.size() - kDeliveries.size() - kReplay.size());
      const Status done = co_await live_.replay(id, orderer(request));
      if (!done) co_return problem_of(done.error());
      co_return answer(200, json::object{{"delivery", id.value}, {"state", "pending"}});
    }
    if (path != "backup") co_return problem(404, "Not found", "no such order");
    const auto body = markup::parse_json(request.body);
    if (!body) co_return problem_of(body.error());
    const std::string file(markup::text_at(*body, "path"));
    if (!file.starts_with('/')) co_return problem(400, "Bad request", "path must be an absolute path");
    const auto copying = co_await live_.backup(file, orderer(request));
    if (!copying) co_return problem_of(copying.error());
    const bool complete = *copying == query::Copying::kComplete;
    co_return answer(complete ? 200 : 202, json::object{{"path", file}, {"state", complete ? "complete" : "copying"}});
  }

  query::Live& live_;
  query::ReadingRoom& room_;
};

}  // namespace

net::Handler make_handler(query::Live& live, query::ReadingRoom& room) {
  const auto api = std::make_shared<Api>(live, room);
  return [api](net::ServerRequest request) -> Task<net::ServerResponse> { return api->serve(std::move(request)); };
}

}  // namespace bylined::api
