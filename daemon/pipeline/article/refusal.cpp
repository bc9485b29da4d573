// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/refusal.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/text/ascii.h"
#include "base/text/decode.h"
#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

constexpr std::size_t kShort = 80;  // letters; a tombstone's text is short, an article about deletions is not
constexpr std::size_t kPageLimit = 20'000;
constexpr std::size_t kLongestWall = 3000;  // letters
constexpr double kMostly = 0.5;     // of the letters of a text, or of a headline
constexpr double kWholly = 0.75;    // of a text whose page has an article's marks
constexpr double kPartly = 0.2;     // of a text under a headline that says so too
constexpr double kBaitShare = 0.25; // of the words of a text
constexpr std::ptrdiff_t kLeastWords = 20;

struct Sign {
  std::string_view words;
  ErrorKind kind;
  bool anywhere;  // on a page without text
};

#define BAIT(word)
#define GONE(words) {words, ErrorKind::kNotFound, true},
#define WALL(words) {words, ErrorKind::kInvalid, true},
#define GONE_LINE(words) {words, ErrorKind::kNotFound, false},
#define WALL_LINE(words) {words, ErrorKind::kInvalid, false},
constexpr auto kSigns = std::to_array<Sign>({
#include "pipeline/article/walls.inc"
});
#undef BAIT
#undef GONE
#undef WALL
#undef GONE_LINE
#undef WALL_LINE

#define GONE(words)
#define WALL(words)
#define GONE_LINE(words)
#define WALL_LINE(words)
#define BAIT(word) word,
constexpr auto kBait = std::to_array<std::string_view>({
#include "pipeline/article/walls.inc"
});
#undef BAIT
#undef GONE
#undef WALL
#undef GONE_LINE
#undef WALL_LINE

// The signs by how they begin, whatever blanks, case or punctuation they are written with.
class Signs {
 public:
  Signs() {
    for (std::size_t i = 0; i < kSigns.size(); ++i) {
      bare_[i] = squashed(kSigns[i].words);
      next_[i] = std::exchange(first_[slot_of(bare_[i].data())], static_cast<std::uint8_t>(i + 1));
    }
  }

  // The longest that the line says, and its bytes; nullptr: none.
  const Sign* in(std::string_view bare, std::size_t& length) const {
    const Sign* longest = nullptr;
    length = 0;
    for (; bare.size() >= kBeginning; bare.remove_prefix(1)) {
      for (std::size_t n = first_[slot_of(bare.data())]; n > 0; n = next_[n - 1]) {  // none, nearly everywhere
        const std::string& sign = bare_[n - 1];
        if (sign.size() > length && bare.starts_with(sign)) longest = &kSigns[n - 1], length = sign.size();
      }
    }
    return longest;
  }

 private:
  static constexpr std::size_t kBeginning = 4;  // bytes; every sign has them
  static constexpr int kSlotBits = 12;
  static_assert(kSigns.size() < 256);

  // Read at once: this is asked at every byte of a text.
  static std::size_t slot_of(const char* beginning) {
    std::uint32_t bytes;
    static_assert(sizeof bytes == kBeginning);
    std::memcpy(&bytes, beginning, kBeginning);
    return bytes * 0x9E3779B1u >> (32 - kSlotBits);
  }

  std::array<std::string, kSigns.size()> bare_;
  std::array<std::uint8_t, 1u << kSlotBits> first_{};  // number, from 1, of a sign that begins so; 0: none
  std::array<std::uint8_t, kSigns.size()> next_{};      // likewise, of the next one that does
};

const Sign* sign_in(const std::string& bare, std::size_t& length) {
  static const Signs signs;
  return signs.in(bare, length);
}

std::vector<std::string_view> sentences_of(std::string_view text) {
  std::vector<std::string_view> sentences;
  while (!text.empty()) {
    std::size_t end = text.find_first_of(".!?\n");
    while (end < text.size() && text[end] != '\n' && end + 1 < text.size() && text[end + 1] != ' ' && text[end + 1] != '\n') end = text.find_first_of(".!?\n", end + 1);
    end = std::min(end, text.size() - 1);
    sentences.push_back(text.substr(0, end + 1));
    text.remove_prefix(end + 1);
  }
  return sentences;
}

struct Saying {
  double share = 0;  // of the text that says it
  const Sign* sign = nullptr;  // what most of that says
};

