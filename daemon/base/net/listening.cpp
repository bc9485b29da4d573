// SPDX-License-Identifier: Apache-2.0
#include "base/net/listening.h"

#include <cerrno>
#include <charconv>
#include <cstring>

#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>

namespace bylined::net {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

Error cannot_listen(const std::string& address, int code) {
  const bool used = code == EADDRINUSE;
  return Error(used ? ErrorKind::kRefused : ErrorKind::kInvalid,
               "cannot listen on " + quoted(address) + ": " + (used ? "the address is in use" : std::strerror(code)));
}

Result<int> open_bound(const std::string& address, const StreamProtocol::endpoint& endpoint) {
  const int descriptor = ::socket(endpoint.protocol().family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) return cannot_listen(address, errno);
  const int on = 1;
  ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(descriptor, endpoint.data(), static_cast<socklen_t>(endpoint.size())) != 0) {
    const Error error = cannot_listen(address, errno);
    ::close(descriptor);
    return error;
  }
  return descriptor;
}

Result<asio::ip::tcp::endpoint> parse_endpoint(const std::string& address) {
  const Error wrong(ErrorKind::kInvalid, quoted(address) + " is no address to listen on, such as 127.0.0.1:7277, [::1]:7277 or unix:/run/bylined/bylined.sock");
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos) return wrong;
  std::string host = address.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  unsigned short port = 0;
  const auto [end, failure] = std::from_chars(address.data() + colon + 1, address.data() + address.size(), port);
  if (failure != std::errc() || end != address.data() + address.size()) return wrong;
  error_code code;
  const auto literal = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, code);
  if (code) return wrong;
  return asio::ip::tcp::endpoint(literal, port);
}

Result<int> open_tcp(const std::string& address) {
  const auto endpoint = parse_endpoint(address);
  if (!endpoint) return endpoint.error();
  return open_bound(address, *endpoint);
}

// A file there is a socket of a daemon that runs, one that a dead daemon left, or none of our business.
Status clear_path(const std::string& address, const std::string& path, const StreamProtocol::endpoint& endpoint) {
  struct stat there {};
  if (::lstat(path.c_str(), &there) != 0) return Status();
  if (!S_ISSOCK(there.st_mode)) return Error(ErrorKind::kRefused, "cannot listen on " + quoted(address) + ": a file that is no socket lies there");
  const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (probe < 0) return cannot_listen(address, errno);
  const bool dead = ::connect(probe, endpoint.data(), static_cast<socklen_t>(endpoint.size())) != 0 && errno == ECONNREFUSED;
  ::close(probe);
  if (!dead) return cannot_listen(address, EADDRINUSE);
  ::unlink(path.c_str());
  return Status();
}

Result<int> open_unix(const std::string& address, const std::string& path) {
  constexpr std::size_t kLongest = 107;  // sun_path and its final zero
  if (path.empty() || path.front() != '/' || path.size() > kLongest) {
    return Error(ErrorKind::kInvalid, quoted(address) + " needs an absolute path of at most 107 bytes");
  }
  const StreamProtocol::endpoint endpoint = asio::local::stream_protocol::endpoint(path);
  if (auto cleared = clear_path(address, path, endpoint); !cleared) return cleared.error();
  const auto descriptor = open_bound(address, endpoint);
  // Nobody can connect before listen(), so there is no moment with other rights.
  if (descriptor && ::chmod(path.c_str(), 0660) != 0) return cannot_listen(address, errno);
  return descriptor;
}

}  // namespace

std::string address_text(const StreamProtocol::endpoint& endpoint) {
  if (endpoint.protocol().family() == AF_UNIX) {
    asio::local::stream_protocol::endpoint local;
    std::memcpy(local.data(), endpoint.data(), endpoint.size());
    local.resize(endpoint.size());
    return "unix:" + local.path();
  }
  asio::ip::tcp::endpoint tcp;
  std::memcpy(tcp.data(), endpoint.data(), endpoint.size());
  const std::string host = tcp.address().to_string();
  return (tcp.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(tcp.port());
}

// Takes the descriptor, in all cases.
Result<ListeningSocket> adopt_listening(asio::io_context& context, int descriptor, const std::string& address) {
  int domain = 0;
  socklen_t length = sizeof domain;
  asio::basic_socket_acceptor<StreamProtocol> acceptor(context);
  error_code code;
  if (::getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &length) != 0) return cannot_listen(address, errno);
  acceptor.assign(StreamProtocol(domain, domain == AF_UNIX ? 0 : IPPROTO_TCP), descriptor, code);
  if (code) return cannot_listen(address, code.value());
  acceptor.non_blocking(true, code);
  acceptor.listen(asio::socket_base::max_listen_connections, code);
  if (code) return cannot_listen(address, code.value());
  const auto local = acceptor.local_endpoint(code);
  return ListeningSocket{std::move(acceptor), code ? address : address_text(local), {}, {}};
}

Result<ListeningSocket> open_listening(asio::io_context& context, const std::string& address) {
  constexpr std::string_view kUnix = "unix:";
  const std::string path = address.starts_with(kUnix) ? address.substr(kUnix.size()) : std::string();
  const auto descriptor = address.starts_with(kUnix) ? open_unix(address, path) : open_tcp(address);
  if (!descriptor) return descriptor.error();
  auto listener = adopt_listening(context, *descriptor, address);
  if (listener && !path.empty()) {
    listener->path = path;
    ::lstat(path.c_str(), &listener->made);
  }
  return listener;
}

void ListeningSocket::close() {
  struct stat now {};
  if (!path.empty() && ::lstat(path.c_str(), &now) == 0 && now.st_ino == made.st_ino && now.st_dev == made.st_dev) ::unlink(path.c_str());
  path.clear();
  error_code ignored;
  acceptor.close(ignored);
}

}  // namespace bylined::net
