// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/headline/address_title.h"

#include <algorithm>
#include <map>
#include <vector>

#include "base/net/url.h"
#include "base/text/fold.h"
#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

constexpr double kSpelt = 0.9;       // whole but for a word or what was cut off; below it, an older or a shortened headline
constexpr double kNearest = 0.03;    // another title that comes so near is meant as well as this
constexpr double kTrust = 0.9;
constexpr std::size_t kLeastWords = 4;
constexpr std::size_t kMostWords = 40;
constexpr std::size_t kLongestNumber = 4;  // digits; longer ones are the article's number

// "?" for what no address spells.
char without_accent(std::uint32_t c) {
  const char32_t bare = text::without_marks(c);
  return bare < 0x80 ? static_cast<char>(bare) : '?';
}

// The second letter of those that may be spelt with two.
char second_letter(std::uint32_t c) {
  switch (c) {
    case 0xE4:
    case 0xE6:
    case 0xF6:
    case 0xF8:
    case 0xFC: return 'e';
    case 0xE5: return 'a';
    case 0xDF: return 's';
    default: return '\0';
  }
}

struct Word {
  std::string plain, wide;  // "gruen" beside "grun"
};

bool is_ascii_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

std::vector<Word> words_in(std::string_view headline) {
  std::vector<Word> words;
  bool goes_on = false;
  while (!headline.empty()) {
    const Letter letter = letter_at(headline);
    headline.remove_prefix(letter.bytes);
    const std::uint32_t small = lower(letter.code);
    if (small == 0xAD) continue;  // a soft hyphen parts no word
    const char bare = without_accent(small);
    const bool is_part = is_ascii_letter(bare) || is_ascii_digit(bare);
    if (is_part && !goes_on) {
      if (words.size() == kMostWords) break;
      words.emplace_back();
    }
    goes_on = is_part;
    if (!is_part) continue;
    words.back().plain += bare;
    words.back().wide += bare;
    if (const char second = second_letter(small); second != '\0') words.back().wide += second;
  }
  return words;
}

// Letters alone, or a short number: the rest are marks by which the outlet finds the article again.
bool is_spelt(const std::string& word) {
  if (std::all_of(word.begin(), word.end(), is_ascii_digit)) return word.size() <= kLongestNumber;
  return std::all_of(word.begin(), word.end(), is_ascii_letter);
}

// "mill-reopens-after-flood-81726.html"
std::vector<std::string> words_of_segment(std::string_view segment) {
  segment = segment.substr(0, std::min(segment.size(), segment.rfind(".htm")));
  std::vector<std::string> words(1);
  for (const char c : segment) {
    const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (is_ascii_letter(small) || is_ascii_digit(small)) words.back() += small;
    else if (!words.back().empty()) words.emplace_back();
  }
  std::erase_if(words, [](const std::string& word) { return word.empty() || !is_spelt(word); });
  if (words.size() > kMostWords) words.resize(kMostWords);
  return words;
}

// Of the part of the path that has the most.
std::vector<std::string> words_of_address(const std::string& url) {
  const auto address = net::Url::parse(url);
  if (!address) return {};
  std::string_view path = address->path();
  path = path.substr(0, path.find('?'));
  std::vector<std::string> most;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (auto words = words_of_segment(path.substr(0, end)); words.size() > most.size()) most = std::move(words);
    path.remove_prefix(std::min(path.size(), end + 1));
  }
  return most;
}

// How many words of both stand in the same order: the longest common row.
std::size_t common(const std::vector<std::string>& address, const std::vector<Word>& headline) {
  std::vector<std::size_t> row(headline.size() + 1);
  for (const std::string& word : address) {
    std::size_t before = 0;
    for (std::size_t i = 0; i < headline.size(); ++i) {
      const bool same = word == headline[i].plain || word == headline[i].wide;
      const std::size_t above = row[i + 1];
      row[i + 1] = same ? before + 1 : std::max(above, row[i]);
      before = above;
    }
  }
  return row.back();
}

double spelt_by(const std::vector<std::string>& address, std::string_view headline) {
  if (address.size() < kLeastWords) return 0;
  const std::vector<Word> words = words_in(headline);
  return 2.0 * static_cast<double>(common(address, words)) / static_cast<double>(address.size() + words.size());
}

}  // namespace

double spelt_in(const std::string& url, std::string_view headline) { return spelt_by(words_of_address(url), headline); }

void settle_title(Evidence& evidence, const std::string& url) {
  std::map<std::string, const Claim*> titles;  // each is looked at once, in its surest writing
  for (const Claim& claim : evidence.claims(Field::kTitle)) {
    const Claim*& known = titles.emplace(squashed(claim.values.front()), &claim).first->second;
    if (known->weight < claim.weight) known = &claim;
  }
  if (titles.size() < 2) return;  // nothing to choose
  const std::vector<std::string> address = words_of_address(url);
  double best = 0, next = 0;
  const Claim* spelt = nullptr;
  for (const auto& [bare, claim] : titles) {
    const double share = spelt_by(address, claim->values.front());
    next = std::max(next, std::min(share, best));
    if (share > best) best = share, spelt = claim;
  }
  if (best < kSpelt || best - next < kNearest) return;
  evidence.add(Field::kTitle, std::string(spelt->values.front()), "title that the address spells", kTrust);
}

}  // namespace bylined::article
