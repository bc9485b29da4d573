// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <utility>

#include "app/house.h"

namespace bylined::app {

Result<pipeline::PolicyPtr> compile_policy(const settings::SettingsPtr& from) {
  const settings::Settings& settings = *from;
  auto names = match::compile(settings.entities);
  if (!names) return names.error().within("entities");
  auto policy = std::make_shared<pipeline::Policy>();
  policy->sources = pipeline::Sources(pipeline::Sources::List(from, &settings.sources));
  for (const model::Receiver& receiver : settings.receivers) policy->receivers.emplace(receiver.id, receiver);
  policy->definitions = settings.definitions;
  policy->names = std::move(*names);
  policy->routing.watches = settings.watches;
  if (const Status rules = pipeline::compile_rules(*policy); !rules) return rules.error().within("watches");
  policy->routing.receivers = settings.receivers;
  deliver::Style style;
  style.public_url = settings.public_url;
  style.timezone = settings.timezone;
  policy->routing.compose = [style](const model::Alert& alert, const model::Receiver& receiver, const model::Delivery& delivery) {
    return deliver::compose(alert, receiver, delivery, style);
  };
  return pipeline::PolicyPtr(std::move(policy));
}

}  // namespace bylined::app
