// SPDX-License-Identifier: Apache-2.0
// Expectations written into the text: "[한빛전자]는" says that 한빛전자 is a mention there and nothing else is.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/text/fold.h"
#include "pipeline/match/match.h"

namespace bylined::match {

inline model::Entity entity(std::string id, model::EntityKind kind, std::vector<std::string> names) {
  model::Entity made;
  made.id = {std::move(id)};
  made.kind = kind;
  made.names = std::move(names);
  return made;
}

inline model::Entity person(std::string id, std::vector<std::string> names) { return entity(std::move(id), model::EntityKind::kPerson, std::move(names)); }
inline model::Entity company(std::string id, std::vector<std::string> names) { return entity(std::move(id), model::EntityKind::kOrganisation, std::move(names)); }
inline model::Entity product(std::string id, std::vector<std::string> names) { return entity(std::move(id), model::EntityKind::kProduct, std::move(names)); }

inline const std::vector<model::Entity> kDoyun{person("doyun", {"강도윤"})};
inline const std::vector<model::Entity> kMiller{person("miller", {"노아 밀러", "Noah Miller"})};

inline std::vector<model::Mention> mentions_in(const std::vector<model::Entity>& entities, std::string_view title, std::string_view body) {
  const auto names = compile(entities);
  EXPECT_TRUE(names);
  return names ? find_mentions(**names, {title, body}).mentions : std::vector<model::Mention>();
}

inline std::string without_marks(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c != '[' && c != ']') plain += c;
  }
  return plain;
}

// The body with brackets around what is believed to be a mention (credits are none).
inline std::string marked(const std::vector<model::Entity>& entities, std::string_view title, std::string_view body) {
  std::u32string text = text::to_utf32(body);
  std::vector<model::Mention> found = mentions_in(entities, title, body);
  for (auto one = found.rbegin(); one != found.rend(); ++one) {
    if (!one->sure() || one->field != model::Field::kBody) continue;
    text.insert(one->end, U"]");
    text.insert(one->start, U"[");
  }
  return text::to_utf8(text);
}

inline void expect_marks(const std::vector<model::Entity>& entities, std::initializer_list<std::string_view> texts) {
  for (const std::string_view text : texts) EXPECT_EQ(marked(entities, "", without_marks(text)), text);
}

}  // namespace bylined::match
