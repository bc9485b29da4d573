// SPDX-License-Identifier: Apache-2.0
// What a page could be watched by: the feeds and sitemaps it names, and the list it is itself. Private to the room.
#pragma once

#include <string>
#include <vector>

#include "base/markup/html.h"
#include "pipeline/listing/listing.h"

namespace bylined::listing {

std::vector<Suggestion> linked_sources(const markup::Document& document, const std::string& page_url);

// The groups of links that stand alike on the page and read like headlines, likelier ones first; a few at most.
struct FoundList {
  std::string where;  // "li.row a.title", for people
  std::vector<model::ListedItem> items;
};
std::vector<FoundList> find_lists(const markup::Document& document, const model::Page& page);
// As many entries as make a list are links that only a script knows the address of.
bool is_opened_by_script(const markup::Document& document, const std::string& page_url);

}  // namespace bylined::listing
