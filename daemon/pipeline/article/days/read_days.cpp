// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/days/read_days.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "base/text/hangul.h"
#include "pipeline/article/days/days.h"
#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

using markup::Document;
using markup::Node;

constexpr std::size_t kScriptBytes = 512u << 10;  // of one script that are looked through
constexpr std::size_t kLongestValue = 40;
constexpr int kShortLine = 80;        // letters of a line that may be about its date alone
constexpr std::size_t kHead = 400;    // bytes of a longer one that are looked at
constexpr double kImageTrust = 0.35;  // pictures are filed on the day they are used
constexpr double kTimeElement = 0.15;  // what is marked as a time is the surer one
constexpr double kTimeClass = 0.1;
constexpr double kChange = 0.2;
constexpr double kWorst = -1;      // a day in a comment is a day, where there is no other
constexpr double kMostTime = 0.8;
constexpr double kLeastTrust = 0.02;
constexpr double kDayAlone = 1.4;    // such a day is right oftener than its signs add up to: measured
constexpr std::size_t kLongestPrinted = 120;  // bytes of an element that is a time
constexpr int kNear = 8;              // blocks from the headline
constexpr int kMostParts = 5;         // blocks that one time may stand in, side by side
constexpr int kLongestPart = 20;      // letters of one
constexpr std::size_t kLongestLabel = 20;  // bytes between "수정" and its day
constexpr double kPrintedChange = 0.5;

struct Key {
  std::string_view name;
  Field field;
  double weight;
};
constexpr std::array<Key, 16> kKeys{{{"datePublished", Field::kPublished, 0.5}, {"date_published", Field::kPublished, 0.5}, {"published_at", Field::kPublished, 0.5},
                                     {"publishedAt", Field::kPublished, 0.5}, {"publishedDate", Field::kPublished, 0.5}, {"publishDate", Field::kPublished, 0.5},
                                     {"publish_date", Field::kPublished, 0.5}, {"publication_date", Field::kPublished, 0.5}, {"publicationDate", Field::kPublished, 0.5},
                                     {"firstPublished", Field::kPublished, 0.5}, {"contentPublishingDate", Field::kPublished, 0.5}, {"pubDate", Field::kPublished, 0.45},
                                     {"dateCreated", Field::kPublished, 0.3}, {"created_at", Field::kPublished, 0.25}, {"dateModified", Field::kModified, 0.4},
                                     {"updated_at", Field::kModified, 0.2}}};

enum Sign : unsigned char { kNone, kQuote = 1, kBeginsKey = 2 };

constexpr std::array<unsigned char, 256> make_signs() {
  std::array<unsigned char, 256> signs{};
  for (const unsigned char c : {'"', '\''}) signs[c] = kQuote;
  for (const Key& key : kKeys) signs[static_cast<unsigned char>(key.name.front())] = kBeginsKey;
  return signs;
}
constexpr std::array<unsigned char, 256> kSigns = make_signs();

// Where the next key may stand: its quote, or the end.
std::size_t next_key(std::string_view text, std::size_t at) {
  const char* const bytes = text.data();  // an index of the text itself would be checked, letter by letter
  const auto sign = [bytes](std::size_t i) { return kSigns[static_cast<unsigned char>(bytes[i])]; };
  for (; at + 1 < text.size(); ++at) {
    if ((sign(at) & (sign(at + 1) >> 1)) != 0) return at;  // one question, since quotes come when they like
  }
  return text.size();
}

// "key": "value", also with the quotes escaped; the value, or nothing.
std::string_view value_behind(std::string_view text) {
  const std::size_t start = text.find_first_not_of("\\\"' \t\r\n:=");
  if (start == std::string_view::npos || start > 8) return {};
  const std::size_t end = text.find_first_of("\"'\\,}", start);
  return end == std::string_view::npos || end - start > kLongestValue ? std::string_view() : text.substr(start, end - start);
}

