// SPDX-License-Identifier: Apache-2.0
#include "query/cli/page_file.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/clock.h"
#include "query/cli/going_out.h"

namespace bylined::cli {
namespace {

constexpr std::size_t kMostBytes = 16u << 20;

Result<model::Page> page_at(const Connection& connection, const std::string& url) {
  const auto settings = ways_out(connection);
  if (!settings) return settings.error();
  fetch::Request request;
  request.url = url;
  fetch::Fetched fetched;
  const Status gone = go_out(**settings, [&](fetch::Fetcher& fetcher) -> Task<void> { fetched = co_await fetcher.fetch(request); });
  if (!gone) return gone.error();
  if (!fetched.complete()) return Error(fetched.obstacle == fetch::Obstacle::kRobots ? ErrorKind::kRefused : ErrorKind::kTransient, url + ": " + fetched.reason);
  return std::move(fetched.page);
}

}  // namespace

Result<std::string> bytes_in(const std::string& path) {
  std::error_code trouble;
  if (std::filesystem::is_directory(path, trouble)) return Error(ErrorKind::kInvalid, quoted(path) + " is a folder, not a file");
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file && bytes.empty()) return Error(ErrorKind::kNotFound, "there is nothing to read in " + quoted(path));
  if (bytes.size() > kMostBytes) return Error(ErrorKind::kExhausted, quoted(path) + " is longer than 16 MiB");
  return bytes;
}

Result<model::Page> page_in(const Connection& connection, const std::string& path) {
  if (path.starts_with("https://") || path.starts_with("http://")) return page_at(connection, path);
  auto bytes = bytes_in(path);
  if (!bytes) return bytes.error();
  return model::Page{"file://" + path, "text/html", *std::move(bytes), system_now()};
}

}  // namespace bylined::cli
