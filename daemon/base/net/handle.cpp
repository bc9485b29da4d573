// SPDX-License-Identifier: Apache-2.0
#include "base/net/handle.h"

#include <openssl/ssl.h>
#include <sys/socket.h>

#include <cerrno>

namespace bylined::net {
namespace {

constexpr long kSlow = 100;             // bytes a second
constexpr long kIdleSeconds = std::chrono::duration_cast<std::chrono::seconds>(kIdleLimit).count();
constexpr long kLifeSeconds = 3'600;

// Sets options one by one and keeps the first failure.
class Options {
 public:
  explicit Options(CURL* handle) : handle_(handle) {}

  template <class V>
  Options& set(CURLoption option, V value) {
    if (code_ == CURLE_OK) code_ = curl_easy_setopt(handle_, option, value);
    return *this;
  }
  Status status() const {
    if (code_ == CURLE_OK) return Status();
    return Error(ErrorKind::kInvalid, std::string("libcurl refuses an option: ") + curl_easy_strerror(code_));
  }

 private:
  CURL* handle_;
  CURLcode code_ = CURLE_OK;
};

bool judged(void* of_request, const std::optional<Address>& address) {
  if (of_request == nullptr) return false;
  Gate& gate = *static_cast<Gate*>(of_request);
  if (gate.refusal) return false;  // one refused address fails the whole transfer
  gate.refusal = address ? gate.guard->refusal(*address) : Refusal{"not internet", "the socket is no internet socket"};
  return !gate.refusal;
}

curl_socket_t open_socket(void* gate, curlsocktype, curl_sockaddr* wanted) {
  if (!judged(gate, Address::of(&wanted->addr))) return CURL_SOCKET_BAD;
  const int opened = ::socket(wanted->family, wanted->socktype | SOCK_CLOEXEC, wanted->protocol);
  if (opened < 0) static_cast<Gate*>(gate)->no_descriptor = errno == EMFILE || errno == ENFILE;
  return opened;
}

// Sees a reused connection too, which another request with other ranges may have opened.
int before_request(void* gate, char* peer, char*, int, int) {
  if (gate != nullptr) ++static_cast<Gate*>(gate)->sent;
  return judged(gate, Address::parse(peer)) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

// Names were looked up and judged before. If libcurl wants to do it again, it is not to.
int before_lookup(void*, void*, void* gate) { return gate != nullptr && static_cast<Gate*>(gate)->names_allowed ? 0 : 1; }

CURLcode use_authorities(CURL*, void* context, void* store) {
  SSL_CTX_set1_cert_store(static_cast<SSL_CTX*>(context), static_cast<X509_STORE*>(store));
  return CURLE_OK;
}

long milliseconds(Millis length) { return std::max<long>(1, static_cast<long>(length.count())); }

void limit_protocols(Options& options, Purpose purpose) {
  const char* const protocols = purpose == Purpose::kMail ? "smtp,smtps" : "http,https";
  options.set(CURLOPT_PROTOCOLS_STR, protocols)
      .set(CURLOPT_REDIR_PROTOCOLS_STR, protocols)
      .set(CURLOPT_FOLLOWLOCATION, 0L)
      .set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED))
      .set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_NONE))
      .set(CURLOPT_PROXYAUTH, static_cast<long>(CURLAUTH_NONE))
      .set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L)
      .set(CURLOPT_HTTP09_ALLOWED, 0L)
      .set(CURLOPT_HTTP_CONTENT_DECODING, 0L)
      .set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS))
      .set(CURLOPT_NOSIGNAL, 1L)
      .set(CURLOPT_NOPROGRESS, 1L)
      .set(CURLOPT_BUFFERSIZE, kBufferBytes)
      .set(CURLOPT_MAXAGE_CONN, kIdleSeconds)
      .set(CURLOPT_MAXLIFETIME_CONN, kLifeSeconds);
}

// Without a gate, which aim() gives them, they let nothing pass.
void set_judges(Options& options) {
  options.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L)
      .set(CURLOPT_RESOLVER_START_FUNCTION, &before_lookup)
      .set(CURLOPT_OPENSOCKETFUNCTION, &open_socket)
      .set(CURLOPT_PREREQFUNCTION, &before_request);
}

