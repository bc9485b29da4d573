// SPDX-License-Identifier: Apache-2.0
// Captured lists and feeds of real publishers, which are not ours to keep here: what an independent reader
// (captures.py) makes of them is kept as hashes, and must be what we make of them.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/digest.h"
#include "pipeline/listing/listing.h"

namespace bylined::listing {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = BYLINED_SOURCE_DIR;
const fs::path kCaptures = kSource / "../shared/reference/pages";

std::string capture(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

// The lines that captures.py writes; a portal's article by its identity, any other by its address.
std::string lines_of(const model::Listing& listing) {
  std::string lines;
  for (const model::ListedItem& item : listing.items) {
    if (!lines.empty()) lines += "\n";
    lines += model::naver_numbers(item.url) ? item.identity.value : item.url;
    lines += "\t" + item.title + "\t" + (item.printed ? item.printed->text : "");
  }
  return lines;
}

TEST(Captures, AreReadAsAnIndependentReaderReadsThem) {
  if (!fs::is_directory(kCaptures)) GTEST_SKIP() << "the captured pages are not here: " << kCaptures;
  std::ifstream table(kSource / "tests/pipeline/listing/captures.expected");
  std::string name, hash;
  std::size_t items = 0;
  int files = 0;
  for (; table >> name >> items >> hash; ++files) {
    model::Source source;
    source.kind = name.starts_with("feed_") ? "feed" : "naver_journalist";
    const model::Page page{"https://media.naver.com/j/moreArticles/x?offset=1", "", capture(kCaptures / name), *parse_rfc3339("2024-08-07T05:00:00Z")};
    const auto listing = read_listing(source, page);
    ASSERT_TRUE(listing) << name << ": " << listing.error().text();
    EXPECT_EQ(listing->items.size(), items) << name;
    EXPECT_EQ(hex(sha256(lines_of(*listing))), hash) << name << "\n" << lines_of(*listing).substr(0, 3000);
  }
  EXPECT_EQ(files, 13);
}

}  // namespace
}  // namespace bylined::listing
