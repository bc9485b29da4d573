// SPDX-License-Identifier: Apache-2.0
#include <ctime>
#include <map>
#include <set>

#include "pipeline/match/names.h"
#include "tests/pipeline/match/dice.h"
#include "tests/pipeline/match/marked.h"
#include "tests/support/effort.h"

namespace bylined::match {
namespace {

constexpr std::u32string_view kSyllables = U"강도윤서아한빛전자노밀러다온소로김이박최정민준우지현수영재진호성은희경동석태상철용훈연미기하";

std::string word(Dice& dice, std::size_t length) {
  std::u32string made;
  for (std::size_t i = 0; i < length; ++i) made.push_back(kSyllables[dice.below(kSyllables.size())]);
  return text::to_utf8(made);
}

std::string noise(Dice& dice, std::size_t words) {
  constexpr std::string_view kBetween[] = {" ", " ", " ", "은 ", "이 ", "의 ", ". ", "\n", " 회장 ", " 기자 ", "·", "-", "(", ") ", "”", " 제공 ", "\u200B", "  ", " CEO ", "@", "http://", ".com "};
  std::string made;
  for (std::size_t i = 0; i < words; ++i) made += word(dice, 1 + dice.below(4)) + std::string(kBetween[dice.below(std::size(kBetween))]);
  return made;
}

std::vector<model::Entity> some_entities(Dice& dice, std::size_t count) {
  std::vector<model::Entity> entities;
  for (std::size_t i = 0; i < count; ++i) {
    entities.push_back(entity("e" + std::to_string(i), static_cast<model::EntityKind>(dice.below(5)), {word(dice, 2 + dice.below(3))}));
  }
  return entities;
}

TEST(Match, SaysWhereItStandsAndInWhichSentence) {
  const auto found = mentions_in({company("hanbit", {"한빛전자", "Hanbit Electronics"})}, "한빛전자, 신제품 공개", "어제 한빛전자는 말했다. HANBIT ELECTRONICS said so. 새한빛전자 아님.");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].field, model::Field::kTitle);
  EXPECT_EQ(found[1].start, 3U);
  EXPECT_EQ(found[1].end, 7U);
  EXPECT_EQ(found[1].text, "한빛전자");
  EXPECT_EQ(found[1].sentence, "어제 한빛전자는 말했다.");
  EXPECT_EQ(found[2].text, "HANBIT ELECTRONICS");
}

TEST(Match, KeepsSentencesToThreeHundredCodePoints) {
  std::string longest;
  for (int i = 0; i < 400; ++i) longest += "가나 ";
  const auto found = mentions_in({company("hanbit", {"한빛전자"})}, "", longest + "한빛전자는 " + longest);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_LE(text::to_utf32(found[0].sentence).size(), 300U);
  EXPECT_NE(found[0].sentence.find("한빛전자는"), std::string::npos);
}

TEST(Match, CountsWhatIsBeyondTheLimit) {
  const auto names = compile({company("hanbit", {"한빛전자"})});
  ASSERT_TRUE(names);
  const Found at = find_mentions(**names, {"", "한빛전자 한빛전자"}, 2);
  EXPECT_EQ(at.mentions.size(), 2U);
  EXPECT_EQ(at.dropped, 0U);
  const Found beyond = find_mentions(**names, {"", "한빛전자 한빛전자 한빛전자"}, 2);
  EXPECT_EQ(beyond.mentions.size(), 2U);
  EXPECT_EQ(beyond.dropped, 1U);
}

TEST(Match, RefusesEntitiesWithoutAUsableName) {
  std::string longest;
  for (int i = 0; i < 201; ++i) longest += "가";
  for (const std::vector<std::string>& names : {std::vector<std::string>{}, {""}, {" - "}, {longest}}) {
    const auto compiled = compile({company("hanbit", names)});
    ASSERT_FALSE(compiled);
    EXPECT_EQ(compiled.error().kind(), ErrorKind::kInvalid);
    EXPECT_NE(compiled.error().text().find("hanbit"), std::string::npos);
  }
  EXPECT_TRUE(compile({company("hanbit", {longest.substr(3)})}));
}

TEST(Match, OfNothingIsNothing) { EXPECT_TRUE(mentions_in({}, "한빛전자", "강도윤 회장").empty()); }

TEST(Match, TextAlwaysStandsWhereItSays) {
  Dice dice(3);
  const auto entities = some_entities(dice, 400);
  const auto names = compile(entities);
  ASSERT_TRUE(names);
  std::size_t seen = 0;
  for (int round = 0; round < 200; ++round) {
    std::string body;
    for (int i = 0; i < 12; ++i) body += noise(dice, 3) + entities[dice.below(entities.size())].names[0] + "에서 ";
    const std::u32string all = text::to_utf32(body);
    for (const model::Mention& one : find_mentions(**names, {"", body}).mentions) {
      ++seen;
      ASSERT_LT(one.start, one.end);
      ASSERT_EQ(text::to_utf8(all.substr(one.start, one.end - one.start)), one.text);
      ASSERT_NE(one.sentence.find(one.text), std::string::npos);
      ASSERT_TRUE(one.confidence > 0 && one.confidence <= 1);
    }
  }
  EXPECT_GT(seen, 1000U);
}

