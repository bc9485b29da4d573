// SPDX-License-Identifier: Apache-2.0
#include "model/alert.h"

namespace bylined::model {

std::string_view alert_state_name(AlertState state) {
  switch (state) {
    case AlertState::kOpen: return "open";
    case AlertState::kAcknowledged: return "acknowledged";
    case AlertState::kResolved: return "resolved";
  }
  return "unknown";
}

std::string_view delivery_state_name(DeliveryState state) {
  switch (state) {
    case DeliveryState::kPending: return "pending";
    case DeliveryState::kDelivered: return "delivered";
    case DeliveryState::kDead: return "dead";
  }
  return "unknown";
}

}  // namespace bylined::model
