// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/match.h"

#include <algorithm>

#include "base/text/decode.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace bylined;
using fuzz::require;

constexpr std::size_t kMostEntities = 20;

std::string_view cut(std::string_view& rest, char at) {
  const std::size_t end = std::min(rest.find(at), rest.size());
  const std::string_view first = rest.substr(0, end);
  rest.remove_prefix(std::min(rest.size(), end + 1));
  return first;
}

// "name,alias|name|…", of all kinds in turn.
std::vector<model::Entity> entities_in(std::string_view line) {
  std::vector<model::Entity> entities;
  while (!line.empty() && entities.size() < kMostEntities) {
    model::Entity entity;
    entity.id.value = std::to_string(entities.size());
    entity.kind = static_cast<model::EntityKind>(entities.size() % 5);
    std::string_view names = cut(line, '|');
    while (!names.empty()) entity.names.emplace_back(cut(names, ','));
    if (entity.kind == model::EntityKind::kPerson) entity.titles = {"회장"};
    if (!entity.names.empty()) entities.push_back(std::move(entity));
  }
  return entities;
}

// The bytes of code points [start, end) of valid UTF-8.
std::string_view part(std::string_view text, std::size_t start, std::size_t end) {
  std::size_t point = 0, from = text.size(), to = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
    if (point == start) from = i;
    if (point == end) to = i;
    ++point;
  }
  require(end <= point && start < end);
  return text.substr(from, to - from);
}

}  // namespace

// Names and text of any characters: every mention says where it stands, and stands there; the same again gives the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string clean = text::decode(fuzz::text_of(data, size), "text/plain; charset=utf-8").text;
  std::string_view rest = clean;
  const auto entities = entities_in(cut(rest, '\n'));
  const auto names = match::compile(entities);
  if (!names) return 0;
  match::doubtful_names(entities);
  const std::string_view title = cut(rest, '\n');
  const match::Found found = match::find_mentions(**names, {title, rest}, 200);
  require(found.mentions.size() <= 200);
  for (const model::Mention& mention : found.mentions) {
    require(mention.confidence >= 0 && mention.confidence <= 1);
    require(part(mention.field == model::Field::kTitle ? title : rest, mention.start, mention.end) == mention.text);
    require(std::any_of(entities.begin(), entities.end(), [&](const model::Entity& entity) { return entity.id == mention.entity; }));
    fuzz::require_running_text(mention.sentence);
  }
  require(match::find_mentions(**names, {title, rest}, 200).mentions == found.mentions);
  return 0;
}
