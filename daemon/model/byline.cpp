// SPDX-License-Identifier: Apache-2.0
#include "model/byline.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text/hangul.h"

namespace bylined::model {
namespace {

using namespace std::string_view_literals;

// Of these a name of three syllables may end in the last one ("이동국"): they count from four on, or whole.
constexpr std::array kDeskEndings{"팀"sv, "부"sv, "국"sv, "단"sv, "실"sv, "룸"sv, "센터"sv, "데스크"sv, "뉴스"sv, "일보"sv, "신문"sv, "방송"sv,
                              "닷컴"sv, "통신"sv, "경제"sv, "위원회"sv, "연구소"sv, "본부"sv, "취재진"sv};
constexpr std::array kWhole{"편집국"sv, "편집부"sv, "보도국"sv, "보도부"sv, "사회부"sv, "정치부"sv, "경제부"sv, "산업부"sv, "문화부"sv,
                            "국제부"sv, "체육부"sv, "사진부"sv, "전국부"sv, "증권부"sv, "취재팀"sv, "뉴스팀"sv, "이슈팀"sv, "뉴스룸"sv,
                            "온라인"sv, "디지털"sv, "데스크"sv, "뉴스1"sv, "뉴시스"sv, "연합뉴스"sv, "취재진"sv, "YTN"sv, "KBS"sv};
constexpr std::array kTwoSyllables{"남궁"sv, "황보"sv, "제갈"sv, "사공"sv, "선우"sv, "서문"sv, "독고"sv, "동방"sv};  // family names
constexpr std::size_t kSyllable = 3;  // bytes
constexpr std::array kEnglish{"desk"sv, "staff"sv, "team"sv, "newsroom"sv, "news"sv, "editors"sv, "reporters"sv, "bureau"sv, "press"sv};

std::size_t letters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// "Digital News Desk": its last word says so.
bool is_english_desk(std::string_view text) {
  std::string word(text.substr(text.find_last_of(' ') + 1));
  std::transform(word.begin(), word.end(), word.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::find(kEnglish.begin(), kEnglish.end(), word) != kEnglish.end();
}

}  // namespace

bool names_a_desk(std::string_view byline) {
  if (std::find(kWhole.begin(), kWhole.end(), byline) != kWhole.end()) return true;
  if (!text::has_hangul(byline.substr(0, kSyllable))) return is_english_desk(byline);
  if (letters(byline) < 4) return false;
  const bool is_long_name = letters(byline) == 4 && std::any_of(kTwoSyllables.begin(), kTwoSyllables.end(), [&](auto name) { return byline.starts_with(name); });
  return !is_long_name && std::any_of(kDeskEndings.begin(), kDeskEndings.end(), [&](auto ending) { return byline.ends_with(ending); });
}

}  // namespace bylined::model
