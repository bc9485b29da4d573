// SPDX-License-Identifier: Apache-2.0
// Many watches on one article of 4 KB: the words of their rules looked for, the filter, and what is left judged. Rules,
// names and text are generated here; each rule has an entity, words beside it, and words that rule it out.
#include <string>
#include <vector>

#include "base/random.h"
#include "bench.h"
#include "pipeline/rule/rule.h"
#include "pipeline/words.h"

namespace {

using namespace bylined;
using bench::Report;

constexpr std::string_view kSyllables[] = {"가", "나", "다", "라", "마", "바", "사", "아", "자", "차", "카", "타", "파", "하", "고", "노", "도", "로", "모", "보"};
constexpr int kEntities = 5'000;
constexpr int kTerms = 4'000;

std::string word(std::uint64_t number) {
  std::string made;
  for (int i = 0; i < 4; ++i, number /= 20) made += kSyllables[number % 20];
  return made;
}

std::string rule_text(Random& random) {
  const auto term = [&random] { return word(random.below(kTerms)); };
  return "entity:e" + std::to_string(random.below(kEntities)) + " AND (" + term() + " OR " + term() + " OR title:" + term() + ") AND NOT " + term();
}

struct Article {
  model::ArticleFacts facts;
  std::vector<model::Mention> mentions;
};

Article make_article(Random& random) {
  Article article;
  std::string& body = article.facts.version.content.body;
  while (body.size() < 4096) body += word(random.below(kTerms)) + (random.below(12) == 0 ? ". " : " ");
  for (int i = 0; i < 20; ++i) {
    model::Mention& mention = article.mentions.emplace_back();
    mention.entity.value = "e" + std::to_string(random.below(kEntities));
    mention.start = random.below(1'000);
    mention.end = mention.start + 3;
  }
  return article;
}

class Desk {
 public:
  Desk(int count, std::uint64_t seed) {
    Random random(seed);
    for (int i = 0; i < count; ++i) rules_.push_back(*rule::parse(rule_text(random)));
    std::vector<const model::Rule*> all;
    for (const model::Rule& rule : rules_) all.push_back(&rule);
    words_ = *pipeline::compile_words(all);
    filter_ = rule::Filter(all);
  }

  std::size_t judge(const Article& article) const {
    const rule::Looked now = pipeline::look_for(words_, article.facts.version.content), before;
    const std::vector<std::string> tags;
    const rule::Subject subject{article.facts, article.mentions, now, before, tags};
    rule::Judge judge(subject);
    std::size_t held = 0;
    for (const std::size_t number : filter_.candidates(subject)) held += judge.holds(rules_[number]) ? 1 : 0;
    return held;
  }

 private:
  std::vector<model::Rule> rules_;
  pipeline::WordsPtr words_;
  rule::Filter filter_;
};

}  // namespace

int main() {
  Random random(20250204);
  std::vector<Article> articles;
  for (int i = 0; i < 50; ++i) articles.push_back(make_article(random));
  std::size_t held = 0;
  const auto all = [&](const Desk& desk) {
    for (const Article& article : articles) held += desk.judge(article);
  };
  const Desk few(100, 1), many(10'000, 1);
  Report report("rule");
  const auto costs = bench::compare([&] { all(many); }, [&] { all(few); });
  report.ratio("an article of 4 KB under 10,000 rules, time beside 100", costs.ours, costs.reference, 20, Report::Sense::kAtMost);
  return held == 0 ? 1 : 0;
}
