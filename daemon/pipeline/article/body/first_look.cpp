// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "pipeline/article/body/echoes.h"
#include "pipeline/article/body/features.h"
#include "pipeline/article/body/units.h"
#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

using markup::Tag;

constexpr std::size_t kWordsCompared = 60;
constexpr std::size_t kBodyWords = 20'000;
constexpr int kArticleLetters = 250;
constexpr int kLongestSignature = 120;    // letters
constexpr int kFewKin = 3;                // of which a share says something
constexpr int kMostPlain = 2000;          // letters; more of them say no more
constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr float kLongAgo = 4;             // blocks, of which the logarithm is taken
constexpr std::size_t kTitleBytes = 200;  // of a block that are looked at for capitals
constexpr Marks kBeside(Mark::kComment, Mark::kSubscribe, Mark::kFooter, Mark::kRelated, Mark::kSidebar, Mark::kNavigation, Mark::kAdvert);

float log1p_of(double x) { return static_cast<float>(std::log1p(x)); }
// Most of what is counted in a block is small.
float log1p_of(int count) {
  static const auto kSmall = [] {
    std::array<float, 1024> logs{};
    for (std::size_t i = 0; i < logs.size(); ++i) logs[i] = log1p_of(static_cast<double>(i));
    return logs;
  }();
  return count >= 0 && static_cast<std::size_t>(count) < kSmall.size() ? kSmall[static_cast<std::size_t>(count)] : log1p_of(static_cast<double>(count));
}
float yes(bool condition) { return condition ? 1.0f : 0.0f; }
float share(int part, int whole) { return static_cast<float>(part) / static_cast<float>(std::max(1, whole)); }

Holder holder_of(Tag tag) {
  switch (tag) {
#define HOLDER(name) case Tag::k##name: return Holder::k##name;
    ARTICLE_HOLDERS(HOLDER)
#undef HOLDER
    default: return Holder::kOther;
  }
}

bool is_heading_tag(Tag tag) { return tag >= Tag::kH1 && tag <= Tag::kH6; }

// "— Ada Holm (@adaholm) 4 May 2025": how a post of a network is signed that is quoted.
bool signs_post(const Block& block) {
  if (block.letters > kLongestSignature) return false;
  const std::uint32_t first = letter_at(block.text).code;
  return (first == 0x2014 || first == 0x2013 || first == '-') && block.text.find("(@") != std::string::npos;
}

// The part of the words that begin with a capital.
float title_case(std::string_view text) {
  int words = 0, capitals = 0;
  bool starts = true;
  for (text = text.substr(0, kTitleBytes); !text.empty();) {
    const Letter letter = letter_at(text);
    text.remove_prefix(std::min(letter.bytes, text.size()));
    if (starts && !is_blank(letter.code)) ++words, capitals += is_upper(letter.code) ? 1 : 0;
    starts = is_blank(letter.code);
  }
  return share(capitals, words);
}

struct Group {  // the blocks of one parent in one kind of element
  int letters = 0;
  int link_letters = 0;
  int count = 0;
};

