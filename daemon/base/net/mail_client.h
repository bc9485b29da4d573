// SPDX-License-Identifier: Apache-2.0
// Sends one mail over one connection. Libcurl connects, starts TLS and logs in; the transaction itself is
// ours, because it must be known whether the final dot went out, and because libcurl waits for the answer
// to its QUIT without returning to the loop.
#pragma once

#include <memory>

#include "base/net/http_client.h"
#include "base/net/mail.h"

namespace bylined::net {

std::unique_ptr<MailClient> make_mail_client(Services services);

}  // namespace bylined::net
