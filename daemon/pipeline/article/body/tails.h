// SPDX-License-Identifier: Apache-2.0
// Lines that outlets print below any article and that nobody wrote for this one: who owns the rights, what readers are asked to do,
// where the newsroom is reached, what a column is said to be. Knows no outlet. What only looks like one below a text is told from
// what is one anywhere.
#pragma once

#include <string_view>

namespace bylined::article {

// Whose the rights are: on any place of a page.
bool is_rights_notice(std::string_view line);
// "▶ 나루일보 구독하기", "■ 제보하기 ▷ 카카오톡": asks the reader for something. A sentence of the text ends as such.
bool is_call(std::string_view line);

enum class Tail {
  kNone,
  kMaybe,   // an arrow or a hand and a few words: a list of the text's own, unless a byline or a sure line stands above it
  kSurely,
};
// What a line is that has nothing of the text below it.
Tail tail_of(std::string_view line);

}  // namespace bylined::article
