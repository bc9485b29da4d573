// SPDX-License-Identifier: Apache-2.0
// article_weights CASES WEIGHTS GROVE: fits the looks of the article reader to marked pages and writes its weights and its
// trees. Prints cross-validated figures: each page is judged by what was fitted without any page of its group.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <future>
#include <iomanip>
#include <map>

#include "base/markup/html.h"
#include "pipeline/article/evidence.h"
#include "pipeline/article/features.h"
#include "pipeline/article/general.h"
#include "pipeline/article/paragraphs.h"
#include "pipeline/article/running_text.h"
#include "tests/learn/boosted.h"
#include "tests/learn/cases.h"
#include "tests/learn/logistic.h"

namespace bylined::learn {
namespace {

constexpr int kFolds = 6;

constexpr double kPenalty = 0.0001;
constexpr int kRounds = 40;

struct Page {
  const Case& one;
  markup::Document document;
  article::Hints hints;
  std::vector<article::Block> blocks;
  std::vector<article::FirstLook> first;
  std::vector<Label> labels;
  std::vector<float> scores;        // of the first look, by weights fitted without this page
  std::vector<float> mended;        // of the second, likewise
  std::vector<float> final_scores;  // of all
  int fold = 0;
};

struct Sum {
  double precision = 0, recall = 0, right = 0, wrong = 0, missed = 0;
  int pages = 0;
};

void write(std::ofstream& out, const char* what, const Model& model, const std::function<std::string(std::size_t)>& name) {
  out << std::fixed << std::setprecision(4) << what << "_BIAS(" << model.bias << ")\n";
  for (std::size_t f = 0; f < model.weights.size(); ++f) out << what << "(" << model.weights[f] << ")  // " << name(f) << "\n";
}

// A tree's questions on one line and its leaves on the next.
void write(std::ofstream& out, const std::vector<article::Tree>& trees) {
  out << std::setprecision(5);
  for (const article::Tree& tree : trees) {
    for (const article::Question& question : tree.questions) {
      out << "QUESTION(" << question.feature << ", " << int{question.below} << ", " << int{question.above} << ", " << question.limit << ") ";
    }
    out << "\n";
    for (const float leaf : tree.leaves) out << "LEAF(" << leaf << ") ";
    out << "\n";
  }
}

std::string chosen_text(const Page& page) {
  return article::joined(article::chosen(page.blocks, article::Outline(page.document, page.blocks), page.hints, page.final_scores));
}

void report(const std::vector<Page>& pages) {
  std::map<std::string, Sum> sums;
  for (const Page& page : pages) {
    Sum& sum = sums[page.one.suite];
    ++sum.pages;
    if (!page.one.text.empty()) {
      const Overlap same = overlap(chosen_text(page), page.one.text);
      sum.precision += same.precision;
      sum.recall += same.recall;
      continue;
    }
    for (std::size_t i = 0; i < page.blocks.size(); ++i) {
      if (page.labels[i].weight == 0) continue;
      const bool chosen = page.final_scores[i] > article::kInText;
      if (page.labels[i].value > 0.5f) (chosen ? sum.right : sum.missed) += 1;
      else if (chosen) sum.wrong += 1;
    }
  }
  for (const auto& [suite, sum] : sums) {
    const double precision = sum.right > 0 ? sum.right / (sum.right + sum.wrong) : sum.precision / sum.pages;
    const double recall = sum.right > 0 ? sum.right / (sum.right + sum.missed) : sum.recall / sum.pages;
    std::printf("%-18s %4d pages  F1 %.4f  P %.4f  R %.4f\n", suite.c_str(), sum.pages, 2 * precision * recall / (precision + recall), precision, recall);
  }
}

// The first look at every page of the cases; a page that cannot be parsed is passed over.
std::vector<Page> read_pages(const std::vector<Case>& cases) {
  std::vector<Page> pages;
  for (const Case& one : cases) {
    auto document = markup::Document::parse(one.html, {});
    if (!document) continue;
    Page page{one, *std::move(document), {}, {}, {}, {}, {}, {}, {}, static_cast<int>(std::hash<std::string>()(one.group) % kFolds)};
    page.blocks = article::blocks_of(page.document);
    page.hints = article::hints_of(article::metadata_of(page.document, one.url));
    const article::Outline outline(page.document, page.blocks);
    page.first = article::first_looks(page.blocks, outline, article::Kinship(page.blocks, outline), page.hints);
    page.labels = labels_of(one, page.blocks);
    // What is never text whatever it scores teaches nothing.
    const std::vector<bool> barred = article::barred(page.blocks, outline, page.hints);
    for (std::size_t i = 0; i < barred.size(); ++i) page.labels[i].weight *= barred[i] ? 0.0f : 1.0f;
    pages.push_back(std::move(page));
  }
  return pages;
}

std::vector<article::SecondLook> looks_after(const Page& page, const std::vector<float>& scores) {
  const article::Outline outline(page.document, page.blocks);
  return article::second_looks(page.blocks, outline, article::Kinship(page.blocks, outline), scores);
}

std::vector<Row> first_rows(const std::vector<Page>& pages) {
  std::vector<Row> rows;
  for (const Page& page : pages) {
    for (std::size_t i = 0; i < page.blocks.size(); ++i) {
      rows.push_back({std::vector<float>(page.first[i].begin(), page.first[i].end()), page.labels[i].value, page.labels[i].weight, page.fold});
    }
  }
  return rows;
}

// Both looks together, after the first one's results by weights that never saw the page.
std::vector<Row> second_rows(const std::vector<Page>& pages) {
  std::vector<Row> rows;
  for (const Page& page : pages) {
    const auto looks = looks_after(page, page.scores);
    for (std::size_t i = 0; i < page.blocks.size(); ++i) {
      std::vector<float> joint(looks[i].begin(), looks[i].end());
      joint.insert(joint.end(), page.first[i].begin(), page.first[i].end());
      rows.push_back({std::move(joint), page.labels[i].value, page.labels[i].weight, page.fold});
    }
  }
  return rows;
}

// And the look at what the second led to, which the trees see besides.
std::vector<Row> third_rows(const std::vector<Page>& pages, std::vector<Row> rows) {
  auto row = rows.begin();
  for (const Page& page : pages) {
    for (const article::SecondLook& look : looks_after(page, page.mended)) {
      row->features.insert(row->features.end(), look.begin(), look.end());
      ++row;
    }
  }
  return rows;
}

using Score = std::function<float(const Row&)>;

Score by_weights(const std::vector<Row>& rows, int left_out) {
  return [model = fit(rows, left_out, kPenalty, kRounds)](const Row& row) { return model.score(row.features); };
}

Score by_trees(const std::vector<Row>& rows, int left_out) {
  return [trees = grow(rows, left_out, {})](const Row& row) { return article::sum_of(trees, row.features); };
}

// What each row scores by what was fitted without its fold.
std::vector<float> crossed(const std::vector<Row>& rows, Score fitted(const std::vector<Row>&, int)) {
  std::vector<float> scores(rows.size());
  std::vector<std::future<Score>> fits;
  for (int fold = 0; fold < kFolds; ++fold) fits.push_back(std::async(std::launch::async, fitted, std::cref(rows), fold));
  for (int fold = 0; fold < kFolds; ++fold) {
    const Score score = fits[static_cast<std::size_t>(fold)].get();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].fold == fold) scores[i] = score(rows[i]);
    }
  }
  return scores;
}

