// SPDX-License-Identifier: Apache-2.0
// Code points of valid UTF-8, one by one, and the few classes of them that reading an article needs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bylined::article {

struct Letter {
  std::uint32_t code = 0;
  std::size_t bytes = 1;
};

// The first of a text that is not empty.
Letter letter_at(std::string_view text);
// The last of a text that is not empty.
std::uint32_t last_letter(std::string_view text);

bool is_blank(std::uint32_t c);
bool is_sentence_end(std::uint32_t c);
bool is_comma(std::uint32_t c);
bool is_digit(std::uint32_t c);
// Scripts that part no words by blanks: kana and han.
bool is_wide(std::uint32_t c);
// Letters and digits of any script.
bool is_word(std::uint32_t c);
// Latin, Greek and Cyrillic; others have no case.
std::uint32_t lower(std::uint32_t c);
bool is_upper(std::uint32_t c);

// Adds one code point as UTF-8.
void append_letter(std::string& out, std::uint32_t code);

// Letters and digits alone, in lower case: "‘A’ – b" and "a B" are the same.
std::string squashed(std::string_view text);
// Words in lower case, at most `most` of them; each letter of a wide script is a word.
std::vector<std::string> words_of(std::string_view text, std::size_t most);

}  // namespace bylined::article