TEST(Match, OfOneEntityIsUntouchedByNamesThatDoNotOverlapIt) {
  Dice dice(5);
  const std::vector<model::Entity> few{company("hanbit", {"한빛전자"}), person("doyun", {"강도윤"})};
  std::vector<model::Entity> many = few;
  for (int i = 0; i < 300; ++i) many.push_back(company("other" + std::to_string(i), {"QX" + word(dice, 3) + "Z"}));
  for (int round = 0; round < 100; ++round) {
    const std::string body = noise(dice, 20) + "한빛전자의 강도윤 회장이 " + noise(dice, 10) + "강 회장은 ";
    std::vector<model::Mention> among = mentions_in(many, "", body);
    std::erase_if(among, [](const model::Mention& one) { return one.entity.value.starts_with("other"); });
    ASSERT_EQ(among, mentions_in(few, "", body));
  }
}

TEST(Match, GivesTheSameEveryTime) {
  Dice dice(9);
  const auto entities = some_entities(dice, 200);
  const std::string body = noise(dice, 2000);
  EXPECT_EQ(mentions_in(entities, "", body), mentions_in(entities, "", body));
}

// Every occurrence, found one name after the other.
std::size_t naive_count(const std::set<std::u32string>& names, std::u32string_view text) {
  std::size_t count = 0;
  std::map<char32_t, std::vector<std::u32string>> by_first;
  for (const std::u32string& name : names) by_first[name[0]].push_back(name);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto found = by_first.find(text[i]);
    if (found == by_first.end()) continue;
    for (const std::u32string& name : found->second) count += text.substr(i).starts_with(name);
  }
  return count;
}

TEST(Trie, CountsWhatANaiveSearchCounts) {
  const std::size_t length = tests::in_haste() ? 10'000 : 100'000;
  for (const std::size_t count : {1U, 100U, 10000U, 30000U}) {
    Dice dice(count);
    std::set<std::u32string> names;
    while (names.size() < count) names.insert(text::to_utf32(word(dice, count > 1000 ? 2 + dice.below(4) : 1 + dice.below(3))));
    std::vector<Trie::Key> keys;
    for (const std::u32string& name : names) keys.push_back({name, false, false});
    std::vector<std::uint32_t> places;
    const Trie trie = Trie::build(keys, places);
    std::u32string text;
    while (text.size() < length) text += text::to_utf32(word(dice, 7)) + U".";
    std::size_t found = 0;
    trie.scan(text, [&](const Hit&) { ++found; });
    EXPECT_EQ(found, naive_count(names, text)) << count;
  }
}

TEST(Trie, LooksOverSeparatorsBetweenLetters) {
  std::vector<std::uint32_t> places;
  const Trie trie = Trie::build({{U"ab", true, false}, {U"abc", true, false}}, places);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
  trie.scan(U"a b-c a  b ab", [&](const Hit& hit) { found.emplace_back(hit.begin, hit.end); });
  EXPECT_EQ(found, (std::vector<std::pair<std::uint32_t, std::uint32_t>>{{0, 3}, {0, 5}, {11, 13}}));
}

TEST(Trie, PutsEqualKeysNextToEachOtherInTheirOrder) {
  std::vector<std::uint32_t> places;
  const Trie trie = Trie::build({{U"b", false, false}, {U"a", false, false}, {U"b", false, true}}, places);
  EXPECT_EQ(places, (std::vector<std::uint32_t>{0, 2, 1}));
  EXPECT_TRUE(trie.anywhere(0));
  EXPECT_FALSE(trie.anywhere(2));
}

double seconds_for(const std::vector<model::Entity>& entities, const std::string& body) {
  const auto names = compile(entities);
  const std::clock_t start = std::clock();
  find_mentions(**names, {"", body});
  return double(std::clock() - start) / CLOCKS_PER_SEC;
}

std::string repeated(std::string_view unit, std::size_t bytes) {
  std::string made;
  while (made.size() < bytes) made += unit;
  return made;
}

// A megabyte each of what would be worst for some step (a tenth in haste): what is not linear would take minutes.
TEST(Match, StaysLinearOnHostileTexts) {
  const std::vector<model::Entity> entities{company("hanbit", {"한빛전자", "aa"}), person("doyun", {"강도윤"}), person("miller", {"노아 밀러"}), company("kia", {"기아"})};
  const std::size_t bytes = tests::in_haste() ? 100'000 : 1'000'000;
  for (const std::string_view unit : {"한빛전자 ", "강도윤 회장 강 회장 ", "강도윤", "노아 밀러 밀러 CEO ", "한빛전자)", "a", "aa.", "강도윤·", "(((((", "기아 난민 ", "회장", "조차조차조차조차", "@aa", "aa://",
                                      "강가나 회장 강 회장 강가다 회장 "}) {
    EXPECT_LT(seconds_for(entities, repeated(unit, bytes)), 10) << unit;
  }
}

}  // namespace
}  // namespace bylined::match
