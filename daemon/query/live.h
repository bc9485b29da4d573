// SPDX-License-Identifier: Apache-2.0
// What only the running daemon knows and can do. The app implements it; the API asks it. Lives on the I/O
// thread.
#pragma once

#include <string>
#include <vector>

#include "base/markup/json.h"
#include "base/result.h"
#include "base/task.h"
#include "base/time.h"
#include "model/ids.h"
#include "settings/settings.h"

namespace bylined::query {

struct Readiness {
  bool ready = false;
  std::vector<std::string> reasons;  // why not, or what to know, in English
};

// Of a backup that was ordered.
enum class Copying { kComplete, kUnderWay };

class Live {
 public:
  virtual ~Live() = default;

  virtual Readiness readiness() const = 0;
  virtual std::string metrics_text() const = 0;
  // Version, start, storage, configuration with its warnings and overrides: for `status`.
  virtual markup::json::object facts() const = 0;
  virtual settings::SettingsPtr settings() const = 0;  // in force
  virtual Instant now() const = 0;

  // Before somebody reads of sources: what the daemon knows of them and did not write yet is written. Where that fails it
  // is logged, and an answer may be as it was.
  virtual Task<void> settle() { co_return; }

  // Orders. `by` says who gave them: a user name or number, for the audit trail.
  virtual Task<Status> replay(model::DeliveryId delivery, std::string by) = 0;
  // Answers within seconds. Where it is under way, the same order again asks how it ended.
  virtual Task<Result<Copying>> backup(std::string path, std::string by) = 0;
};

}  // namespace bylined::query
