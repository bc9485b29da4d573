// SPDX-License-Identifier: Apache-2.0
#include "query/cli/page_file.h"

#include <fstream>
#include <iterator>

#include "base/clock.h"

namespace bylined::cli {
namespace {

constexpr std::size_t kMostBytes = 16u << 20;

}  // namespace

Result<std::string> bytes_in(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file && bytes.empty()) return Error(ErrorKind::kNotFound, "there is nothing to read in " + quoted(path));
  if (bytes.size() > kMostBytes) return Error(ErrorKind::kExhausted, quoted(path) + " is longer than 16 MiB");
  return bytes;
}

Result<model::Page> page_in(const std::string& path) {
  auto bytes = bytes_in(path);
  if (!bytes) return bytes.error();
  return model::Page{"file://" + path, "text/html", *std::move(bytes), system_now()};
}

}  // namespace bylined::cli
