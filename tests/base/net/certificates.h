// SPDX-License-Identifier: Apache-2.0
// A certificate authority of the test's own, and servers' certificates good and bad, made in memory.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>

namespace bylined::net {

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Certificate = std::unique_ptr<X509, FreeKey>;
using TlsContext = std::shared_ptr<SSL_CTX>;

struct CertificateWish {
  std::string name = "localhost";   // a host name, or "IP:127.0.0.1"
  long from_days = -1;
  long to_days = 1;
};

class Authority {
 public:
  explicit Authority(const char* name = "Test Authority") : key_(EVP_EC_gen("P-256")) {
    certificate_ = draft(name, key_.get(), -1, 30);
    X509_set_issuer_name(certificate_.get(), X509_get_subject_name(certificate_.get()));
    extend(certificate_.get(), certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
    X509_sign(certificate_.get(), key_.get(), EVP_sha256());
    path_ = "/tmp/bylined-test-ca-XXXXXX";
    std::FILE* const out = fdopen(mkstemp(path_.data()), "w");
    PEM_write_X509(out, certificate_.get());
    std::fclose(out);
  }
  ~Authority() { unlink(path_.c_str()); }
  Authority(const Authority&) = delete;

  const std::string& path() const { return path_; }  // PEM, for ca_file

  TlsContext server(const CertificateWish& wish = {}) const { return make(wish, false); }
  // Certificate and key in one PEM file, for a server that is a program.
  void write_server(const std::string& path, const CertificateWish& wish) const {
    const TlsContext context = make(wish, false);
    std::FILE* const out = std::fopen(path.c_str(), "w");
    PEM_write_X509(out, SSL_CTX_get0_certificate(context.get()));
    PEM_write_PrivateKey(out, SSL_CTX_get0_privatekey(context.get()), nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(out);
  }
  TlsContext self_signed(const CertificateWish& wish = {}) const { return make(wish, true); }

 private:
  static Certificate draft(const char* common_name, EVP_PKEY* key, long from_days, long to_days) {
    static long serial = 1;
    Certificate made(X509_new());
    X509_set_version(made.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), from_days * 86'400);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), to_days * 86'400);
    X509_set_pubkey(made.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(common_name), -1, -1, 0);
    return made;
  }
  static void extend(X509* made, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, made, nullptr, nullptr, 0);
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    X509_add_ext(made, extension, -1);
    X509_EXTENSION_free(extension);
  }
  TlsContext make(const CertificateWish& wish, bool self) const {
    const Key key(EVP_EC_gen("P-256"));
    const Certificate made = draft("server", key.get(), wish.from_days, wish.to_days);
    X509_set_issuer_name(made.get(), self ? X509_get_subject_name(made.get()) : X509_get_subject_name(certificate_.get()));
    extend(made.get(), certificate_.get(), NID_subject_alt_name, wish.name.starts_with("IP:") ? wish.name : "DNS:" + wish.name);
    X509_sign(made.get(), self ? key.get() : key_.get(), EVP_sha256());
    TlsContext context(SSL_CTX_new(TLS_server_method()), FreeKey());
    SSL_CTX_use_certificate(context.get(), made.get());
    SSL_CTX_use_PrivateKey(context.get(), key.get());
    return context;
  }

  Key key_;
  Certificate certificate_;
  std::string path_;
};

}  // namespace bylined::net
