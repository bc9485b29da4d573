// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/net/url.h"
#include "base/text/nearest.h"
#include "pipeline/listing/listing.h"
#include "settings/reading.h"

namespace bylined::settings {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Millis kShortest = seconds(1);
constexpr Millis kLongestPeriod = hours(30 * 24);
constexpr Millis kUsual = minutes(15);

std::string read_kind(Table& table) {
  const auto value = table.find("kind");
  const auto name = value ? value->text() : std::nullopt;
  if (!name || *name == "auto") return "auto";
  if (listing::find_adapter(*name)) return *name;
  std::vector<std::string_view> known = {"auto"};
  for (const listing::Adapter* adapter : listing::adapters()) known.emplace_back(adapter->name);
  std::string remedy = text::did_you_mean(*name, known);
  if (remedy.empty()) remedy = "`byline source kinds` lists them; \"auto\" finds out";
  value->refuse(quoted(*name) + " is not a kind of source", remedy);
  return *name;
}

std::string read_url(Table& table, bool takes_keys) {
  const auto value = table.need("url", "write the address of the page or feed");
  const auto url = value ? read_web_url(*value, "write it as \"https://example.com/news\"") : std::nullopt;
  if (url && takes_keys && net::is_in_the_clear(*url)) value->refuse("its key would go over http:// in the clear", "write https://");
  return url ? url->text() : std::string();
}

constexpr const char* kRange = "write { min = \"5m\", max = \"2h\" }, or one duration";

model::Period read_range(const Value& value) {
  auto range = *value.table();
  const auto min = range.need("min", kRange), max = range.need("max", kRange);
  const auto shortest = min ? min->duration(kShortest, kLongestPeriod) : std::nullopt, longest = max ? max->duration(kShortest, kLongestPeriod) : std::nullopt;
  range.finish();
  if (!shortest || !longest) return {kUsual, kUsual};
  if (*shortest > *longest) value.refuse("min is longer than max", kRange);
  return {*shortest, *longest};
}

model::Period read_every(Table& table) {
  const auto value = table.find("every");
  if (value && value->is_table()) return read_range(*value);
  const Millis every = value ? value->duration(kShortest, kLongestPeriod).value_or(kUsual) : kUsual;
  return {every, every};
}

model::RobotsRule read_robots(Table& table, Reading& reading) {
  model::RobotsRule rule;
  const auto value = table.find("robots");
  if (!value) return rule;
  constexpr const char* kForm = "write \"obey\" or { ignore = \"why we may\", hosts = [\"n.news.naver.com\"] }";
  if (!value->is_table()) {
    if (const auto text = value->text(); text && *text != "obey") value->refuse(quoted(*text) + " is not a way to treat robots.txt", kForm);
    return rule;
  }
  auto override = *value->table();
  const auto reason = override.need("ignore", "say why we may");
  if (reason) rule.reason = reason->text().value_or("");
  rule.ignored_hosts = read_hosts(override, "hosts", reading);
  override.finish();
  if (rule.ignored_hosts.empty()) value->refuse("names no host", kForm);
  for (const std::string& host : rule.ignored_hosts) value->warn("robots.txt of " + host + " is not obeyed: " + rule.reason);
  return rule;
}

// A key that a service gave out: it goes into a header as it is.
bool fits_a_header(const std::string& key) {
  return !key.empty() && key.size() <= 200 && std::all_of(key.begin(), key.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; });
}

void read_keys(Table& table, model::Source& source, Reading& reading) {
  constexpr const char* kWhere = "register an application for the news search, and write client_id = \"…\" and client_secret = { file = \"…\" }";
  const auto id = table.need("client_id", kWhere), secret = table.need("client_secret", kWhere);
  source.client_id = id ? id->text().value_or("") : "";
  if (id && !fits_a_header(source.client_id)) id->refuse("is no key's number: letters and digits without blanks", kWhere);
  const auto key = secret ? read_secret(*secret, reading) : std::nullopt;
  if (key && reading.secrets != Secrets::kSkip && !fits_a_header(key->reveal())) secret->refuse("is no key: letters and digits without blanks", kWhere);
  source.client_secret = key.value_or(Secret());
}

}  // namespace

void read_source(Table table, Reading& reading) {
  model::Source source;
  source.id.value = read_id(table, Noun::kSource, reading);
  source.kind = read_kind(table);
  const listing::Adapter* const adapter = listing::find_adapter(source.kind);
  const bool takes_keys = adapter != nullptr && adapter->service != nullptr;
  source.url = read_url(table, takes_keys);
  source.every = read_every(table);
  source.baseline = table.truth("baseline").value_or(true);
  source.robots = read_robots(table, reading);
  for (auto& tag : table.texts("tags", 50)) source.tags.push_back(std::move(tag.value));
  const auto recipe = table.find("recipe");
  const bool wanted = source.kind == "css_page";
  if (recipe && wanted) source.recipe = read_recipe(*recipe, reading);
  else if (recipe) recipe->refuse("belongs to sources of the kind css_page", "leave it out, or write kind = \"css_page\"");
  else if (wanted) table.refuse("a css_page wants a recipe", "write recipe = \"NAME\" and put its file into " + beside(reading.folder, "recipes"));
  if (takes_keys) read_keys(table, source, reading);
  else table.misplaced({"client_id", "client_secret"}, "belongs to sources of the kind naver_search");
  table.finish();
  if (!source.tags.empty()) reading.settings.definitions.push_back({model::DefinitionKind::kSource, source.id.value, model::definition_text(source), line_of(table.place())});
  reading.settings.sources.push_back(std::move(source));
}

}  // namespace bylined::settings
