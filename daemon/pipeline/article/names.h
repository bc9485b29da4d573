// SPDX-License-Identifier: Apache-2.0
// Persons' names out of what pages print beside "author": no "By", no roles, addresses, links or desks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bylined::article {

std::vector<std::string> person_names(std::string_view printed);
// "Lê Phương", "Anna-Maria D’Este": a line that is two to four capitalised words and nothing else.
bool is_name_alone(std::string_view line);
// "by" and its like, in lower case.
bool is_by(std::string_view word);

}  // namespace bylined::article
