// SPDX-License-Identifier: Apache-2.0
#include "query/cli/help.h"

#include <gtest/gtest.h>

namespace bylined::cli {
namespace {

using Given = std::vector<std::string>;

TEST(Misspelt, ARightCommandIsNot) {
  for (const Given& given : {Given{"status"}, Given{"--json", "alert", "list", "--since", "7d"}, Given{"--config", "alert", "source", "test", "https://x.example/"},
                             Given{"explain", "list"}, Given{"alert", "--json", "list"}, Given{"status", "--json"}, Given{}, Given{"alert", "--help"}}) {
    EXPECT_EQ(misspelt(given, false), "");
  }
}

TEST(Misspelt, NamesTheNearestAndWhatThereIs) {
  EXPECT_EQ(misspelt({"alert", "lst"}, false), "there is no command 'alert lst'; did you mean \"list\"? (there are: list, show)");
  EXPECT_TRUE(misspelt({"--config", "x.toml", "alrt", "list"}, false).starts_with("there is no command 'alrt'; did you mean \"alert\"?"));
  EXPECT_EQ(misspelt({"alert", "frobnicate"}, false), "there is no command 'alert frobnicate' (there are: list, show)");
  EXPECT_EQ(misspelt({"alert", "lst"}, true), "그런 명령이 없습니다: 'alert lst'. \"list\"을(를) 찾으십니까? (쓸 수 있는 것: list, show)");
}

TEST(Misspelt, ANounAloneSaysWhatFollows) { EXPECT_EQ(misspelt({"alert", "--json"}, false), "alert wants one of: list, show"); }

}  // namespace
}  // namespace bylined::cli