// Keys stand right behind a quote; each counts where it stands first.
void read_script(std::string_view text, Evidence& evidence) {
  text = text.substr(0, kScriptBytes);
  std::array<bool, kKeys.size()> seen{};
  for (std::size_t at = next_key(text, 0); at < text.size(); at = next_key(text, at + 1)) {
    const std::string_view rest = text.substr(at + 1);
    const char second = rest.size() > 1 ? rest[1] : '\0';  // tells the keys apart without a call
    for (std::size_t i = 0; i < kKeys.size(); ++i) {
      const Key& key = kKeys[i];
      if (key.name[1] != second || seen[i] || !rest.starts_with(key.name)) continue;
      seen[i] = true;
      evidence.add_time(key.field, value_behind(rest.substr(key.name.size())), "script's " + std::string(key.name), key.weight);
    }
  }
}

// False where one is longer than what is looked through.
bool read_scripts(const Document& document, Evidence& evidence) {
  bool whole = true;
  for (const Node script : document.all("script")) {
    if (script.attribute("type") == "application/ld+json") continue;
    for (Node text = script.first_child(); text; text = text.next_sibling()) {
      read_script(text.text_content(), evidence);
      whole = whole && text.text_content().size() <= kScriptBytes;
    }
  }
  return whole;
}

constexpr Marks kBeside(Mark::kRelated, Mark::kSidebar, Mark::kNavigation, Mark::kAdvert, Mark::kSubscribe);
constexpr Marks kAbout(Mark::kDate, Mark::kMeta, Mark::kByline);

bool has(const Purposes& purposes, Purpose purpose) { return (purposes.at_start >> static_cast<unsigned>(purpose) & 1) != 0; }

bool speaks_of_change(std::string_view line) {
  const std::vector<std::string> words = words_of(line, 4);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    for (const std::string_view sign : {"updated", "update", "modified", "edited", "aktualisiert", "aktualisierung", "mis", "actualizado", "aggiornato", "수정", "更新"}) {
      if (word == sign) return true;
    }
    return false;
  });
}

// "수정일시: 2026…" labels a time, "수정안은 2026…" does not; in English the month's name stands between.
bool is_label(std::string_view label, const std::string& behind) {
  const bool latin = static_cast<unsigned char>(label.front()) < 0x80;
  return latin || behind.empty() || behind == "일" || behind == "일시" || behind == "시간" || behind == "시각";
}

// Where a line begins to say when the article was changed, or when it was first filed; the end: nowhere.
std::size_t label_in(std::string_view line, std::initializer_list<std::string_view> labels) {
  std::size_t first = line.size();
  for (const std::string_view label : labels) {
    const std::size_t at = line.find(label);
    if (at == std::string_view::npos) continue;
    const std::string_view behind = line.substr(at + label.size());
    const std::size_t digit = behind.find_first_of("0123456789");
    if (digit <= kLongestLabel && is_label(label, squashed(behind.substr(0, digit)))) first = std::min(first, at);
  }
  return first;
}
std::size_t change_in(std::string_view line) {
  return label_in(line, {"최종수정", "최종 수정", "기사수정", "수정", "업데이트", "Updated", "updated", "UPDATED", "Last modified", "Modified", "Aktualisiert"});
}
std::size_t filing_in(std::string_view line) { return label_in(line, {"입력", "등록", "승인", "게재", "발행", "작성", "Published", "published", "Posted"}); }

// "수정 2026.11.28 13:03 등록 2026.11.28 10:30": what is said of the first day, and of the change.
std::string_view filing_part(std::string_view line) {
  const std::size_t change = change_in(line), filing = filing_in(line);
  if (filing > change && filing < line.size()) return line.substr(filing);
  return filing < change ? line.substr(0, change) : line;
}
std::string_view change_part(std::string_view line) {
  const std::size_t change = change_in(line), filing = filing_in(line);
  return filing > change ? line.substr(change, filing - change) : line.substr(change);
}

// How likely a printed day is the article's.
double trust_in(const Block& block, const Element& element, const Element& parent, int from_headline) {
  double trust = block.letters <= kShortLine ? 0.25 : 0.12;
  if (element.own.has_one_of(kAbout) || parent.own.has_one_of(kAbout)) trust += 0.1;
  if (has(purposes_of(block.text), Purpose::kDate)) trust += 0.1;
  if (std::abs(from_headline) <= kNear) trust += from_headline > 0 ? 0.2 : 0.12;
  if (element.under.has_one_of(kBeside)) trust -= 0.2;
  if (element.under.has(Mark::kComment)) trust -= 0.3;
  if (element.under.has(Mark::kFooter)) trust -= 0.12;  // the page's, or the article's own
  if (speaks_of_change(block.text)) trust -= 0.2;
  if (block.text.find("\xC2\xA9") != std::string::npos) trust -= 0.2;
  if (block.link_letters * 10 > block.letters * 9 && std::abs(from_headline) > kNear) trust -= 0.05;
  return trust - std::min(0.05, std::abs(from_headline) * 0.001);
}

