// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/tails.h"

#include <algorithm>
#include <array>
#include <string>

#include "pipeline/article/letters.h"

namespace bylined::article {
namespace {

constexpr std::size_t kLongestNotice = 300;  // bytes
constexpr std::size_t kLongestCall = 300;
constexpr std::size_t kLongestContact = 150;
constexpr std::size_t kLongestRemark = 600;
constexpr std::size_t kLongestPointer = 200;

// Squeezed as the lines are that they are looked for in.
#define FURNITURE(line)
#define LABEL(line)
#define CALL(words) words,
constexpr auto kCalls = std::to_array<std::string_view>({
#include "pipeline/article/body/furniture.inc"
});
#undef FURNITURE
#undef LABEL
#undef CALL
// Parts of calls that a sentence might have too: they count behind a sign alone.
constexpr auto kSignedCalls = std::to_array<std::string_view>({"구독해주", "구독과좋아요", "구독신청", "채널구독", "바로가기", "후원하기", "모아보기", "보러가기", "여러분의제보", "제보를기다", "제보가뉴스", "팔로우하", "뉴스레터구독", "뉴스레터신청"});
// What a remark is about: "이 기사는 …", "외부 필진의 글은 …".
constexpr auto kRemarks = std::to_array<std::string_view>({"이기사는", "본기사는", "이칼럼은", "본칼럼은", "이글은", "본글은", "이기고는", "본기고는", "외부필진의", "외부기고는", "이콘텐츠는", "본콘텐츠는"});
// How a newsroom is reached; its address or number stands right behind.
constexpr auto kWays = std::to_array<std::string_view>({"제보", "전화", "이메일", "e메일", "메일", "카카오톡", "카톡", "팩스", "홈페이지", "사이트", "유튜브", "페이스북", "인스타그램", "트위터", "텔레그램", "네이버", "문자",
                                                        "E-mail", "e-mail", "Email", "email", "Tel", "TEL", "Fax", "FAX"});

constexpr std::string_view kSigns = "▶▷►▸☞☛■□◆◇●○◎※★☆♠♣→➡·*-";
constexpr std::string_view kPointers = "▶▷►▸☞☛→➡";  // of these
constexpr std::string_view kOpens = "[(<【〈";

template <std::size_t n>
bool has_one_of(std::string_view bare, const std::array<std::string_view, n>& parts) {
  return std::any_of(parts.begin(), parts.end(), [bare](std::string_view part) { return bare.find(part) != std::string_view::npos; });
}

template <std::size_t n>
bool begins_with_one_of(std::string_view bare, const std::array<std::string_view, n>& starts) {
  return std::any_of(starts.begin(), starts.end(), [bare](std::string_view start) { return bare.starts_with(start); });
}

// News ends its sentences in "다", a call or a remark in "니다" or "요".
bool ends_politely(std::string_view bare) { return bare.ends_with("니다") || bare.ends_with("요"); }
bool ends_as_news(std::string_view bare) { return bare.ends_with("다") && !bare.ends_with("니다"); }

struct Front {
  bool is_signed = false;
  bool is_bracketed = false;
  bool points = false;
  std::string_view rest;  // behind signs, brackets and blanks
};

Front front_of(std::string_view line) {
  constexpr std::size_t kMostSigns = 8;
  Front front{.rest = line};
  for (std::size_t i = 0; i < kMostSigns && !front.rest.empty(); ++i) {
    const Letter letter = letter_at(front.rest);
    const std::string_view bytes = front.rest.substr(0, letter.bytes);
    const bool is_sign = kSigns.find(bytes) != std::string_view::npos, is_bracket = kOpens.find(bytes) != std::string_view::npos;
    if (!is_sign && !is_bracket && !is_blank(letter.code)) break;
    front.is_signed = front.is_signed || is_sign;
    front.is_bracketed = front.is_bracketed || is_bracket;
    front.points = front.points || (is_sign && kPointers.find(bytes) != std::string_view::npos);
    front.rest.remove_prefix(letter.bytes);
  }
  return front;
}

// What stands behind "전화 :" or "제보 이메일]"; the whole line where none of these opens it.
std::string_view behind_ways(std::string_view line) {
  constexpr std::size_t kMostWays = 3;
  for (std::size_t i = 0; i < kMostWays; ++i) {
    const auto way = std::find_if(kWays.begin(), kWays.end(), [line](std::string_view one) { return line.starts_with(one); });
    if (way == kWays.end()) break;
    line.remove_prefix(way->size());
    line.remove_prefix(std::min(line.find_first_not_of(" \n.:=|/])>"), line.size()));
  }
  return line;
}

// "02-000-0000", "desk@naru.example", "@나루제보", "https://…"
bool is_address(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits > 0) return (text[0] == '0' || text[0] == '1') && text.substr(digits).starts_with('-');
  const std::size_t latin = std::min(text.find_first_of(" \n@"), text.size());
  return text.starts_with("http") || text.starts_with("www.") || (latin < text.size() && text[latin] == '@');
}

// "[전화] 02-000-0000", "▷ 카카오톡 : @나루제보", "◎나루통신 desk@naru.example".
bool is_contact(std::string_view line, const Front& front, std::string_view bare) {
  if (line.size() > kLongestContact || bare.ends_with("다")) return false;
  const std::string_view behind = behind_ways(front.rest);
  const std::size_t mail = line.find('@');
  const bool ends_with_mail = front.is_signed && mail != std::string_view::npos && line.find(' ', mail) == std::string_view::npos;
  return ends_with_mail || (behind.size() < front.rest.size() && is_address(behind));
}

// "※ 본 칼럼은 필자의 의견이며 …", "※ … 전화 109에서 상담을 받을 수 있습니다."
bool is_remark(std::string_view line, const Front& front, std::string_view bare) {
  if (line.size() > kLongestRemark || !ends_politely(bare)) return false;
  const auto says = [bare](std::string_view words) { return bare.find(words) != std::string_view::npos; };
  const bool about_itself = begins_with_one_of(bare, kRemarks);
  const bool offers_help = line.starts_with("※") && says("상담");
  const bool disowns = says("편집방향과") && says("다를수");
  return disowns || offers_help || (about_itself && (front.is_signed || front.is_bracketed));
}

bool is_signed_call(std::string_view line, const Front& front, std::string_view bare) {
  if (line.size() > kLongestRemark || ends_as_news(bare)) return false;
  return front.is_signed && (bare.starts_with("제보") || has_one_of(bare, kSignedCalls));
}

// "▶ 나루강을 걷다, 새 연재"; not "■ 나루강", the heading of a box that belongs to the text, nor a footnote.
bool may_point_elsewhere(std::string_view line, const Front& front, std::string_view bare) {
  return front.points && line.size() <= kLongestPointer && !bare.empty() && !ends_as_news(bare);
}

}  // namespace

bool is_rights_notice(std::string_view line) {
  if (line.size() > kLongestNotice) return false;
  for (const std::string_view words : {"무단 전재", "무단전재", "재배포 금지", "저작권자", "All rights reserved", "all rights reserved", "ⓒ", "©"}) {
    if (line.find(words) != std::string_view::npos) return true;
  }
  return false;
}

bool is_call(std::string_view line) {
  const std::string bare = squashed(line);
  return !bare.ends_with("다") && has_one_of(bare, kCalls);
}

Tail tail_of(std::string_view line) {
  if (line.size() > kLongestRemark) return Tail::kNone;
  const std::string bare = squashed(line);
  const Front front = front_of(line);
  const bool surely = (is_rights_notice(line) && !ends_as_news(bare)) || (line.size() <= kLongestCall && is_call(line)) || is_contact(line, front, bare) || is_remark(line, front, bare) ||
                      is_signed_call(line, front, bare) || bare.ends_with("제보를기다립니다");
  if (surely) return Tail::kSurely;
  return may_point_elsewhere(line, front, bare) ? Tail::kMaybe : Tail::kNone;
}

}  // namespace bylined::article
