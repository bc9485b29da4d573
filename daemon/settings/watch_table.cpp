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
  const auto place_of = [&value](std::optional<int> column) {
    Place place = value->place();
    place.column += column.value_or(0);  // behind the quote
    return place;
  };
  if (!rule) return reading.complaints.refuse(place_of(rule::fault_column(rule.error())), rule.error().text());
  for (const model::EntityId& id : rule::named_entities(*rule)) {
    reading.references.push_back({Noun::kEntity, {id.value, place_of(rule::column_of(*text, id))}});
  }
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
