// SPDX-License-Identifier: Apache-2.0
// Every page below tests/pages, read by the adapter that its folder names, against the file beside it. A new
// adapter needs a folder and no code here.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/markup/json.h"
#include "pipeline/listing/listing.h"

namespace bylined::listing {
namespace {

namespace fs = std::filesystem;
namespace json = markup::json;
using markup::text_at;

const fs::path kPages = fs::path(BYLINED_SOURCE_DIR) / "tests/pages";

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::vector<fs::path> pages_in(const fs::path& folder) {
  std::vector<fs::path> pages;
  if (!fs::is_directory(folder)) return pages;  // its own test says so
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".expected") pages.push_back(entry.path());
  }
  std::sort(pages.begin(), pages.end());
  return pages;
}

json::value expected_of(const fs::path& page) {
  const fs::path file = fs::path(page).replace_extension(".expected");
  const auto value = markup::parse_json(bytes_of(file));
  EXPECT_TRUE(value) << file << ": " << (!fs::exists(file) ? "is to be written" : value ? "" : value.error().text());
  return value ? *value : json::value(json::object());
}

model::Source source_of(const std::string& kind, const json::value& expected) {
  model::Source source;
  source.kind = kind;
  source.url = text_at(expected, "url");
  const json::value* recipe = expected.as_object().if_contains("recipe");
  if (recipe == nullptr) return source;
  model::Recipe made;
  made.name = "fixture";
  made.item = text_at(*recipe, "item");
  made.link = text_at(*recipe, "link");
  made.title = text_at(*recipe, "title");
  made.summary = text_at(*recipe, "summary");
  made.time = text_at(*recipe, "time");
  made.byline = text_at(*recipe, "byline");
  made.next_page = text_at(*recipe, "next_page");
  made.journalist = text_at(*recipe, "journalist");
  made.outlet = text_at(*recipe, "outlet");
  source.recipe = made;
  return source;
}

model::Page page_of(const fs::path& path, const json::value& expected) {
  const auto fetched_at = parse_rfc3339(text_at(expected, "fetched_at"));
  return model::Page{std::string(text_at(expected, "url")), std::string(text_at(expected, "content_type")), bytes_of(path),
                     fetched_at ? *fetched_at : Instant()};
}

json::object shown(const model::ListedItem& item) {
  json::object out{{"identity", item.identity.value}, {"url", item.url}, {"title", item.title}};
  if (!item.summary.empty()) out["summary"] = item.summary;
  if (item.printed) out["printed"] = item.printed->text;
  if (!item.authors.empty()) out["authors"] = json::array(item.authors.begin(), item.authors.end());
  return out;
}

// In the form of the .expected files, so that a difference reads like one.
json::object shown(const Result<model::Listing>& listing) {
  json::object out;
  if (!listing) {
    out["error"] = listing.error().text();
    return out;
  }
  json::array items, origins;
  for (const model::ListedItem& item : listing->items) {
    items.push_back(shown(item));
    origins.emplace_back(item.origin);
  }
  out["items"] = items;
  if (!origins.empty()) out["origins"] = origins;
  if (!listing->outlet.empty()) out["outlet"] = listing->outlet;
  if (!listing->journalist.empty()) out["journalist"] = listing->journalist;
  if (listing->next_page) out["next_page"] = *listing->next_page;
  json::array parts;
  for (const model::NamedPart& part : listing->parts) {
    json::object one{{"url", part.url}, {"kind", part.kind}};
    if (!part.changed.empty()) one["changed"] = part.changed;
    if (part.instead) one["instead"] = true;
    parts.push_back(std::move(one));
  }
  if (!parts.empty()) out["parts"] = std::move(parts);
  if (listing->skipped > 0) out["skipped"] = listing->skipped;
  if (!listing->remarks.empty()) out["remarks"] = json::array(listing->remarks.begin(), listing->remarks.end());
  return out;
}

TEST(Pages, EveryAdapterReadsItsPagesAsExpected) {
  for (const Adapter* adapter : adapters()) {
    for (const fs::path& path : pages_in(kPages / adapter->name)) {
      const json::value expected = expected_of(path);
      json::object wanted = expected.as_object();
      for (const char* given : {"url", "content_type", "fetched_at", "recipe"}) wanted.erase(given);
      const json::object got = shown(read_listing(source_of(std::string(adapter->name), expected), page_of(path, expected)));
      EXPECT_EQ(json::value(got), json::value(wanted)) << path << "\n" << json::serialize(got);
    }
  }
}

TEST(Pages, EveryAdapterHasAnOrdinaryAnEmptyAndABrokenPage) {
  for (const Adapter* adapter : adapters()) {
    const fs::path folder = kPages / adapter->name;
    ASSERT_TRUE(fs::is_directory(folder)) << folder << " is to be made";
    for (const std::string name : {"ordinary", "empty", "broken_layout"}) {
      const auto pages = pages_in(folder);
      const auto has = [&](const fs::path& page) { return page.stem() == name; };
      EXPECT_TRUE(std::any_of(pages.begin(), pages.end(), has)) << adapter->name << "/" << name;
    }
  }
}

}  // namespace
}  // namespace bylined::listing
