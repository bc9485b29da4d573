// SPDX-License-Identifier: Apache-2.0
// Stored things in the JSON shapes of the contract. Pure.
#pragma once

#include "query/service/service.h"

namespace bylined::query {

json::object shape(const store::ArticleSummary& summary);
json::object shape(const store::ArticleDetail& detail);
json::object shape(const store::SourceStatus& source, Instant now);
json::object shape(const store::SourceEvent& event);
json::object shape(const model::Delivery& delivery);
json::object shape(const store::DeliveryDetail& detail);
json::object shape(const store::ReceiverHealth& health);
json::object shape(const store::Counts& counts, Instant now);
json::object shape(const model::Mention& mention);

json::value time_or_null(const std::optional<Instant>& at);
json::value stamp_or_null(const std::optional<model::Stamp>& stamp);

// { "items": […], "next": cursor or null }
template <class T, class F>
json::object list_of(const store::Slice<T>& slice, F shape_one) {
  json::array items;
  for (const T& one : slice.items) items.emplace_back(shape_one(one));
  json::object list;
  list["items"] = std::move(items);
  list["next"] = slice.next ? json::value(*slice.next) : json::value(nullptr);
  return list;
}

}  // namespace bylined::query
