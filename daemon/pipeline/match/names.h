// SPDX-License-Identifier: Apache-2.0
// The compiled entities: every writing of every name in one trie, what each writing stands for, and what
// is known of its entity. Constant. Knows nothing of texts.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/entity.h"
#include "pipeline/match/lexicon.h"
#include "pipeline/match/trie.h"
#include "pipeline/match/writing.h"

namespace bylined::match {

enum class Role : std::uint8_t {
  kName,      // a name as listed
  kSpelled,   // its Latin capitals spelled in Hangul
  kLastWord,  // the last word of a foreign person's name: needs the full name first
  kTitle,     // no name, but the anchor of introductions and short forms
  kContext,   // a string whose presence rules entities in or out
  kOtherCue,  // a word beside which a homograph is no name
  kOwnCue,    // a word beside which it is one
};

// One for each key of the trie. Of a million each that a text asks for is far away: no larger than it must be, and
// four of them fill a line of the cache, so that none lies across two.
struct Writing {
  std::uint32_t owner = 0;  // entity, or the number of the title, context string or homograph
  std::uint32_t name = 0;   // in Names::name()
  std::uint32_t parts = 0;  // in Names::parts(); 0: it is one word, and texts may not part it
  std::uint8_t letters = 0;
  std::uint8_t homograph = 0;      // number of a name that is a word as well; 0: none
  Role role : 4 = Role::kName;
  std::uint8_t kind_number : 3 = 0;  // of a name's entity
  bool hangul : 1 = false;           // nothing but Hangul
  std::uint8_t group : 6 = 0;        // number of a name that longer names begin with; 0: none
  bool korean_person : 1 = false;    // surname and given name
  bool last : 1 = false;             // of those with its letters

  model::EntityKind kind() const { return static_cast<model::EntityKind>(kind_number); }
};
static_assert(sizeof(Writing) == 16);

// Strings one behind the other: a million of them cost their bytes and four more each.
class StringPool {
 public:
  std::uint32_t add(std::string_view text) {
    bytes_ += text;
    starts_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    return static_cast<std::uint32_t>(starts_.size() - 2);
  }
  std::string_view operator[](std::uint32_t i) const { return std::string_view(bytes_).substr(starts_[i], starts_[i + 1] - starts_[i]); }
  // In a pool of a million strings each is far away, and so is where it lies.
  void fetch_place(std::uint32_t i) const { __builtin_prefetch(starts_.data() + i); }
  void fetch(std::uint32_t i) const { __builtin_prefetch(bytes_.data() + starts_[i]); }
  std::size_t size() const { return starts_.size() - 1; }
  std::size_t bytes() const { return bytes_.capacity() + starts_.capacity() * sizeof starts_[0]; }
  void shrink() {
    bytes_.shrink_to_fit();
    starts_.shrink_to_fit();
  }

 private:
  std::string bytes_;
  std::vector<std::uint32_t> starts_{0};
};

// What only few entities have, so it is kept apart.
struct Particulars {
  std::uint32_t entity = 0;
  std::vector<std::uint32_t> any;           // context strings, one of which must stand in the article
  std::vector<std::uint32_t> none;          // context strings that rule it out
  std::vector<std::uint32_t> titles;        // in Names::title()
  std::vector<std::uint32_t> of;            // entities
  bool reporter = false;                    // 기자 is a context of it: a byline is a mention
};

class Names {
 public:
  const Trie& trie() const { return trie_; }
  // Writings of equal letters lie behind each other, up to the one that says `last`.
  const Writing* writings_of(std::uint32_t key) const { return writings_.data() + key; }
  // An entity's number is the place of its id; its names lie behind it, the one that is shown first.
  static constexpr std::uint32_t numbers_taken(std::size_t names) { return static_cast<std::uint32_t>(names) + 1; }
  std::string_view id(std::uint32_t entity) const { return strings_[entity]; }
  std::string_view name(std::uint32_t name) const { return strings_[name]; }
  const Parts& parts(const Writing& writing) const { return parts_[writing.parts]; }
  bool is_first_name(const Writing& writing) const { return writing.name == writing.owner + 1; }
  // For whoever is going to ask for the ids and names of many: first all places, then all strings, then to work.
  void fetch_place(std::uint32_t entity) const { strings_.fetch_place(entity); }
  void fetch(std::uint32_t entity) const { strings_.fetch(entity); }
  const Title& title(std::uint32_t title) const { return titles_[title]; }
  // Was the entity called so on that day ("2025-02-04")? Always, where either is not known.
  bool is_called(std::uint32_t name, std::string_view day) const;
  bool keeps_all() const { return keeps_all_; }
  const Particulars* particulars(std::uint32_t entity) const;
  std::size_t bytes() const;

 private:
  friend class NamesBuilder;

  Trie trie_;
  bool keeps_all_ = false;
  std::vector<Writing> writings_;  // at the places of their keys in the trie
  std::vector<Parts> parts_;       // each once
  StringPool strings_;             // ids and names
  std::vector<Particulars> particulars_;  // sorted by entity
  std::vector<Title> titles_;             // the lexicon's, then those that entities list
  std::deque<std::u32string> own_titles_;
  struct Times {
    std::string from, until;
  };
  std::map<std::uint32_t, Times> times_;  // of names of another time
};

}  // namespace bylined::match
