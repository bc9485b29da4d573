// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/names_in.h"

#include <algorithm>
#include <array>

#include "pipeline/match/guards.h"
#include "pipeline/match/letters.h"
#include "pipeline/match/sides.h"

namespace bylined::match {
namespace {

using model::EntityKind;

constexpr double kParted = 0.6;       // a space parts an all-Hangul name
constexpr double kFullNameRunIn = 0.55;       // two full names without anything between
constexpr double kEnglishWord = 0.3;  // a short Latin name in lower case among English words
constexpr double kLongerName = 0.4;   // a company's name that begins with a group's
constexpr std::size_t kShortLatin = 5;
constexpr std::size_t kUsualNames = 32;  // room for what most articles hold
constexpr std::size_t kUsualTitles = 32;

class Finder {
 public:
  Finder(const NamesOfDay& of_day, FieldText& field, std::vector<std::uint32_t>& contexts)
      : names_(of_day.names), day_(of_day.day), field_(field), text_(field.text()), contexts_(contexts) {}

  void run() {
    if (text_.empty()) return;
    field_.names.reserve(kUsualNames);
    field_.titles.reserve(kUsualTitles);
    names_.trie().scan(text_, [&](const Hit& hit) {
      lot_[waiting_] = hit;
      waiting_ += static_cast<std::size_t>(names_.trie().anywhere(hit.key) || may_start_word(text_, hit.begin, hit.end));
      if (waiting_ == lot_.size()) take_lot();
    });
    take_lot();
    keep_longest();
  }

 private:
  void take_lot() {
    for (std::size_t i = 0; i < waiting_; ++i) __builtin_prefetch(names_.writings_of(lot_[i].key));
    for (std::size_t i = 0; i < waiting_; ++i) take(lot_[i]);
    waiting_ = 0;
  }

  void take(const Hit& hit) {
    for (const Writing* at = names_.writings_of(hit.key);; ++at) {
      const Writing& writing = *at;
      switch (writing.role) {
        case Role::kName:
        case Role::kSpelled: if (names_.is_called(writing.name, day_)) judge(hit, writing); break;
        case Role::kTitle: if (unparted(hit, writing)) field_.titles.push_back({hit.begin, hit.end, &writing}); break;
        case Role::kLastWord: if (unparted(hit, writing)) field_.last_words.push_back({hit.begin, hit.end, &writing}); break;
        case Role::kContext: if (parted_as_listed(hit, writing)) contexts_.push_back(writing.owner); break;
        case Role::kOtherCue:
        case Role::kOwnCue: if (parted_as_listed(hit, writing)) put_cue(hit, writing); break;
      }
      if (writing.last) return;
    }
  }

  static bool unparted(const Hit& hit, const Writing& writing) { return hit.end - hit.begin == writing.letters; }

  bool parted_as_listed(const Hit& hit, const Writing& writing) const {
    std::size_t letter = 0;
    std::uint32_t parted = 0;
    for (std::uint32_t i = hit.begin; i < hit.end; ++i) {
      if (is_separator(text_[i])) parted |= letter < 32 ? 1U << letter : 0;
      else ++letter;
    }
    return parted == names_.parts(writing).own;
  }

  void put_cue(const Hit& hit, const Writing& writing) {
    field_.cues.push_back({hit.begin, hit.end, static_cast<std::uint8_t>(writing.owner), writing.role == Role::kOwnCue});
  }

  void judge(const Hit& hit, const Writing& writing) {
    const EntityKind kind = writing.kind();
    const bool parted = !unparted(hit, writing);
    const Subject subject{kind, writing.letters, writing.hangul, writing.korean_person && !parted};
    double confidence = left_side(text_, hit.begin, hit.end, subject);
    if (confidence > 0 && parted) confidence = std::min(confidence, judge_parts(hit, writing, kind));
    if (confidence == 0) return;
    const double right = right_side(text_, hit.begin, hit.end, subject);
    const bool open = right == 0 && subject.korean_person && subject.letters == 3;
    if (right == 0 && !open) return;
    Span span{hit.begin, hit.end, writing.owner, model::How::kVariant, &writing, std::min(confidence, right)};
    if (open) leave_open(span);
    else if (counts(span)) put(span);
  }

  // 이병헌이민정과: a full name without an end of its own holds if the next name is a full one too, and begins where it
  // ends. Hardly any does: only those whose end is not yet passed are kept.
  void leave_open(const Span& span) {
    if (!open_.empty() && open_.front().end < span.begin) std::erase_if(open_, [&](const Span& one) { return one.end < span.begin; });
    open_.push_back(span);
  }

  void put(const Span& span) {
    std::vector<Span>& names = field_.names;
    const bool first_there = names.empty() || names.back().begin != span.begin;
    for (Span& one : open_) {
      if (one.end != span.begin || !first_there || !span.writing->korean_person || !counts(one)) continue;
      one.confidence = kFullNameRunIn;
      names.push_back(one);
    }
    names.push_back(span);
  }

