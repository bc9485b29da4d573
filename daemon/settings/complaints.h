// SPDX-License-Identifier: Apache-2.0
// Gathers every fault of a configuration, each at its place, so that one run shows them all. Never
// stops at the first, never holds a secret.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "settings/settings.h"

namespace bylined::settings {

// Where something stands in the files. Line 0: the file as a whole.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
  std::string key;
};
std::string line_of(const Place& place);  // "file:line"

template <class T>
struct Placed {
  T value;
  Place place;
};

class Complaints {
 public:
  explicit Complaints(std::size_t limit = 200) : limit_(limit) {}

  void refuse(const Place& place, std::string reason, std::string remedy = {});
  void warn(const Place& place, std::string reason, std::string remedy = {});
  // Of a name of an entity; `reason` goes on from it: "is an everyday word".
  void doubt(const Place& place, const std::string& name, const std::string& reason);

  bool any_fatal() const { return faults_ > 0; }
  // In the order of the files' reading, then by line; beyond the limit only their number.
  std::vector<Complaint> take();

 private:
  void add(bool fatal, const Place& place, std::string reason, std::string remedy, std::string name = {});

  std::size_t limit_;
  std::size_t faults_ = 0;
  std::size_t warnings_ = 0;
  std::size_t dropped_ = 0;
  std::vector<std::string> files_;  // in the order in which they first complained
  std::vector<Complaint> list_;
};

}  // namespace bylined::settings
