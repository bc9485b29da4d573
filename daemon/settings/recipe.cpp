// SPDX-License-Identifier: Apache-2.0
// The file that says how to read a css_page: recipes/NAME.toml beside the configuration, else the one installed.
#include <filesystem>

#include "pipeline/listing/listing.h"
#include "settings/checks.h"
#include "settings/reading.h"

namespace bylined::settings {
namespace {

std::string recipe_path(const std::string& name, const Reading& reading) {
  const std::string own = beside(reading.folder, "recipes/" + name + ".toml");
  const std::string installed = std::string(BYLINED_SHARE) + "/recipes/" + name + ".toml";
  std::error_code code;
  return !std::filesystem::exists(own, code) && std::filesystem::exists(installed, code) ? installed : own;
}

// `reason` begins with the key, which may also be one that is missing.
void refuse_selector(Table& root, const std::string& reason) {
  const std::size_t colon = reason.find(": ");
  const auto value = colon == std::string::npos ? std::nullopt : root.find(reason.substr(0, colon));
  if (value) value->refuse(reason.substr(colon + 2));
  else root.refuse(reason);
}

std::optional<model::Recipe> open_recipe(const std::string& name, const Value& value, Reading& reading) {
  const std::string path = recipe_path(name, reading);
  std::error_code code;
  if (!std::filesystem::exists(path, code)) {
    value.refuse("there is no recipe " + quoted(name), "put it into " + path);
    return std::nullopt;
  }
  const auto document = Document::open(path, reading.complaints);
  if (!document) return std::nullopt;
  Table root = document->root();
  model::Recipe recipe;
  recipe.name = name;
  const std::pair<const char*, std::string*> keys[] = {
      {"item", &recipe.item}, {"link", &recipe.link}, {"title", &recipe.title}, {"summary", &recipe.summary}, {"time", &recipe.time},
      {"byline", &recipe.byline}, {"next_page", &recipe.next_page}, {"journalist", &recipe.journalist}, {"outlet", &recipe.outlet}};
  for (const auto& [key, into] : keys) *into = root.text(key).value_or("");
  root.finish();
  const std::vector<std::string> faults = listing::recipe_faults(recipe);
  for (const std::string& fault : faults) refuse_selector(root, fault);
  return faults.empty() ? std::optional(recipe) : std::nullopt;
}

}  // namespace

std::optional<model::Recipe> read_recipe(const Value& value, Reading& reading) {
  const auto name = value.text();
  if (!name) return std::nullopt;
  if (!check_id(*name) || name->starts_with(".")) {
    value.refuse(quoted(*name) + " is not the name of a recipe", "write the file's name without its folder and \".toml\"");
    return std::nullopt;
  }
  const auto known = reading.recipes.find(*name);
  if (known != reading.recipes.end()) return known->second;
  return reading.recipes[*name] = open_recipe(*name, value, reading);
}

}  // namespace bylined::settings
