// SPDX-License-Identifier: Apache-2.0
#include "query/service/service.h"

#include <algorithm>

#include "base/text/nearest.h"
#include "query/service/known.h"
#include "query/service/params.h"

namespace bylined::query {

#define ROUTE(name) extern const Route name##_route;
#include "query/service/routes.inc"
#undef ROUTE

namespace {

constexpr std::string_view kId = "{id}";

// "alerts/{id}" fits "alerts/X" with id X, and "alerts/{id}/explain" fits "alerts/X/explain".
bool fits(std::string_view pattern, std::string_view path, std::string& id) {
  const std::size_t at = pattern.find(kId);
  if (at == std::string_view::npos) return pattern == path;
  const std::string_view before = pattern.substr(0, at);
  const std::string_view after = pattern.substr(at + kId.size());
  if (!path.starts_with(before) || !path.ends_with(after) || path.size() <= before.size() + after.size()) return false;
  const std::string_view found = path.substr(before.size(), path.size() - before.size() - after.size());
  if (found.find('/') != std::string_view::npos) return false;
  id = found;
  return true;
}

Status check_params(const Route& route, const Params& params) {
  for (const auto& [name, value] : params) {
    const bool known = std::find(route.params.begin(), route.params.end(), name) != route.params.end();
    if (known && value.empty()) return Error(ErrorKind::kInvalid, quoted(name) + " is empty: leave it out, or say which");
    if (known) continue;
    std::string text = "unknown parameter " + quoted(name);
    const std::string near = text::did_you_mean(name, route.params);
    if (!near.empty()) text += "; " + near;
    return Error(ErrorKind::kInvalid, text);
  }
  return Status();
}

}  // namespace

const std::vector<const Route*>& routes() {
  static const std::vector<const Route*> all{
#define ROUTE(name) &name##_route,
#include "query/service/routes.inc"
#undef ROUTE
  };
  return all;
}

Result<json::value> answer(const Sight& sight, const Question& question) {
  for (const Route* route : routes()) {
    std::string id;
    if (!fits(route->pattern, question.path, id)) continue;
    const Status checked = check_params(*route, question.params);
    if (!checked) return checked.error();
    const Status known = check_known(sight, question.params);
    if (!known) return known.error();
    return route->answer(sight, id, question.params);
  }
  return Error(ErrorKind::kNotFound, "there is no " + quoted(question.path));
}

}  // namespace bylined::query
