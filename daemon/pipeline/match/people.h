// SPDX-License-Identifier: Apache-2.0
// Who is named in full in an article, tracked or not, and with which titles they are introduced. Finds
// antecedents; what refers back to them is for short_forms.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "pipeline/match/field.h"

namespace bylined::match {

// Somebody named in full at one place.
struct FullName {
  std::size_t field = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::u32string_view name;             // as it stands there
  std::u32string_view short_name;       // a Korean's surname, anybody else's last word
  bool korean = false;
  std::vector<std::uint32_t> entities;  // none for people who are not tracked
};

// The same with a title: "이재용 삼성전자 회장".
struct Introduction {
  FullName person;
  const Title* title = nullptr;
};

bool same_person(const FullName& a, const FullName& b);

// Behind a title nothing but endings: 회장은, 회장 측; not 회장단, 시장통.
bool title_ends(std::u32string_view text, std::size_t end);

// A foreign given name stands right before `at`: the last word there is somebody else's, or part of a full name.
std::optional<std::size_t> given_name_before(std::u32string_view text, std::size_t at);

class People {
 public:
  People(const Names& names, const Fields& fields);

  const std::vector<FullName>& full_names() const { return full_names_; }  // by field and place
  const std::vector<Introduction>& introductions() const { return introductions_; }

 private:
  void add_tracked(std::size_t field);
  void add_strangers(std::size_t field);
  void introduce(std::size_t field, const Anchor& anchor);
  bool introduce_word(std::size_t field, std::uint32_t from, std::uint32_t to, const Title& title);
  bool names_somebody(std::size_t field, std::uint32_t from, std::uint32_t to) const;
  std::vector<FullName>::const_iterator ending_after(std::size_t field, std::uint32_t from) const;

  const Names& names_;
  const Fields& fields_;
  std::vector<FullName> full_names_;
  std::vector<Introduction> introductions_;
};

}  // namespace bylined::match
