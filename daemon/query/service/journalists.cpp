// SPDX-License-Identifier: Apache-2.0
// Who writes: a journalist is a person, with the pages and names they had and what they signed.
#include "query/service/params.h"
#include "query/service/shapes.h"

namespace bylined::query {
namespace {

json::object head_of(const store::JournalistSummary& summary) {
  json::object out;
  out["id"] = summary.id;
  out["name"] = summary.name;
  out["outlet"] = summary.outlet;
  out["since"] = rfc3339(summary.since);
  out["closed"] = time_or_null(summary.closed_at);
  json::array sources;
  for (const model::SourceId& source : summary.sources) sources.emplace_back(source.value);
  out["sources"] = std::move(sources);
  return out;
}

Result<json::value> list_journalists(const Sight& sight, const std::string&, const Params& params) {
  auto found = sight.reader.journalists();
  if (!found) return found.error();
  const auto slice = page_of(std::move(*found), params, [](const store::JournalistSummary& one) { return one.id; });
  if (!slice) return slice.error();
  return json::value(list_of(*slice, head_of));
}

Result<json::value> one_journalist(const Sight& sight, const std::string& id, const Params&) {
  const auto found = sight.reader.journalist(id);
  if (!found) return found.error();
  json::object out = head_of(found->summary);
  json::array names, articles, events;
  for (const store::JournalistName& name : found->names) {
    names.emplace_back(json::object{{"name", name.name}, {"outlet", name.outlet}, {"since", rfc3339(name.since)}});
  }
  for (const store::ArticleSummary& article : found->articles) articles.emplace_back(shape(article));
  for (const store::SourceEvent& event : found->events) events.emplace_back(shape(event));
  out["names"] = std::move(names);
  out["articles"] = std::move(articles);
  out["events"] = std::move(events);
  return json::value(std::move(out));
}

}  // namespace

extern const Route journalists_route, journalist_route;
const Route journalists_route{"journalists", {"limit", "cursor"}, "journalists whose pages are watched", list_journalists};
const Route journalist_route{"journalists/{id}", {}, "one journalist: names, outlets, what they signed, what befell their pages", one_journalist};

}  // namespace bylined::query
