// SPDX-License-Identifier: Apache-2.0
#include "model/byline.h"

#include <gtest/gtest.h>

namespace bylined::model {
namespace {

TEST(Byline, ADeskIsNobody) {
  for (const char* desk : {"온라인뉴스팀", "디지털뉴스부", "편집국", "특별취재팀", "연합뉴스", "사회부", "뉴스룸", "한빛경제 데이터센터", "Digital News Desk", "Yonhap News"}) {
    EXPECT_TRUE(names_a_desk(desk)) << desk;
  }
}

TEST(Byline, APersonIsNoDeskWhateverTheirNameEndsIn) {
  for (const char* person : {"홍길동", "이동국", "김병국", "남궁민국", "정단", "박부", "김국", "박경제", "Kim Min-su", "Desmond Team-Lee"}) {
    EXPECT_FALSE(names_a_desk(person)) << person;
  }
}

}  // namespace
}  // namespace bylined::model