class Looker {
 public:
  Looker(const std::vector<Block>& blocks, const Outline& outline, const Kinship& kinship, const Hints& hints)
      : blocks_(blocks), outline_(outline), kinship_(kinship), units_(blocks, outline), echoes_(blocks, outline), links_below_(outline.elements().size()), prose_below_(outline.elements().size()) {
    for (const std::string& title : hints.titles) titles_.push_back(squashed(title));
    for (const std::string& text : hints.descriptions) descriptions_.push_back(squashed(text));
    for (const std::string& body : hints.bodies) {
      for (const std::uint64_t shingle : shingles_of(body, kBodyWords)) known_.insert(shingle);
    }
    squashed_.reserve(blocks.size());  // views of it are kept
    for (const Block& block : blocks) {
      const int place = outline.place_of(block.holder);
      places_.push_back(place);
      squashed_.push_back(block.letters <= 600 ? squashed(block.text) : std::string());
      Group& group = groups_[group_key(place)];
      group_of_.push_back(&group);
      group.letters += block.letters;
      group.link_letters += block.link_letters;
      ++group.count;
      times_of_.push_back(squashed_.back().size() >= 8 ? &times_[squashed_.back()] : nullptr);
      if (times_of_.back() != nullptr) ++*times_of_.back();
      total_ += block.letters;
      links_below_[static_cast<std::size_t>(place)] += block.link_letters;
      if (is_prose(block)) count_prose(block, place);
      headings_.push_back(is_heading(block, place));
    }
    add_up();
    for (float& weight : prose_under_) weight /= std::max(prose_, 1.0f);
    for (float& weight : prose_in_) weight /= std::max(prose_, 1.0f);
    // Comments may outweigh their article many times; only a forum consists of them.
    if (article_prose_ >= kArticleLetters) prose_under_[static_cast<std::size_t>(Mark::kComment)] = 0;
    find_headline();
    find_way_up();
  }

