// SPDX-License-Identifier: Apache-2.0
// Where an element of a page leads. Private to the room. Runs no script, and guesses no address.
#pragma once

#include <string>
#include <string_view>

#include "base/markup/html.h"

namespace bylined::listing {

// Elements that may lead somewhere, for a selector.
inline constexpr const char* kLeading = "a[href], [onclick], [data-href], [data-url], [data-link]";

// Where the page's addresses start from: its <base href>, else its own.
std::string base_of(const markup::Document& document, const std::string& page_url);
// A link made absolute; empty where it leads nowhere else ("#" is a button, "#/news/1" an address).
std::string address_of(const std::string& base, std::string_view href);
// The address that a script goes to, where it is written out whole: "location.href='/news/1'"; else empty, as of "goView('1')".
std::string address_in_script(std::string_view script);
// An element's address, absolute: its href, or where that is a button what it writes out for its script; else empty.
std::string address_at(const std::string& base, markup::Node node);

}  // namespace bylined::listing
