// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "pipeline/article/article.h"

namespace bylined::article {
namespace {

bool cut(std::string bytes, bool end_told) {
  model::Page page;
  page.bytes = std::move(bytes);
  page.end_told = end_told;
  return may_be_cut(page);
}

TEST(MayBeCut, OnlyWhereNobodySaidWhereItEndsAndItsOwnEndIsMissing) {
  EXPECT_TRUE(cut("<html><body><p>한빛전자가", false));
  EXPECT_FALSE(cut("<html><body><p>한빛전자가", true));
  EXPECT_FALSE(cut("<html><body><p>한빛전자가 밝혔다.</p></body></html>", false));
  EXPECT_FALSE(cut("<HTML><BODY><P>x</P></BODY>\n", false));
  EXPECT_FALSE(cut("<html><p>x</html>" + std::string(4'000, ' '), false));
  EXPECT_TRUE(cut("", false));
}

}  // namespace
}  // namespace bylined::article
