// SPDX-License-Identifier: Apache-2.0
#include "pipeline/rule/rule.h"
#include "settings/reading.h"

namespace bylined::settings {
namespace {

void read_query(Table& table, model::Watch& watch, Reading& reading) {
  const auto value = table.find("query");
  const auto text = value ? value->text() : std::nullopt;
  if (!text) return;
  watch.query = *text;
  auto rule = parse_query(*text);
  if (!rule) {
    Place place = value->place();
    if (const auto column = rule::fault_column(rule.error())) place.column += *column;  // behind the quote
    reading.complaints.refuse(place, rule.error().text());
    return;
  }
  for (const model::EntityId& id : rule::named_entities(*rule)) reading.references.push_back({Noun::kEntity, {id.value, value->place()}});
  watch.entities = rule::asked_entities(*rule);
  watch.rule = std::move(*rule);
}

}  // namespace

void read_watch(Table table, Reading& reading) {
  model::Watch watch;
  watch.id.value = read_id(table, Noun::kWatch, reading);
  read_query(table, watch, reading);
  watch.severity = table.word("severity", model::severity_from_name, "a severity", "write low, normal, high or critical")
                       .value_or(model::Severity::kNormal);
  for (auto& receiver : table.texts("receivers", 100)) {
    watch.receivers.push_back({receiver.value});
    reading.references.push_back({Noun::kReceiver, std::move(receiver)});
  }
  table.finish();
  reading.settings.definitions.push_back({model::DefinitionKind::kWatch, watch.id.value, model::definition_text(watch), line_of(table.place())});
  reading.settings.watches.push_back(std::move(watch));
}

}  // namespace bylined::settings
