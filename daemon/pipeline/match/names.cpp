// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/names.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/text/fold.h"
#include "pipeline/match/letters.h"
#include "pipeline/match/match.h"
#include "pipeline/match/writing.h"

namespace bylined::match {
namespace {

// Full Korean names are shortened by their surname, never by a last word.
bool is_korean_person(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (surname_length(text::fold(name).text) > 0) return true;
  }
  return false;
}

}  // namespace

class NamesBuilder {
 public:
  explicit NamesBuilder(Overlap overlap) {
    names_.keeps_all_ = overlap == Overlap::kAll;
    names_.titles_.assign(titles().begin(), titles().end());
    number_of({});
  }

  Status add(const model::Entity& entity) {
    const std::uint32_t number = names_.strings_.add(entity.id.value);
    kind_ = entity.kind;
    entities_.push_back(number);
    const bool plain = entity.hanja.empty() && entity.romanised.empty() && entity.tickers.empty() && entity.former.empty();
    const std::vector<std::string> all = plain ? std::vector<std::string>() : model::all_names(entity);
    const std::vector<std::string>& names = plain ? entity.names : all;
    if (names.empty()) return invalid(entity, "has no name");
    for (const std::string& name : names) {
      Status added = add_name(entity, name, number);
      if (!added) return added;
    }
    const auto first_former = static_cast<std::uint32_t>(names_.strings_.size() - entity.former.size());
    for (std::uint32_t i = 0; i < entity.former.size(); ++i) names_.times_[first_former + i] = {entity.former[i].from, entity.former[i].until};
    if (entity.kind == model::EntityKind::kPerson) add_last_words(names, number);
    add_particulars(entity, number);
    return Status();
  }

  std::shared_ptr<const Names> finish() && {
    if (!affiliations_.empty()) number_all();
    for (const auto& [entity, of] : affiliations_) resolve(entity, of);
    for (std::size_t i = 0; i < names_.titles_.size(); ++i) {
      Writing writing;
      writing.owner = static_cast<std::uint32_t>(i);
      writing.role = Role::kTitle;
      put(std::u32string(names_.titles_[i].text), writing);
    }
    build_trie();
    names_.strings_.shrink();
    return std::make_shared<const Names>(std::move(names_));
  }

 private:
  void number_all() {
    numbers_.reserve(entities_.size());
    for (const std::uint32_t entity : entities_) numbers_.emplace(names_.id(entity), entity);
  }

  static Error invalid(const model::Entity& entity, const std::string& why) {
    return Error(ErrorKind::kInvalid, "entity '" + entity.id.value + "' " + why);
  }

  Status add_name(const model::Entity& entity, const std::string& name, std::uint32_t number) {
    Spelling spelling = spelling_of(name);
    if (spelling.letters.empty()) return invalid(entity, "has an empty name");
    if (spelling.letters.size() > kLongestName) return invalid(entity, "has a name of more than " + std::to_string(kLongestName) + " letters");
    Writing writing;
    writing.owner = number;
    writing.name = names_.strings_.add(name);
    writing.parts = number_of(spelling.parts);
    writing.homograph = homograph_number(spelling.letters);
    writing.group = group_number(spelling.letters) & 63U;
    if (writing.homograph != 0) add_cues(writing.homograph);
    put(spelling.letters, writing);
    writing.role = Role::kSpelled;
    writing.parts = number_of({0, spelling.parts.loose});
    writing.homograph = 0;
    writing.group = 0;
    for (const std::u32string& aloud : spelled_aloud(name)) put(aloud, writing);
    return Status();
  }

  void add_cues(std::uint8_t number) {
    if (!cued_.insert(number).second) return;
    const Homograph& homograph = homographs()[number - 1U];
    add_cues_of(number, homograph.other, Role::kOtherCue);
    add_cues_of(number, homograph.own, Role::kOwnCue);
  }

  void add_cues_of(std::uint8_t number, std::u32string_view list, Role role) {
    while (!list.empty()) {
      const std::u32string_view one = list.substr(0, list.find(U','));
      list.remove_prefix(std::min(list.size(), one.size() + 1));
      const Spelling spelling = spelling_of(text::to_utf8(one));
      if (spelling.letters.empty()) continue;
      Writing writing;
      writing.owner = number;
      writing.parts = number_of({spelling.parts.own, 0});
      writing.role = role;
      put(spelling.letters, writing);
    }
  }

