// SPDX-License-Identifier: Apache-2.0
// A headline as pages write it into their titles, and without what they hang on it: outlet and section.
#pragma once

#include <string>
#include <string_view>

namespace bylined::article {

// `outlet`: its name where the page says it; `url`: whose host may stand for the name; `heading`: the page's
// first heading. A part behind (or before) a bar or dash goes where it names the outlet, or where the rest is the heading.
std::string bare_headline(std::string_view title, std::string_view outlet, std::string_view url, std::string_view heading);

// The outlet as the title's last part names it: where what stands before it is the heading, or the host's name is in it.
// Empty where the title does not say.
std::string outlet_in(std::string_view title, std::string_view url, std::string_view heading);

// The same of a headline that stands in data: behind a bar the whole name goes, and nothing else.
std::string_view without_outlet(std::string_view headline, std::string_view outlet);

// A bar is what parts a headline from outlet and section: "|", "-", "›" and their like; blanks around it are let pass.
bool begins_with_bar(std::string_view text);
// Of "Outlet - " the outlet; empty where no bar ends it.
std::string_view before_last_bar(std::string_view text);

}  // namespace bylined::article
