// SPDX-License-Identifier: Apache-2.0
// Places where a name stands and yet is no news of its bearer: addresses, bylines, credits, English words
// in lower case. Looks at the text around a place only.
#pragma once

#include <cstddef>
#include <string_view>

namespace bylined::match {

// Within a URL, an e-mail address or an @handle.
bool in_address(std::u32string_view text, std::size_t begin, std::size_t end);

// A person's name before 기자, 특파원 or 통신원, alone or in a list of them.
bool is_reporter(std::u32string_view text, std::size_t end);

// 사진=NAME 제공, [NAME 제공], 자료: NAME, 사진제공 NAME; alone or in a list of them.
bool is_credit(std::u32string_view text, std::size_t begin, std::size_t end);

// No Hangul near by in its sentence.
bool in_english(std::u32string_view text, std::size_t begin, std::size_t end);

}  // namespace bylined::match
