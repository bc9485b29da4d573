// SPDX-License-Identifier: Apache-2.0
#include "base/net/server.h"

#include <algorithm>
#include <list>

#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "base/log.h"
#include "base/net/listening.h"
#include "base/text/ascii.h"

namespace bylined::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

// ---- requests and answers ------------------------------------------------------------------------

Peer peer_of(StreamProtocol::socket& socket) {
  Peer peer;
  error_code code;
  const auto remote = socket.remote_endpoint(code);
  const int family = code ? AF_UNSPEC : remote.protocol().family();
  if (family == AF_UNIX) {
    ucred credentials{};
    socklen_t length = sizeof credentials;
    if (::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) return peer;
    peer.unix_socket = true;
    peer.uid = credentials.uid;
  } else if (family == AF_INET || family == AF_INET6) {
    const std::string whole = address_text(remote);
    const std::string host = whole.substr(0, whole.rfind(':'));
    peer.address = host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
  }
  return peer;
}

using Request = http::request<http::string_body>;

ServerRequest take_request(Request request, const Peer& peer) {
  ServerRequest taken;
  taken.method = request.method_string();
  taken.target = request.target();
  for (const auto& field : request) taken.headers.emplace_back(text::lower(field.name_string()), field.value());
  taken.body = std::move(request.body());
  taken.peer = peer;
  return taken;
}

// One Host where HTTP/1.1 asks for it, and no transfer coding that two parsers may read differently.
bool well_formed(const Request& request) {
  const auto hosts = request.count(http::field::host);
  if (hosts > 1 || (hosts == 0 && request.version() >= 11)) return false;
  const auto codings = request.count(http::field::transfer_encoding);
  return codings == 0 || (codings == 1 && text::lower(request[http::field::transfer_encoding]) == "chunked");
}

ServerResponse problem(int status, std::string_view title) {
  ServerResponse response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.body = R"({"title":")" + std::string(title) + R"(","status":)" + std::to_string(status) + "}";
  return response;
}

// What to say about a request that could not be read; nothing where nobody listens any more.
std::optional<ServerResponse> complaint(const error_code& code) {
  if (code == http::error::header_limit || code == http::error::buffer_overflow) return problem(431, "the request's headers are too long");
  if (code == http::error::body_limit) return problem(413, "the request's body is too long");
  const bool gone = code == http::error::end_of_stream || code == http::error::partial_message || code.category() != make_error_code(http::error::bad_value).category();
  if (gone) return std::nullopt;
  return problem(400, "this is no HTTP/1.1 request that we take");
}

using Response = http::response<http::string_body>;

Response make_response(ServerResponse answer, unsigned version, bool keep_alive, bool head_only) {
  Response response;
  response.version(version);
  response.result(static_cast<unsigned>(answer.status));
  response.set(http::field::content_type, answer.content_type);
  for (const auto& [name, value] : answer.headers) {
    if (!text::has_control(name) && !text::has_control(value)) response.insert(name, value);
  }
  response.keep_alive(keep_alive);
  const bool bodiless = answer.status == 204 || answer.status == 304;
  if (!bodiless) response.content_length(answer.body.size());
  if (!head_only && !bodiless) response.body() = std::move(answer.body);
  return response;
}

// ---- connections -----------------------------------------------------------------------------------

struct Connection {
  Connection(StreamProtocol::socket socket, const ServerOptions& options)
      : stream(std::move(socket)), buffer(options.max_headers + (8u << 10)), peer(peer_of(stream.socket())) {}

  beast::basic_stream<StreamProtocol> stream;
  beast::flat_buffer buffer;
  Peer peer;
  bool idle = false;  // between requests, nothing of the next has come

  void close() {
    error_code ignored;
    stream.socket().close(ignored);
  }
};
using ConnectionPtr = std::shared_ptr<Connection>;

// What the coroutines share. Lives until the last of them ends.
struct Desk {
  Handler handler;
  ServerOptions options;
  std::list<ListeningSocket> listeners;
  std::list<ConnectionPtr> connections;  // who came to rest last stands last
  bool stopping = false;
  Refused refused;

  // Called with what ended a request or an answer.
  void note(const error_code& code) {
    if (code == http::error::header_limit || code == http::error::buffer_overflow) ++refused.headers;
    if (code == http::error::body_limit) ++refused.body;
    if (code == beast::error::timeout) ++refused.time;
  }
  // True where there is a place for one more.
  bool make_room() {
    if (connections.size() < static_cast<std::size_t>(options.max_connections)) return true;
    const auto idle = std::find_if(connections.begin(), connections.end(), [](const ConnectionPtr& one) { return one->idle; });
    if (idle == connections.end()) return false;
    (*idle)->close();
    connections.erase(idle);
    return true;
  }
  void move_last(const ConnectionPtr& connection) {
    const auto place = std::find(connections.begin(), connections.end(), connection);
    if (place != connections.end()) connections.splice(connections.end(), connections, place);
  }
};
using DeskPtr = std::shared_ptr<Desk>;

