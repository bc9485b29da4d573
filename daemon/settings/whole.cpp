// SPDX-License-Identifier: Apache-2.0
// What only shows once all files are read.
#include <algorithm>

#include "base/net/url.h"
#include "base/text/nearest.h"
#include "pipeline/match/match.h"
#include "pipeline/rule/rule.h"
#include "settings/reading.h"

namespace bylined::settings {
namespace {

void warn_at(Noun noun, const std::string& id, Reading& reading, std::string reason, std::string remedy = {}) {
  if (const Place* place = place_of(noun, id, reading)) reading.complaints.warn(*place, std::move(reason), std::move(remedy));
}

void check_references(Reading& reading) {
  for (const Reference& reference : reading.references) {
    const auto& known = reading.ids[reference.noun];
    if (known.contains(reference.id.value)) continue;
    std::vector<std::string_view> names;
    for (const auto& [id, place] : known) names.push_back(id);
    const std::string kind(noun_name(reference.noun));
    const std::string nearest = text::did_you_mean(reference.id.value, names);
    reading.complaints.refuse(reference.id.place, "there is no " + kind + " " + quoted(reference.id.value),
                              nearest.empty() ? "add a [[" + kind + "]] with this id" : nearest);
  }
}

void check_receivers_used(Reading& reading) {
  const Settings& settings = reading.settings;
  for (const model::Receiver& receiver : settings.receivers) {
    const bool used = std::any_of(settings.watches.begin(), settings.watches.end(), [&](const model::Watch& watch) {
      return std::find(watch.receivers.begin(), watch.receivers.end(), receiver.id) != watch.receivers.end();
    });
    if (!used) warn_at(Noun::kReceiver, receiver.id.value, reading, "no watch uses this receiver", "name it in a watch's receivers");
  }
}

void check_watches_tell(Reading& reading) {
  const Settings& settings = reading.settings;
  const Place whole{settings.file, 0, 0, {}};
  if (settings.watches.empty()) reading.complaints.warn(whole, "there is no [[watch]]: nothing will be alerted");
  else if (settings.receivers.empty()) reading.complaints.warn(whole, "there is no [[receiver]]: alerts are recorded, nobody is told");
  else {
    for (const model::Watch& watch : settings.watches) {
      if (!watch.receivers.empty()) continue;
      warn_at(Noun::kWatch, watch.id.value, reading, "this watch names no receiver: its alerts are recorded, nobody is told");
    }
  }
}

void check_named(const model::Rule& rule, const model::WatchId& watch, Reading& reading) {
  const auto& sources = reading.settings.sources;
  const auto tagged = [&rule](const model::Source& one) { return std::find(one.tags.begin(), one.tags.end(), rule.text) != one.tags.end(); };
  const bool field = rule.kind == model::Rule::Kind::kField;
  if (field && rule.field == "source" && !reading.ids[Noun::kSource].contains(rule.text)) warn_at(Noun::kWatch, watch.value, reading, "its query asks for source:" + rule.text + ", which there is none of");
  if (field && rule.field == "tag" && std::none_of(sources.begin(), sources.end(), tagged)) warn_at(Noun::kWatch, watch.value, reading, "its query asks for tag:" + rule.text + ", which no source has");
  for (const model::Rule& part : rule.parts) check_named(part, watch, reading);
}

void check_rules(Reading& reading) {
  for (const model::Watch& watch : reading.settings.watches) {
    if (!watch.rule) continue;
    const std::string reason = rule::never_holds(*watch.rule);
    if (!reason.empty()) warn_at(Noun::kWatch, watch.id.value, reading, "its query can never hold: " + reason);
    check_named(*watch.rule, watch.id, reading);
  }
}

void check_names(Reading& reading) {
  const match::Doubts doubts = match::doubtful_names(reading.settings.entities);
  for (const match::Doubt& one : doubts.list) {
    const Place* id = place_of(Noun::kEntity, one.entity.value, reading);
    if (id == nullptr) continue;
    Place place = *id;
    place.key = "entity '" + one.entity.value + "'";
    reading.complaints.doubt(place, one.name, one.reason);
  }
  if (doubts.left_out > 0) reading.complaints.warn({reading.settings.file, 0, 0, {}}, "and " + std::to_string(doubts.left_out) + " more doubtful names");
}

// More polls a second than the pace of a host allows can never be on time.
void check_pace(Reading& reading) {
  struct Load {
    double per_second = 0;
    int sources = 0;
    model::SourceId last;
  };
  const double interval = static_cast<double>(reading.settings.fetch.pace.interval.count()) / 1000;
  std::map<std::string, Load> loads;
  for (const model::Source& source : reading.settings.sources) {
    const auto url = net::Url::parse(source.url);
    if (!url) continue;
    Load& load = loads[url->origin()];
    load.per_second += 1000.0 / static_cast<double>(source.every.max.count());
    load.sources += 1;
    load.last = source.id;
  }
  for (const auto& [origin, load] : loads) {
    if (load.per_second * interval <= 1) continue;
    const int late = static_cast<int>(load.per_second * interval + 0.999);
    warn_at(Noun::kSource, load.last.value, reading,
            std::to_string(load.sources) + " sources ask " + origin + " about " + std::to_string(late) +
                " times as often as fetch.per_host.interval allows",
            "make their `every` longer");
  }
}

}  // namespace

void check_whole(Reading& reading) {
  if (!reading.whole) return;
  check_references(reading);
  if (reading.settings.sources.empty()) reading.complaints.warn({reading.settings.file, 0, 0, {}}, "there is no [[source]]: nothing is watched");
  check_watches_tell(reading);
  check_receivers_used(reading);
  check_rules(reading);
  check_pace(reading);
  check_reach(reading);
  check_names(reading);
}

}  // namespace bylined::settings
