// SPDX-License-Identifier: Apache-2.0
// A value that must not be seen: no stream, no format and no log takes it, so it cannot slip out.
#pragma once

#include <string>
#include <utility>

namespace bylined {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}

  // The bytes themselves, for the one function that signs or logs in with them.
  const std::string& reveal() const { return value_; }
  bool empty() const { return value_.empty(); }
  bool operator==(const Secret&) const = default;

 private:
  std::string value_;
};

}  // namespace bylined
