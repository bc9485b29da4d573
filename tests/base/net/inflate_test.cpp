// SPDX-License-Identifier: Apache-2.0
#include "base/net/inflate.h"

#include <gtest/gtest.h>

#include "tests/base/net/gzip.h"

namespace bylined::net {
namespace {

constexpr int kGzipBits = 15 + 16, kZlibBits = 15, kRawBits = -15;

// Text that does not shrink to nothing.
std::string article(std::size_t size) {
  std::string text;
  for (std::uint32_t i = 1; text.size() < size; ++i) text += "한빛전자 " + std::to_string(i * 2'654'435'761u) + "\n";
  text.resize(size);
  return text;
}

struct Outcome {
  Status status;
  std::string body;
};

Outcome unpack(std::string_view bytes, Coding coding = Coding::kGzip, InflateLimits limits = {}, std::size_t step = 1000) {
  Inflater inflater(coding, limits);
  for (; !bytes.empty(); bytes.remove_prefix(std::min(step, bytes.size()))) {
    if (Status fed = inflater.feed(bytes.substr(0, step)); !fed) return {fed, std::move(inflater.body())};
  }
  if (Status undone = inflater.end(); !undone) return {undone, std::move(inflater.body())};
  const Status whole = inflater.finish();
  return {whole, std::move(inflater.body())};
}

TEST(Inflate, UndoesGzipDeflateAndBareDeflate) {
  const std::string text = article(50'000);
  EXPECT_EQ(unpack(pack(text)).body, text);
  EXPECT_EQ(unpack(pack(text, kZlibBits), Coding::kDeflate).body, text);
  EXPECT_EQ(unpack(pack(text, kRawBits), Coding::kDeflate).body, text);
  EXPECT_EQ(unpack(text, Coding::kIdentity).body, text);
  EXPECT_EQ(unpack(pack(text), Coding::kGzip, {}, 1).body, text);
  EXPECT_TRUE(unpack(pack("")).status);
}

TEST(Inflate, CallsABodyCutAnywhereIncomplete) {
  const std::string text = article(5'000);
  for (const auto& [bits, coding] : {std::pair(kGzipBits, Coding::kGzip), std::pair(kZlibBits, Coding::kDeflate), std::pair(kRawBits, Coding::kDeflate)}) {
    const std::string packed = pack(text, bits);
    for (std::size_t i = 0; i < 50; ++i) {
      const std::size_t cut = i < 25 ? packed.size() * i / 25 : packed.size() - (50 - i);
      const auto outcome = unpack(std::string_view(packed).substr(0, cut), coding);
      ASSERT_FALSE(outcome.status) << cut << " of " << packed.size();
      ASSERT_EQ(outcome.status.error().kind(), ErrorKind::kTransient) << cut;
    }
  }
}

TEST(Inflate, RefusesWhatFollowsTheEnd) {
  for (const std::string& tail : {std::string("x"), std::string(1, '\0'), std::string(100, '\0'), std::string("\x1f"), std::string("\x1f\x8b"), std::string("\x1fxyz")}) {
    EXPECT_FALSE(unpack(pack("한국") + tail).status) << tail.size();
    EXPECT_FALSE(unpack(pack("한국") + tail, Coding::kGzip, {}, 1).status) << tail.size();
  }
  EXPECT_FALSE(unpack(pack("한국", kZlibBits) + "\x1f", Coding::kDeflate).status);
}

TEST(Inflate, ReadsTheMembersOfAGzipBodyInARow) {
  const std::string both = pack("앞") + pack("뒤");
  EXPECT_EQ(unpack(both).body, "앞뒤");
  EXPECT_EQ(unpack(both, Coding::kGzip, {}, 1).body, "앞뒤");
  EXPECT_FALSE(unpack(both.substr(0, both.size() - 1)).status);
}

TEST(Inflate, NoticesAWrongChecksumOrLength) {
  const std::string packed = pack(article(5'000));
  for (std::size_t back = 1; back <= 8; ++back) {
    std::string bad = packed;
    bad[bad.size() - back] = static_cast<char>(bad[bad.size() - back] ^ 1);
    const auto outcome = unpack(bad);
    ASSERT_FALSE(outcome.status) << back;
    EXPECT_EQ(outcome.status.error().kind(), ErrorKind::kTransient);
  }
}

TEST(Inflate, RefusesTextThatSaysItIsGzip) {
  const auto outcome = unpack("<html>한국</html>");
  ASSERT_FALSE(outcome.status);
  EXPECT_EQ(outcome.status.error().kind(), ErrorKind::kInvalid);
}

TEST(Inflate, StopsOneByteBeyondTheLimit) {
  const std::string text = article(10'000);
  EXPECT_TRUE(unpack(pack(text), Coding::kGzip, {.decoded = 10'000}).status);
  EXPECT_TRUE(unpack(text, Coding::kIdentity, {.decoded = 10'000}).status);
  for (const auto& outcome : {unpack(pack(text), Coding::kGzip, {.decoded = 9'999}), unpack(text, Coding::kIdentity, {.decoded = 9'999})}) {
    ASSERT_FALSE(outcome.status);
    EXPECT_EQ(outcome.status.error().kind(), ErrorKind::kExhausted);
  }
}

TEST(Inflate, StopsABombAtItsRatioLongBeforeItsSize) {
  const std::string bomb = pack(std::string(8u << 20, '0'));  // 1 : 1,000
  const auto outcome = unpack(bomb, Coding::kGzip, {.decoded = 1u << 30});
  ASSERT_FALSE(outcome.status);
  EXPECT_EQ(outcome.status.error().kind(), ErrorKind::kExhausted);
  EXPECT_LE(outcome.body.size(), (1u << 20) + 64 * 1024);
}

TEST(Inflate, DoesNotJudgeTheRatioOfASmallBody) {
  const std::string packed = pack(std::string(1u << 20, '0'));
  EXPECT_TRUE(unpack(packed, Coding::kGzip, {.ratio = 2}, packed.size()).status);
  const std::string more = pack(std::string((1u << 20) + 1, '0'));
  EXPECT_FALSE(unpack(more, Coding::kGzip, {.ratio = 2}, more.size()).status);
}

TEST(Inflate, JudgesTheRatioByWhatWasReceivedSoFar) {
  const std::string text(4u << 20, '0');
  const std::string packed = pack(text);
  const std::size_t ratio = text.size() / packed.size();
  EXPECT_TRUE(unpack(packed, Coding::kGzip, {.ratio = ratio + ratio / 50}, packed.size()).status);
  EXPECT_FALSE(unpack(packed, Coding::kGzip, {.ratio = ratio - ratio / 50}, packed.size()).status);
}

// What is gathered is undone in one go, what is longer as it comes: nobody can tell.
TEST(Inflate, UndoesBodiesOfAllSizesAlike) {
  std::string text;
  for (std::uint32_t i = 1; text.size() < 2u << 20; i = i * 1'664'525u + 1'013'904'223u) text += static_cast<char>(i >> 24);  // shrinks by nothing
  constexpr std::size_t kGathered = 256u << 10;
  for (const std::size_t size : {std::size_t(0), std::size_t(1), kGathered - 200, kGathered - 50, kGathered, kGathered + 1, std::size_t(1) << 20, text.size()}) {
    const std::string part = text.substr(0, size);
    const std::string packed = pack(part);
    ASSERT_EQ(unpack(packed, Coding::kGzip, {}, 16'000).body, part) << size;
    std::string bad = packed;
    bad[bad.size() / 2] = static_cast<char>(bad[bad.size() / 2] ^ 0x55);
    ASSERT_FALSE(unpack(bad, Coding::kGzip, {}, 16'000).status) << size;
    ASSERT_FALSE(unpack(packed.substr(0, packed.size() - 1), Coding::kGzip, {}, 16'000).status) << size;
  }
}

TEST(Inflate, TakesNothingOnTrustThatABodySaysOfItsSize) {
  const std::string text = article(50'000);
  for (const std::uint32_t said : {0u, 1u, 49'999u, 50'001u, 1'000'000u, 0xffff'ffffu}) {
    std::string packed = pack(text);
    for (std::size_t i = 0; i < 4; ++i) packed[packed.size() - 4 + i] = static_cast<char>(said >> (8 * i));
    EXPECT_FALSE(unpack(packed).status) << said;
  }
  EXPECT_EQ(unpack(pack("") + pack(text)).body, text);
  EXPECT_EQ(unpack(pack(text) + pack("")).body, text);  // whose last member says nothing of the first
}

TEST(Inflate, KnowsOnlyTheCodingsThatAreAskedFor) {
  EXPECT_EQ(*read_coding(""), Coding::kIdentity);
  EXPECT_EQ(*read_coding(" Identity "), Coding::kIdentity);
  EXPECT_EQ(*read_coding("GZIP"), Coding::kGzip);
  EXPECT_EQ(*read_coding("x-gzip"), Coding::kGzip);
  EXPECT_EQ(*read_coding("deflate"), Coding::kDeflate);
  for (const char* text : {"br", "zstd", "compress", "gzip, gzip", "gzip,", "deflate, gzip", "gzip br", "none", "utf-8"}) {
    const auto coding = read_coding(text);
    ASSERT_FALSE(coding) << text;
    EXPECT_EQ(coding.error().kind(), ErrorKind::kInvalid);
  }
}

}  // namespace
}  // namespace bylined::net
