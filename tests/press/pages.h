// SPDX-License-Identifier: Apache-2.0
// The pages, feeds and JSON of the press, in the shape of real ones. Pure: what stands on them is given.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/press/script.h"

namespace bylined::press {

// One article as it stands in one outlet at one moment.
struct Copy {
  const Article* article = nullptr;
  const Place* place = nullptr;
  const Outlet* outlet = nullptr;
  std::string url;
  std::string title;
  std::vector<std::string> paragraphs;
  std::string original_url;  // the outlet's own page, for a portal's copy; empty where it has none
  Instant published;
  Instant changed;

  std::string summary() const;
};

// `copies` are newest first.
std::string feed_rss(const Outlet& outlet, const std::vector<Copy>& copies);
std::string feed_atom(const Outlet& outlet, const std::vector<Copy>& copies);
std::string list_page(const Outlet& outlet, const std::vector<Copy>& copies);
// The first page: profile, a "most read" list of the oldest three, then the latest.
std::string journalist_page(const Outlet& outlet, const std::vector<Copy>& copies, Instant now);
// The JSON of page `page` (0 and 1 are the first); an empty result beyond the end.
std::string more_articles(const Outlet& outlet, const std::vector<Copy>& copies, std::size_t page, Instant now);
// Path of that JSON on the journalist page's host, without the page number.
std::string more_articles_path(const Outlet& outlet);

std::string portal_article(const Copy& copy);  // on the portal's article host
std::string own_article(const Copy& copy);     // on the outlet's own host
std::string gone_page();

std::string escaped(std::string_view text);  // for HTML and XML, text and attributes

}  // namespace bylined::press