Task<error_code> write_answer(ConnectionPtr connection, Response response, Millis timeout) {
  connection->stream.expires_after(timeout);
  auto [code, bytes] = co_await http::async_write(connection->stream, response, kAwait);
  static_cast<void>(bytes);
  co_return code;
}

// Ends a connection whose client may still be sending: closing with unread bytes would throw away our
// last answer before it is read.
Task<void> close_politely(ConnectionPtr connection) {
  constexpr int kMostReads = 512;
  error_code ignored;
  connection->stream.socket().shutdown(asio::socket_base::shutdown_send, ignored);
  connection->stream.expires_after(std::chrono::seconds(1));
  connection->buffer.clear();
  for (int i = 0; i < kMostReads; ++i) {
    const auto room = connection->buffer.prepare(4096);
    auto [code, bytes] = co_await connection->stream.async_read_some(room, kAwait);
    if (code || bytes == 0) break;
  }
  connection->close();
}

// False where the client went away, or did not ask in time.
Task<bool> wait_for_bytes(DeskPtr desk, ConnectionPtr connection, Millis patience) {
  if (connection->buffer.size() > 0) co_return true;  // the next request came with the last one
  desk->move_last(connection);
  connection->idle = true;
  connection->stream.expires_after(patience);
  const auto room = connection->buffer.prepare(4096);
  auto [code, bytes] = co_await connection->stream.async_read_some(room, kAwait);
  connection->idle = false;
  connection->buffer.commit(bytes);
  co_return !code;
}

struct Incoming {
  std::optional<Request> request;
  std::optional<ServerResponse> complaint;
};

// Curl asks before it sends a larger body, and waits a second for this.
Task<void> invite_body(ConnectionPtr connection) {
  http::response<http::empty_body> proceed(http::status::continue_, 11);
  co_await http::async_write(connection->stream, proceed, kAwait);
}

Task<Incoming> read_request(DeskPtr desk, ConnectionPtr connection) {
  const ServerOptions& options = desk->options;
  http::request_parser<http::string_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(options.max_headers));
  parser.body_limit(options.max_body);
  connection->stream.expires_after(options.request_timeout);  // for all of it, however slowly it comes
  auto [code, bytes] = co_await http::async_read_header(connection->stream, connection->buffer, parser, kAwait);
  // Beast measures the request line and the fields each by themselves.
  if (!code && bytes > options.max_headers) code = http::error::header_limit;
  Incoming incoming;
  if (!code && !parser.is_done() && text::lower(parser.get()[http::field::expect]) == "100-continue") co_await invite_body(connection);
  if (!code) {
    auto [failure, more] = co_await http::async_read(connection->stream, connection->buffer, parser, kAwait);
    static_cast<void>(more);
    code = failure;
  }
  desk->note(code);
  if (code) {
    incoming.complaint = complaint(code);
  } else if (!well_formed(parser.get())) {
    incoming.complaint = problem(400, "the request's Host or Transfer-Encoding is missing or ambiguous");
  } else {
    incoming.request = parser.release();
  }
  co_return incoming;
}

Task<ServerResponse> answer(DeskPtr desk, ServerRequest request) {
  std::string thrown;
  try {
    co_return co_await desk->handler(std::move(request));
  } catch (const std::exception& error) {
    thrown = error.what();
  }
  log::error("server.bug", {{"what", thrown}});
  co_return problem(500, "a mistake of ours; the log says more");
}

Millis time_to_write(const Response& response, const ServerOptions& options) {
  return options.write_timeout + std::chrono::seconds(response.body().size() / options.slowest_client);
}

// One request and its answer. False where the connection is over.
Task<bool> serve_one(DeskPtr desk, ConnectionPtr connection) {
  auto incoming = co_await read_request(desk, connection);
  if (incoming.complaint) {
    auto response = make_response(std::move(*incoming.complaint), 11, false, false);
    const error_code unwritten = co_await write_answer(connection, std::move(response), std::chrono::seconds(1));
    if (!unwritten) co_await close_politely(connection);
  }
  if (!incoming.request) co_return false;

  const unsigned version = incoming.request->version();
  const bool head_only = incoming.request->method() == http::verb::head;
  const bool wants_more = incoming.request->keep_alive();
  auto request = take_request(std::move(*incoming.request), connection->peer);
  connection->stream.expires_never();
  auto answered = co_await answer(desk, std::move(request));
  const bool keep = wants_more && !desk->stopping;
  auto response = make_response(std::move(answered), version, keep, head_only);
  const Millis patience = time_to_write(response, desk->options);
  const error_code unwritten = co_await write_answer(connection, std::move(response), patience);
  desk->note(unwritten);
  co_return !unwritten && keep;
}

