// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text/decode.h"
#include "settings/checks.h"
#include "settings/settings.h"

namespace bylined::settings {
namespace {

struct Word {
  std::string_view text;
  std::size_t column = 1;  // in characters
};

std::vector<Word> words_of(std::string_view query) {
  std::vector<Word> words;
  std::size_t at = 0;
  while ((at = query.find_first_not_of(' ', at)) != std::string_view::npos) {
    const std::size_t end = std::min(query.find(' ', at), query.size());
    words.push_back({query.substr(at, end - at), text::code_points(query.substr(0, at)) + 1});
    at = end;
  }
  return words;
}

Error wrong(const Word& word, const std::string& reason) {
  return Error(ErrorKind::kInvalid, "column " + std::to_string(word.column) + " of the query: " + reason);
}

std::string upper(std::string_view text) {
  std::string big(text);
  std::transform(big.begin(), big.end(), big.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return big;
}

Status check_join(const Word& word) {
  if (word.text == "OR") return Status();
  if (upper(word.text) == "OR") return wrong(word, "write OR in capitals");
  if (upper(word.text) == "AND" || upper(word.text) == "NOT") {
    return wrong(word, quoted(word.text) + " is not supported yet: terms are joined by OR");
  }
  return wrong(word, "expected OR before " + quoted(word.text));
}

Result<model::EntityId> parse_term(const Word& word) {
  constexpr std::string_view kField = "entity:";
  if (word.text.starts_with(kField)) {
    const std::string_view id = word.text.substr(kField.size());
    if (id.empty()) return wrong(word, "entity: wants an id right behind it, such as entity:samsung");
    const Status good = check_id(id);
    return good ? Result<model::EntityId>(model::EntityId{std::string(id)}) : wrong(word, good.error().text());
  }
  if (word.text == "OR") return wrong(word, "expected entity:ID before OR");
  if (word.text.find(':') != std::string_view::npos || word.text.find_first_of("()\"*") != std::string_view::npos) {
    return wrong(word, quoted(word.text) + " is not supported yet: a query is entity:ID joined by OR");
  }
  return wrong(word, "expected entity:ID, found " + quoted(word.text) + "; did you mean entity:" + std::string(word.text) + "?");
}

}  // namespace

Result<std::vector<model::EntityId>> parse_query(std::string_view query) {
  std::vector<model::EntityId> entities;
  const std::vector<Word> words = words_of(query);
  if (words.empty()) return Error(ErrorKind::kInvalid, "the query is empty: leave it out to ask for every entity");
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i % 2 == 1) {
      const Status joined = check_join(words[i]);
      if (!joined) return joined.error();
      continue;
    }
    auto entity = parse_term(words[i]);
    if (!entity) return entity.error();
    if (std::find(entities.begin(), entities.end(), *entity) == entities.end()) entities.push_back(std::move(*entity));
  }
  if (words.size() % 2 == 0) return wrong(words.back(), "expected entity:ID after OR");
  return entities;
}

}  // namespace bylined::settings
