// SPDX-License-Identifier: Apache-2.0
// Persons' names out of what pages print beside "author": no "By", no roles, addresses, links or desks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bylined::article {

// No article has more authors. One more is kept, so that whoever takes them knows that there were more.
inline constexpr std::size_t kMostNames = 64;
// Once each; false where there is room for no more.
bool add_name(std::vector<std::string>& names, std::string name);

std::vector<std::string> person_names(std::string_view printed);
// "Lê Phương", "Anna-Maria D’Este": a line that is two to four capitalised words and nothing else.
bool is_name_alone(std::string_view line);
// "by" and its like, in lower case.
bool is_by(std::string_view word);

}  // namespace bylined::article
