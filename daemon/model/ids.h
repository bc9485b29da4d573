// SPDX-License-Identifier: Apache-2.0
// Opaque names of things: strings that only compare. A SourceId is not an AlertId, and the compiler
// knows. Never built from a row number.
#pragma once

#include <compare>
#include <functional>
#include <string>

namespace bylined::model {

template <class Tag>
struct Id {
  std::string value;

  auto operator<=>(const Id&) const = default;
  bool empty() const { return value.empty(); }
};

using SourceId = Id<struct SourceTag>;
using ArticleId = Id<struct ArticleTag>;
using EntityId = Id<struct EntityTag>;
using WatchId = Id<struct WatchTag>;
using ReceiverId = Id<struct ReceiverTag>;
using AlertId = Id<struct AlertTag>;
using DeliveryId = Id<struct DeliveryTag>;

}  // namespace bylined::model

template <class Tag>
struct std::hash<bylined::model::Id<Tag>> {
  std::size_t operator()(const bylined::model::Id<Tag>& id) const { return std::hash<std::string>()(id.value); }
};