Saying said_in(const std::string& body) {
  std::size_t whole = 0, said = 0, most = 0;
  std::map<const Sign*, std::size_t> by_sign;
  Saying saying;
  for (const std::string_view sentence : sentences_of(body)) {
    const std::string bare = squashed(sentence);
    whole += bare.size();
    std::size_t length = 0;
    const Sign* const sign = sign_in(bare, length);
    if (sign == nullptr) continue;
    said += bare.size();
    std::size_t& of_it = by_sign[sign];
    of_it += bare.size();
    if (of_it > most) most = of_it, saying.sign = sign;
  }
  saying.share = whole == 0 ? 0 : static_cast<double>(said) / static_cast<double>(whole);
  return saying;
}

const Verdict* verdict_of(const Reading& reading, Field field) {
  const auto found = std::find_if(reading.verdicts.begin(), reading.verdicts.end(), [field](const Verdict& verdict) { return verdict.field == field; });
  return found == reading.verdicts.end() ? nullptr : &*found;
}

// A headline that is little else, in whichever place.
const Sign* said_by_headline(const Reading& reading) {
  const Verdict* const titles = verdict_of(reading, Field::kTitle);
  if (titles == nullptr) return nullptr;
  for (const Claim& claim : titles->claims) {
    const std::string bare = squashed(claim.values.front());
    std::size_t length = 0;
    const Sign* const sign = sign_in(bare, length);
    if (sign != nullptr && static_cast<double>(length) >= kMostly * static_cast<double>(bare.size())) return sign;
  }
  return nullptr;
}

// Somebody signs it, or it is dated where no reader sees it: a notice is neither.
bool is_marked(const Reading& reading) {
  if (!reading.content.authors.empty() || !reading.content.byline.empty()) return true;
  const Verdict* const times = verdict_of(reading, Field::kPublished);
  return times != nullptr && std::any_of(times->claims.begin(), times->claims.end(), [](const Claim& claim) {
    return claim.from.starts_with("meta ") || claim.from.starts_with("JSON-LD ") || claim.from.starts_with("[itemprop") || claim.from.starts_with("mark ");
  });
}

Error refused(const Sign& sign) { return Error(sign.kind, "no article: the page says \"" + std::string(sign.words) + "\""); }

const Sign* said_on_page(const markup::Document& document) {
  const std::string text = text::lower(document.root().text()).substr(0, kPageLimit);
  const auto says = [&text](const Sign& sign) { return sign.anywhere && text.find(sign.words) != std::string::npos; };
  const auto found = std::find_if(kSigns.begin(), kSigns.end(), says);
  return found == kSigns.end() ? nullptr : &*found;
}

const Sign* wall_in(const Reading& reading, std::size_t letters) {
  if (letters > kLongestWall) return nullptr;
  const Saying saying = said_in(reading.content.body);
  const bool marked = is_marked(reading);
  if (saying.share >= (marked ? kWholly : kMostly)) return saying.sign;
  const Sign* const headline = marked ? nullptr : said_by_headline(reading);
  return headline != nullptr && (saying.share >= kPartly || letters < kShort) ? headline : nullptr;
}

// The words of such trades one upon another; an article about one has sentences between them.
bool is_bait(const std::string& body) {
  const std::ptrdiff_t words = 1 + std::count_if(body.begin(), body.end(), [](char c) { return c == ' ' || c == '\n'; });
  std::ptrdiff_t bait = 0;
  for (const std::string_view word : kBait) {
    for (std::size_t at = body.find(word); at != std::string::npos; at = body.find(word, at + word.size())) ++bait;
  }
  return words >= kLeastWords && static_cast<double>(bait) >= kBaitShare * static_cast<double>(words);
}

}  // namespace

std::optional<Error> refusal_of(const markup::Document& document, const Reading& reading) {
  const std::string& body = reading.content.body;
  const std::size_t letters = text::code_points(body);
  const Sign* const on_page = letters < kShort ? said_on_page(document) : nullptr;
  if (on_page != nullptr) return refused(*on_page);
  if (body.empty()) return std::nullopt;
  if (const Sign* const wall = wall_in(reading, letters)) return refused(*wall);
  if (is_bait(body)) return Error(ErrorKind::kInvalid, "no article: the text is made of search words");
  return std::nullopt;
}

}  // namespace bylined::article
