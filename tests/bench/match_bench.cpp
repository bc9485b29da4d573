// SPDX-License-Identifier: Apache-2.0
// Names in text: the scan beside a loop that only decodes the same text; boundaries and certainty of all places, and
// the mentions written out with their sentences, beside the bare scan; and what it costs to compile a million names. Names
// and text are generated here.
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include "base/text/fold.h"
#include "bench.h"
#include "pipeline/match/match.h"
#include "pipeline/match/names.h"
#include "pipeline/match/spans.h"

namespace {

using namespace bylined;
using bench::Report;

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return state_ >> 33;
  }
  std::size_t below(std::size_t limit) { return next() % limit; }
  // Small numbers far more often than large ones, as words and names are used.
  std::size_t zipf(std::size_t limit) {
    const double u = (double(next() % 1000000) + 1) / 1000001;
    return std::min(limit - 1, static_cast<std::size_t>(double(limit) * u * u * u * u * u));
  }

 private:
  std::uint64_t state_;
};

constexpr std::u32string_view kSurnames = U"김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구라나민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국";
constexpr std::u32string_view kSyllables = U"가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후기니디리미비시이지치키티피히강건검경공관국군금김남농단당대동등만명문물민반방법보부분비산상생서선설성세소속송수승신실안업연영예완외요용원월위은의인일임자장재전정제조종주중지진질집차창책천철청체초총출충치태통특판평포품하학한할합항해행향허현협형호화환활회효후훈";
constexpr std::u32string_view kEndings[] = {U"은", U"는", U"이", U"가", U"을", U"를", U"의", U"에", U"에서", U"으로", U"로", U"과", U"와", U"도", U"했다", U"한다고", U"하는", U"", U"", U"", U""};
constexpr std::string_view kKinds[] = {"전자", "그룹", "산업", "건설", "금융", "테크", "바이오", "랩스", "컴퍼니", "대학교", "연구소", "은행"};

std::string hangul(Dice& dice, std::u32string_view pool, std::size_t length) {
  std::u32string made;
  for (std::size_t i = 0; i < length; ++i) made.push_back(pool[dice.zipf(pool.size())]);
  return text::to_utf8(made);
}

// All syllables of the list alike: two of them next to each other hardly ever repeat.
std::string any_hangul(Dice& dice, std::size_t length) {
  std::u32string made;
  for (std::size_t i = 0; i < length; ++i) made.push_back(kSyllables[dice.below(kSyllables.size())]);
  return text::to_utf8(made);
}

std::string latin(Dice& dice) {
  std::string made;
  for (std::size_t i = 0, length = 3 + dice.below(7); i < length; ++i) made.push_back(static_cast<char>((i == 0 ? 'A' : 'a') + dice.below(26)));
  return made;
}

std::string make_name(Dice& dice) {
  const std::size_t kind = dice.below(10);
  if (kind < 5) return hangul(dice, kSurnames, 1) + any_hangul(dice, 2);
  if (kind < 8) return any_hangul(dice, 2 + dice.below(3)) + std::string(kKinds[dice.below(std::size(kKinds))]);
  if (kind < 9) return any_hangul(dice, 3 + dice.below(4));
  return latin(dice);
}

std::vector<std::string> make_names(std::size_t count) {
  Dice dice(7);
  std::set<std::string> seen;
  std::vector<std::string> names;
  while (names.size() < count) {
    std::string name = make_name(dice);
    if (seen.insert(name).second) names.push_back(std::move(name));
    else if (seen.insert(name += any_hangul(dice, 1)).second) names.push_back(std::move(name));
  }
  return names;
}

std::vector<std::string> make_articles(const std::vector<std::string>& names, std::size_t bytes) {
  Dice dice(11);
  std::vector<std::string> words;
  for (int i = 0; i < 4000; ++i) words.push_back(any_hangul(dice, 1 + dice.below(4)));
  std::vector<std::string> articles;
  for (std::size_t made = 0; made < bytes;) {
    std::string article;
    for (std::size_t word = 1; article.size() < 3200; ++word) {
      article += dice.below(9) == 0 ? names[dice.zipf(names.size())] : words[dice.zipf(words.size())];
      article += text::to_utf8(kEndings[dice.below(std::size(kEndings))]);
      article += word % 12 == 0 ? ".\n" : word % 60 == 0 ? " 회장 " : " ";
    }
    made += article.size();
    articles.push_back(std::move(article));
  }
  return articles;
}

std::vector<model::Entity> entities_of(const std::vector<std::string>& names, std::size_t count) {
  std::vector<model::Entity> entities;
  entities.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    model::Entity one;
    one.id = {"e" + std::to_string(i)};
    const bool person = names[i].size() == 9;
    one.kind = person ? model::EntityKind::kPerson : model::EntityKind::kOrganisation;
    one.names = {names[i]};
    entities.push_back(std::move(one));
  }
  return entities;
}

volatile std::uint64_t sink = 0;

template <class Take>
void each_code_point(const std::string& text, Take&& take) {
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = at + text.size();
  while (at < end) {
    char32_t c = *at++;
    if (c >= 0xE0) {
      c = (c & 0x0F) << 12 | (at[0] & 0x3FU) << 6 | (at[1] & 0x3FU);
      at += 2;
    } else if (c >= 0xC0) {
      c = (c & 0x1F) << 6 | (at[0] & 0x3FU);
      at += 1;
    }
    take(c);
  }
}