  std::vector<FirstLook> run() {
    std::vector<FirstLook> looks(blocks_.size());
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      look_at_text(blocks_[i], looks[i]);
      look_at_words(i, looks[i]);
      look_at_place(i, looks[i]);
      look_at_tree(i, looks[i]);
      look_at_parts(i, looks[i]);
      look_at_kin(i, looks[i]);
      look_at_page(i, looks[i]);
      look_at_headings(i, looks[i]);
      look_at_style(i, looks[i]);
      look_at_units(i, looks[i]);
      look_at_way_up(i, looks[i]);
      note_heading(i, looks[i]);
      passed_ += blocks_[i].letters;
    }
    return looks;
  }

 private:
  static void set(FirstLook& look, Scalar scalar, float value) { look[static_cast<std::size_t>(scalar)] = value; }

  std::uint64_t group_key(int place) const {
    const Element& element = outline_.at(place);
    return static_cast<std::uint64_t>(element.parent + 1) << 8 | static_cast<std::uint64_t>(element.node.tag());
  }

  void count_prose(const Block& block, int place) {
    const float weight = static_cast<float>(std::min(block.letters, 800));
    prose_ += weight;
    prose_below_[static_cast<std::size_t>(place)] += block.letters;
    prose_letters_ += block.letters;
    const Element& element = outline_.at(place);
    for (std::size_t m = 0; m < kMarks; ++m) prose_under_[m] += element.under.has(static_cast<Mark>(m)) ? weight : 0;
    if (!element.under.has_one_of(kBeside)) article_prose_ += block.letters;
    for (std::size_t k = 0; k < kKinds; ++k) prose_in_[k] += (element.kinds >> k & 1) != 0 ? weight : 0;
  }

  // What lies below each element, from what lies in it.
  void add_up() {
    for (std::size_t e = links_below_.size(); e-- > 1;) {
      const std::size_t parent = static_cast<std::size_t>(outline_.elements()[e].parent);
      links_below_[parent] += links_below_[e];
      prose_below_[parent] += prose_below_[e];
    }
  }

  bool is_heading(const Block& block, int place) const {
    return is_heading_tag(outline_.at(place).node.tag()) || (block.words <= 8 && 10 * block.bold_letters > 9 * block.letters);
  }

  bool is_title(const std::string& text) const {
    return std::any_of(titles_.begin(), titles_.end(), [&](const std::string& title) {
      return text == title || (text.size() > 14 && text.size() * 2 > title.size() && title.find(text) != std::string::npos);
    });
  }

  bool is_description(const std::string& text) const {
    const auto head = [](std::string_view whole) { return whole.substr(0, 60); };
    return text.size() > 30 && std::any_of(descriptions_.begin(), descriptions_.end(), [&](const std::string& description) { return head(description) == head(text); });
  }

  // The first heading that says the title, else the first text that does, else the first h1.
  void find_headline() {
    int text = -1;
    int heading = -1;
    for (int i = 0; i < static_cast<int>(blocks_.size()); ++i) {
      const std::string& squeezed = squashed_[static_cast<std::size_t>(i)];
      const Element& holder = outline_.at(places_[static_cast<std::size_t>(i)]);
      const bool is_h1 = holder.node.tag() == Tag::kH1 || (holder.parent >= 0 && outline_.at(holder.parent).node.tag() == Tag::kH1);
      if (heading < 0 && is_h1) heading = i;
      if (squeezed.size() < 8 || !is_title(squeezed)) continue;
      if (text < 0) text = i;
      if (!is_h1 && holder.node.tag() != Tag::kH2) continue;
      headline_ = i;
      return;
    }
    headline_ = text >= 0 ? text : heading;
  }

  int place_of_headline() const { return headline_ >= 0 ? places_[static_cast<std::size_t>(headline_)] : -1; }

  // What the headline stands in, and the article among it.
  void find_way_up() {
    above_headline_.assign(outline_.elements().size(), false);
    for (int at = place_of_headline(); at >= 0; at = outline_.at(at).parent) {
      above_headline_[static_cast<std::size_t>(at)] = true;
      headline_in_article_ = headline_in_article_ || outline_.at(at).node.tag() == Tag::kArticle;
    }
  }

  void look_at_text(const Block& block, FirstLook& look) const {
    const std::uint32_t first = letter_at(block.text).code;
    const std::uint32_t last = last_letter(block.text);
    const float letters = log1p_of(block.letters);
    set(look, Scalar::kLetters, letters);
    set(look, Scalar::kLettersSquared, letters * letters / 10);
    set(look, Scalar::kWords, log1p_of(block.words));
    set(look, Scalar::kShort, yes(block.letters < 25));
    set(look, Scalar::kVeryShort, yes(block.letters < 8));
    set(look, Scalar::kLinkShare, share(block.link_letters, block.letters));
    set(look, Scalar::kAllLink, yes(10 * block.link_letters > 9 * block.letters));
    set(look, Scalar::kBoldShare, share(block.bold_letters, block.letters));
    set(look, Scalar::kAllBold, yes(10 * block.bold_letters > 9 * block.letters));
    set(look, Scalar::kSentences, static_cast<float>(std::min(block.sentences, 6)));
    set(look, Scalar::kNoSentence, yes(block.sentences == 0));
    set(look, Scalar::kCommas, static_cast<float>(std::min(block.commas, 6)));
    set(look, Scalar::kEndsSentence, yes(is_sentence_end(last) || last == '"' || last == 0x201D || last == 0x2019 || last == 0xBB));
    set(look, Scalar::kEndsColon, yes(last == ':' || last == 0xFF1A));
    set(look, Scalar::kEndsEllipsis, yes(last == 0x2026 || block.text.ends_with("...")));
    set(look, Scalar::kStartsLower, yes(lower(first) == first && ((first >= 'a' && first <= 'z') || (first >= 0xDF && first < 0x250))));
    set(look, Scalar::kStartsBracket, yes(first == '(' || first == '['));
    set(look, Scalar::kStartsBullet, yes(std::u32string_view(U">→▶►»•·-–—*").find(first) != std::u32string_view::npos));
    look_at_letters(block.text, look);
  }

  void look_at_letters(std::string_view text, FirstLook& look) const {
    int capitals = 0, digits = 0, count = 0, bars = 0, lines = 0;
    bool at_sign = false;
    bool copyright = false;
    for (std::string_view rest = text; !rest.empty() && count < 1000;) {
      const Letter letter = letter_at(rest);
      const std::uint32_t c = letter.code;
      rest.remove_prefix(letter.bytes);
      ++count;
      if (is_between(c, 'a', 'z')) continue;  // most letters of most pages
      if (count <= 200) {
        capitals += is_upper(c) ? 1 : 0;
        digits += is_digit(c) ? 1 : 0;
      }
      switch (c) {
        case '|':
        case 0xB7:
        case 0xBB:
        case 0x203A: ++bars; break;
        case '\n': ++lines; break;
        case '@': at_sign = true; break;
        case 0xA9: copyright = true; break;
        default: break;
      }
    }
    set(look, Scalar::kCapitals, share(capitals, std::min(count, 200)));
    set(look, Scalar::kDigits, share(digits, std::min(count, 200)));
    set(look, Scalar::kBars, static_cast<float>(std::min(bars, 3)));
    set(look, Scalar::kLineBreaks, static_cast<float>(std::min(lines, 3)));
    set(look, Scalar::kAt, yes(at_sign));
    set(look, Scalar::kCopyright, yes(copyright));
    set(look, Scalar::kUrl, yes(text.substr(0, 1000).find("http") != std::string_view::npos || text.substr(0, 1000).find("www.") != std::string_view::npos));
  }

  void look_at_words(std::size_t i, FirstLook& look) const {
    const Block& block = blocks_[i];
    const float weight = block.words <= 40 ? 1.0f : block.words <= 80 ? 0.3f : 0.0f;
    const Purposes purposes = weight > 0 ? purposes_of(block.text) : Purposes();
    for (std::size_t p = 0; p < kPurposes; ++p) {
      look[kFirstStart + p] = (purposes.at_start >> p & 1) != 0 ? weight : 0;
      look[kFirstAnywhere + p] = (purposes.anywhere >> p & 1) != 0 ? weight : 0;
    }
    set(look, Scalar::kPurposeCount, weight * static_cast<float>(std::min(3, std::popcount(purposes.anywhere))));
    const std::string& text = squashed_[i];
    set(look, Scalar::kIsTitle, yes(text.size() > 5 && is_title(text)));
    set(look, Scalar::kIsDescription, yes(is_description(text)));
    set(look, Scalar::kRepeated, yes(times_of_[i] != nullptr && *times_of_[i] > 1));
    set(look, Scalar::kUnderEndHeading, yes(end_heading_ >= 0 && end_heading_ == outline_.at(places_[i]).parent));
    if (known_.empty()) return;
    set(look, Scalar::kBodyKnown, 1);
    const auto shingles = shingles_of(block.text, kWordsCompared);
    if (shingles.empty()) return;
    const auto found = std::count_if(shingles.begin(), shingles.end(), [&](std::uint64_t shingle) { return known_.contains(shingle); });
    const float inside = static_cast<float>(found) / static_cast<float>(shingles.size());
    set(look, Scalar::kInKnownBody, inside);
    set(look, Scalar::kOutOfKnownBody, 1 - inside);
  }

  // A heading such as "Related" speaks for its siblings up to the next heading.
  void note_heading(std::size_t i, const FirstLook& look) {
    static constexpr Purpose kEnds[] = {Purpose::kPointer, Purpose::kSubscribe, Purpose::kComment, Purpose::kShare, Purpose::kAd};
    if (!headings_[i]) return;
    last_heading_ = i;
    const bool ends = std::any_of(std::begin(kEnds), std::end(kEnds), [&](Purpose purpose) { return look[kFirstStart + static_cast<std::size_t>(purpose)] > 0; });
    end_heading_ = ends ? outline_.at(places_[i]).parent : -1;
    last_ends_ = ends;
  }

  void look_at_place(std::size_t i, FirstLook& look) const {
    static constexpr std::pair<int, Scalar> kNeighbours[] = {
        {-2, Scalar::kBefore2Letters}, {-1, Scalar::kBefore1Letters}, {1, Scalar::kBehind1Letters}, {2, Scalar::kBehind2Letters}};
    for (const auto& [offset, first] : kNeighbours) look_at_neighbour(i, static_cast<int>(i) + offset, static_cast<std::size_t>(first), look);
    const float position = share(passed_, total_);
    const int from_headline = static_cast<int>(i) - headline_;
    set(look, Scalar::kPosition, position);
    set(look, Scalar::kTail, std::max(0.0f, position - 0.7f));
    set(look, Scalar::kAfterHeadline, yes(headline_ >= 0 && from_headline > 0));
    set(look, Scalar::kBeforeHeadline, yes(headline_ >= 0 && from_headline < 0));
    set(look, Scalar::kHeadlineDistance, headline_ >= 0 ? log1p_of(std::abs(from_headline)) : 4);
    set(look, Scalar::kAtHeadline, yes(headline_ >= 0 && from_headline == 0));
    set(look, Scalar::kSoonAfterHeadline, yes(headline_ >= 0 && from_headline > 0 && from_headline <= 4));
  }

  void look_at_neighbour(std::size_t i, int other, std::size_t first, FirstLook& look) const {
    look[first + 1] = 1;
    if (other < 0 || other >= static_cast<int>(blocks_.size())) return;
    const std::size_t n = static_cast<std::size_t>(other);
    const std::uint32_t last = last_letter(blocks_[n].text);
    look[first] = log1p_of(blocks_[n].letters);
    look[first + 1] = share(blocks_[n].link_letters, blocks_[n].letters);
    look[first + 2] = yes(outline_.at(places_[n]).parent == outline_.at(places_[i]).parent);
    look[first + 3] = yes(is_sentence_end(last) || last == '"' || last == 0x201D || last == 0x2019 || last == 0xBB);
  }

  void look_at_tree(std::size_t i, FirstLook& look) const {
    const Block& block = blocks_[i];
    const int place = places_[i];
    const int parent = outline_.above(place);
    const int grandparent = outline_.above(parent);
    const Element& element = outline_.at(place);
    const Group& group = *group_of_[i];
    const int parent_letters = outline_.at(parent).letters;
    const int grandparent_letters = outline_.at(grandparent).letters;
    set(look, Scalar::kGroupLetters, log1p_of(group.letters));
    set(look, Scalar::kGroupLinkShare, share(group.link_letters, group.letters));
    set(look, Scalar::kGroupCount, log1p_of(group.count));
    set(look, Scalar::kGroupShare, share(group.letters, total_));
    set(look, Scalar::kGroupAverage, log1p_of(static_cast<double>(group.letters) / group.count));
    set(look, Scalar::kImageBeside, yes(element.holds_image && block.letters < 200));
    set(look, Scalar::kImageInParent, yes(outline_.at(parent).holds_image && 10 * parent_letters <= 13 * block.letters && block.letters < 400));
    set(look, Scalar::kImageInGrandparent,
        yes(outline_.at(grandparent).holds_image && 10 * grandparent_letters <= 13 * block.letters && block.letters < 400));
    set(look, Scalar::kAloneInParent, yes(100 * parent_letters <= 105 * block.letters));
    set(look, Scalar::kParentLetters, log1p_of(parent_letters));
    set(look, Scalar::kGrandparentLetters, log1p_of(grandparent_letters));
    set(look, Scalar::kParentShare, share(parent_letters, total_));
    set(look, Scalar::kGrandparentShare, share(grandparent_letters, total_));
    set(look, Scalar::kDepth, static_cast<float>(element.depth) / 10);
    look_at_marks(element, outline_.at(outline_.place_of(block.within)), outline_.at(parent), look);
  }

  void look_at_parts(std::size_t i, FirstLook& look) const {
    const Block& block = blocks_[i];
    const int parent = outline_.above(places_[i]);
    const int grandparent = outline_.above(parent);
    const auto part = [&](const std::vector<int>& letters, int place) { return share(letters[static_cast<std::size_t>(place)], outline_.at(place).letters); };
    set(look, Scalar::kPlainLetters, log1p_of(std::min(block.letters - block.link_letters, kMostPlain)));
    set(look, Scalar::kSentenceWords, log1p_of(block.words / std::max(1, block.sentences)));
    set(look, Scalar::kTitleCase, title_case(block.text));
    set(look, Scalar::kParentLinks, part(links_below_, parent));
    set(look, Scalar::kGrandparentLinks, part(links_below_, grandparent));
    set(look, Scalar::kParent3Links, part(links_below_, outline_.above(grandparent)));
    set(look, Scalar::kParentProse, part(prose_below_, parent));
    set(look, Scalar::kGrandparentProse, part(prose_below_, grandparent));
    set(look, Scalar::kSignsPost, yes(signs_post(block)));
    set(look, Scalar::kPostSignedBehind, yes(is_signed(i)));
  }

  bool is_signed(std::size_t i) const {
    for (std::size_t n = i + 1; n < std::min(blocks_.size(), i + 4); ++n) {
      const int above = outline_.at(places_[n]).parent;
      if (above != outline_.at(places_[i]).parent && places_[n] != outline_.at(places_[i]).parent) return false;
      if (signs_post(blocks_[n])) return true;
    }
    return false;
  }

  void look_at_kin(std::size_t i, FirstLook& look) const {
    const Kin& kin = kinship_.kin_of(i);
    const Kin& most = kinship_.main_kin();
    set(look, Scalar::kKinCount, log1p_of(kin.count));
    set(look, Scalar::kKinAverage, log1p_of(static_cast<double>(kin.letters) / kin.count));
    set(look, Scalar::kKinLinks, share(kin.link_letters, kin.letters));
    set(look, Scalar::kKinEnds, share(kin.ends, kin.count));
    set(look, Scalar::kKinGoOnFromLink, kin.count >= kFewKin ? share(kin.teasers, kin.count) : 0);
    set(look, Scalar::kKinProse, share(kin.prose_letters, prose_letters_));
    set(look, Scalar::kMainKin, yes(&kin == &most && most.prose_letters > 0));
    set(look, Scalar::kDepthFromMain, static_cast<float>(std::abs(outline_.at(places_[i]).depth - most.depth)) / 10);
  }

  // The page, and where the block stands in its stretch from the first paragraph of the most usual kind to the last.
  void look_at_page(std::size_t i, FirstLook& look) const {
    const int first = kinship_.main_kin().first_prose, last = kinship_.main_kin().last_prose, at = static_cast<int>(i);
    set(look, Scalar::kPageLetters, log1p_of(total_));
    set(look, Scalar::kPageLinks, share(links_below_.front(), total_));
    set(look, Scalar::kPageBlocks, log1p_of(static_cast<int>(blocks_.size())));
    if (first < 0) return;
    set(look, Scalar::kBeforeMainKin, log1p_of(std::max(0, first - at)));
    set(look, Scalar::kBehindMainKin, log1p_of(std::max(0, at - last)));
    set(look, Scalar::kAmongMainKin, yes(at >= first && at <= last));
    set(look, Scalar::kPlaceInMainKin, std::clamp(share(at - first, last - first + 1), -1.0f, 2.0f));
  }

  void look_at_headings(std::size_t i, FirstLook& look) const {
    set(look, Scalar::kHeadingBefore, yes(i > 0 && headings_[i - 1]));
    set(look, Scalar::kHeadingBehind, yes(i + 1 < blocks_.size() && headings_[i + 1]));
    set(look, Scalar::kSinceHeading, last_heading_ == kNone ? kLongAgo : log1p_of(static_cast<int>(i - last_heading_)));
    set(look, Scalar::kBehindEndHeading, yes(last_ends_));
  }

  void look_at_style(std::size_t i, FirstLook& look) const {
    const Block& block = blocks_[i];
    set(look, Scalar::kGoesOnFromLink, yes(goes_on_from_link(block)));
    set(look, Scalar::kInnerLinks, share(block.inner_link_letters, block.letters));
    set(look, Scalar::kSlantShare, share(block.slanted_letters, block.letters));
    set(look, Scalar::kAllSlanted, yes(10 * block.slanted_letters > 9 * block.letters));
    set(look, Scalar::kImageSays, yes(echoes_.names_image(squashed_[i])));
    set(look, Scalar::kSaidElsewhere, echoes_.said_elsewhere(i));
  }

  void look_at_units(std::size_t i, FirstLook& look) const {
    const int unit = units_.unit_above(places_[i]);
    if (unit < 0) return;
    const UnitRow& row = units_.row_of(unit);
    set(look, Scalar::kUnitCount, log1p_of(row.count));
    set(look, Scalar::kUnitAverage, log1p_of(static_cast<double>(row.letters) / row.count));
    set(look, Scalar::kUnitShare, share(row.letters, total_));
    set(look, Scalar::kUnitImages, share(row.images, row.count));
    set(look, Scalar::kUnitOfHeadline, yes(above_headline_[static_cast<std::size_t>(unit)]));
  }

  void look_at_way_up(std::size_t i, FirstLook& look) {
    if (headline_ < 0) return;
    int levels = 0;
    int at = places_[i];
    bool in_article = false;
    for (; !above_headline_[static_cast<std::size_t>(at)]; at = outline_.at(at).parent, ++levels) {
      in_article = in_article || outline_.at(at).node.tag() == Tag::kArticle;
    }
    set(look, Scalar::kHeadlineLevels, log1p_of(levels));
    set(look, Scalar::kHeadlineShare, share(outline_.at(at).letters, total_));
    set(look, Scalar::kOtherArticle, in_article ? (headline_in_article_ ? 1.0f : 0.5f) : 0);
    set(look, Scalar::kBehindFirstHeadings, static_cast<float>(std::min(first_headings_, 3)));
    if (static_cast<int>(i) > headline_ && outline_.at(places_[i]).node.tag() == Tag::kH1) ++first_headings_;
  }

  // How much more than the page's running text as a whole the block stands under a mark or kind: a class that
  // the whole page lies in ("has-sidebar") tells nothing apart.
  void look_at_marks(const Element& holder, const Element& element, const Element& parent, FirstLook& look) const {
    look[kFirstHolder + static_cast<std::size_t>(holder_of(holder.node.tag()))] = 1;
    Marks near = holder.own;
    near.add(parent.own);
    near.add(element.own);
    for (std::size_t k = 0; k < kKinds; ++k) look[kFirstKind + k] = yes((element.kinds >> k & 1) != 0) - prose_in_[k];
    for (std::size_t m = 0; m < kMarks; ++m) {
      const Mark mark = static_cast<Mark>(m);
      look[kFirstNear + m] = yes(near.has(mark));
      look[kFirstUnder + m] = yes(element.under.has(mark)) - prose_under_[m];
    }
  }

  const std::vector<Block>& blocks_;
  const Outline& outline_;
  const Kinship& kinship_;
  const Units units_;
  const Echoes echoes_;
  std::vector<int> links_below_, prose_below_;  // letters below each element
  std::vector<bool> headings_;                  // each block
  std::vector<std::string> titles_, descriptions_;
  std::unordered_set<std::uint64_t> known_;
  std::vector<int> places_;
  std::vector<std::string> squashed_;
  std::unordered_map<std::uint64_t, Group> groups_;
  std::vector<const Group*> group_of_;  // each block
  std::array<float, kMarks> prose_under_{};  // the part of the running text that stands under a mark
  std::array<float, kKinds> prose_in_{};
  float prose_ = 0;
  int article_prose_ = 0;  // letters of it that stand beside nothing
  int total_ = 0;
  int passed_ = 0;
  int headline_ = -1;
  int prose_letters_ = 0;
  int end_heading_ = -1;  // parent of the last heading, where that ends articles
  int first_headings_ = 0;  // behind the headline, so far
  bool headline_in_article_ = false;
  std::vector<bool> above_headline_;            // each element
  std::size_t last_heading_ = kNone;
  bool last_ends_ = false;
  std::unordered_map<std::string_view, int> times_;
  std::vector<int*> times_of_;  // each block; null where it is too short to tell
};

}  // namespace

std::vector<FirstLook> first_looks(const std::vector<Block>& blocks, const Outline& outline, const Kinship& kinship, const Hints& hints) {
  return Looker(blocks, outline, kinship, hints).run();
}

}  // namespace bylined::article
