// SPDX-License-Identifier: Apache-2.0
#include "base/net/trust.h"

#include <curl/curl.h>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include "base/log.h"

namespace bylined::net {

Result<Authorities> read_authorities(const std::string& ca_file) {
  const Authorities store(X509_STORE_new(), X509_STORE_free);
  if (!store) return Error(ErrorKind::kExhausted, "no memory for certificate authorities");
  // As libcurl does: an authority in the set is trusted even where its own issuer is not there.
  X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_TRUSTED_FIRST);
  const char* const system = curl_version_info(CURLVERSION_NOW)->cainfo;
  if (system == nullptr || X509_STORE_load_file(store.get(), system) != 1) {
    log::warn("tls.no_system_authorities", {{"file", system == nullptr ? "" : system}});
  }
  const bool read = ca_file.empty() || X509_STORE_load_file(store.get(), ca_file.c_str()) == 1;
  ERR_clear_error();
  if (!read) return Error(ErrorKind::kInvalid, "ca_file " + quoted(ca_file) + " holds no certificates that can be read");
  return store;
}

}  // namespace bylined::net
