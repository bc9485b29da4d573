// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/names.h"

#include <algorithm>

#include "pipeline/article/korean.h"

namespace bylined::article {
namespace {

constexpr std::size_t kLongest = 60;  // bytes of one name
constexpr int kMostWords = 5;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n,;|";
  constexpr std::string_view kDot = "·";  // two bytes, which letters beside it may share
  for (;;) {
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    text = text.substr(first, text.find_last_not_of(kBlank) - first + 1);
    const bool before = text.starts_with(kDot);
    if (before) text.remove_prefix(kDot.size());
    const bool behind = text.ends_with(kDot);
    if (behind) text.remove_suffix(kDot.size());
    if (!before && !behind) return text;
  }
}

bool starts_with_word(std::string_view text, std::string_view word) {
  if (text.size() <= word.size()) return false;
  const bool same = std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + 32 : b); });
  return same && (text[word.size()] == ' ' || text[word.size()] == ':');
}

std::string_view without_by(std::string_view text) {
  for (const std::string_view word : {"by", "von", "par", "por", "di", "written by", "text"}) {
    if (starts_with_word(text, word)) return trimmed(text.substr(word.size() + 1));
  }
  return text;
}

bool is_person(std::string_view name) {
  if (name.empty() || name.size() > kLongest) return false;
  for (const std::string_view credit : {"foto", "photo", "bild", "image", "view", "follow"}) {
    if (starts_with_word(name, credit)) return false;
  }
  if (name.find_first_of("@/<>{}[]()=0123456789") != std::string_view::npos || name.find("http") != std::string_view::npos) return false;
  return std::count(name.begin(), name.end(), ' ') < kMostWords;
}

// Where the next name begins: behind a comma, "and", "&" or a bar.
std::size_t parting(std::string_view text, std::size_t& length) {
  std::size_t best = std::string_view::npos;
  for (const std::string_view part : {", ", " and ", " & ", " | ", ";", " und ", " et ", " y ", " e ", "·", " / "}) {
    const std::size_t at = text.find(part);
    if (at < best) best = at, length = part.size();
  }
  return best;
}

}  // namespace

std::vector<std::string> person_names(std::string_view printed) {
  if (printed.find("기자") != std::string_view::npos || printed.find("특파원") != std::string_view::npos) return korean_names(printed);
  std::vector<std::string> names;
  std::string_view rest = without_by(trimmed(printed));
  while (!rest.empty()) {
    std::size_t length = 0;
    const std::size_t end = std::min(parting(rest, length), rest.size());
    const std::string_view name = without_by(trimmed(rest.substr(0, end)));
    if (is_person(name) && std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
    rest = end == rest.size() ? std::string_view() : rest.substr(end + length);
  }
  return names;
}

}  // namespace bylined::article
