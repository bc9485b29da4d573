// SPDX-License-Identifier: Apache-2.0
// The press on loopback, for ./run and the end-to-end tests: TLS and plain HTTP, virtual hosts by the Host
// header. Prints one JSON line with its ports when it listens, and serves until it is stopped by a signal. With
// --hold the script stands at its start until SIGUSR1, so that whoever watches can take a baseline first. With
// --slow MS each answer takes so long once it is in the ledger.
#include <iostream>
#include <map>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/version.hpp>

#include "base/clock.h"
#include "tests/press/ledger.h"
#include "tests/press/press.h"

namespace bylined::press {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using PlainStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;

struct World {
  asio::io_context context{1};
  std::unique_ptr<Clock> clock = make_system_clock(context.get_executor());
  Press press;
  Ledger ledger;
  bool holding = false;
  Millis slow{0};
  Millis held{0};

  World(Script script, const std::string& ledger_path, bool hold)
      : press(std::move(script), clock->now()), ledger(press, ledger_path), holding(hold) {
    if (!hold) ledger.begun(held, press.start());
  }

  // The script's moment: real time less how long it was held.
  Instant moment() const { return holding ? press.start() : clock->now() - held; }

  void begin() {
    if (!holding) return;
    holding = false;
    held = clock->now() - press.start();
    ledger.begun(held, press.start());
  }
};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

http::response<http::string_body> respond(World& world, const http::request<http::empty_body>& request) {
  net::Headers asked;
  for (const auto& field : request) asked.emplace_back(lower(field.name_string()), std::string(field.value()));
  const std::string host = lower(std::string_view(request[http::field::host]));
  const std::string_view name = std::string_view(host).substr(0, host.find(':'));
  const std::string_view target(request.target().data(), request.target().size());
  const Instant now = world.moment();
  Answer answer = world.press.answer(name, target, asked, now);
  world.ledger.served(name, target, asked, answer, now);

  http::response<http::string_body> response(static_cast<http::status>(answer.status), request.version());
  for (const auto& [key, value] : answer.headers) response.insert(key, value);
  response.keep_alive(request.keep_alive());
  if (request.method() != http::verb::head) response.body() = std::move(answer.body);
  response.prepare_payload();
  return response;
}

// One connection: request after request, each within 60 s.
template <class Stream>
asio::awaitable<void> converse(Stream& stream, World& world) {
  beast::flat_buffer buffer;
  boost::system::error_code failed;
  auto token = asio::redirect_error(asio::use_awaitable, failed);
  for (;;) {
    http::request<http::empty_body> request;
    beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(60));
    co_await http::async_read(stream, buffer, request, token);
    if (failed) co_return;
    const http::response<http::string_body> response = respond(world, request);
    co_await world.clock->sleep(world.slow);
    co_await http::async_write(stream, response, token);
    if (failed || !response.keep_alive()) co_return;
  }
}

asio::awaitable<void> serve_plain(PlainStream stream, World& world) { co_await converse(stream, world); }

asio::awaitable<void> serve_tls(TlsStream stream, World& world) {
  boost::system::error_code failed;
  auto token = asio::redirect_error(asio::use_awaitable, failed);
  stream.next_layer().expires_after(std::chrono::seconds(10));
  co_await stream.async_handshake(asio::ssl::stream_base::server, token);
  if (failed) co_return;
  co_await converse(stream, world);
  stream.next_layer().expires_after(std::chrono::seconds(2));
  co_await stream.async_shutdown(token);
}

// `tls` is null for plain HTTP.
asio::awaitable<void> accept(tcp::acceptor& acceptor, World& world, asio::ssl::context* tls) {
  boost::system::error_code failed;
  auto token = asio::redirect_error(asio::use_awaitable, failed);
  for (;;) {
    tcp::socket socket = co_await acceptor.async_accept(token);
    if (failed) co_return;
    socket.set_option(tcp::no_delay(true), failed);
    PlainStream stream(std::move(socket));
    if (tls) {
      TlsStream guarded(std::move(stream), *tls);
      asio::co_spawn(world.context, serve_tls(std::move(guarded), world), asio::detached);
    } else {
      asio::co_spawn(world.context, serve_plain(std::move(stream), world), asio::detached);
    }
  }
}

// The ledger says what was published also while nobody asks.
asio::awaitable<void> publish(World& world) {
  for (;;) {
    world.ledger.publish_until(world.moment());
    co_await world.clock->sleep(Millis(100));
  }
}

int serve(World& world, const std::string& certificate, const std::string& key) {
  asio::ssl::context tls(asio::ssl::context::tls_server);
  tls.use_certificate_chain_file(certificate);
  tls.use_private_key_file(key, asio::ssl::context::pem);
  const tcp::endpoint any_port(asio::ip::address_v4::loopback(), 0);
  tcp::acceptor guarded(world.context, any_port);
  tcp::acceptor plain(world.context, any_port);
  asio::co_spawn(world.context, accept(guarded, world, &tls), asio::detached);
  asio::co_spawn(world.context, accept(plain, world, nullptr), asio::detached);
  asio::co_spawn(world.context, publish(world), asio::detached);
  asio::signal_set begin(world.context, SIGUSR1);
  begin.async_wait([&](boost::system::error_code, int) { world.begin(); });
  asio::signal_set stop(world.context, SIGINT, SIGTERM);
  stop.async_wait([&](boost::system::error_code, int) { world.context.stop(); });
  std::cout << "{\"tls\":" << guarded.local_endpoint().port()
            << ",\"plain\":" << plain.local_endpoint().port() << "}" << std::endl;
  world.context.run();
  return 0;
}

constexpr const char* kUsage = "usage: press [--hold] [--slow MS] --script FILE --ledger FILE --certificate FILE --key FILE\n";

int run(int argc, char** argv) {
  std::map<std::string, std::string> options;
  const bool hold = argc > 1 && std::string_view(argv[1]) == "--hold";
  for (int i = hold ? 2 : 1; i + 1 < argc; i += 2) options[argv[i]] = argv[i + 1];
  for (const char* needed : {"--script", "--ledger", "--certificate", "--key"}) {
    if (options[needed].empty()) {
      std::cerr << kUsage;
      return 64;
    }
  }
  auto script = read_script(options["--script"]);
  if (!script) {
    std::cerr << script.error().text() << "\n";
    return 65;
  }
  World world(std::move(*script), options["--ledger"], hold);
  world.slow = Millis(std::atoi(options["--slow"].c_str()));
  if (!world.ledger.good()) {
    std::cerr << "cannot write " << options["--ledger"] << "\n";
    return 73;
  }
  return serve(world, options["--certificate"], options["--key"]);
}

}  // namespace
}  // namespace bylined::press

int main(int argc, char** argv) {
  try {
    return bylined::press::run(argc, argv);
  } catch (const std::exception& bad) {
    std::cerr << bad.what() << "\n";
    return 70;
  }
}