DayOrder order_in(std::string_view line, const Evidence& evidence) {
  const auto& claims = evidence.claims(Field::kLanguage);
  const std::string_view language = claims.empty() ? std::string_view() : claims.front().values.front();
  return {.month_first = language.empty() || language == "en" || language == "en-US", .year_first = evidence.year_first || text::has_hangul(line)};
}

// Where a time stands in print: its block, and what that is worth.
class Places {
 public:
  explicit Places(const Printed& printed) : printed_(printed), first_block_(printed.outline.elements().size(), -1) {
    for (int i = static_cast<int>(printed.blocks.size()); i-- > 0;) {
      for (int at = printed.outline.place_of(block(i).holder); at >= 0 && first_block_[slot(at)] != i; at = printed.outline.at(at).parent) first_block_[slot(at)] = i;
    }
  }

  const Block& block(int i) const { return printed_.blocks[static_cast<std::size_t>(i)]; }

  // The block that an element stands in, or stands nearest to.
  int block_of(markup::Node node) const {
    int at = printed_.outline.place_of(node);
    while (at >= 0 && first_block_[slot(at)] < 0) at = printed_.outline.at(at).parent;
    return at < 0 ? -1 : first_block_[slot(at)];
  }

  double trust_at(int i) const {
    const Outline& outline = printed_.outline;
    const int place = outline.place_of(block(i).holder);
    return trust_in(block(i), outline.at(place), outline.at(outline.above(place)), printed_.headline < 0 ? i : i - printed_.headline);
  }

  // What block i says; with its neighbours, where a time stands in several: "2026.11.08" beside "09:15". A year, a month and a day
  // are put together where the page calls them a date: other rows of numbers are tables.
  std::string line_at(int i, DayOrder order) const {
    std::string line = parted_text(block(i));
    if (!is_part(i) || (!is_called_date(i) && days_in(line, order, 1).empty())) return line;
    const int end = std::min(static_cast<int>(printed_.blocks.size()), i + kMostParts);
    for (int k = i + 1; k < end && is_part(k) && is_beside(i, k); ++k) {
      const std::string part = parted_text(block(k));
      if (!days_in(part, order, 1).empty()) break;  // another one
      line += ' ' + part;
    }
    return line;
  }

 private:
  static std::size_t slot(int at) { return static_cast<std::size_t>(at); }

  const Element& element_of(int i) const { return printed_.outline.at(printed_.outline.place_of(block(i).holder)); }
  bool is_part(int i) const { return block(i).letters <= kLongestPart && text::has_only_date_words(block(i).text); }
  bool is_beside(int i, int k) const { return block(i).holder == block(k).holder || element_of(i).parent == element_of(k).parent; }
  bool is_called_date(int i) const {
    const Element& element = element_of(i);
    return element.own.has(Mark::kDate) || (element.parent >= 0 && printed_.outline.at(element.parent).own.has(Mark::kDate));
  }

  const Printed& printed_;
  std::vector<int> first_block_;  // below each element
};

// The hour that stands beside the printed day.
void add_time_of_day(std::string_view line, const std::string& day, double trust, Evidence& evidence) {
  const auto read = text::read_printed_date(line);
  if (!read || read->stamp.precision == model::Precision::kDay || !read->stamp.text.starts_with(day)) return;
  evidence.add_time(Field::kPublished, line, "printed time", std::max(kLeastTrust, trust * 0.8));
}

