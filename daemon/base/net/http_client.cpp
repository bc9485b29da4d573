// SPDX-License-Identifier: Apache-2.0
#include "base/net/http_client.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>

#include "base/lane.h"
#include "base/log.h"
#include "base/net/curl_loop.h"
#include "base/net/exchange.h"
#include "base/net/handle.h"
#include "base/net/header_lines.h"

namespace bylined::net {
namespace {


// Everything that libcurl points to while one request is under way.
struct Call {
  Call(Route route, const Services& services, ExchangeLimits limits)
      : outgoing(std::move(route), services.authorities->store(services.clock.steady())), exchange(limits) {}

  Outgoing outgoing;
  Exchange exchange;
  HeaderLines headers;
  std::string_view unsent;  // of the request's body
  Transfer* transfer = nullptr;
  Permit large;
};

std::size_t take_line(char* data, std::size_t, std::size_t size, void* call) {
  return static_cast<Call*>(call)->exchange.line(std::string_view(data, size)) ? size : 0;
}

std::size_t take_body(char* data, std::size_t, std::size_t size, void* call) {
  auto& one = *static_cast<Call*>(call);
  if (one.exchange.body(std::string_view(data, size))) return size;
  if (!one.exchange.wants_room()) return 0;
  one.transfer->pause();
  return CURL_WRITEFUNC_PAUSE;
}

std::size_t give_body(char* out, std::size_t unit, std::size_t count, void* call) {
  std::string_view& unsent = static_cast<Call*>(call)->unsent;
  const std::size_t size = std::min(unit * count, unsent.size());
  std::memcpy(out, unsent.data(), size);
  unsent.remove_prefix(size);
  return size;
}

// Of a header's name (RFC 9110, 5.6.2). Not in the function: it would be laid out on the stack for each letter.
constexpr auto kTokenCharacters = [] {
  std::array<bool, 256> allowed{};
  for (const char one : std::string_view("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")) allowed[static_cast<unsigned char>(one)] = true;
  return allowed;
}();

bool token_character(char c) { return kTokenCharacters[static_cast<unsigned char>(c)]; }

bool control(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; }

Status check_headers(const Headers& headers) {
  for (const auto& [name, value] : headers) {
    if (name.empty() || !std::all_of(name.begin(), name.end(), token_character)) {
      return Error(ErrorKind::kInvalid, "header name " + quoted(name) + " is no token");
    }
    if (std::any_of(value.begin(), value.end(), control)) {
      return Error(ErrorKind::kInvalid, "the value of header " + quoted(name) + " holds a control character");
    }
  }
  return Status();
}

// The user agent among them: libcurl writes its own option's letter by letter twice.
HeaderLines usual_lines(const std::string& user_agent, bool decoded) {
  HeaderLines lines;
  if (decoded) lines.add("Accept-Encoding", "gzip, deflate");
  if (!user_agent.empty()) lines.add("User-Agent", user_agent);
  lines.chain(nullptr);
  return lines;
}

HeaderLines lines_of(const HttpRequest& request, curl_slist* usual) {
  HeaderLines lines;
  for (const auto& [name, value] : request.headers) lines.add(name, value);
  if (request.method == "POST") {
    lines.leave_out("Expect");
    lines.leave_out("Transfer-Encoding");
  }
  lines.chain(usual);
  return lines;
}

Status describe_request(CURL* handle, Call& call, const HttpRequest& request, curl_slist* usual) {
  call.headers = lines_of(request, usual);
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, call.headers.first());
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &take_line);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &call);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &take_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &call);
  if (request.method == "GET") return Status();
  if (request.method != "POST") return Error(ErrorKind::kInvalid, "method " + quoted(request.method) + " is not supported");
  // Read by a callback that cannot go back: so libcurl never sends a POST twice by itself.
  call.unsent = request.body;
  curl_easy_setopt(handle, CURLOPT_POST, 1L);
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  curl_easy_setopt(handle, CURLOPT_READFUNCTION, &give_body);
  curl_easy_setopt(handle, CURLOPT_READDATA, &call);
  return Status();
}

Error failure(CURLcode code, std::string message) {
  if (message.empty()) message = curl_easy_strerror(code);
  if (code == CURLE_OUT_OF_MEMORY) return Error(ErrorKind::kExhausted, "a header line is too long");  // 100 KiB, to libcurl
  const bool untrusted = code == CURLE_PEER_FAILED_VERIFICATION;
  return Error(untrusted ? ErrorKind::kRefused : ErrorKind::kTransient, std::move(message));
}

// Runs on the large lane.
Exchange unpacked(Exchange exchange) {
  exchange.unpack();
  return exchange;
}