Task<void> serve(DeskPtr desk, ConnectionPtr connection) {
  Millis patience = desk->options.request_timeout;  // who connects means to ask
  while (!desk->stopping) {
    const bool asked = co_await wait_for_bytes(desk, connection, patience);
    if (!asked) break;
    const bool more = co_await serve_one(desk, connection);
    if (!more) break;
    patience = desk->options.idle_timeout;
  }
  connection->close();
}

// Without a coroutine, so that a flood costs nothing but this.
void turn_away(StreamProtocol::socket socket) {
  constexpr std::string_view kFull = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
  error_code ignored;
  socket.non_blocking(true, ignored);
  char unread[4096];
  socket.read_some(asio::buffer(unread), ignored);  // else closing might cut the answer off
  socket.write_some(asio::buffer(kFull), ignored);
  socket.shutdown(asio::socket_base::shutdown_send, ignored);
}

void welcome(const DeskPtr& desk, StreamProtocol::socket socket) {
  if (!desk->make_room()) {
    if (desk->refused.connections++ == 0) log::warn("server.full", {{"connections", desk->options.max_connections}});
    return turn_away(std::move(socket));
  }
  const auto executor = socket.get_executor();
  const auto connection = std::make_shared<Connection>(std::move(socket), desk->options);
  desk->connections.push_back(connection);
  asio::co_spawn(executor, serve(desk, connection), [desk, connection](const std::exception_ptr& thrown) {
    if (thrown) log::error("server.bug", {{"what", "a connection's coroutine threw"}});
    connection->close();
    desk->connections.remove(connection);
  });
}

// Out of descriptors or memory: others may end in a moment, so wait and go on.
Task<void> pause_accepting(StreamProtocol::socket::executor_type executor) {
  asio::steady_timer timer(executor, Millis(200));
  co_await timer.async_wait(kAwait);
}

Task<void> accept_all(DeskPtr desk, std::list<ListeningSocket>::iterator listener) {
  bool failing = false;
  while (!desk->stopping) {
    auto [code, socket] = co_await listener->acceptor.async_accept(kAwait);
    if (desk->stopping) break;
    if (static_cast<bool>(code) != failing) {
      failing = static_cast<bool>(code);
      log::warn(failing ? "server.accept_failing" : "server.accept_recovered", {{"address", listener->address}, {"reason", code.message()}});
    }
    if (!code) welcome(desk, std::move(socket));
    if (code) co_await pause_accepting(listener->acceptor.get_executor());
  }
}

class BeastServer final : public Server {
 public:
  explicit BeastServer(DeskPtr desk) : desk_(std::move(desk)) {}
  ~BeastServer() override {
    stop();
    for (const ConnectionPtr& one : desk_->connections) one->close();
  }

  std::vector<std::string> addresses() const override {
    std::vector<std::string> all;
    for (const ListeningSocket& one : desk_->listeners) all.push_back(one.address);
    return all;
  }

  void stop() override {
    desk_->stopping = true;
    for (ListeningSocket& one : desk_->listeners) one.close();
    for (const ConnectionPtr& one : desk_->connections) {
      if (one->idle) one->close();
    }
  }

  int connections() const override { return static_cast<int>(desk_->connections.size()); }
  Refused refused() const override { return desk_->refused; }

 private:
  DeskPtr desk_;
};

}  // namespace

Result<std::unique_ptr<Server>> listen(asio::io_context& context, const std::vector<std::string>& addresses,
                                       const std::vector<int>& inherited, Handler handler, ServerOptions options) {
  const auto desk = std::make_shared<Desk>();
  desk->handler = std::move(handler);
  desk->options = options;
  auto server = std::make_unique<BeastServer>(desk);  // closes what is open already where one fails
  std::optional<Error> failed;
  const auto take = [&desk, &failed](Result<ListeningSocket> listener) {
    if (listener) desk->listeners.push_back(std::move(*listener));
    if (!listener && !failed) failed = listener.error();
  };
  for (const int descriptor : inherited) take(adopt_listening(context, descriptor, "descriptor " + std::to_string(descriptor)));
  for (std::size_t i = 0; inherited.empty() && i < addresses.size(); ++i) take(open_listening(context, addresses[i]));
  if (failed) return *failed;
  for (auto one = desk->listeners.begin(); one != desk->listeners.end(); ++one) {
    asio::co_spawn(context, accept_all(desk, one), [](const std::exception_ptr& thrown) {
      if (thrown) log::error("server.bug", {{"what", "a listener's coroutine threw"}});
    });
  }
  return std::unique_ptr<Server>(std::move(server));
}

}  // namespace bylined::net
