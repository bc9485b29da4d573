// SPDX-License-Identifier: Apache-2.0
// Who is named in full in an article, tracked or not, and by which titles they are introduced. Finds
// antecedents; what refers back to them is for short_forms.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/match/field.h"

namespace bylined::match {

constexpr std::uint32_t kNowhere = 0xFFFFFFFF;
using Earliest = std::array<std::uint32_t, 2>;  // by field, where it first ends; kNowhere where it does not stand

// "이재용 삼성전자 회장": a title, and where it was first given.
struct Called {
  const Title* title = nullptr;
  Earliest at{kNowhere, kNowhere};
};

struct Person {
  std::u32string_view name;             // as it first stands
  bool korean = false;
  std::vector<std::uint32_t> entities;  // none for people who are not tracked
  Earliest at{kNowhere, kNowhere};
  std::vector<Called> called;
};

// Behind a title nothing but endings: 회장은, 회장 측; not 회장단, 시장통.
bool title_ends(std::u32string_view text, std::size_t end);

// A foreign given name stands right before `at`: the last word there is somebody else's, or part of a full name.
std::optional<std::size_t> given_name_before(std::u32string_view text, std::size_t at);

// What people are called for short, where an article does so: a surname, one hanja of it, or a last word.
struct ShortNames {
  std::set<std::u32string_view> whole;
  std::u32string hanja;

  bool ask_for(std::u32string_view short_name) const;
};

class People {
 public:
  // Keeps those who are asked for.
  People(const Names& names, const Fields& fields, const ShortNames& asked);

  // By what they are called for short: a Korean's surname, anybody else's last word.
  const std::vector<Person>& of(std::u32string_view short_name) const;
  // The surname that one hanja stands for, among those of the people here.
  std::vector<std::u32string_view> surnames_written(char32_t hanja) const;

 private:
  // One place where somebody is named in full.
  struct FullName {
    std::size_t field = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::u32string_view short_name;
    bool korean = false;
    std::span<const Span> names;  // that begin there; none for people who are not tracked
  };

  void add_tracked(std::size_t field);
  void add_name(std::size_t field, const Span& first, std::span<const Span> names);
  void add_strangers(std::size_t field);
  void introduce(std::size_t field, const Anchor& anchor);
  bool introduce_word(std::size_t field, std::uint32_t from, std::uint32_t to, const Title& title);
  void note(const FullName& one, const Title* title);
  Person* person_for(const FullName& one, const std::vector<std::uint32_t>& entities);
  std::u32string_view text_of(const FullName& one) const { return fields_[one.field].text().substr(one.begin, one.end - one.begin); }

  const Names& names_;
  const Fields& fields_;
  const ShortNames& asked_;
  std::vector<FullName> full_names_;  // by field and end
  std::map<std::u32string_view, std::vector<Person>> people_;
};

}  // namespace bylined::match
