// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/edges.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "pipeline/article/body/tails.h"
#include "pipeline/article/byline/names.h"

namespace bylined::article {
namespace {

using Texts = std::vector<std::string>;

constexpr std::size_t kMostTail = 40;  // lines; what is longer is none

// Where a text ends: a paragraph and how much of it.
struct Place {
  std::size_t paragraph = 0, from = 0;
};

// "… 말했다. 홍길동 기자 abc@def.kr": where the byline behind the last full stop of a line begins.
std::size_t closing_in(std::string_view line) {
  const std::size_t mail = line.rfind('@');
  const std::size_t stop = mail == std::string_view::npos ? mail : line.rfind(". ", mail);
  Byline found;
  return stop != std::string_view::npos && take_byline(text::trimmed(line.substr(stop + 1)), found) ? stop + 1 : std::string_view::npos;
}

// Goes up from the last line of a text as long as lines have nothing of it.
class Tails {
 public:
  explicit Tails(Texts& paragraphs) : paragraphs_(paragraphs) {}

  Byline take() {
    for (std::size_t i = paragraphs_.size(); i-- > 0;) {
      if (!go_up(i)) break;
    }
    Byline byline;
    std::for_each(lines_.rbegin() + static_cast<std::ptrdiff_t>(lines_.size() - sure_), lines_.rend(), [&byline](std::string_view line) { take_byline(line, byline); });
    if (sure_ > 0) cut();
    return byline;
  }

 private:
  enum class Line { kText, kMaybe, kCredit, kSure };

  // False where the text begins.
  bool go_up(std::size_t i) {
    const std::string_view whole = paragraphs_[i];
    Byline found;  // of several lines, it may be
    if (whole.find('\n') != std::string_view::npos && take_byline(whole, found)) return add(whole, {i, 0}, found.printed.empty() ? Line::kCredit : Line::kSure);
    for (std::size_t end = whole.size();;) {
      const std::size_t from = end == 0 ? 0 : whole.rfind('\n', end - 1) + 1;  // npos + 1: the first line
      if (!add_line(whole.substr(from, end - from), {i, from})) return false;
      if (from == 0) return true;
      end = from - 1;
    }
  }

  bool add_line(std::string_view line, Place place) {
    if (const std::size_t closing = closing_in(line); closing != std::string_view::npos) {
      add(text::trimmed(line.substr(closing)), {place.paragraph, place.from + closing}, Line::kSure);
      return false;
    }
    const Tail tail = place.paragraph == 0 && place.from == 0 ? Tail::kNone : tail_of(line);  // a text is more than its tail
    if (tail == Tail::kSurely) return add({}, place, Line::kSure);  // "이메일 : …" names nobody
    Byline found;
    if (take_byline(line, found)) return add(line, place, found.printed.empty() ? Line::kCredit : Line::kSure);
    return add({}, place, tail == Tail::kMaybe ? Line::kMaybe : Line::kText);
  }

  // What only may be one is one below a sure line; not below a picture's credit, which stands in the midst of a text too.
  bool add(std::string_view byline, Place place, Line kind) {
    const bool is_pending = sure_ < lines_.size();
    if (kind == Line::kText || lines_.size() == kMostTail || (kind == Line::kCredit && is_pending)) return false;
    lines_.push_back(byline);
    if (kind == Line::kMaybe) return true;
    sure_ = lines_.size();
    end_ = place;
    return true;
  }

  void cut() {
    paragraphs_.resize(end_.paragraph + 1);
    std::string& last = paragraphs_.back();
    last.resize(end_.from);
    last.resize(last.find_last_not_of(" \n") + 1);  // npos + 1: nothing is left
    if (last.empty()) paragraphs_.pop_back();
  }

  Texts& paragraphs_;
  std::vector<std::string_view> lines_;  // the last one first; empty where it is no byline
  std::size_t sure_ = 0;                 // how many of them are none of the text
  Place end_;
};

// "[앵커]" above a text is a part of it.
bool is_byline_above(std::string_view paragraph, Byline& byline) {
  Byline found;
  if (!take_byline(paragraph, found) || found.names.empty()) return false;
  return take_byline(paragraph, byline);
}

}  // namespace

void join(Byline& byline, Byline other) {
  if (byline.printed.empty()) byline.printed = std::move(other.printed);
  for (std::string& name : other.names) add_name(byline.names, std::move(name));
}

Byline take_bylines(Texts& paragraphs) {
  Byline byline, opening;
  paragraphs.erase(paragraphs.begin(), std::find_if_not(paragraphs.begin(), paragraphs.end(), [&byline](const std::string& one) { return is_byline_above(one, byline); }));
  if (paragraphs.empty()) return byline;
  paragraphs.front().erase(0, opening_byline(paragraphs.front(), opening));
  if (paragraphs.front().empty()) paragraphs.erase(paragraphs.begin());
  Byline closing = Tails(paragraphs).take();
  join(byline, std::move(opening));
  join(byline, std::move(closing));
  return byline;
}

}  // namespace bylined::article
