// SPDX-License-Identifier: Apache-2.0
#include "model/article.h"

#include <array>
#include <utility>

namespace bylined::model {
namespace {

constexpr std::array<std::pair<ReadState, std::string_view>, 4> kReadNames{{{ReadState::kFull, "full"},
                                                                       {ReadState::kListingOnly, "listing_only"},
                                                                       {ReadState::kRefusedByRobots, "refused_by_robots"},
                                                                       {ReadState::kFailed, "failed"}}};

}  // namespace

std::string_view read_name(ReadState read) { return kReadNames[static_cast<std::size_t>(read)].second; }

std::optional<ReadState> read_from_name(std::string_view name) {
  for (const auto& [read, text] : kReadNames) {
    if (text == name) return read;
  }
  return std::nullopt;
}

}  // namespace bylined::model
