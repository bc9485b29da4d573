// SPDX-License-Identifier: Apache-2.0
// The trie beside a search that tries every key at every place.
#include "pipeline/match/trie.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "pipeline/match/letters.h"
#include "tests/pipeline/match/dice.h"

namespace bylined::match {
namespace {

using Occurrence = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;  // begin, end, key
using Keys = std::vector<Trie::Key>;

std::vector<Occurrence> scanned(const Trie& trie, std::u32string_view text) {
  std::vector<Occurrence> found;
  trie.scan(text, [&](const Hit& hit) { found.emplace_back(hit.begin, hit.end, hit.key); });
  return found;
}

// A key with one letter lets every other key that begins with it be parted early.
std::set<char32_t> letters_parted_early(const Keys& keys) {
  std::set<char32_t> letters;
  for (const Trie::Key& key : keys) {
    if (key.parts_early || key.letters.size() == 1) letters.insert(key.letters[0]);
  }
  return letters;
}

// Where the key ends that begins at `begin`; 0 where it does not.
std::size_t end_of(std::u32string_view key, std::u32string_view text, std::size_t begin, bool early) {
  std::size_t i = begin;
  for (std::size_t letter = 0; letter < key.size(); ++letter) {
    if (letter > (early ? 0U : 1U) && i < text.size() && is_separator(text[i])) ++i;
    if (i >= text.size() || text[i] != key[letter]) return 0;
    ++i;
  }
  return i;
}

std::vector<Occurrence> naively(const Keys& keys, const std::vector<std::uint32_t>& places, std::u32string_view text) {
  std::map<char32_t, std::map<std::u32string_view, std::uint32_t>> by_first;  // with the first place of equal ones
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto [known, fresh] = by_first[keys[i].letters[0]].emplace(keys[i].letters, places[i]);
    if (!fresh) known->second = std::min(known->second, places[i]);
  }
  const std::set<char32_t> early = letters_parted_early(keys);
  std::vector<Occurrence> found;
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    const auto some = by_first.find(text[begin]);
    if (some == by_first.end()) continue;
    for (const auto& [key, place] : some->second) {
      const std::size_t end = end_of(key, text, begin, early.contains(text[begin]));
      if (end != 0) found.emplace_back(begin, end, place);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::u32string made_of(Dice& dice, std::u32string_view letters, std::size_t length) {
  std::u32string made;
  for (std::size_t i = 0; i < length; ++i) made.push_back(letters[dice.below(letters.size())]);
  return made;
}

// `strings` holds what the keys refer to.
Keys some_keys(Dice& dice, std::vector<std::u32string>& strings, std::u32string_view letters, std::size_t count, std::size_t longest) {
  for (std::size_t i = 0; i < count; ++i) strings.push_back(made_of(dice, letters, (longest > 1 && dice.below(20) != 0) + 1 + dice.below(longest)));
  Keys keys;
  for (const std::u32string& one : strings) keys.push_back({one, dice.below(10) == 0, dice.below(3) == 0});
  return keys;
}

// Keys and parts of keys, letters, and runs of separators, which part keys too.
std::u32string some_text(Dice& dice, const Keys& keys, std::u32string_view letters, std::size_t length) {
  constexpr std::u32string_view kSeparators = U" \n-\u00B7";
  std::u32string text;
  while (text.size() < length) {
    const std::u32string_view key = keys[dice.below(keys.size())].letters;
    for (const char32_t c : key.substr(0, dice.below(4) == 0 ? dice.below(key.size() + 1) : key.size())) {
      text.push_back(c);
      while (dice.below(5) == 0) text.push_back(kSeparators[dice.below(kSeparators.size())]);
    }
    if (dice.below(2) == 0) text += made_of(dice, letters, dice.below(4));
    if (dice.below(8) == 0) text += U"?\U0001F600";
  }
  text.resize(length);
  return text;
}

void expect_the_same(Dice& dice, const Keys& keys, std::u32string_view letters, const std::vector<std::size_t>& lengths) {
  std::vector<std::uint32_t> places;
  const Trie trie = Trie::build(keys, places);
  for (const std::size_t length : lengths) {
    // Of its own size: the sanitizer sees what is read behind it.
    const std::u32string made = some_text(dice, keys, letters, length);
    const std::vector<char32_t> text(made.begin(), made.end());
    const std::u32string_view view(text.data(), text.size());
    EXPECT_EQ(scanned(trie, view), naively(keys, places, view)) << keys.size() << " keys, " << length << " letters";
  }
}

constexpr std::u32string_view kFew = U"가나다라a";
constexpr std::u32string_view kMore = U"강도윤서아한빛전자노밀러다온소로김이박최정민준우지현수영재진호성은희경동석태상철용훈연미기하\U00020000\U0001F601z";

TEST(TrieScan, FindsWhatANaiveSearchFinds) {
  Dice dice(1);
  for (const std::u32string_view letters : {kFew, kMore}) {
    for (const std::size_t count : {1U, 2U, 30U, 300U}) {
      for (const std::size_t longest : {1U, 3U, 6U}) {
        std::vector<std::u32string> strings;
        const Keys keys = some_keys(dice, strings, letters, count, longest);
        expect_the_same(dice, keys, letters, {0, 1, 2, 3, 5, 17, 500});
      }
    }
  }
}

TEST(TrieScan, FindsTheSameOfManyKeys) {
  Dice dice(2);
  std::vector<std::u32string> strings;
  const Keys keys = some_keys(dice, strings, kMore, 40'000, 5);
  expect_the_same(dice, keys, kMore, {0, 1, 2, 3, 100, 2000});
}

TEST(TrieScan, FindsWhatLiesOverTheBordersOfChunks) {
  Dice dice(3);
  std::vector<std::u32string> strings;
  const Keys keys = some_keys(dice, strings, kFew, 50, 9);
  expect_the_same(dice, keys, kFew, {1022, 1023, 1024, 1025, 1026, 2047, 2048, 2049, 10'000});
}

TEST(TrieScan, FindsKeysLongerThanAChunk) {
  Dice dice(4);
  std::vector<std::u32string> strings;
  for (const std::size_t length : {2U, 200U, 1023U, 1025U, 5000U}) strings.push_back(made_of(dice, kFew, length));
  Keys keys;
  for (const std::u32string& one : strings) keys.push_back({one, true, false});
  expect_the_same(dice, keys, kFew, {100, 1024, 5000, 50'000});
}

// The filter of pairs is exact up to 4,096 letters only.
TEST(TrieScan, FindsKeysOfMoreLettersThanTheFilterKnowsApart) {
  Dice dice(5);
  std::u32string letters;
  for (char32_t c = 0xAC00; c < 0xAC00 + 9000; ++c) letters.push_back(c);
  std::vector<std::u32string> strings;
  Keys keys = some_keys(dice, strings, letters, 30'000, 4);
  for (Trie::Key& key : keys) key.parts_early = true;
  expect_the_same(dice, keys, letters, {2, 1025, 20'000});
}

TEST(TrieScan, GoesOnOverOneSeparatorOnly) {
  std::vector<std::uint32_t> places;
  const Trie trie = Trie::build({{U"가나", true, false}, {U"다", false, false}, {U"다라", false, false}}, places);
  std::u32string text = U"가 나 가  나 가";
  text += std::u32string(1030, U' ') + U"나 다-라 다";
  EXPECT_EQ(scanned(trie, text), (std::vector<Occurrence>{{0, 3, places[0]}, {1042, 1043, places[1]}, {1042, 1045, places[2]}, {1046, 1047, places[1]}}));
}

// Code 4,096 has the place of the unknown letter in the filter, which must not count as the start of a key for that.
TEST(TrieScan, BeginsNoKeyWithAnUnknownLetter) {
  std::vector<std::u32string> strings;
  for (char32_t c = 0; c < 6000; ++c) strings.push_back({0xAC00 + c, 0xAC00, 0xAC01});
  Keys keys;
  for (const std::u32string& one : strings) keys.push_back({one, false, false});
  std::vector<std::uint32_t> places;
  const Trie trie = Trie::build(keys, places);
  EXPECT_EQ(scanned(trie, U"z\uAC00\uAC00\uAC01"), (std::vector<Occurrence>{{1, 4, places[0]}}));
}

TEST(TrieScan, FindsNothingWithoutKeys) {
  std::vector<std::uint32_t> places;
  EXPECT_TRUE(scanned(Trie::build({}, places), U"가나다").empty());
  EXPECT_TRUE(scanned(Trie(), U"가나다").empty());
}

}  // namespace
}  // namespace bylined::match
