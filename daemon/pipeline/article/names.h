// SPDX-License-Identifier: Apache-2.0
// Persons' names out of what pages print beside "author": no "By", no roles, addresses, links or desks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bylined::article {

std::vector<std::string> person_names(std::string_view printed);
// "by" and its like, in lower case.
bool is_by(std::string_view word);

}  // namespace bylined::article
