// SPDX-License-Identifier: Apache-2.0
// Words of listings: headlines, summaries and names as people read them, out of what a page or feed wrote.
// Private to the room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text/ascii.h"

namespace bylined::listing {

using text::trimmed;
// Runs of blanks (U+00A0 too) as one, none at the ends.
std::string squeezed(std::string_view text);
// The same without a copy where the text is so already, else in `copy`.
std::string_view squeezed_in(std::string_view text, std::string& copy);
// ASCII letters without case.
bool same_name(std::string_view a, std::string_view b);
// "홍길동 기자", "By Kim Min-su", "hong@press.example (홍길동)": the name alone; none of an address alone.
std::vector<std::string> person_names(std::string_view byline);
// A headline that may hold references and tags of emphasis; "<르포>" and "<AI 시대>" are words of it.
std::string headline(std::string_view html);
// The same without a copy where nothing is to be undone, else in `copy`.
std::string_view headline_in(std::string_view html, std::string& copy);
// Markup as one line of text: tags gone, blocks parted by a blank, scripts and styles left out.
std::string text_of_markup(std::string_view html);
// How an answer that is no listing looks ("a login page", "an error page"), for the reason; or empty.
std::string kind_of_wall(std::string_view utf8);

}  // namespace bylined::listing