void decode_only(const std::vector<std::string>& articles) {
  std::uint64_t sum = 0;
  for (const std::string& article : articles) each_code_point(article, [&](char32_t c) { sum += c; });
  sink = sink + sum;
}

void decode_and_scan(const match::Names& names, const std::vector<std::string>& articles) {
  std::uint64_t hits = 0;
  std::u32string decoded;
  for (const std::string& article : articles) {
    decoded.resize(article.size());
    char32_t* to = decoded.data();
    each_code_point(article, [&](char32_t c) { *to++ = c; });
    names.trie().scan({decoded.data(), to}, [&](const match::Hit&) { ++hits; });
  }
  sink = sink + hits;
}

void fold_and_scan(const match::Names& names, const std::vector<std::string>& articles) {
  std::uint64_t hits = 0;
  for (const std::string& article : articles) {
    names.trie().scan(text::fold(article).text, [&](const match::Hit&) { ++hits; });
  }
  sink = sink + hits;
}

// Boundaries, certainty, short forms and contexts of every place; nothing is written out.
void judge(const match::Names& names, const std::vector<std::string>& articles) {
  std::uint64_t hits = 0;
  for (const std::string& article : articles) {
    match::Fields fields{match::FieldText(model::Field::kTitle, ""), match::FieldText(model::Field::kBody, article)};
    hits += match::find_spans(names, fields, {}).back().size();
  }
  sink = sink + hits;
}

void whole(const match::Names& names, const std::vector<std::string>& articles) {
  std::uint64_t hits = 0;
  for (const std::string& article : articles) hits += match::find_mentions(names, {"", article}).mentions.size();
  sink = sink + hits;
}

void fold_only(const std::vector<std::string>& articles) {
  std::uint64_t sum = 0;
  for (const std::string& article : articles) sum += text::fold(article).text.size();
  sink = sink + sum;
}

void icu_only(const std::vector<std::string>& articles) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
  std::uint64_t sum = 0;
  for (const std::string& article : articles) {
    std::string out;
    icu::StringByteSink<std::string> bytes(&out);
    normalizer->normalizeUTF8(0, article, bytes, nullptr, status);
    sum += out.size();
  }
  sink = sink + sum;
}

void measure(Report& report, const std::vector<std::string>& names, const std::vector<std::string>& articles, std::size_t count, double goal) {
  const double start = bench::cpu_seconds();
  const auto compiled = *match::compile(entities_of(names, count));
  const double build = bench::cpu_seconds() - start;
  std::size_t name_bytes = 0;
  for (std::size_t i = 0; i < count; ++i) name_bytes += names[i].size();
  const std::string n = std::to_string(count) + " names: ";
  std::size_t bytes = 0;
  for (const std::string& article : articles) bytes += article.size();
  const double mb = double(bytes) * 1e-6;
  const auto scan = bench::compare([&] { decode_and_scan(*compiled, articles); }, [&] { decode_only(articles); });
  report.ratio(n + "decode and scan, MB/s beside decode only", mb / scan.ours, mb / scan.reference, goal, Report::Sense::kAtLeast);
  const auto all = bench::compare([&] { whole(*compiled, articles); }, [&] { fold_and_scan(*compiled, articles); });
  report.ratio(n + "mentions written out with their sentences, time beside fold and scan", all.ours, all.reference, 1.5, Report::Sense::kAtMost);
  const auto judged = bench::compare([&] { judge(*compiled, articles); }, [&] { fold_and_scan(*compiled, articles); });
  report.ratio(n + "boundaries and certainty of all places, time beside fold and scan", judged.ours, judged.reference, 1.5, Report::Sense::kAtMost);
  std::uint64_t hits = 0;
  std::uint64_t mentions = 0;
  for (const std::string& article : articles) {
    compiled->trie().scan(text::fold(article).text, [&](const match::Hit&) { ++hits; });
    mentions += match::find_mentions(*compiled, {"", article}).mentions.size();
  }
  report.figure(n + "occurrences", double(hits) / double(bytes) * 1000, "a KB");
  report.figure(n + "mentions", double(mentions) / double(bytes) * 1000, "a KB");
  if (count >= 1000000) report.ratio(n + "seconds to compile", build, 1, 3, Report::Sense::kAtMost);
  report.ratio(n + "bytes held beside bytes of names", double(compiled->bytes()), double(name_bytes), count >= 1000000 ? 8 : 1e9, Report::Sense::kAtMost);
}

}  // namespace

int main() {
  const auto names = make_names(1000000);
  const auto articles = make_articles(names, 2000000);
  Report report("match");
  const auto folding = bench::compare([&] { fold_only(articles); }, [&] { icu_only(articles); });
  report.ratio("fold with the way back, time beside ICU's normalizeUTF8", folding.ours, folding.reference, 2, Report::Sense::kAtMost);
  measure(report, names, articles, 100, 0.45);
  measure(report, names, articles, 10000, 0.42);
  measure(report, names, articles, 100000, 0.25);
  measure(report, names, articles, 1000000, 0.15);
  return 0;
}
