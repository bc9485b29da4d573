// SPDX-License-Identifier: Apache-2.0
#include "base/net/normal_url.h"

#include <gtest/gtest.h>

#include "base/net/url.h"

namespace bylined::net {
namespace {

TEST(NormalUrl, KnowsUsualAddresses) {
  for (const char* text : {"https://press.example/", "http://www.press.example/news/articleView.html?idxno=1", "https://a.b-c.example/%EA%B0%80/1"}) {
    EXPECT_TRUE(is_plainly_normal(text)) << text;
  }
}

TEST(NormalUrl, SaysNothingOfWhatParsingWouldChange) {
  for (const char* text : {"", "press.example/1", "HTTPS://press.example/1", "https://press.example", "https://Press.example/", "https://press.example:443/",
                           "https://press.example/a/../b", "https://press.example/%2e/b", "https://press.example/?", "https://press.example/#top",
                           "https://press.example/가", "https://press.example/a b", "https://press.example/\\", "https://127.0.0.1/", "https://1.0x7f/",
                           "https://1.0x7f./", "https://me@press.example/", "https://press.example/?a='"}) {
    EXPECT_FALSE(is_plainly_normal(text)) << text;
  }
}

// Each byte in each place: whatever is called normal is what parsing makes of it.
TEST(NormalUrl, AgreesWithParsing) {
  const std::string usual = "https://a.press.example/n/1?a=b&c";
  for (std::size_t at = 0; at < usual.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text = usual;
      text[at] = static_cast<char>(byte);
      if (!is_plainly_normal(text)) continue;
      const auto url = Url::parse(text);
      ASSERT_TRUE(url) << text;
      EXPECT_EQ(url->text(), text);
    }
  }
}

}  // namespace
}  // namespace bylined::net