void hand_out(const std::vector<float>& scores, std::vector<Page>& pages, std::vector<float> Page::* to) {
  auto next = scores.begin();
  for (Page& page : pages) {
    const auto end = next + static_cast<long>(page.blocks.size());
    (page.*to).assign(next, end);
    next = end;
  }
}

int run(const char* cases_path, const char* out_path, const char* grove_path) {
  const std::vector<Case> cases = read_cases(cases_path);
  std::vector<Page> pages = read_pages(cases);
  const std::vector<Row> first = first_rows(pages);
  std::printf("%zu pages, %zu blocks\n", pages.size(), first.size());
  hand_out(crossed(first, by_weights), pages, &Page::scores);
  const std::vector<Row> second = second_rows(pages);
  const std::vector<float> mended = crossed(second, by_weights);
  hand_out(mended, pages, &Page::mended);
  const std::vector<Row> third = third_rows(pages, second);
  std::vector<float> scores = crossed(third, by_trees);
  std::transform(mended.begin(), mended.end(), scores.begin(), scores.begin(), article::together);
  hand_out(scores, pages, &Page::final_scores);
  report(pages);

  std::ofstream out(out_path);
  out << "// SPDX-License-Identifier: Apache-2.0\n// Fitted by tests/learn/run, not written by hand: what each feature adds to the log-odds of a block.\n";
  write(out, "FIRST", fit(first, kNoFold, kPenalty, kRounds), [](std::size_t f) { return article::first_name(f); });
  write(out, "SECOND", fit(second, kNoFold, kPenalty, kRounds), [](std::size_t f) {
    return f < article::kContexts ? std::string(article::second_name(f)) : article::first_name(f - article::kContexts);
  });
  std::ofstream grove(grove_path);
  grove << "// SPDX-License-Identifier: Apache-2.0\n// Fitted by tests/learn/run, not written by hand: trees of questions to all looks (grove.h).\n";
  write(grove, grow(third, kNoFold, {}));
  return out.good() && grove.good() ? 0 : 74;
}

}  // namespace
}  // namespace bylined::learn

int main(int count, char** arguments) {
  if (count != 4) {
    std::fprintf(stderr, "usage: article_weights CASES WEIGHTS GROVE\n");
    return 64;
  }
  return bylined::learn::run(arguments[1], arguments[2], arguments[3]);
}
