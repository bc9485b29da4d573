// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/writing.h"

#include <array>

#include "base/text/fold.h"
#include "pipeline/match/letters.h"
#include "pipeline/match/lexicon.h"

namespace bylined::match {
namespace {

constexpr std::size_t kMaskBits = 32;
constexpr std::size_t kLongestCapitals = 4;

bool is_capital(char32_t c) { return within(c, U'A', U'Z'); }
bool is_small(char32_t c) { return within(c, U'a', U'z'); }

// Two letters that a text may part: scripts change (SK하이닉스) or a capital begins a word (OpenAI).
bool may_part(char32_t left, char32_t right, char32_t raw_left, char32_t raw_right) {
  const Script before = script_of(left);
  const Script after = script_of(right);
  if (left == U'&' || right == U'&') return true;  // AT & T
  if (before == Script::kNone || after == Script::kNone) return false;
  if (before != after) return true;
  return is_small(raw_left) && is_capital(raw_right);
}

std::vector<std::u32string_view> readings(char32_t capital) {
  switch (capital) {
    case U'A': return {U"에이"};
    case U'B': return {U"비"};
    case U'C': return {U"씨", U"시"};
    case U'D': return {U"디"};
    case U'E': return {U"이"};
    case U'F': return {U"에프"};
    case U'G': return {U"지"};
    case U'H': return {U"에이치"};
    case U'I': return {U"아이"};
    case U'J': return {U"제이"};
    case U'K': return {U"케이"};
    case U'L': return {U"엘"};
    case U'M': return {U"엠"};
    case U'N': return {U"엔"};
    case U'O': return {U"오"};
    case U'P': return {U"피"};
    case U'Q': return {U"큐"};
    case U'R': return {U"알", U"아르"};
    case U'S': return {U"에스"};
    case U'T': return {U"티"};
    case U'U': return {U"유"};
    case U'V': return {U"브이"};
    case U'W': return {U"더블유"};
    case U'X': return {U"엑스"};
    case U'Y': return {U"와이"};
    case U'Z': return {U"제트", U"지"};
    default: return {};
  }
}

void append_reading(std::vector<std::u32string>& spelled, char32_t capital) {
  std::vector<std::u32string> longer;
  for (const std::u32string& so_far : spelled) {
    for (const std::u32string_view reading : readings(capital)) longer.push_back(so_far + std::u32string(reading));
  }
  spelled = std::move(longer);
}

}  // namespace

Spelling spelling_of(std::string_view name) {
  const std::u32string raw = text::to_utf32(name);
  const text::Folded folded = text::fold(name);
  Spelling spelling;
  bool parted = false;
  std::size_t last = 0;
  for (std::size_t i = 0; i < folded.text.size(); ++i) {
    const char32_t c = folded.text[i];
    const std::size_t k = spelling.letters.size();
    if (is_separator(c)) {
      parted = k > 0;
      continue;
    }
    if (k > 0 && k < kMaskBits) {
      if (parted) spelling.parts.own |= 1U << k;
      else if (may_part(folded.text[last], c, raw[folded.start(last)], raw[folded.start(i)])) spelling.parts.loose |= 1U << k;
    }
    spelling.letters.push_back(c);
    parted = false;
    last = i;
  }
  return spelling;
}

std::vector<std::u32string> spelled_aloud(std::string_view name) {
  const std::u32string raw = text::to_utf32(name);
  std::vector<std::u32string> spelled{U""};
  bool any = false;
  for (std::size_t i = 0; i < raw.size();) {
    std::size_t to = i;
    while (to < raw.size() && is_capital(raw[to])) ++to;
    if (to == i) {
      if (!is_hangul(raw[i])) return {};
      for (std::u32string& one : spelled) one.push_back(raw[i]);
      ++i;
      continue;
    }
    if (to - i < 2 || to - i > kLongestCapitals) return {};
    for (; i < to; ++i) append_reading(spelled, raw[i]);
    any = true;
  }
  if (!any || spelled.front().size() < 3) return {};
  return spelled;
}

std::u32string last_word_of(std::string_view name) {
  const std::u32string folded = text::fold(name).text;
  const std::size_t blank = folded.find_last_of(U" \n");
  if (blank == std::u32string::npos || blank == 0) return {};
  std::u32string word;
  for (const char32_t c : folded.substr(blank + 1)) {
    if (!is_separator(c)) word.push_back(c);
  }
  return word;
}

}  // namespace bylined::match
