// SPDX-License-Identifier: Apache-2.0
#include "base/text/fold.h"
#include "pipeline/match/lexicon.h"
#include "pipeline/match/match.h"
#include "pipeline/match/names.h"
#include "pipeline/match/sides.h"
#include "pipeline/match/writing.h"

namespace bylined::match {
namespace {

constexpr std::size_t kMostWarnings = 1000;
constexpr std::size_t kMostOthers = 3;  // that one name's warning lists

class Warner {
 public:
  Warner(const Names& names, const std::vector<model::Entity>& entities) : names_(names), entities_(entities) {}

  std::vector<std::string> run() {
    for (std::uint32_t i = 0; i < entities_.size(); ++i) {
      for (const std::string& name : model::all_names(entities_[i])) look_at(i, name);
    }
    if (left_out_ > 0) warnings_.push_back("and " + std::to_string(left_out_) + " more warnings about names");
    return std::move(warnings_);
  }

 private:
  void warn(std::uint32_t entity, const std::string& name, const std::string& what) {
    if (warnings_.size() >= kMostWarnings) ++left_out_;
    else warnings_.push_back("entity '" + entities_[entity].id.value + "': name '" + name + "' " + what);
  }

  void look_at(std::uint32_t entity, const std::string& name) {
    const Spelling spelling = spelling_of(name);
    const bool has_context = !entities_[entity].context_any.empty();
    if (spelling.letters.size() == 1) warn(entity, name, "is a single letter: it will be found where nobody is meant");
    if (!has_context && (homograph_number(spelling.letters) != 0 || is_common_word(spelling.letters))) {
      warn(entity, name, "is an everyday word: give the entity a context_any, or expect false mentions");
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
    for (const std::string& other : same) warn(entity, name, "is listed by " + other + " too: both are answered unless a context parts them");
    for (const std::string& other : longer) warn(entity, name, "contains " + other + ": where the longer one stands, it alone counts");
  }

  // Of two entities with one name the first speaks.
  void note(const Writing& other, bool whole, std::uint32_t entity, std::vector<std::string>& list) const {
    if ((whole && other.owner < entity) || list.size() >= kMostOthers) return;
    const std::string id = "entity '" + std::string(names_.id(other.owner)) + "'";
    list.push_back(whole ? id : "'" + std::string(names_.name(other.name)) + "' of " + id);
  }

  const Names& names_;
  const std::vector<model::Entity>& entities_;
  std::vector<std::string> warnings_;
  std::size_t left_out_ = 0;
};

}  // namespace

std::vector<std::string> warnings(const std::vector<model::Entity>& entities) {
  const auto names = compile(entities);
  return names ? Warner(**names, entities).run() : std::vector<std::string>();
}

}  // namespace bylined::match
