// SPDX-License-Identifier: Apache-2.0
// What the portal's pages have in common: the item lists of journalist and press pages, and the JSON rows
// behind their "more" buttons. Private to the room.
#pragma once

#include <string>
#include <string_view>

#include "base/markup/html.h"
#include "base/markup/json.h"
#include "pipeline/listing/adapters/adapter.h"

namespace bylined::listing {

// All li.press_edit_news_item of the page, whichever list they stand in; `dated` is when the page was had.
// Returns how many entries there were.
int collect_edit_news(const markup::Document& document, const model::Page& page, Collector& collector);
// Rows with "title", "linkUrl" (or office and article numbers) and a time; returns how many there were.
int collect_rows(const markup::json::array& rows, const model::Page& page, Collector& collector);
// Newest first by article number, where all items are of one office: lists are merged, so the page's order says
// nothing.
void order_by_number(model::Listing& listing);

}  // namespace bylined::listing
