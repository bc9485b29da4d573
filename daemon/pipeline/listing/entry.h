// SPDX-License-Identifier: Apache-2.0
// What an entry of a list says that no recipe describes: its headline and its time. Private to the room.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/markup/html.h"
#include "model/stamp.h"

namespace bylined::listing {

inline constexpr std::size_t kShortHeadline = 8;  // code points: menus are shorter
inline constexpr int kMostPieces = 500;            // elements and texts of an entry that are looked at

// The headline in a link: its heading or what is called its title, else its first line; without the times, counters and badges
// that stand in it, since those change while the headline stays.
std::string title_of_link(markup::Node link);
// The headline of a link that lies over its card and holds nothing: the card's only heading, else what the link is labelled.
std::string title_of_cover(markup::Node link);
std::optional<model::Stamp> time_of_entry(const markup::Document& document, markup::Node entry, Instant fetched_at);
// Is one of the words of its class or id, as in "newsList-rank_box", one of these? Small letters.
bool is_called(markup::Node node, std::initializer_list<std::string_view> words);

}  // namespace bylined::listing