class CurlHttpClient final : public HttpClient {
 public:
  CurlHttpClient(Services services, HttpClientOptions options)
      : services_(std::move(services)),
        options_(std::move(options)),
        fetch_lines_(usual_lines(options_.user_agent, true)),
        receiver_lines_(usual_lines(options_.user_agent, false)),
        large_(services_.clock, options_.large_answers),
        fetches_(std::make_shared<CurlLoop>(services_.context, Purpose::kFetch, options_.kept_connections)),
        receivers_(std::make_shared<CurlLoop>(services_.context, Purpose::kReceiver, options_.kept_connections)) {}

  ~CurlHttpClient() override {
    fetches_->close();
    receivers_->close();
  }

  Task<Result<HttpResponse>> send(HttpRequest request) override {
    const std::string shown = request.url.shown();
    const std::string_view purpose = request.receiver ? "purpose=\"receiver\"" : "purpose=\"fetch\"";
    const Steady began = services_.clock.steady();
    auto answer = co_await attempt(std::move(request));
    count(purpose, answer ? "answered" : kind_name(answer.error().kind()));
    services_.metrics.observe("bylined_http_request_seconds", static_cast<double>((services_.clock.steady() - began).count()) / 1000, purpose);
    if (!answer) co_return answer.error().within(shown);
    co_return answer;
  }

  // A request that is not sent as its name is not found ends here, and is counted here.
  Task<Status> look_up(Url url, bool met, Millis limit) override {
    Destination destination;
    destination.host = url.host();
    destination.port = url.port();
    destination.line = met ? Line::kUsual : Line::kNew;
    const auto route = co_await services_.router->find(std::move(destination), limit);
    if (route) co_return Status();
    count("purpose=\"fetch\"", kind_name(route.error().kind()));
    co_return route.error().within(url.shown());
  }

  bool at_hand(const Url& url) const override { return !services_.router->may_wait_for(url.host()); }

 private:
  void count(std::string_view purpose, std::string_view outcome) {
    services_.metrics.count("bylined_http_requests_total", std::string(purpose).append(",outcome=\"").append(outcome).append("\""));
  }

  Task<Result<HttpResponse>> attempt(HttpRequest request) {
    if (const Status good = check_headers(request.headers); !good) co_return good.error();
    const Steady end = services_.clock.steady() + request.timeout;
    Destination destination;
    destination.host = request.url.host();
    destination.port = request.url.port();
    destination.allow_private = request.allow_private;
    destination.any_port = request.receiver;
    if (request.receiver) destination.line = Line::kFirst;
    destination.direct = request.receiver && !request.allow_private.empty();
    std::optional<Result<Route>> way = services_.router->at_hand(destination);
    if (!way) way = co_await services_.router->find(std::move(destination), request.timeout);
    Result<Route>& route = *way;
    if (!route) co_return route.error();

    const std::size_t usual = request.receiver ? kAnySize : options_.usual_answer;
    const ExchangeLimits limits{options_.max_header, request.max_body, !request.receiver, request.receiver, usual};
    Call call(std::move(*route), services_, limits);
    Transfer transfer(request.receiver ? receivers_ : fetches_);
    call.transfer = &transfer;
    const Millis left = end - services_.clock.steady();
    const Patience patience{left, options_.connect, options_.stall};
    const bool alone = doubted(request.url);
    Status ready = aim(transfer.handle(), request.url.text(), call.outgoing, patience);
    if (ready) ready = describe_request(transfer.handle(), call, request, (request.receiver ? receiver_lines_ : fetch_lines_).first());
    if (ready && alone) ready = stay_alone(transfer.handle());
    if (ready) ready = transfer.start();
    if (!ready) co_return ready.error();

    Wake wake = co_await transfer.wait(std::min(options_.first_byte, left + kSlack));
    const bool late = wake == Wake::kTimeout && !call.exchange.headers_done();
    if (wake == Wake::kTimeout && !late) wake = co_await transfer.wait(left + kSlack);
    if (wake == Wake::kHappened && transfer.paused()) {
      const Status room = co_await make_room(call, end, request.url.shown());
      if (!room) co_return room.error();
      transfer.resume();
      wake = co_await transfer.wait(end - services_.clock.steady() + kSlack);
    }
    if (wake == Wake::kCancelled) co_return Error(ErrorKind::kCancelled, "the request was given up");
    // Libcurl counts a handle's repetitions up to five, and forgets them when the handle is reset only.
    const bool plain = request.method == "GET" && !alone && call.outgoing.gate.sent == 1;
    if (plain && wake == Wake::kHappened && transfer.result() == CURLE_OK) transfer.was_plain();
    if (wake == Wake::kTimeout || transfer.result() == CURLE_OPERATION_TIMEDOUT) doubt(request.url);
    const bool much = wake == Wake::kHappened && transfer.result() == CURLE_OK && call.exchange.much_to_unpack();
    if (much && !call.large) {
      const Status room = co_await make_room(call, end, request.url.shown());
      if (!room) co_return room.error();
    }
    if (much) call.exchange = co_await services_.large.run(&unpacked, std::move(call.exchange));
    Result<HttpResponse> answer = Error(ErrorKind::kTransient, late ? "no answer within " + duration_text(options_.first_byte) : "the transfer did not end in time");
    if (wake != Wake::kTimeout) answer = conclude(call, transfer);
    const bool gone_out = !request.body.empty() && call.unsent.empty();
    const bool may_be_taken = request.receiver && (call.exchange.headers_done() || gone_out);
    if (!answer && may_be_taken) co_return call.exchange.as_far_as_read();
    co_return answer;
  }

