// SPDX-License-Identifier: Apache-2.0
// The certificate authorities that we trust, read once: Debian's libcurl would otherwise parse all of
// them again for every connection, at 20 times the cost of the handshake.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"

struct x509_store_st;

namespace bylined::net {

using Authorities = std::shared_ptr<x509_store_st>;

// The system's set, and what stands in `ca_file` (PEM) where one is named. kInvalid: it cannot be read.
Result<Authorities> read_authorities(const std::string& ca_file);

}  // namespace bylined::net
