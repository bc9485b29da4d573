// SPDX-License-Identifier: Apache-2.0
#include "pipeline/policy.h"

#include <gtest/gtest.h>

namespace bylined::pipeline {
namespace {

model::Source source(const std::string& id) {
  model::Source one;
  one.id.value = id;
  one.url = "https://" + id + ".example/feed";
  return one;
}

TEST(Sources, AreFoundByNameInTheListThatWasGiven) {
  const Sources sources(std::make_shared<const std::vector<model::Source>>(std::vector{source("c"), source("a"), source("b")}));
  for (const std::string id : {"a", "b", "c"}) {
    const auto found = sources.find({id});
    ASSERT_TRUE(found) << id;
    EXPECT_EQ(found->url, source(id).url);
  }
  for (const std::string id : {"", "aa", "bb", "d"}) EXPECT_FALSE(sources.find({id})) << id;
  EXPECT_FALSE(Sources().find({"a"}));
  EXPECT_EQ(sources.find({"c"}).get(), sources.list()->data()) << "nothing is copied";
}

TEST(Sources, OneThatWasFoundOutlivesThePolicy) {
  std::optional<Sources> sources;
  sources.emplace(std::make_shared<const std::vector<model::Source>>(std::vector{source("a"), source("b")}));
  const auto found = sources->find({"b"});
  sources.reset();
  EXPECT_EQ(found->id.value, "b");
}

}  // namespace
}  // namespace bylined::pipeline
