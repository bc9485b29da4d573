// SPDX-License-Identifier: Apache-2.0
// Listening sockets for the server, TCP and Unix alike: opened from an address as configured, or passed
// by systemd. Private to base/net; knows no HTTP.
#pragma once

#include <string>

#include <sys/stat.h>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>

#include "base/result.h"

namespace bylined::net {

using StreamProtocol = boost::asio::generic::stream_protocol;

struct ListeningSocket {
  boost::asio::basic_socket_acceptor<StreamProtocol> acceptor;
  std::string address;  // with the port that was given
  std::string path;     // of a Unix socket that we made
  struct stat made {};

  // Also removes the path where it is still ours: a successor may listen there already.
  void close();
};

// kRefused: the address is in use. kInvalid: it is none.
Result<ListeningSocket> open_listening(boost::asio::io_context& context, const std::string& address);
// Takes a listening or bound descriptor, in all cases.
Result<ListeningSocket> adopt_listening(boost::asio::io_context& context, int descriptor, const std::string& address);

std::string address_text(const StreamProtocol::endpoint& endpoint);

}  // namespace bylined::net
