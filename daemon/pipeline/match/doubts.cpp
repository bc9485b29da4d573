// SPDX-License-Identifier: Apache-2.0
#include "base/text/fold.h"
#include "pipeline/match/lexicon.h"
#include "pipeline/match/match.h"
#include "pipeline/match/names.h"
#include "pipeline/match/sides.h"
#include "pipeline/match/writing.h"

namespace bylined::match {
namespace {

constexpr std::size_t kMostDoubts = 1000;
constexpr std::size_t kMostOthers = 3;  // that one name's doubt lists

class Doubter {
 public:
  Doubter(const Names& names, const std::vector<model::Entity>& entities) : names_(names), entities_(entities) {}

  Doubts run() {
    std::uint32_t number = 0;  // in `names_`
    for (const model::Entity& entity : entities_) {
      const std::vector<std::string> all = model::all_names(entity);
      for (const std::string& name : all) look_at(number, name, !entity.context_any.empty());
      number += Names::numbers_taken(all.size());
    }
    return std::move(doubts_);
  }

 private:
  void doubt(std::uint32_t entity, const std::string& name, std::string reason) {
    if (doubts_.list.size() >= kMostDoubts) ++doubts_.left_out;
    else doubts_.list.push_back({model::EntityId{std::string(names_.id(entity))}, name, std::move(reason)});
  }

  void look_at(std::uint32_t entity, const std::string& name, bool has_context) {
    const Spelling spelling = spelling_of(name);
    if (spelling.letters.size() == 1) doubt(entity, name, "is a single letter: it will be found where nobody is meant");
    if (!has_context && (homograph_number(spelling.letters) != 0 || is_common_word(spelling.letters))) {
      doubt(entity, name, "is an everyday word: give the entity a context_any, or expect false mentions");
    }
    compare(entity, name);
  }

  void compare(std::uint32_t entity, const std::string& name) {
    const std::u32string text = text::fold(name).text;
    std::vector<std::string> same;
    std::vector<std::string> longer;
    names_.trie().scan(text, [&](const Hit& hit) {
      if (!may_start_word(text, hit.begin, hit.end)) return;
      const bool whole = hit.begin == 0 && hit.end == text.size();
      for (const Writing* at = names_.writings_of(hit.key);; ++at) {
        if (at->role == Role::kName && at->owner != entity) note(*at, whole, entity, whole ? same : longer);
        if (at->last) break;
      }
    });
    for (const std::string& other : same) doubt(entity, name, "is listed by " + other + " too: both are answered unless a context parts them");
    for (const std::string& other : longer) doubt(entity, name, "contains " + other + ": where the longer one stands, it alone counts");
  }

  // Of two entities with one name the first speaks.
  void note(const Writing& other, bool whole, std::uint32_t entity, std::vector<std::string>& list) const {
    if ((whole && other.owner < entity) || list.size() >= kMostOthers) return;
    const std::string id = "entity '" + std::string(names_.id(other.owner)) + "'";
    list.push_back(whole ? id : "'" + std::string(names_.name(other.name)) + "' of " + id);
  }

  const Names& names_;
  const std::vector<model::Entity>& entities_;
  Doubts doubts_;
};

}  // namespace

Doubts doubtful_names(const std::vector<model::Entity>& entities) {
  const auto names = compile(entities);
  return names ? Doubter(**names, entities).run() : Doubts();
}

}  // namespace bylined::match
