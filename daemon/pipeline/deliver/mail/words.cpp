// SPDX-License-Identifier: Apache-2.0
#include "pipeline/deliver/mail/words.h"

namespace bylined::deliver {
namespace {

constexpr Words kKorean{
    .tag = "ko",
    .severity = {"", "", "중요", "긴급"},
    .and_more_names = {" 외 ", ""},
    .by = "",
    .by_after = " 기자",
    .no_outlet = "매체 미상",
    .read_article = "기사 보기",
    .mention = "곳",
    .mentions = "곳",
    .told_before = "앞서 알려 드린 이름",
    .how = {"이름 그대로", "다른 이름", "다른 표기", "줄인 호칭", "사진·제공 표기"},
    .how_sure = {"확신도 ", "%"},
    .uncertain = "확실하지 않음",
    .gone = "기사가 고쳐지면서 빠짐",
    .names_left_out = {"이 밖에 이름 ", "개가 더 나옵니다."},
    .sentences_left_out = {"이 밖에 문장 ", "개에 더 나옵니다."},
    .read = {"", "본문을 읽지 않고 목록의 제목과 요약만으로 알려 드립니다.",
             "{}의 robots.txt가 자동 읽기를 허용하지 않아 제목과 요약만으로 알려 드립니다. 본문은 직접 확인해 주십시오.",
             "{}에서 본문을 가져오지 못해 제목과 요약만으로 알려 드립니다. 본문을 읽게 되면 새로 나온 이름만 더 알려 드립니다."},
    .text_from = {"본문은 ", "에서 읽었습니다."},
    .why = {"감시 항목 ‘", "’에 따라 보내 드립니다."},
    .first_seen = "처음 발견",
    .alert_id = "알림 번호",
    .days = {"일", "월", "화", "수", "목", "금", "토"},
};

constexpr Words kEnglish{
    .tag = "en",
    .severity = {"", "", "High", "Critical"},
    .and_more_names = {" and ", " more"},
    .by = "By ",
    .by_after = "",
    .no_outlet = "Outlet unknown",
    .read_article = "Read the article",
    .mention = " mention",
    .mentions = " mentions",
    .told_before = "told of before",
    .how = {"by name", "by another name", "in another spelling", "by a short form", "in a credit"},
    .how_sure = {"", "% sure"},
    .uncertain = "uncertain",
    .gone = "taken out by an edit",
    .names_left_out = {"Names not shown here: ", "."},
    .sentences_left_out = {"Sentences not shown here: ", "."},
    .read = {"", "Only the headline and summary of the listing were read, not the article.",
             "The robots.txt of {} does not let programs read the article, so this rests on its headline and summary. Please check the text yourself.",
             "The article could not be fetched from {}, so this rests on its headline and summary. Once it is read you will hear of new names only."},
    .text_from = {"The text was read at ", "."},
    .why = {"You receive this because of the watch “", "”."},
    .first_seen = "First seen",
    .alert_id = "Alert",
    .days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
};

}  // namespace

const Words& words_in(model::Language language) { return language == model::Language::kKorean ? kKorean : kEnglish; }

}  // namespace bylined::deliver