// The environment is never asked: an empty proxy and an empty list of exceptions say so to libcurl.
void set_way(Options& options, Outgoing& outgoing) {
  options.set(CURLOPT_PROXY, outgoing.route.proxy.c_str())
      .set(CURLOPT_NOPROXY, "")
      .set(CURLOPT_RESOLVE, outgoing.resolve.get())
      .set(CURLOPT_CONNECT_TO, outgoing.connect_to.get())
      .set(CURLOPT_RESOLVER_START_DATA, &outgoing.gate)
      .set(CURLOPT_OPENSOCKETDATA, &outgoing.gate)
      .set(CURLOPT_PREREQDATA, &outgoing.gate);
}

void set_tls(Options& options) {
  options.set(CURLOPT_SSL_VERIFYPEER, 1L)
      .set(CURLOPT_SSL_VERIFYHOST, 2L)
      .set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2))
      .set(CURLOPT_CAINFO, static_cast<char*>(nullptr))
      .set(CURLOPT_CAPATH, static_cast<char*>(nullptr))
      .set(CURLOPT_SSL_CTX_FUNCTION, &use_authorities);
}

void set_patience(Options& options, const Patience& patience) {
  const auto stall = std::chrono::ceil<std::chrono::seconds>(patience.stall).count();
  options.set(CURLOPT_TIMEOUT_MS, milliseconds(patience.whole))
      .set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(patience.connect))
      .set(CURLOPT_LOW_SPEED_LIMIT, kSlow)
      .set(CURLOPT_LOW_SPEED_TIME, std::max<long>(1, static_cast<long>(stall)));
}

}  // namespace

void append(List& list, const std::string& line) {
  curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
  list.release();
  list.reset(longer);
}

Outgoing::Outgoing(Route way, AuthorityStore trusted) : route(std::move(way)), authorities(std::move(trusted)) {
  gate.guard = route.guard;
  gate.names_allowed = route.resolve.empty();  // the host is an address, and the gate sees which
  if (!route.resolve.empty()) append(resolve, route.resolve);
  if (!route.connect_to.empty()) append(connect_to, route.connect_to);
}

Status furnish(CURL* handle, Purpose purpose) {
  Options options(handle);
  limit_protocols(options, purpose);
  set_judges(options);
  set_tls(options);
  return options.status();
}

Status aim(CURL* handle, const std::string& url, Outgoing& outgoing, const Patience& patience) {
  Options options(handle);
  options.set(CURLOPT_URL, url.c_str()).set(CURLOPT_ERRORBUFFER, outgoing.message).set(CURLOPT_SSL_CTX_DATA, outgoing.authorities.get());
  set_way(options, outgoing);
  set_patience(options, patience);
  return options.status();
}

Status disarm(CURL* handle) {
  Options options(handle);
  options.set(CURLOPT_ERRORBUFFER, static_cast<char*>(nullptr))
      .set(CURLOPT_SSL_CTX_DATA, static_cast<void*>(nullptr))
      .set(CURLOPT_RESOLVE, static_cast<curl_slist*>(nullptr))
      .set(CURLOPT_CONNECT_TO, static_cast<curl_slist*>(nullptr))
      .set(CURLOPT_RESOLVER_START_DATA, static_cast<void*>(nullptr))
      .set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(nullptr))
      .set(CURLOPT_PREREQDATA, static_cast<void*>(nullptr))
      .set(CURLOPT_HTTPHEADER, static_cast<curl_slist*>(nullptr))
      .set(CURLOPT_HEADERDATA, static_cast<void*>(nullptr))
      .set(CURLOPT_WRITEDATA, static_cast<void*>(nullptr))
      .set(CURLOPT_PRIVATE, static_cast<void*>(nullptr))
      .set(CURLOPT_BUFFERSIZE, kBufferBytes);
  return options.status();
}

Status stay_alone(CURL* handle) {
  Options options(handle);
  options.set(CURLOPT_FRESH_CONNECT, 1L).set(CURLOPT_FORBID_REUSE, 1L);
  return options.status();
}

}  // namespace bylined::net
