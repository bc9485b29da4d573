// SPDX-License-Identifier: Apache-2.0
#include "base/net/daemon_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

namespace bylined::net {
namespace {

constexpr std::size_t kMostBytes = 256u << 20;

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* to) {
  auto& body = *static_cast<std::string*>(to);
  if (body.size() + size * count > kMostBytes) return 0;
  body.append(bytes, size * count);
  return size * count;
}

struct SentHeaders {
  curl_slist* list = nullptr;
  ~SentHeaders() { curl_slist_free_all(list); }
  void add(const std::string& line) { list = curl_slist_append(list, line.c_str()); }
};

}  // namespace

Result<HttpResponse> ask_daemon(const DaemonAddress& address, const std::string& method, const std::string& target, const std::string& body) {
  const std::unique_ptr<CURL, void (*)(CURL*)> handle(curl_easy_init(), curl_easy_cleanup);
  if (!handle) return Error(ErrorKind::kTransient, "libcurl could not be started");
  CURL* const curl = handle.get();
  const bool local = !address.socket.empty();
  const std::string where = local ? address.socket : address.server;
  std::string base = local ? "http://localhost" : address.server;
  while (base.ends_with('/')) base.pop_back();
  SentHeaders headers;
  if (!address.token.empty()) headers.add("Authorization: Bearer " + address.token.reveal());
  if (method == "POST") headers.add("Content-Type: application/json");
  headers.add("Expect:");
  HttpResponse response;
  if (local) curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, address.socket.c_str());
  curl_easy_setopt(curl, CURLOPT_URL, (base + target).c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 5L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(address.patience.count() / 1'000));
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.list);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &response.body);
  if (method == "POST") {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, body.c_str());
  }
  const CURLcode outcome = curl_easy_perform(curl);
  if (outcome != CURLE_OK) return Error(ErrorKind::kTransient, "no daemon answers at " + quoted(where) + ": " + curl_easy_strerror(outcome));
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  response.status = static_cast<int>(status);
  return response;
}

}  // namespace bylined::net
