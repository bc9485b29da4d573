// SPDX-License-Identifier: Apache-2.0
// [[source]], and the recipe file that a css_page names.
#include <algorithm>
#include <filesystem>

#include "pipeline/listing/listing.h"
#include "settings/checks.h"
#include "settings/reading.h"

namespace bylined::settings {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Millis kShortest = seconds(1);
constexpr Millis kLongest = hours(30 * 24);
constexpr Millis kUsual = minutes(15);

std::string read_kind(Table& table) {
  const auto value = table.find("kind");
  const auto name = value ? value->text() : std::nullopt;
  if (!name || *name == "auto") return "auto";
  if (listing::find_adapter(*name)) return *name;
  std::vector<std::string> known = {"auto"};
  for (const listing::Adapter* adapter : listing::adapters()) known.emplace_back(adapter->name);
  const std::string nearest = suggestion(*name, known);
  value->refuse(bylined::quoted(*name) + " is not a kind of source", nearest.empty() ? "`byline source kinds` lists them; \"auto\" finds out" : nearest);
  return *name;
}

std::string read_url(Table& table) {
  const auto value = table.need("url", "write the address of the page, feed or sitemap");
  const auto text = value ? value->text() : std::nullopt;
  if (!text) return {};
  const auto url = net::Url::parse(*text);
  if (!url) value->refuse(url.error().text(), "write it as \"https://example.com/news\"");
  return *text;
}

model::Period read_every(Table& table) {
  model::Period every{kUsual, kUsual};
  const auto value = table.find("every");
  if (!value) return every;
  if (!value->is_table()) {
    every.min = every.max = value->duration(kShortest, kLongest).value_or(kUsual);
    return every;
  }
  auto range = *value->table();
  every.min = range.duration("min", kShortest, kLongest).value_or(kUsual);
  every.max = range.duration("max", kShortest, kLongest).value_or(std::max(every.min, kUsual));
  range.finish();
  if (every.min > every.max) value->refuse("min is longer than max", "write { min = \"5m\", max = \"2h\" }");
  return every;
}

model::RobotsRule read_robots(Table& table, Reading& reading) {
  model::RobotsRule rule;
  const auto value = table.find("robots");
  if (!value) return rule;
  constexpr const char* kForm = "write \"obey\" or { ignore = \"why we may\", hosts = [\"n.news.naver.com\"] }";
  if (!value->is_table()) {
    if (const auto text = value->text(); text && *text != "obey") value->refuse(bylined::quoted(*text) + " is not a way to treat robots.txt", kForm);
    return rule;
  }
  auto override = *value->table();
  const auto reason = override.need("ignore", "say why we may");
  if (reason) rule.reason = reason->text().value_or("");
  for (const auto& host : override.texts("hosts", 100)) {
    const auto name = normal_host(host.value);
    if (!name) reading.complaints.refuse(host.place, name.error().text());
    else rule.ignored_hosts.push_back(*name);
  }
  override.finish();
  if (rule.ignored_hosts.empty()) value->refuse("names no host", kForm);
  for (const std::string& host : rule.ignored_hosts) value->warn("robots.txt of " + host + " is not obeyed: " + rule.reason);
  return rule;
}

std::string recipe_path(const std::string& name, const Reading& reading) {
  const std::string own = beside(reading.folder, "recipes/" + name + ".toml");
  const std::string installed = std::string(BYLINED_SHARE) + "/recipes/" + name + ".toml";
  std::error_code code;
  return !std::filesystem::exists(own, code) && std::filesystem::exists(installed, code) ? installed : own;
}

std::optional<model::Recipe> open_recipe(const std::string& name, const Value& value, Reading& reading) {
  const std::string path = recipe_path(name, reading);
  std::error_code code;
  if (!std::filesystem::exists(path, code)) {
    value.refuse("there is no recipe " + bylined::quoted(name), "put it into " + path);
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
  const Status good = listing::check_recipe(recipe);
  if (!good) root.refuse(good.error().text());
  return good ? std::optional(recipe) : std::nullopt;
}

}  // namespace

std::optional<model::Recipe> read_recipe(const Value& value, Reading& reading) {
  const auto name = value.text();
  if (!name) return std::nullopt;
  if (!check_id(*name) || name->starts_with(".")) {
    value.refuse(bylined::quoted(*name) + " is not the name of a recipe", "write the file's name without its folder and \".toml\"");
    return std::nullopt;
  }
  const auto known = reading.recipes.find(*name);
  if (known != reading.recipes.end()) return known->second;
  return reading.recipes[*name] = open_recipe(*name, value, reading);
}

void read_source(Table table, Reading& reading) {
  model::Source source;
  source.id.value = read_id(table, Noun::kSource, reading);
  source.kind = read_kind(table);
  source.url = read_url(table);
  source.every = read_every(table);
  source.baseline = table.truth("baseline").value_or(true);
  source.robots = read_robots(table, reading);
  for (auto& tag : table.texts("tags", 50)) source.tags.push_back(std::move(tag.value));
  const auto recipe = table.find("recipe");
  if (recipe && source.kind == "css_page") source.recipe = read_recipe(*recipe, reading);
  else if (recipe) recipe->refuse("belongs to sources of the kind css_page", "leave it out, or write kind = \"css_page\"");
  else if (source.kind == "css_page") table.refuse("a css_page wants a recipe", "write recipe = \"NAME\" and put recipes/NAME.toml beside the configuration");
  table.finish();
  reading.settings.sources.push_back(std::move(source));
}

}  // namespace bylined::settings
