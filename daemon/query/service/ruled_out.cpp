// SPDX-License-Identifier: Apache-2.0
#include "query/service/ruled_out.h"

#include <algorithm>
#include <set>

#include "base/text/fold.h"
#include "pipeline/words.h"

namespace bylined::query {
namespace {

bool stands(const std::string& words, const model::Content& content) {
  const std::u32string wanted = text::fold(words).text;
  const auto holds = [&wanted](const std::string& there) { return text::fold(there).text.find(wanted) != std::u32string::npos; };
  return holds(content.title) || holds(content.body) || holds(content.section);
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& one : words) all += (all.empty() ? "" : ", ") + one;
  return all;
}

std::string reason_of(const model::Entity& entity, const model::Content& content) {
  for (const std::string& one : entity.context_none) {
    if (stands(one, content)) return quoted(one) + " stands in the article or names its section, and is in context_none";
  }
  if (!entity.context_any.empty()) return "none of its context_any stands in the article or names its section: " + joined(entity.context_any);
  return {};
}

json::object shape_of(const model::Mention& mention, std::string reason) {
  return {{"entity", mention.entity.value}, {"text", mention.text}, {"in", model::field_name(mention.field)}, {"reason", std::move(reason)}};
}

}  // namespace

Result<json::array> ruled_out(const settings::Settings& settings, const model::Content& content) {
  json::array all;
  if (settings.entities.empty()) return all;
  std::vector<model::Entity> bare = settings.entities;
  for (model::Entity& one : bare) {
    one.context_any.clear();
    one.context_none.clear();
  }
  const auto names = match::compile(bare);
  if (!names) return names.error();
  std::set<model::EntityId> seen;
  for (const model::Mention& mention : pipeline::find_names(**names, content).mentions) {
    if (!seen.insert(mention.entity).second) continue;
    const auto is_it = [&mention](const model::Entity& one) { return one.id == mention.entity; };
    const auto entity = std::find_if(settings.entities.begin(), settings.entities.end(), is_it);
    std::string reason = reason_of(*entity, content);
    if (!reason.empty()) all.emplace_back(shape_of(mention, std::move(reason)));
  }
  for (const std::string& caption : content.captions) {
    for (const model::Mention& mention : match::find_mentions(**names, {"", caption}).mentions) {
      if (!seen.insert(mention.entity).second) continue;
      json::object one = shape_of(mention, "it stands in a caption, which is no text of the article");
      one["in"] = "caption";
      all.emplace_back(std::move(one));
    }
  }
  return all;
}

}  // namespace bylined::query
