// SPDX-License-Identifier: Apache-2.0
#include "base/net/trust.h"

#include <curl/curl.h>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <sys/stat.h>

#include "base/log.h"

namespace bylined::net {
namespace {

constexpr Millis kLookAgain{3'600'000};

std::string system_bundle() {
  const char* const file = curl_version_info(CURLVERSION_NOW)->cainfo;
  return file == nullptr ? "/etc/ssl/certs/ca-certificates.crt" : file;
}

Result<AuthorityStore> load(const std::string& system_file, const std::string& ca_file) {
  const AuthorityStore store(X509_STORE_new(), X509_STORE_free);
  if (!store) return Error(ErrorKind::kExhausted, "no memory for certificate authorities");
  // As libcurl does: an authority in the set is trusted even where its own issuer is not there.
  X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_TRUSTED_FIRST);
  const bool system = X509_STORE_load_file(store.get(), system_file.c_str()) == 1;
  const bool own = ca_file.empty() || X509_STORE_load_file(store.get(), ca_file.c_str()) == 1;
  ERR_clear_error();
  if (!system) log::warn("tls.no_system_authorities", {{"file", system_file}});
  if (!own) return Error(ErrorKind::kInvalid, "ca_file " + quoted(ca_file) + " holds no certificates that can be read");
  return store;
}

std::string state_of(const std::string& file) {
  struct stat found {};
  if (file.empty() || stat(file.c_str(), &found) != 0) return "-";
  return std::to_string(found.st_mtim.tv_sec) + "." + std::to_string(found.st_mtim.tv_nsec) + ":" + std::to_string(found.st_size);
}

}  // namespace

Authorities::Authorities(const std::string& ca_file) : system_file_(system_bundle()), ca_file_(ca_file) {}

Result<std::shared_ptr<Authorities>> Authorities::read(const std::string& ca_file) {
  const std::shared_ptr<Authorities> authorities(new Authorities(ca_file));
  authorities->read_state_ = authorities->state();
  auto store = load(authorities->system_file_, ca_file);
  if (!store) return store.error();
  authorities->store_ = std::move(*store);
  return authorities;
}

std::string Authorities::state() const { return state_of(system_file_) + " " + state_of(ca_file_); }

AuthorityStore Authorities::store(Steady now) {
  if (looked_ < Steady::zero()) looked_ = now;
  if (now - looked_ < kLookAgain) return store_;
  looked_ = now;
  std::string found = state();
  if (found == read_state_) return store_;
  read_state_ = std::move(found);
  auto fresh = load(system_file_, ca_file_);
  if (fresh) store_ = std::move(*fresh);
  log::info("tls.authorities_read_again", {{"good", fresh.has_value()}});
  return store_;
}

}  // namespace bylined::net
