// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/text_language.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

constexpr std::size_t kBytesRead = 8000;
constexpr std::size_t kWordsRead = 600;
constexpr int kLeastLetters = 60;
constexpr int kMostOfText = 2;     // of so many letters one must be of the script
constexpr int kKanaShare = 20;     // one of so many letters is kana in Japanese
constexpr int kLeastWords = 4;     // small words of the language
constexpr double kWeak = 0.3, kStrong = 0.97;

struct Script {
  std::uint32_t first, last;
  std::string_view language;
};

// Scripts that say the language, or nearly.
constexpr auto kScripts = std::to_array<Script>({
    {0x0370, 0x03FF, "el"},   {0x0400, 0x052F, "ru"},   {0x0530, 0x058F, "hy"},   {0x0590, 0x05FF, "he"},   {0x0600, 0x06FF, "ar"},
    {0x0900, 0x097F, "hi"},   {0x0980, 0x09FF, "bn"},   {0x0B80, 0x0BFF, "ta"},   {0x0C00, 0x0C7F, "te"},   {0x0D00, 0x0D7F, "ml"},
    {0x0E00, 0x0E7F, "th"},   {0x10A0, 0x10FF, "ka"},   {0x3040, 0x30FF, "ja"},   {0x4E00, 0x9FFF, "zh"},   {0xAC00, 0xD7A3, "ko"},
});

// Letters that one language of a script has and its greatest has not; the first that has enough of them is it.
struct Own {
  std::string_view script, language, letters;
};
constexpr auto kOwn = std::to_array<Own>({
    {"ru", "kk", "әғқңөұү"}, {"ru", "be", "ў"}, {"ru", "sr", "ђјљњћџ"}, {"ru", "uk", "іїєґ"}, {"ar", "ur", "ٹڈڑےں"}, {"ar", "fa", "پچژگی"},
});
constexpr int kOwnShare = 200;  // one letter of so many

const Script* script_of(std::uint32_t letter) {
  const auto found = std::find_if(kScripts.begin(), kScripts.end(), [letter](const Script& script) { return is_between(letter, script.first, script.last); });
  return found == kScripts.end() ? nullptr : &*found;
}

struct Letters {
  int all = 0;
  int latin = 0;
  std::array<int, kScripts.size()> of_script{};
  std::unordered_map<std::uint32_t, int> each;  // beyond Latin
};

Letters letters_of(std::string_view text) {
  Letters letters;
  for (text = text.substr(0, kBytesRead); !text.empty();) {
    const Letter letter = letter_at(text);
    text.remove_prefix(std::min(letter.bytes, text.size()));
    if (!is_word(letter.code) || is_digit(letter.code)) continue;
    ++letters.all;
    if (letter.code < 0x250 || is_between(letter.code, 0x1E00, 0x1EFF)) ++letters.latin;
    if (const Script* const script = script_of(letter.code)) {
      ++letters.of_script[static_cast<std::size_t>(script - kScripts.data())];
      ++letters.each[letter.code];
    }
  }
  return letters;
}

int count_of(const Letters& letters, std::string_view wanted) {
  int count = 0;
  while (!wanted.empty()) {
    const Letter letter = letter_at(wanted);
    wanted.remove_prefix(letter.bytes);
    const auto found = letters.each.find(letter.code);
    count += found == letters.each.end() ? 0 : found->second;
  }
  return count;
}

std::string_view by_script(const Letters& letters) {
  const auto kana = std::find_if(kScripts.begin(), kScripts.end(), [](const Script& script) { return script.language == "ja"; });
  const auto han = kana + 1;
  const int kanas = letters.of_script[static_cast<std::size_t>(kana - kScripts.begin())];
  const int hans = letters.of_script[static_cast<std::size_t>(han - kScripts.begin())];
  if (kMostOfText * (kanas + hans) > letters.all) return kKanaShare * kanas > letters.all ? kana->language : han->language;
  const auto most = std::max_element(letters.of_script.begin(), letters.of_script.end());
  if (kMostOfText * *most <= letters.all) return {};
  const std::string_view script = kScripts[static_cast<std::size_t>(most - letters.of_script.begin())].language;
  const auto own = std::find_if(kOwn.begin(), kOwn.end(), [&](const Own& one) { return one.script == script && kOwnShare * count_of(letters, one.letters) > *most; });
  return own == kOwn.end() ? script : own->language;
}

struct Words {
  std::string_view language, words;
};
constexpr auto kWords = std::to_array<Words>({
#define WORDS(language, words) {language, words},
#include "pipeline/article/languages.inc"
#undef WORDS
});

const std::unordered_map<std::string_view, std::vector<std::size_t>>& small_words() {
  static const auto all = [] {
    std::unordered_map<std::string_view, std::vector<std::size_t>> made;
    for (std::size_t i = 0; i < kWords.size(); ++i) {
      for (std::string_view rest = kWords[i].words; !rest.empty();) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        made[rest.substr(0, end)].push_back(i);
        rest.remove_prefix(std::min(rest.size(), end + 1));
      }
    }
    return made;
  }();
  return all;
}

// The language most of whose small words stand in the text; none where another comes near.
std::string_view by_words(std::string_view text) {
  std::array<int, kWords.size()> counts{};
  const WordRow words(text.substr(0, kBytesRead), kWordsRead);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto found = small_words().find(words.from_to(i, i));
    if (found == small_words().end()) continue;
    for (const std::size_t language : found->second) ++counts[language];
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  const bool rivalled = std::any_of(counts.begin(), counts.end(), [&](const int& count) { return &count != &*most && 4 * count > 3 * *most; });
  return *most < kLeastWords || rivalled ? std::string_view() : kWords[static_cast<std::size_t>(most - counts.begin())].language;
}

// Whether the language's letters are Latin, as those of most are.
bool is_latin(std::string_view tag) {
  const std::string_view language = tag.substr(0, tag.find('-'));
  const auto is = [language](const auto& one) { return one.language == language; };
  return std::none_of(kScripts.begin(), kScripts.end(), is) && std::none_of(kOwn.begin(), kOwn.end(), is);
}

}  // namespace

std::string_view language_of(std::string_view text) {
  const Letters letters = letters_of(text);
  if (letters.all < kLeastLetters) return {};
  const std::string_view script = by_script(letters);
  return script.empty() && kMostOfText * letters.latin > letters.all ? by_words(text) : script;
}

void read_text_language(std::string_view text, Evidence& evidence) {
  const std::string_view language = language_of(text);
  const auto& claims = evidence.claims(Field::kLanguage);
  const bool belied = !language.empty() && !is_latin(language) && !claims.empty() && std::all_of(claims.begin(), claims.end(), [](const Claim& claim) { return is_latin(claim.values.front()); });
  evidence.add(Field::kLanguage, std::string(language), belied ? "the text's letters" : "the text", belied ? kStrong : kWeak);
}

}  // namespace bylined::article
