// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/byline/korean.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text/fold.h"
#include "base/text/hangul.h"
#include "pipeline/article/byline/names.h"

namespace bylined::article {
namespace {

using Text = std::u32string;
using View = std::u32string_view;

constexpr std::size_t kOpening = 120;  // code points in which a byline may open a text
constexpr std::size_t kClosing = 120;  // a longer paragraph is no byline
constexpr std::size_t kLongestName = 12;  // bytes
constexpr std::size_t kMostTogether = 8;  // names of one title or label

// Ends of the words that stand behind a reporter's name, or before it.
#define ROLE(word) U##word,
constexpr auto kTitles = std::to_array<View>({
#include "model/korean_roles.inc"
});
#undef ROLE
// Ends of words that are desks, outlets or work, never names.
constexpr std::array<View, 50> kNoNames = {U"뉴스", U"일보", U"신문",   U"방송", U"닷컴", U"경제", U"취재", U"사진",
                                           U"영상", U"인턴", U"수습", U"편집", U"온라인", U"디지털", U"금융", U"산업", U"정치",   U"사회", U"증권", U"출입", U"전문",
                                           U"선임", U"객원", U"제공", U"자료", U"촬영", U"그래픽", U"센터", U"본부", U"위원회", U"연구소", U"미디어",
                                           U"통신", U"언론", U"타임스", U"타임즈", U"저널", U"투데이", U"데일리", U"한겨레",
                                           U"인터뷰", U"오프닝", U"한마디", U"노트", U"기사", U"메일", U"본지", U"본보", U"사장", U"회장"};
// Of these a name of three syllables may end in the last one ("이동국"), unless it begins with what a desk is for ("정치부").
constexpr std::array<View, 5> kShortDesks = {U"팀", U"부", U"국", U"단", U"실"};
constexpr std::array<View, 59> kTopics = {U"정치", U"경제", U"사회", U"문화", U"산업", U"증권", U"금융", U"유통", U"국제", U"전국", U"체육", U"연예", U"사건", U"기획", U"제작",
                                          U"조사", U"국방", U"노동", U"복지", U"국토", U"정책", U"방송", U"편집", U"보도", U"편성", U"전략", U"현장", U"주말", U"이슈", U"사진",
                                          U"영상", U"취재", U"뉴스", U"심층", U"탐사", U"법조", U"과학", U"생활", U"여론", U"지역", U"교육", U"환경", U"통일", U"외교", U"법무",
                                          U"시민", U"미래", U"독자", U"종합", U"기동", U"특별", U"합동", U"공동", U"교열", U"미술", U"주간", U"정보", U"통신", U"부동"};
// What is said before a name: who made the picture; and who wrote, though he may have made the picture too.
constexpr std::array<View, 10> kPictures = {U"사진", U"영상", U"촬영", U"그래픽", U"자료", U"제공", U"CG", U"디자인", U"삽화", U"일러스트"};
constexpr std::array<View, 8> kWords = {U"글", U"취재", U"글쓴이", U"작성", U"정리", U"작성자", U"기자명", U"대담"};
// Where correspondents are posted: "홍길동 워싱턴 특파원".
constexpr std::array<View, 30> kPosts = {U"워싱턴", U"뉴욕", U"도쿄", U"베이징", U"상하이", U"파리", U"런던", U"베를린", U"모스크바", U"홍콩", U"방콕", U"하노이", U"자카르타", U"카이로", U"예루살렘",
                                         U"브뤼셀", U"로마", U"제네바", U"뉴델리", U"두바이", U"이스탄불", U"선양", U"타이베이", U"싱가포르", U"마닐라", U"로스앤젤레스", U"샌프란시스코", U"실리콘밸리", U"시드니", U"오사카"};
// Words that a credit begins with: [영상취재 … 영상편집 …].
constexpr std::array<View, 14> kWork = {U"영상", U"취재", U"촬영", U"편집", U"그래픽", U"사진", U"디자인", U"CG", U"작가", U"제작", U"연출", U"글", U"구성", U"VJ"};
constexpr View kSurnames =
    U"김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹"
    U"제모탁국어은편용예경봉사부가복태목형피두감음빈동온사라나라량렴";
constexpr View kListSigns = U"▲△▶▷◆◇■□●○◎";
constexpr View kPartings = U"·ㆍ,/;|&、‧・∙";

using text::is_hangul;
bool is_gap(char32_t c) { return c == ' ' || c == '\n' || c == '\t' || c == 0xA0 || c == 0x3000; }

template <std::size_t n>
bool ends_with_one(View word, const std::array<View, n>& ends) {
  return std::any_of(ends.begin(), ends.end(), [&](View end) { return word.ends_with(end); });
}

bool is_title(View word) { return ends_with_one(word, kTitles); }
bool is_mail(View word) { return word.find(U'@') != View::npos && word.find(U'.') != View::npos; }

bool is_desk(View word) {
  if (ends_with_one(word, kNoNames)) return true;
  const bool may_be_name = word.size() == 3 && std::none_of(kTopics.begin(), kTopics.end(), [word](View topic) { return word.starts_with(topic); });
  return !may_be_name && ends_with_one(word, kShortDesks);
}

bool starts_with_one_of_pictures(View word) {
  return std::any_of(kPictures.begin(), kPictures.end(), [word](View picture) { return word.starts_with(picture); });
}
bool says_writing(View word) { return std::find(kWords.begin(), kWords.end(), word) != kWords.end(); }
// "사진", "영상편집"; not "사진공동취재단", who are people.
bool says_picture(View word) { return starts_with_one_of_pictures(word) && !ends_with_one(word, kShortDesks); }
bool is_label(View word) { return says_writing(word) || (says_picture(word) && !is_title(word)); }

bool is_name(View word) {
  if (says_writing(word)) return false;
  if (word.size() < 2 || word.size() > 4 || !text::all_hangul(word)) return false;
  const bool has_surname = kSurnames.find(word[0]) != View::npos || word.starts_with(U"독고");  // of the surnames of two syllables the one that begins as none of one does
  return has_surname && !is_desk(word) && !is_title(word);
}

struct Word {
  Text text;
  bool joined = false;  // by a middle dot or comma to the one before
  bool apart = false;   // a bracket parts it from the one before
};

// An address may be written to the words beside it, elements of their own on the page: 기자garam@naru.example노바다.
void split_mails(std::vector<Word>& words) {
  std::vector<Word> parted;
  for (Word& word : words) {
    const Text whole = std::exchange(word.text, Text());
    const auto sign = std::find(whole.begin(), whole.end(), U'@');
    const auto opens = std::find_if_not(whole.begin(), sign, is_hangul), closes = std::find_if(sign, whole.end(), is_hangul);
    const bool is_parted = is_mail(Text(opens, closes));
    const Text front(whole.begin(), is_parted ? opens : whole.begin()), rest(is_parted ? closes : whole.end(), whole.end());
    if (!front.empty()) parted.push_back({front, std::exchange(word.joined, false), std::exchange(word.apart, false)});
    parted.push_back({is_parted ? Text(opens, closes) : whole, word.joined, word.apart});
    if (!rest.empty()) parted.push_back({rest});
  }
  words = std::move(parted);
}

// Words of a byline; brackets, partings and '=' divide. "이현주 기자(a@b.kr)" is three words.
std::vector<Word> wide_words_of(View text) {
  constexpr View kBrackets = U"()[]<>{}【】〈〉", kSigns = U"=:ⓒ©ㅣ｜";
  std::vector<Word> words;
  bool fresh = true;
  Word next;
  for (const char32_t c : text) {
    const bool parting = kPartings.find(c) != View::npos, bracket = kBrackets.find(c) != View::npos;
    if (parting || bracket || is_gap(c) || kSigns.find(c) != View::npos) {
      fresh = true;
      next.joined = next.joined || parting;
      next.apart = next.apart || bracket;
      continue;
    }
    if (fresh) words.push_back(std::exchange(next, Word()));
    fresh = false;
    words.back().text += c;
  }
  if (text.find(U'@') != View::npos) split_mails(words);
  return words;
}

bool is_post(View word) { return std::find(kPosts.begin(), kPosts.end(), word) != kPosts.end(); }

// A name and its title may be written as one word: 홍길동기자.
void split_titles(std::vector<Word>& words) {
  std::vector<Word> parted;
  for (Word& word : words) {
    const auto is_glued = [&text = word.text](View title) {
      if (!View(text).ends_with(title) || text.size() < title.size() + 2) return false;
      const View name = View(text).substr(0, text.size() - title.size());
      return is_name(name) && std::find(kTopics.begin(), kTopics.end(), name) == kTopics.end();  // "정치부장" is none called 정치
    };
    const auto title = std::find_if(kTitles.begin(), kTitles.end(), is_glued);
    parted.push_back(std::move(word));
    if (title == kTitles.end()) continue;
    parted.back().text.resize(parted.back().text.size() - title->size());
    parted.push_back({Text(*title)});
  }
  words = std::move(parted);
}

// What a name may be parted by from its title: a post, a desk, an outlet ("홍길동 KBS 경제부 선임 기자").
bool may_stand_between(View word) {
  const auto is_plain = [](char32_t c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  return is_post(word) || is_desk(word) || std::all_of(word.begin(), word.end(), is_plain);
}

bool may_be_foreign(View word) {
  const auto is_letter = [](char32_t c) { return is_hangul(c) || c == '-' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  const bool for_a_desk = std::any_of(kTopics.begin(), kTopics.end(), [word](View topic) { return word.starts_with(topic); });
  return std::all_of(word.begin(), word.end(), is_letter) && !for_a_desk && !may_stand_between(word) && !is_label(word) && !is_title(word);
}

struct Span {
  std::size_t from = 0, to = 0;
};
bool has_names(Span span) { return span.from < span.to; }

// The names right before words[at]: "정윤영 노민호 기자" are two.
Span names_together(const std::vector<Word>& words, std::size_t at) {
  Span span{at, at};
  while (span.from > 0 && at - span.from < kMostTogether) {
    // Further ones have three letters or are joined: a place or a paper may stand in front.
    const Word& word = words[span.from - 1];
    const bool sure = span.from == at || word.text.size() == 3 || words[span.from].joined;
    if (!is_name(word.text) || !sure) break;
    --span.from;
  }
  return span;
}

// Those of the title or address words[at].
Span names_before(const std::vector<Word>& words, std::size_t at) {
  constexpr int kMostBetween = 3;
  for (int i = 0; i < kMostBetween && at > 0 && !words[at].joined && may_stand_between(words[at - 1].text); ++i) --at;
  return names_together(words, at);
}

// The names behind words[at], a title or a label: "글·사진 홍길동·김철수". Of three letters: "기자 방담" is a column.
Span names_behind(const std::vector<Word>& words, std::size_t at) {
  constexpr std::size_t kLetters = 3;
  const auto goes_on = [&words, at](std::size_t i) { return i == at + 1 ? !words[i].joined || is_label(words[at].text) : words[i].joined; };
  Span span{at + 1, at + 1};
  while (span.to < words.size() && span.to - span.from < kMostTogether && words[span.to].text.size() == kLetters && is_name(words[span.to].text) && goes_on(span.to) && !words[span.to].apart) ++span.to;
  return span;
}

enum class Craft { kUnsaid, kWriting, kPicture };

// What the labels before words[at] say of whom they name, through an outlet: "사진=나루일보 홍길동".
Craft work_before(const std::vector<Word>& words, std::size_t at) {
  while (at > 0 && !words[at].joined && !words[at].apart && !is_label(words[at - 1].text) && may_stand_between(words[at - 1].text)) --at;
  Craft work = Craft::kUnsaid;
  for (; at > 0 && !words[at].apart && is_label(words[at - 1].text); --at) {
    if (says_writing(words[at - 1].text)) return Craft::kWriting;
    work = Craft::kPicture;
  }
  return work;
}

enum class Order { kNameFirst, kAny };  // may a title or a label stand before its name?

// Who wrote; a photographer, where nobody did.
class Writers {
 public:
  Writers(View byline, Order order) : words_(wide_words_of(byline)), order_(order) {
    split_titles(words_);
    for (std::size_t i = 0; i < words_.size() && names_.size() <= kMostNames; ++i) {
      if (is_title(words_[i].text) || is_mail(words_[i].text)) read_title(i);
      else if (is_label(words_[i].text) && order_ == Order::kAny) read_label(i);
    }
    const bool only_names = std::all_of(words_.begin(), words_.end(), [](const Word& word) { return is_name(word.text); });
    if (names_.empty() && only_names) add(names_together(words_, words_.size()), names_);
  }

  std::vector<Text> take() {
    if (names_.empty()) names_ = std::move(photographers_);
    if (names_.empty() && order_ == Order::kAny) add_foreign_name();
    return std::move(names_);
  }

 private:
  bool has_title_at(std::size_t i) const { return i < words_.size() && is_title(words_[i].text); }

  void add(Span span, std::vector<Text>& names) {
    for (std::size_t i = span.from; i < span.to; ++i) {
      if (std::find(names.begin(), names.end(), words_[i].text) == names.end()) names.push_back(words_[i].text);
    }
  }

  // "앵커 홍길동 / 기자 김철수": behind a parting or a word that is no name, it speaks of the next one.
  Span named_behind(std::size_t at) const {
    const bool begins = at == 0 || words_[at].joined || words_[at].apart || !is_name(words_[at - 1].text);
    const Span span = order_ == Order::kAny && begins && !is_mail(words_[at].text) ? names_behind(words_, at) : Span();
    return has_title_at(span.to) && !words_[span.to].joined ? Span() : span;
  }

  // "뉴욕=홍길동, 런던=김철수 특파원": each at a post of his own.
  void add_posted_before(std::size_t at) {
    const auto is_one = [this](std::size_t i) { return i >= 3 && words_[i - 1].joined && is_post(words_[i - 1].text) && is_name(words_[i - 2].text) && is_post(words_[i - 3].text); };
    std::size_t first = at;
    while (at - first < 2 * kMostTogether && is_one(first)) first -= 2;
    for (; first < at; first += 2) add({first, first + 1}, names_);
  }

  void read_title(std::size_t at) {
    Span span = named_behind(at);
    if (!has_names(span)) span = names_before(words_, at);
    const Craft work = has_names(span) ? work_before(words_, std::min(span.from, at)) : Craft::kPicture;
    if (has_names(span) && span.from < at) add_posted_before(span.from);
    if (work != Craft::kPicture) add(span, work == Craft::kUnsaid && says_picture(words_[at].text) ? photographers_ : names_);
  }

  // "글 홍길동"; a title behind the name is read with it.
  void read_label(std::size_t at) {
    const Span span = names_behind(words_, at);
    if (has_names(span) && !has_title_at(span.to) && work_before(words_, span.from) == Craft::kWriting) add(span, names_);
  }

  // "마이클 브린 칼럼니스트": nothing but two or three words that are no desk, and a title.
  void add_foreign_name() {
    constexpr std::size_t kFewest = 2, kMost = 3;
    const std::size_t title = words_.size() - std::min<std::size_t>(words_.size(), 1);
    if (title < kFewest || title > kMost || !is_title(words_[title].text)) return;
    Text name;
    for (std::size_t i = 0; i < title; ++i) {
      if (words_[i].apart || words_[i].joined || !may_be_foreign(words_[i].text)) return;
      name += (i == 0 ? U"" : U" ") + words_[i].text;
    }
    names_.push_back(std::move(name));
  }

  std::vector<Word> words_;
  const Order order_;
  std::vector<Text> names_, photographers_;
};

std::vector<Text> names_of(View byline, Order order = Order::kNameFirst) { return Writers(byline, order).take(); }

std::vector<std::string> in_utf8(const std::vector<Text>& names) {
  std::vector<std::string> result;
  for (const Text& name : names) result.push_back(text::to_utf8(name));
  return result;
}

bool has_title(View byline) {
  std::vector<Word> words = wide_words_of(byline);
  split_titles(words);
  return std::any_of(words.begin(), words.end(), [](const Word& word) { return is_title(word.text) || is_mail(word.text); });
}

bool begins_with_work(View text) {
  return std::any_of(kWork.begin(), kWork.end(), [&](View work) { return text.starts_with(work); });
}

// "사진=홍길동 기자": who is named made the picture beside it.
bool credits_picture(View text) {
  const std::vector<Word> words = wide_words_of(text);
  return !words.empty() && says_picture(words.front().text) && names_of(text, Order::kAny).empty();
}

std::size_t skip_blanks(View text, std::size_t at) {
  while (at < text.size() && is_gap(text[at])) ++at;
  return at;
}

// Behind the bracket that opens at `at`; 0 where none does.
std::size_t end_of_bracket(View text, std::size_t at) {
  constexpr View kOpens = U"([【〔<";
  constexpr View kCloses = U")]】〕>";
  const std::size_t kind = at < text.size() ? kOpens.find(text[at]) : View::npos;
  if (kind == View::npos) return 0;
  const std::size_t close = text.substr(0, at + 60).find(kCloses[kind], at);
  return close == View::npos ? 0 : close + 1;
}

// The byline at the front of a text: where its names begin, behind a dateline, and where it ends; 0 where there is none.
struct Opening {
  std::size_t names = 0, end = 0;
};

// "홍길동 기자 = "; not "▲홍길동씨 별세, 홍두리(나루일보 기자)씨 모친상 = ", which is an obituary's.
bool ends_in_writer(View text) {
  const std::vector<Word> words = wide_words_of(text);
  const auto is_of_names = [&words](auto from) { return std::all_of(from, words.end(), [](const Word& word) { return is_name(word.text) && !word.apart; }); };
  const bool of_others = std::any_of(words.begin(), words.end(), [](const Word& word) { return word.text.ends_with(U"씨"); });
  if (words.empty() || of_others || kListSigns.find(words.front().text[0]) != View::npos) return false;
  const auto title = std::find_if(words.rbegin(), words.rend(), [](const Word& word) { return is_title(word.text) || is_mail(word.text); });
  return is_of_names(title.base());  // behind the last title, or where there is none
}

Opening opening_of(View text) {
  std::size_t at = skip_blanks(text, 0);
  const std::size_t bracket = end_of_bracket(text, at);
  const View inside = bracket == 0 ? View() : text.substr(at + 1, bracket - at - 2);
  const bool places = inside.find(U'=') != View::npos;  // "서울=국제통신": a place and an agency, unless somebody has a title
  const bool titled = has_title(inside);
  if (bracket != 0 && (titled ? credits_picture(inside) || !names_of(inside).empty() : !places && !names_of(inside).empty())) return {0, bracket};
  const bool dateline = bracket != 0 && places && inside.size() <= 30;
  if (bracket != 0 && !dateline) return {};
  if (dateline) at = skip_blanks(text, bracket);
  const std::size_t sign = text.substr(0, at + 50).find(U'=', at);
  if (sign != View::npos && ends_in_writer(text.substr(at, sign - at)) && !names_of(text.substr(at, sign - at)).empty()) return {at, sign + 1};
  return dateline ? Opening{bracket, bracket} : Opening();
}

// "KBS", "YTN"
bool is_code(View word) {
  constexpr std::size_t kLongest = 5;
  return word.size() >= 2 && word.size() <= kLongest && std::all_of(word.begin(), word.end(), [](char32_t c) { return c >= 'A' && c <= 'Z'; });
}

// "▲편집국장 윤가람" is one of a list of appointments.
bool is_byline(View paragraph) {
  if (paragraph.empty() || paragraph.size() > kClosing || kListSigns.find(paragraph[0]) != View::npos) return false;
  const bool bracketed = end_of_bracket(paragraph, 0) == paragraph.size();
  const View inside = bracketed ? paragraph.substr(1, paragraph.size() - 2) : paragraph;
  if (bracketed && begins_with_work(inside)) return true;
  std::vector<Word> words = wide_words_of(paragraph);
  split_titles(words);
  bool sign = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const View word = words[i].text;
    const bool mark = is_title(word) || is_mail(word), label = is_label(word);
    sign = sign || mark || (label && has_names(names_behind(words, i)));
    if (!mark && !label && !is_name(word) && !is_post(word) && !begins_with_work(word) && !is_desk(word) && !is_code(word)) return false;
  }
  return sign;
}

Text first_letters(std::string_view text) {
  std::size_t bytes = std::min(text.size(), kOpening * 4);
  while (bytes < text.size() && bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  Text letters = text::to_utf32(text.substr(0, bytes));
  letters.resize(std::min(letters.size(), kOpening));
  return letters;
}

}  // namespace

std::vector<std::string> korean_names(std::string_view byline) { return in_utf8(names_of(text::to_utf32(byline), Order::kAny)); }

bool has_korean_role(std::string_view printed) {
  if (std::none_of(printed.begin(), printed.end(), [](char c) { return c >= '\xEA' && c <= '\xED'; })) return false;
  std::vector<Word> words = wide_words_of(text::to_utf32(printed));
  split_titles(words);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (is_title(words[i].text) || (is_label(words[i].text) && has_names(names_behind(words, i)))) return true;
  }
  return false;
}

bool is_korean_byline(std::string_view line) {
  const Text letters = line.size() > kClosing * 4 ? Text() : text::to_utf32(line);
  return is_byline(letters) && !names_of(letters, Order::kAny).empty();
}

bool are_korean_names(std::string_view line) {
  const std::vector<Word> words = line.size() > kClosing * 4 ? std::vector<Word>() : wide_words_of(text::to_utf32(line));
  return !words.empty() && is_name(words.front().text) && std::all_of(words.begin() + 1, words.end(), [](const Word& word) { return word.joined && is_name(word.text); });
}

bool is_korean_label(std::string_view word) { return word.size() <= kLongestName && says_writing(text::to_utf32(word)); }

bool is_korean_name(std::string_view word) { return word.size() <= kLongestName && is_name(text::to_utf32(word)); }

std::size_t opening_byline(std::string_view text, Byline& found) {
  const Text letters = first_letters(text);
  const Opening opening = opening_of(letters);
  std::size_t end = opening.end;
  if (end == 0) return 0;
  const View printed = View(letters).substr(0, end);
  found.names = in_utf8(names_of(printed.substr(opening.names)));
  found.printed = text::to_utf8(printed.substr(0, printed.find_last_not_of(U" =") + 1));
  end = skip_blanks(letters, end);
  return text::to_utf8(View(letters).substr(0, end)).size();
}

bool take_byline(std::string_view line, Byline& found) {
  const Text letters = line.size() > kClosing * 4 ? Text() : text::to_utf32(line);
  if (!is_byline(letters)) return false;
  if (credits_picture(letters)) return true;
  for (std::string& name : in_utf8(names_of(letters, Order::kAny))) add_name(found.names, std::move(name));
  if (found.printed.empty()) found.printed = line;
  return true;
}

}  // namespace bylined::article
