// SPDX-License-Identifier: Apache-2.0
// The certificate authorities that we trust, read once and not for every connection: Debian's libcurl
// spends 20 times the cost of a handshake on parsing them. Read again when a file has changed.
#pragma once

#include <memory>
#include <string>

#include "base/time.h"

struct x509_store_st;

namespace bylined::net {

using AuthorityStore = std::shared_ptr<x509_store_st>;

class Authorities {
 public:
  // The system's set, and what stands in `ca_file` (PEM) where one is named. kInvalid: it cannot be read.
  static Result<std::shared_ptr<Authorities>> read(const std::string& ca_file);

  // Looks once an hour whether a file has changed; one that cannot be read any more changes nothing.
  AuthorityStore store(Steady now);

 private:
  explicit Authorities(const std::string& ca_file);
  std::string state() const;  // of the files: times and sizes

  const std::string system_file_;
  const std::string ca_file_;
  AuthorityStore store_;
  std::string read_state_;
  Steady looked_{-1};
};

}  // namespace bylined::net
