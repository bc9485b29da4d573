// SPDX-License-Identifier: Apache-2.0
#include "query/reading_room.h"

#include <utility>

namespace bylined::query {

ReadingRoom::ReadingRoom(std::string database) { shelf_.database = std::move(database); }

Task<Result<json::value>> ReadingRoom::ask(Question question, settings::SettingsPtr settings, json::object facts, Instant now) {
  Shelf* const shelf = &shelf_;
  co_return co_await lane_.run(&answer_on, shelf, std::move(question), std::move(settings), std::move(facts), now);
}

Task<Result<ReadingRoom::Measures>> ReadingRoom::measure() {
  Shelf* const shelf = &shelf_;
  co_return co_await lane_.run(&measure_on, shelf);
}

Result<store::Reader*> ReadingRoom::reader_on(Shelf* shelf) {
  if (!shelf->reader) {
    auto opened = store::open_reader(shelf->database);
    if (!opened) return opened.error();
    shelf->reader = std::move(*opened);
  }
  return shelf->reader.get();
}

Result<ReadingRoom::Measures> ReadingRoom::measure_on(Shelf* shelf) {
  const auto reader = reader_on(shelf);
  if (!reader) return reader.error();
  auto counts = (*reader)->counts();
  if (!counts) return counts.error();
  const auto sources = (*reader)->sources();
  if (!sources) return sources.error();
  Measures measures{*counts, {}};
  for (const store::SourceStatus& source : *sources) {
    if (!source.retired) ++measures.sources[source.state];
  }
  return measures;
}

Result<json::value> ReadingRoom::answer_on(Shelf* shelf, Question question, settings::SettingsPtr settings, json::object facts, Instant now) {
  const auto reader = reader_on(shelf);
  if (!reader) return reader.error();
  return answer(Sight{**reader, std::move(settings), std::move(facts), now}, question);
}

}  // namespace bylined::query
