// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/refusal/refusal.h"

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
#include "base/text/hangul.h"
#include "pipeline/article/body/marks.h"
#include "pipeline/article/body/paragraphs.h"
#include "pipeline/article/letters.h"
#include "pipeline/article/refusal/teasers.h"

namespace bylined::article {
namespace {

constexpr std::size_t kShort = 80;  // letters; a tombstone's text is short, an article about deletions is not
constexpr std::size_t kPageLimit = 20'000;
constexpr std::size_t kLongestWall = 3000;  // letters
constexpr std::size_t kLongestNotice = 500;  // letters
constexpr std::size_t kMostWords = 100;  // of a sentence
constexpr double kMostly = 0.5;     // of the letters of a text, or of a headline
constexpr double kWholly = 0.75;    // of a text whose page has an article's marks
constexpr double kPartly = 0.2;     // of a text under a headline that says so too
constexpr double kBaitShare = 0.25; // of the words of a text
constexpr std::ptrdiff_t kLeastWords = 20;
constexpr double kDateLine = 0.4;   // how sure a printed time is that stands as a line of its own beside the headline

enum class Use { kGone, kWall, kGoneLine, kWallLine, kBait, kReport, kNotice, kAddress };  // as walls.inc says

struct Phrase {
  std::string_view words;
  Use use;
};

#define GONE(words) {words, Use::kGone},
#define WALL(words) {words, Use::kWall},
#define GONE_LINE(words) {words, Use::kGoneLine},
#define WALL_LINE(words) {words, Use::kWallLine},
#define BAIT(words) {words, Use::kBait},
#define REPORT(words) {words, Use::kReport},
#define NOTICE(words) {words, Use::kNotice},
#define ADDRESS(words) {words, Use::kAddress},
constexpr auto kPhrases = std::to_array<Phrase>({
#include "pipeline/article/refusal/walls.inc"
});
#undef GONE
#undef WALL
#undef GONE_LINE
#undef WALL_LINE
#undef BAIT
#undef REPORT
#undef NOTICE
#undef ADDRESS

template <Use... uses>
consteval auto phrases_for() {
  constexpr auto is_meant = [](const Phrase& phrase) { return ((phrase.use == uses) || ...); };
  std::array<Phrase, std::count_if(kPhrases.begin(), kPhrases.end(), is_meant)> meant{};
  std::copy_if(kPhrases.begin(), kPhrases.end(), meant.begin(), is_meant);
  return meant;
}

constexpr auto kSigns = phrases_for<Use::kGone, Use::kWall, Use::kGoneLine, Use::kWallLine>();
constexpr auto kBait = phrases_for<Use::kBait>();
constexpr auto kReports = phrases_for<Use::kReport>();
constexpr auto kNotices = phrases_for<Use::kNotice>();
constexpr auto kAddresses = phrases_for<Use::kAddress>();

ErrorKind kind_of(const Phrase& sign) { return sign.use == Use::kGone || sign.use == Use::kGoneLine ? ErrorKind::kNotFound : ErrorKind::kInvalid; }
bool counts_anywhere(const Phrase& sign) { return sign.use == Use::kGone || sign.use == Use::kWall; }  // on a page without text

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
  const Phrase* in(std::string_view bare, std::size_t& length) const {
    const Phrase* longest = nullptr;
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

const Phrase* sign_in(const std::string& bare, std::size_t& length) {
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

constexpr std::string_view kPlain = "다", kPolite = "니다";

// "밝혔다", "아니다"; not "바랍니다": its syllable before the ending closes with ㅂ.
bool ends_plainly(std::string_view bare) {
  constexpr std::uint32_t kSyllables = 0xAC00, kCodas = 28, kBieup = 17;
  if (!bare.ends_with(kPlain)) return false;
  if (!bare.ends_with(kPolite)) return true;
  const std::string_view stem = bare.substr(0, bare.size() - kPolite.size());
  return stem.empty() || (last_letter(stem) - kSyllables) % kCodas != kBieup;
}

// A newspaper's sentence: a site speaks to its readers politely, and tells them what nobody else has said.
bool is_report(std::string_view sentence, std::string_view bare) {
  if (ends_plainly(bare)) return true;
  const std::string small = text::lower(sentence);
  return std::any_of(kReports.begin(), kReports.end(), [&small](const Phrase& phrase) { return small.find(phrase.words) != std::string::npos; });
}

// "사임했습니다": as broadcasters tell what has happened. Not "있습니다", "가겠습니다".
bool ends_in_polite_past(std::string_view bare) {
  constexpr std::string_view kEnding = "습니다";
  constexpr std::uint32_t kSyllables = 0xAC00, kCodas = 28, kDoubleSiot = 20;
  if (bare.size() <= kEnding.size() || !bare.ends_with(kEnding)) return false;
  const std::uint32_t stem = last_letter(bare.substr(0, bare.size() - kEnding.size()));
  return stem != U'있' && stem != U'겠' && (stem - kSyllables) % kCodas == kDoubleSiot;
}

bool is_of_the_site(std::string_view sentence) {
  return std::any_of(kNotices.begin(), kNotices.end(), [sentence](const Phrase& phrase) { return sentence.find(phrase.words) != std::string_view::npos; });
}

// News, in either style: what a site says of itself is none.
bool tells(std::string_view sentence) {
  constexpr std::size_t kFewestWords = 3;
  const std::string bare = squashed(sentence);
  if (is_report(sentence, bare)) return true;
  std::size_t length = 0;
  if (!ends_in_polite_past(bare) || sign_in(bare, length) != nullptr || words_of(sentence, kFewestWords).size() < kFewestWords) return false;
  return !is_of_the_site(sentence);
}

// The site speaks to its reader: asks something of him, or says politely what is the matter with its pages.
bool addresses(std::string_view sentence) {
  const std::string bare = squashed(sentence);
  for (const std::string_view asking : {"세요", "십시오", "바랍니다"}) {
    if (bare.ends_with(asking)) return true;
  }
  if (bare.ends_with(kPolite)) return is_of_the_site(sentence);
  const auto is_address = [](const std::string& word) { return std::any_of(kAddresses.begin(), kAddresses.end(), [&word](const Phrase& phrase) { return word == phrase.words; }); };
  const std::vector<std::string> words = words_of(sentence, kMostWords);
  return std::any_of(words.begin(), words.end(), is_address);
}

struct Saying {
  double share = 0;  // of the text that says it
  const Phrase* sign = nullptr;  // what most of that says
};

Saying said_in(const std::string& body) {
  std::size_t whole = 0, said = 0, most = 0;
  std::map<const Phrase*, std::size_t> by_sign;
  Saying saying;
  for (const std::string_view sentence : sentences_of(body)) {
    const std::string bare = squashed(sentence);
    whole += bare.size();
    std::size_t length = 0;
    const Phrase* const sign = sign_in(bare, length);
    if (sign == nullptr || is_report(sentence, bare)) continue;
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
const Phrase* said_by_headline(const Reading& reading) {
  const Verdict* const titles = verdict_of(reading, Field::kTitle);
  if (titles == nullptr) return nullptr;
  for (const Claim& claim : titles->claims) {
    const std::string bare = squashed(claim.values.front());
    std::size_t length = 0;
    const Phrase* const sign = sign_in(bare, length);
    if (sign != nullptr && static_cast<double>(length) >= kMostly * static_cast<double>(bare.size())) return sign;
  }
  return nullptr;
}

// A sentence of it does; the headline alone is what stands for a text that is not there.
bool reports(const model::Content& content) {
  if (squashed(content.body) == squashed(content.title)) return false;
  const auto sentences = sentences_of(content.body);
  return std::any_of(sentences.begin(), sentences.end(), tells);
}

template <class F>
bool has_claim(const Reading& reading, Field field, F is_meant) {
  const Verdict* const verdict = verdict_of(reading, field);
  return verdict != nullptr && std::any_of(verdict->claims.begin(), verdict->claims.end(), is_meant);
}

// Where no reader sees it, or in a line of its own beside the headline.
bool is_dated(const Reading& reading) {
  return has_claim(reading, Field::kPublished, [](const Claim& claim) {
    if (claim.from == "printed time" || claim.from == "marked time") return claim.weight >= kDateLine;
    return claim.from.starts_with("meta ") || claim.from.starts_with("JSON-LD ") || claim.from.starts_with("[itemprop") || claim.from.starts_with("mark ");
  });
}

bool is_signed(const Reading& reading) { return !reading.content.authors.empty() || !reading.content.byline.empty() || is_dated(reading); }

bool has_linked_data(const Reading& reading) {
  return has_claim(reading, Field::kTitle, [](const Claim& claim) { return claim.from == "JSON-LD headline"; });
}

// The page calls it an article, somebody signs it, or it is dated: a notice is none of these.
bool is_marked(const markup::Document& document, const Reading& reading) {
  return is_signed(reading) || has_linked_data(reading) || document.first("meta[property='og:type']").attribute("content").starts_with("article");
}

Error refused(const Phrase& sign) { return Error(kind_of(sign), "no article: the page says \"" + std::string(sign.words) + "\""); }

const Phrase* said_in_print(std::string_view print) {
  const std::string text = text::lower(print.substr(0, kPageLimit));
  const auto says = [&text](const Phrase& sign) { return counts_anywhere(sign) && text.find(sign.words) != std::string::npos; };
  const auto found = std::find_if(kSigns.begin(), kSigns.end(), says);
  return found == kSigns.end() ? nullptr : &*found;
}

// "댓글을 쓰려면 로그인이 필요합니다", in a box that is called nothing.
bool asks_for_comments(const std::string& line) {
  const std::string small = text::lower(line);
  return small.find("댓글") != std::string::npos || small.find("comment") != std::string::npos;
}

// A short text is what a page shows that has none, unless it is seen to be the article's.
const Phrase* said_around(const markup::Document& document, bool told, bool marked) {
  if (told && marked) return nullptr;
  if (!told && !marked) return said_in_print(document.root().text());
  MarkReader reader;
  auto lines = paragraphs_of(document.root(), [&reader](markup::Node node) { return node.tag() == markup::Tag::kA || reader.stands_beside(node); });
  std::erase_if(lines, asks_for_comments);
  return said_in_print(joined(lines));
}

// No article begins with a line that says nothing else; what follows are teasers, or the imprint.
const Phrase* said_first(const std::string& body) {
  const std::size_t end = std::min(body.find("\n\n"), body.size());
  const Saying saying = end <= kLongestWall ? said_in(body.substr(0, end)) : Saying();
  return saying.share >= kWholly && counts_anywhere(*saying.sign) ? saying.sign : nullptr;
}

const Phrase* wall_in(const markup::Document& document, const Reading& reading) {
  const std::string& body = reading.content.body;
  const Phrase* const first = is_signed(reading) ? nullptr : said_first(body);
  if (first != nullptr) return first;
  const std::size_t letters = text::code_points(body);
  const Saying saying = letters <= kLongestWall ? said_in(body) : Saying();
  if (letters >= kShort && saying.share < kPartly) return nullptr;
  const bool marked = is_marked(document, reading);
  if (saying.share >= (marked ? kWholly : kMostly)) return saying.sign;
  const bool told = reports(reading.content);
  const Phrase* const headline = marked ? nullptr : said_by_headline(reading);
  if (headline != nullptr && (saying.share >= kPartly || !told)) return headline;
  return letters < kShort ? said_around(document, told, marked) : nullptr;
}

// Of Korean the endings say what is a report.
bool quotes(const std::string& body) { return !text::has_hangul(body) && (body.find('"') != std::string::npos || body.find("“") != std::string::npos); }

// Without any phrase that is known: nobody signs it, no day stands on it, nothing is reported or quoted, and it speaks to its reader.
bool is_notice(const Reading& reading) {
  const model::Content& content = reading.content;
  if (content.body.empty() || text::code_points(content.body) > kLongestNotice || is_signed(reading) || has_linked_data(reading)) return false;
  if (quotes(content.body) || reports(content)) return false;
  const auto sentences = sentences_of(content.body);
  return std::any_of(sentences.begin(), sentences.end(), addresses);
}

// A day may stand on it: that of its first teaser.
bool is_index(const markup::Document& document, const Reading& reading) {
  if (has_linked_data(reading) || !reading.content.authors.empty() || !reading.content.byline.empty()) return false;
  if (document.first("meta[property='og:type']").attribute("content").starts_with("article")) return false;
  if (has_claim(reading, Field::kPublished, [](const Claim& claim) { return claim.from.starts_with("meta "); })) return false;
  return share_of_teasers(document, reading.content.body) >= kWholly;
}

std::ptrdiff_t bait_in(std::string_view text) {
  std::ptrdiff_t bait = 0;
  for (const auto& [word, use] : kBait) {
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size())) ++bait;
  }
  return bait;
}

// The words of such trades one upon another; an article about one has sentences between them, or reports of it.
bool is_bait(const std::string& body) {
  const std::ptrdiff_t words = 1 + std::count_if(body.begin(), body.end(), [](char c) { return c == ' ' || c == '\n'; });
  const auto is_much = [words](std::ptrdiff_t bait) { return static_cast<double>(bait) >= kBaitShare * static_cast<double>(words); };
  if (words < kLeastWords || !is_much(bait_in(body))) return false;
  std::ptrdiff_t bait = 0;
  for (const std::string_view sentence : sentences_of(body)) bait += is_report(sentence, squashed(sentence)) ? 0 : bait_in(sentence);
  return is_much(bait);
}

}  // namespace

std::optional<Error> refusal_of(const markup::Document& document, const Reading& reading) {
  const std::string& body = reading.content.body;
  const Phrase* const wall = body.empty() ? said_in_print(document.root().text()) : wall_in(document, reading);
  if (wall != nullptr) return refused(*wall);
  if (is_notice(reading)) return Error(ErrorKind::kInvalid, "no article: a short text that nobody signs and no day stands on speaks to its reader");
  if (is_index(document, reading)) return Error(ErrorKind::kInvalid, "no article: the text is made of other articles' beginnings");
  if (is_bait(body)) return Error(ErrorKind::kInvalid, "no article: the text is made of search words");
  return std::nullopt;
}

}  // namespace bylined::article
