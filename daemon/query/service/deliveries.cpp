// SPDX-License-Identifier: Apache-2.0
#include "query/service/params.h"
#include "query/service/shapes.h"

namespace bylined::query {
namespace {

Result<std::optional<model::DeliveryState>> state_param(const Params& params) {
  const std::string text = text_param(params, "state");
  if (text.empty()) return std::optional<model::DeliveryState>();
  for (const auto state : {model::DeliveryState::kPending, model::DeliveryState::kDelivered, model::DeliveryState::kDead}) {
    if (model::delivery_state_name(state) == text) return std::optional<model::DeliveryState>(state);
  }
  return Error(ErrorKind::kInvalid, "state takes pending, delivered or dead, not " + quoted(text));
}

Result<json::value> list_deliveries(const Sight& sight, const std::string&, const Params& params) {
  store::DeliveryFilter filter;
  auto state = state_param(params);
  if (!state) return state.error();
  auto limit = limit_param(params);
  if (!limit) return limit.error();
  filter.state = *state;
  filter.limit = *limit;
  filter.receiver = maybe_param<model::ReceiverId>(params, "receiver");
  filter.alert = maybe_param<model::AlertId>(params, "alert");
  filter.cursor = maybe_param<std::string>(params, "cursor");
  const auto found = sight.reader.deliveries(filter);
  if (!found) return found.error();
  return json::value(list_of(*found, [](const model::Delivery& one) { return shape(one); }));
}

Result<json::value> one_delivery(const Sight& sight, const std::string& id, const Params&) {
  const auto found = sight.reader.delivery(model::DeliveryId{id});
  if (!found) return found.error();
  return json::value(shape(*found));
}

}  // namespace

extern const Route deliveries_route, delivery_route;
const Route deliveries_route{"deliveries", {"state", "receiver", "alert", "limit", "cursor"}, "deliveries, newest first", list_deliveries};
const Route delivery_route{"deliveries/{id}", {}, "one delivery with every attempt", one_delivery};

}  // namespace bylined::query