  // The separators that stand in the text against those that the name has or allows.
  double judge_parts(const Hit& hit, const Writing& writing, EntityKind kind) const {
    const Parts& parts = names_.parts(writing);
    std::size_t letter = 0;
    int strict = 0;
    for (std::uint32_t i = hit.begin; i < hit.end; ++i) {
      const char32_t c = text_[i];
      if (!is_separator(c)) {
        ++letter;
        continue;
      }
      const std::uint32_t bit = letter < 32 ? 1U << letter : 0;
      const bool own = (parts.own & bit) != 0;
      if (own && (c != U'\u00B7' || kind == EntityKind::kPerson || names_.name(writing.name).find("\u00B7") != std::string_view::npos)) continue;
      if ((parts.loose & bit) != 0 && c != U'\u00B7') continue;
      if (own || !is_blank(c) || ++strict > 1 || (letter == 1 && kind != EntityKind::kProduct)) return 0;
    }
    if (strict == 0) return 1;
    const std::size_t least = kind == EntityKind::kProduct ? 3 : 4;
    return writing.hangul && kind != EntityKind::kPerson && writing.letters >= least ? kParted : 0;
  }

  // False where it is no mention at all; may lower the confidence or make a credit of it.
  bool counts(Span& span) const {
    if (in_address(text_, span.begin, span.end)) return false;
    const Particulars* particulars = names_.particulars(span.entity);
    const bool reporter_counts = particulars != nullptr && particulars->reporter;
    if (is_person(span) && !reporter_counts && is_reporter(text_, span.end)) return false;
    if (is_credit(text_, span.begin, span.end)) span.how = model::How::kCredit;
    if (span.writing->group != 0 && begins_longer_name(span)) span.confidence = std::min(span.confidence, kLongerName);
    if (lowered(span) && in_english(text_, span.begin, span.end)) span.confidence = kEnglishWord;
    return true;
  }

  // "CJ ENM": the next word makes it another company's name.
  bool begins_longer_name(const Span& span) const {
    if (span.end + 1 >= text_.size() || text_[span.end] != U' ') return false;
    const std::u32string_view rest = text_.substr(span.end + 1, kLongestWord);
    std::size_t length = 0;
    while (length < rest.size() && (is_letter(rest[length]) || rest[length] == U'&' || rest[length] == U'+')) ++length;
    return names_affiliate(span.writing->group, rest.substr(0, length));
  }

  // A short Latin name that is listed with a capital, and written without: "apple", "ytn".
  bool lowered(const Span& span) const {
    const Writing& writing = *span.writing;
    if (writing.letters > kShortLatin || !is_latin(text_[span.begin]) || !is_latin(text_[span.end - 1])) return false;
    const auto has_capital = [](std::string_view text) { return std::any_of(text.begin(), text.end(), [](char c) { return ('A' <= c && c <= 'Z') || c < 0; }); };
    return !has_capital(field_.raw(span.begin, span.end)) && has_capital(names_.name(writing.name));  // the text lies nearer
  }

  // Among overlapping names the longer one counts; two entities of one name both do.
  void keep_longest() {
    std::vector<Span>& spans = field_.names;
    const auto overlap = [](const Span& a, const Span& b) { return a.end > b.begin; };
    if (std::adjacent_find(spans.begin(), spans.end(), overlap) == spans.end()) return;  // then they are in order too
    const auto sooner = [](const Span& a, const Span& b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; };
    if (!std::is_sorted(spans.begin(), spans.end(), sooner)) std::stable_sort(spans.begin(), spans.end(), sooner);
    const bool alone = names_.keeps_all();
    std::size_t kept = 0;  // of the spans so far, moved to the front
    for (const Span span : spans) {  // a copy, for its place may be taken
      while (!alone && kept > 0 && spans[kept - 1].end > span.begin && longer(span, spans[kept - 1])) --kept;
      const bool covered = !alone && kept > 0 && spans[kept - 1].end > span.begin && !same_place(span, spans[kept - 1]);
      if (!covered && !repeats(kept, span)) spans[kept++] = span;
    }
    spans.resize(kept);
  }

  static bool longer(const Span& a, const Span& b) { return a.end - a.begin > b.end - b.begin; }
  static bool same_place(const Span& a, const Span& b) { return a.begin == b.begin && a.end == b.end; }

  // Two writings of one entity at one place are one mention: the surer one.
  bool repeats(std::size_t kept, const Span& span) {
    for (; kept > 0 && same_place(field_.names[kept - 1], span); --kept) {
      Span& one = field_.names[kept - 1];
      if (one.entity != span.entity) continue;
      if (span.confidence > one.confidence) one = span;
      return true;
    }
    return false;
  }

  const Names& names_;
  const std::string_view day_;
  FieldText& field_;
  std::u32string_view text_;
  std::vector<std::uint32_t>& contexts_;
  // Hits that are judged together: with many names what each stands for is far away, and is fetched for all of them at once.
  std::array<Hit, 64> lot_;
  std::size_t waiting_ = 0;  // in the lot
  std::vector<Span> open_;   // full names that hold on the left only, where the next one may yet begin at their end
};

}  // namespace

void find_names(const NamesOfDay& of_day, FieldText& field, std::vector<std::uint32_t>& contexts) { Finder(of_day, field, contexts).run(); }

}  // namespace bylined::match
