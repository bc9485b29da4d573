// SPDX-License-Identifier: Apache-2.0
#include "base/net/client.h"

#include <curl/curl.h>

#include "base/net/http_client.h"
#include "base/net/mail_client.h"

namespace bylined::net {

Result<std::shared_ptr<Authorities>> read_authorities(std::string ca_file) { return Authorities::read(ca_file); }

Result<Client> make_client(boost::asio::io_context& context, Clock& clock, Metrics& metrics, Lane& large, ClientOptions options) {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return Error(ErrorKind::kExhausted, "libcurl cannot start");
  auto authorities = options.authorities ? options.authorities : Authorities::read(options.ca_file);
  if (!authorities) return authorities.error();
  auto allowed = parse_ranges(options.allow_private);
  if (!allowed) return allowed.error().within("allow_private");
  RouterOptions routes{options.ports, std::move(*allowed), options.connect_to, options.proxy, options.connect_timeout};
  if (const Status good = Router::check(routes); !good) return good.error();

  ResolverOptions names;
  names.threads = options.resolver_threads;
  names.queue = options.resolver_queue;
  names.lookup = options.lookup ? options.lookup : look_up_in_system;
  auto resolver = std::make_unique<Resolver>(context, clock, metrics, std::move(names));
  auto router = std::make_shared<Router>(clock, metrics, std::move(routes), std::move(resolver));
  const Services services{context, clock, metrics, large, std::move(router), *authorities};
  Client client;
  client.mail = make_mail_client(services);
  client.http = make_http_client(services, {options.user_agent, options.connect_timeout, options.first_byte, options.stall, options.max_header,
                                            options.kept_connections, options.large_answers, options.usual_answer});
  return client;
}

}  // namespace bylined::net
