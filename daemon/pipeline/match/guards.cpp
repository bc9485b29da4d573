// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/guards.h"

#include <algorithm>
#include <array>

#include "pipeline/match/endings.h"
#include "pipeline/match/letters.h"
#include "pipeline/match/lexicon.h"
#include "pipeline/match/sides.h"

namespace bylined::match {
namespace {


constexpr std::size_t kLongestAddress = 200;  // characters looked at on either side
constexpr std::size_t kSentenceReach = 300;
constexpr std::size_t kListed = 8;  // names of one list of reporters or of givers

bool in_url(char32_t c) { return c > U' ' && c < 0x7F && c != U'"' && c != U'<' && c != U'>' && c != U'(' && c != U')' && c != U'[' && c != U']' && c != U','; }
bool in_host(char32_t c) { return within(c, U'a', U'z') || is_digit(c) || c == U'.' || c == U'-' || c == U'_'; }

bool is_list_mark(char32_t c) { return c == U'\u00B7' || c == U',' || c == U'/'; }

bool is_one_of(View word, std::initializer_list<View> list) { return std::find(list.begin(), list.end(), word) != list.end(); }

// kakao.com, naver.me/abc, news.kbs.co.kr: labels, and a top level that is in use in Korean texts.
bool is_host(View token) {
  std::size_t to = 0;
  while (to < token.size() && in_host(token[to])) ++to;
  View host = token.substr(0, to);
  while (host.ends_with(U'.')) host.remove_suffix(1);
  const std::size_t dot = host.rfind(U'.');
  if (dot == View::npos || dot == 0) return false;
  const View top = host.substr(dot + 1);
  return is_one_of(top, {U"com", U"net", U"org", U"kr", U"io", U"ai", U"me", U"co", U"tv", U"cn", U"jp", U"us", U"uk", U"eu", U"de", U"gov", U"edu", U"info",
                         U"biz", U"app", U"dev", U"gg", U"ly", U"be", U"link", U"news", U"shop", U"site", U"page", U"xyz"});
}

View word_at(View text, std::size_t from) {
  std::size_t to = from;
  while (to < text.size() && is_letter(text[to]) && to - from <= kLongestAddress) ++to;
  return text.substr(std::min(from, text.size()), to - from);
}

// 기자, 정치부기자는, 특파원이: a reporter's word, endings behind it. 기자들, 기자간담회 are none.
bool is_reporter_word(View word) {
  for (const View role : {U"기자", U"특파원", U"통신원"}) {
    const std::size_t found = word.find(role);
    if (found == View::npos || found > 5) continue;
    const View rest = word.substr(found + role.size());
    if (rest.empty() || is_ending(rest, final_of(role.back()))) return true;
  }
  return false;
}

// 삼성전자 제공, behind a name that ends at `at`; 제공한, 제공 자료 are none.
bool is_given(View text, std::size_t at) {
  const View after = text.substr(std::min(at, text.size()), 6);
  if (!after.starts_with(U" 제공") && !after.starts_with(U"제공")) return false;
  const std::size_t closed = after.find(U"제공") + 2;
  return closed == after.size() || (!is_letter(after[closed]) && after[closed] != U' ');
}

std::size_t skip_blanks_back(View text, std::size_t at) {
  while (at > 0 && is_blank(text[at - 1])) --at;
  return at;
}

constexpr std::array<View, 8> kGiftWords = {U"사진", U"자료", U"제공", U"출처", U"영상", U"그래픽", U"캡처", U"이미지"};

constexpr std::size_t kLongestGiftWord = 3;

bool ends_with_gift_word(View text) {
  return std::any_of(kGiftWords.begin(), kGiftWords.end(), [&](View one) { return text.ends_with(one); });
}

bool ends_line(View text, std::size_t at) { return at >= text.size() || text[at] == U'\n'; }

// [사진 삼성전자], with nothing else between the brackets.
bool is_bracketed(View text, std::size_t begin, std::size_t end) {
  if (end >= text.size() || View(U"])\u3011").find(text[end]) == View::npos) return false;
  const std::size_t closed = skip_blanks_back(text, begin);
  const View before = text.substr(closed - std::min(closed, kLongestGiftWord + 1), std::min(closed, kLongestGiftWord + 1));
  const std::size_t opened = before.find_last_of(U"[(\u3010");
  return opened != View::npos && ends_with_gift_word(before.substr(opened + 1));
}

// "… 인사하고 있다. /삼성전자", at a line's end.
bool signs_a_line(View text, std::size_t begin, std::size_t end) {
  if (begin == 0 || text[begin - 1] != U'/' || !ends_line(text, end)) return false;
  return begin == 1 || !is_letter(text[begin - 2]) || is_digit(text[begin - 2]);
}

// "삼성전자 홈페이지 캡처", at a line's end.
bool is_captured(View text, std::size_t end) {
  std::size_t at = end;
  while (!ends_line(text, at) && at - end <= 20 && (is_letter(text[at]) || text[at] == U' ')) ++at;
  const View between = text.substr(end, at - end);
  const bool closed = ends_line(text, at) || View(U".])").find(text[at]) != View::npos;
  return closed && between.starts_with(U' ') && (between.ends_with(U" 캡처") || between.ends_with(U" 갈무리"));
}

// 사진=, 자료 : , 사진제공 before a name that begins at `at`, blanks skipped.
bool is_labelled(View text, std::size_t at) {
  const bool parted = at > 0 && View(U"=:/|").find(text[at - 1]) != View::npos;
  const View before = text.substr(0, parted ? skip_blanks_back(text, at - 1) : at);
  constexpr std::array<View, 3> kWhole = {U"사진제공", U"자료제공", U"영상제공"};
  if (parted) return ends_with_gift_word(before);
  return std::any_of(kWhole.begin(), kWhole.end(), [&](View one) { return before.ends_with(one); });
}

}  // namespace

bool in_address(View text, std::size_t begin, std::size_t end) {
  std::size_t from = begin, bare = begin;  // with Hangul, as addresses are shown; and without
  while (from > 0 && begin - from < kLongestAddress) {
    const bool part = in_url(text[from - 1]);
    if (!part && !is_hangul(text[from - 1])) break;
    if (part && bare == from) --bare;
    --from;
  }
  const View before = text.substr(from, begin - from);
  if (before.ends_with(U'@')) return true;
  if (before.find(U"://") != View::npos || before.find(U"www.") != View::npos) return true;
  if (!is_latin(text[begin])) return false;
  std::size_t to = end;
  while (to < text.size() && in_url(text[to]) && to - end < kLongestAddress) ++to;
  from = bare;
  const View token = text.substr(from, to - from);
  if (token.substr(end - from).starts_with(U"://")) return true;
  const std::size_t sign = token.find(U'@');
  if (sign != View::npos && sign > 0) return true;
  std::size_t host = begin;
  while (host > from && in_host(text[host - 1])) --host;
  return is_host(text.substr(host, to - host));
}

bool is_reporter(View text, std::size_t end) {
  std::size_t at = end;
  for (std::size_t names = 0; names < kListed; ++names) {
    if (is_reporter_word(word_at(text, at))) return true;
    if (at >= text.size()) return false;
    const bool listed = is_list_mark(text[at]);
    if (!listed && text[at] != U' ') return false;
    while (at < text.size() && (text[at] == U' ' || is_list_mark(text[at]))) ++at;
    const View word = word_at(text, at);
    if (is_reporter_word(word)) return true;
    if (!listed && surname_length(word) == 0) return false;
    at += word.size();
  }
  return false;
}

bool is_credit(View text, std::size_t begin, std::size_t end) {
  const View before_it = text.substr(0, begin);
  if (before_it.ends_with(U'\u00A9') || is_bracketed(text, begin, end) || signs_a_line(text, begin, end) || is_captured(text, end)) return true;
  std::size_t behind = end;
  for (std::size_t names = 0; names < kListed; ++names) {
    if (is_given(text, behind)) return true;
    if (behind >= text.size() || !is_list_mark(text[behind])) break;
    ++behind;
    while (behind < text.size() && is_blank(text[behind])) ++behind;
    behind += word_at(text, behind).size();
  }
  std::size_t before = begin;
  for (std::size_t names = 0; names < kListed; ++names) {
    before = skip_blanks_back(text, before);
    if (is_labelled(text, before)) return true;
    if (before == 0 || !is_list_mark(text[before - 1])) return false;
    before = skip_blanks_back(text, before - 1);
    const std::size_t limit = before - std::min(before, kLongestAddress);
    while (before > limit && is_letter(text[before - 1])) --before;
  }
  return false;
}

bool in_english(View text, std::size_t begin, std::size_t end) {
  const auto stops = [&](std::size_t i) { return text[i] == U'\n' || (text[i] == U'.' && (i + 1 == text.size() || is_blank(text[i + 1]))); };
  for (std::size_t i = begin; i > 0 && !stops(i - 1) && begin - i < kSentenceReach; --i) {
    if (is_hangul(text[i - 1])) return false;
  }
  for (std::size_t i = end; i < text.size() && !stops(i) && i - end < kSentenceReach; ++i) {
    if (is_hangul(text[i])) return false;
  }
  return true;
}

}  // namespace bylined::match