  void add_last_words(const std::vector<std::string>& names, std::uint32_t number) {
    if (is_korean_person(names)) return;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::u32string word = last_word_of(names[i]);
      if (word.empty()) continue;
      Writing writing;
      writing.owner = number;
      writing.name = number + 1 + static_cast<std::uint32_t>(i);
      writing.role = Role::kLastWord;
      put(word, writing);
    }
  }

  void add_particulars(const model::Entity& entity, std::uint32_t number) {
    if (entity.context_any.empty() && entity.context_none.empty() && entity.titles.empty() && entity.of.empty()) return;
    Particulars particulars;
    particulars.entity = number;
    for (const std::string& text : entity.context_any) {
      particulars.any.push_back(context(text));
      if (text == "기자") particulars.reporter = true;
    }
    for (const std::string& text : entity.context_none) particulars.none.push_back(context(text));
    for (const std::string& title : entity.titles) {
      const Spelling spelling = spelling_of(title);
      if (!spelling.letters.empty()) particulars.titles.push_back(title_number(spelling.letters));
    }
    if (!entity.of.empty()) affiliations_.emplace_back(names_.particulars_.size(), entity.of);
    names_.particulars_.push_back(std::move(particulars));
  }

  std::uint32_t title_number(const std::u32string& letters) {
    auto& all = names_.titles_;
    const auto known = std::find_if(all.begin(), all.end(), [&](const Title& one) { return one.text == letters; });
    if (known != all.end()) return static_cast<std::uint32_t>(known - all.begin());
    const std::u32string_view text = names_.own_titles_.emplace_back(letters);
    all.push_back({text, text, {}, false, true});
    return static_cast<std::uint32_t>(all.size() - 1);
  }

  std::uint32_t context(const std::string& text) {
    const Spelling spelling = spelling_of(text);
    const auto [found, fresh] = contexts_.emplace(text, static_cast<std::uint32_t>(contexts_.size()));
    if (fresh && !spelling.letters.empty()) {
      Writing writing;
      writing.owner = found->second;
      writing.parts = number_of({spelling.parts.own, 0});
      writing.role = Role::kContext;
      put(spelling.letters, writing);
    }
    return found->second;
  }

  void resolve(std::size_t at, const std::vector<model::EntityId>& of) {
    for (const model::EntityId& id : of) {
      const auto found = numbers_.find(id.value);
      if (found != numbers_.end()) names_.particulars_[at].of.push_back(found->second);
    }
  }

  std::uint32_t number_of(const Parts& parts) {
    const auto [found, fresh] = part_numbers_.emplace(parts, static_cast<std::uint32_t>(names_.parts_.size()));
    if (fresh) names_.parts_.push_back(parts);
    return found->second;
  }

  void put(const std::u32string& letters, Writing writing) {
    writing.letters = static_cast<std::uint8_t>(letters.size());
    writing.hangul = all_hangul(letters);
    if (is_name(writing.role)) {
      writing.kind_number = static_cast<std::uint8_t>(kind_) & 7U;
      writing.korean_person = writing.kind() == model::EntityKind::kPerson && names_.parts(writing).own == 0 && surname_length(letters) > 0;
    }
    pool_ += letters;
    pool_starts_.push_back(pool_.size());
    writings_.push_back(writing);
  }

  static bool is_name(Role role) { return role == Role::kName || role == Role::kSpelled || role == Role::kLastWord; }

  // 샘 올트먼, 챗-GPT, and of all-Hangul names the short ones of products: 딥 시크.
  bool parts_early(const Writing& writing) const {
    if (writing.role == Role::kName && writing.kind() == model::EntityKind::kProduct && writing.hangul) return true;
    const Parts& parts = names_.parts(writing);
    return ((parts.own | parts.loose) & 2) != 0;
  }

  void build_trie() {
    std::vector<Trie::Key> keys;
    keys.reserve(writings_.size());
    for (std::size_t i = 0; i < writings_.size(); ++i) {
      keys.push_back({std::u32string_view(pool_).substr(pool_starts_[i], pool_starts_[i + 1] - pool_starts_[i]), parts_early(writings_[i]), !is_name(writings_[i].role)});
    }
    std::vector<std::uint32_t> places;
    names_.trie_ = Trie::build(keys, places);
    names_.writings_.resize(writings_.size());
    for (std::size_t i = 0; i < writings_.size(); ++i) names_.writings_[places[i]] = writings_[i];
    mark_last(keys, places);
  }

  void mark_last(const std::vector<Trie::Key>& keys, const std::vector<std::uint32_t>& places) {
    std::vector<std::uint32_t> at(places.size());
    for (std::uint32_t i = 0; i < places.size(); ++i) at[places[i]] = i;
    for (std::size_t place = 0; place < at.size(); ++place) {
      names_.writings_[place].last = place + 1 == at.size() || keys[at[place]].letters != keys[at[place + 1]].letters;
    }
  }

  Names names_;
  model::EntityKind kind_ = model::EntityKind::kOther;  // of the entity that is being added
  std::vector<std::uint32_t> entities_;                 // their numbers
  std::u32string pool_;
  std::vector<std::size_t> pool_starts_{0};
  std::vector<Writing> writings_;
  std::unordered_map<std::string_view, std::uint32_t> numbers_;  // by id, where an affiliation asks for one
  std::map<Parts, std::uint32_t> part_numbers_;
  std::map<std::string, std::uint32_t> contexts_;
  std::set<std::uint8_t> cued_;  // homographs whose cues are in
  std::vector<std::pair<std::size_t, std::vector<model::EntityId>>> affiliations_;
};

const Particulars* Names::particulars(std::uint32_t entity) const {
  const auto found = std::lower_bound(particulars_.begin(), particulars_.end(), entity, [](const Particulars& one, std::uint32_t wanted) { return one.entity < wanted; });
  return found != particulars_.end() && found->entity == entity ? &*found : nullptr;
}

bool Names::is_called(std::uint32_t name, std::string_view day) const {
  if (times_.empty() || day.empty()) return true;
  const auto found = times_.find(name);
  return found == times_.end() || (day >= found->second.from && (found->second.until.empty() || day < found->second.until));
}

std::size_t Names::bytes() const {
  return trie_.bytes() + writings_.capacity() * sizeof(Writing) + parts_.capacity() * sizeof(Parts) + strings_.bytes() + particulars_.capacity() * sizeof(Particulars);
}

Result<NamesPtr> compile(const std::vector<model::Entity>& entities, Overlap overlap) {
  NamesBuilder builder(overlap);
  for (const model::Entity& entity : entities) {
    const Status added = builder.add(entity);
    if (!added) return added.error();
  }
  return NamesPtr(std::move(builder).finish());
}

}  // namespace bylined::match