  // So that the memory of large answers is bounded, however many come at once.
  Task<Status> make_room(Call& call, Steady end, std::string url) {
    if (!large_.any_free()) {
      services_.metrics.count("bylined_http_limits_total", "limit=\"large\"");
      log::info("http.large_waits", {{"url", url}});
    }
    call.large = co_await large_.take(end - services_.clock.steady());
    if (!call.large) co_return Error(ErrorKind::kBusy, "the answer is large, and others like it were before it");
    call.exchange.give_room();
    co_return Status();
  }

  // A connection over which nothing comes back any more looks alive, and where it carries many requests (HTTP/2) libcurl gives
  // it to one after the other. So after a request that timed out none of its host's connections is used again while it could be.
  void doubt(const Url& url) {
    const Steady now = services_.clock.steady();
    std::erase_if(doubted_, [now](const auto& one) { return one.second <= now; });
    doubted_.insert_or_assign(url.origin(), now + kIdleLimit + 2 * kSlack);  // libcurl counts whole seconds
  }

  bool doubted(const Url& url) const {
    if (doubted_.empty()) return false;
    const auto found = doubted_.find(url.origin());
    return found != doubted_.end() && services_.clock.steady() < found->second;
  }

  Result<HttpResponse> conclude(Call& call, const Transfer& transfer) {
    Exchange& exchange = call.exchange;
    const CURLcode code = transfer.result();
    const bool ended_well = !call.outgoing.gate.refusal && !exchange.verdict() && (code == CURLE_OK || exchange.cut());
    Result<HttpResponse> response = Error(ErrorKind::kTransient, "no answer");
    if (ended_well) response = exchange.finish();
    if (!exchange.limit().empty()) services_.metrics.count("bylined_http_limits_total", "limit=\"" + std::string(exchange.limit()) + "\"");
    if (call.outgoing.gate.refusal) return services_.router->refused(*call.outgoing.gate.refusal);
    if (call.outgoing.gate.no_descriptor) return no_descriptor();
    if (exchange.verdict()) return *exchange.verdict();
    if (!ended_well) return failure(code, call.outgoing.message);
    if (!response) return response;
    const char* peer = nullptr;
    curl_easy_getinfo(transfer.handle(), CURLINFO_PRIMARY_IP, &peer);
    response->address = peer == nullptr ? "" : peer;
    response->large = std::move(call.large);
    return response;
  }

  Error no_descriptor() {
    services_.metrics.count("bylined_http_limits_total", "limit=\"descriptors\"");
    log::error("http.no_descriptor", {{"reason", kNoDescriptor}});
    return Error(ErrorKind::kTransient, kNoDescriptor);
  }

  Services services_;
  HttpClientOptions options_;
  const HeaderLines fetch_lines_, receiver_lines_;  // that go out with each request
  Permits large_;  // of answers that are larger than usual
  std::map<std::string, Steady> doubted_;  // origin → until when; those of a minute, so no more than can time out in it
  std::shared_ptr<CurlLoop> fetches_;
  std::shared_ptr<CurlLoop> receivers_;
};

}  // namespace

std::unique_ptr<HttpClient> make_http_client(Services services, HttpClientOptions options) {
  services.metrics.describe("bylined_http_requests_total", "HTTP requests sent, by purpose and outcome.");
  services.metrics.describe("bylined_http_request_seconds", "From a request's start to its answer's end.");
  services.metrics.describe("bylined_http_limits_total", "Requests and answers that met a limit, by limit.");
  services.metrics.describe("bylined_net_refused_total", "Addresses, ports and names that were not dialled, by reason.");
  return std::make_unique<CurlHttpClient>(std::move(services), std::move(options));
}

}  // namespace bylined::net
