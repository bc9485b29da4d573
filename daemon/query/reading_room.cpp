// SPDX-License-Identifier: Apache-2.0
#include "query/reading_room.h"

#include <utility>

namespace bylined::query {

ReadingRoom::ReadingRoom(std::string database) { shelf_.database = std::move(database); }

Task<Result<json::value>> ReadingRoom::ask(Question question, json::object facts, Instant now) {
  Shelf* const shelf = &shelf_;
  co_return co_await lane_.run(&answer_on, shelf, std::move(question), std::move(facts), now);
}

Result<json::value> ReadingRoom::answer_on(Shelf* shelf, Question question, json::object facts, Instant now) {
  if (!shelf->reader) {
    auto opened = store::open_reader(shelf->database);
    if (!opened) return opened.error();
    shelf->reader = std::move(*opened);
  }
  return answer(Sight{*shelf->reader, std::move(facts), now}, question);
}

}  // namespace bylined::query
