// SPDX-License-Identifier: Apache-2.0
#include "tests/press/client.h"

#include <algorithm>

namespace bylined::press {

Task<Result<net::HttpResponse>> PressClient::send(net::HttpRequest request) {
  // Content encoding is the real client's business: what it hands on is decoded.
  net::Headers asked;
  for (auto [name, value] : request.headers) {
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    if (name != "accept-encoding") asked.emplace_back(std::move(name), std::move(value));
  }
  const Instant now = clock_.now();
  Answer answer = press_.answer(request.url.host(), request.url.path(), asked, now);
  if (served_) served_(request, answer, now);

  net::HttpResponse response;
  response.status = answer.status;
  response.headers = std::move(answer.headers);
  response.body = std::move(answer.body);
  response.address = "127.0.0.1";
  response.wire_bytes = response.body.size();
  co_return Result<net::HttpResponse>(std::move(response));
}

}  // namespace bylined::press