void read_print(const Printed& printed, const Places& places, Evidence& evidence) {
  double best = kWorst;
  std::string day, line;
  for (int i = 0; i < static_cast<int>(printed.blocks.size()); ++i) {
    const Block& block = places.block(i);
    if (std::none_of(block.text.begin(), block.text.end(), [](char c) { return c >= '0' && c <= '9'; })) continue;
    const DayOrder order = order_in(std::string_view(block.text).substr(0, kHead), evidence);
    const std::string whole = block.letters <= kShortLine ? places.line_at(i, order) : block.text.substr(0, kHead);
    const std::string_view head = block.letters <= kShortLine ? filing_part(whole) : whole;
    const auto days = days_in(head, order, 1);
    if (days.empty()) continue;
    const double trust = places.trust_at(i);
    if (trust <= best) continue;
    best = trust;
    day = days.front().text;
    line = block.letters > kShortLine ? std::string() : days.front().short_year ? spelt_out(head, days.front()) : std::string(head);
  }
  evidence.add_time(Field::kPublished, day, "printed day", std::clamp(best * kDayAlone, kLeastTrust, kMostTime));
  add_time_of_day(line, day, best, evidence);
}

// The first line about a change beside the headline; teasers and comments are changed too.
void read_printed_change(const Printed& printed, const Places& places, Evidence& evidence) {
  const int last = std::min(static_cast<int>(printed.blocks.size()) - 1, std::max(0, printed.headline) + kNear);
  for (int i = std::max(0, printed.headline - kNear); i <= last; ++i) {
    const Block& block = places.block(i);
    if (block.letters > kShortLine || change_part(block.text).empty()) continue;
    const DayOrder order = order_in(block.text, evidence);
    const std::string line = places.line_at(i, order);
    const std::string_view part = change_part(line);
    if (part.empty() || places.trust_at(i) <= 0 || days_in(part, order, 1).empty()) continue;
    return evidence.add_time(Field::kModified, part, "printed change", kPrintedChange);
  }
}

// "date-updated"; not "published updated", which says that nothing has changed.
bool is_of_change(Node element) {
  const std::string_view name = element.attribute("class");
  const auto says = [name](std::string_view word) { return name.find(word) != std::string_view::npos; };
  return (says("updated") || says("modified")) && !says("publish");
}

bool can_be_read(const std::string& written) { return text::read_printed_date(written) || !days_in(written, {.month_first = true}, 1).empty(); }

std::string time_of(Node element) {
  for (const char* const attribute : {"datetime", "title"}) {
    const std::string_view written = element.attribute(attribute);
    if (text::read_printed_date(written)) return std::string(written);
  }
  return element.text();
}

// What is marked as a time, in the likeliest place: teasers and comments have theirs too.
void read_time_elements(const Document& document, const Places& places, Evidence& evidence) {
  double best = 0;
  std::string value;
  std::unordered_map<int, double> trusts;  // of blocks: many times may stand in one
  static const markup::Selector marked = *markup::Selector::compile("time, .published, .pubdate, .entry-date, .post-date, .date");
  for (const Node element : document.all(marked)) {
    const int block = places.block_of(element);
    if (block < 0) continue;
    const double kind = element.tag() == markup::Tag::kTime ? kTimeElement : kTimeClass;
    const auto known = trusts.find(block);
    const double here = known != trusts.end() ? known->second : trusts.emplace(block, places.trust_at(block)).first->second;
    const double trust = here + kind - (is_of_change(element) ? kChange : 0);
    if (trust <= best) continue;
    std::string written = time_of(element);
    if (written.size() > kLongestPrinted || !can_be_read(written)) continue;
    best = trust;
    value = std::move(written);
  }
  if (best > 0) evidence.add_time(Field::kPublished, value, "marked time", std::min(best, kMostTime));
}

// A page names its picture several times; that is one witness.
void read_image_days(Evidence& evidence) {
  std::set<std::string> days;
  for (const Claim& image : evidence.claims(Field::kImage)) days.insert(day_in_path(image.values.front()));
  for (const std::string& day : days) evidence.add_time(Field::kPublished, day, "image's address", kImageTrust);
}

}  // namespace

void read_days(const Document& document, const std::string& url, const Printed& printed, Evidence& evidence) {
  evidence.add_time(Field::kPublished, day_in_path(url), "address", 0.55);
  read_image_days(evidence);
  const bool whole = read_scripts(document, evidence);
  const Places places(printed);
  read_print(printed, places, evidence);
  read_printed_change(printed, places, evidence);
  read_time_elements(document, places, evidence);
  if (!whole && evidence.claims(Field::kPublished).empty()) evidence.script_cut = true;
}

}  // namespace bylined::article
