// SPDX-License-Identifier: Apache-2.0
// article_weights CASES WEIGHTS GROVE [PARTITIONS]: fits the looks of the article reader to marked pages and writes its weights
// and its trees. Prints cross-validated figures: each page is judged by what was fitted without any page of its group; where
// the groups are parted more than once, their mean and how far the partitions are apart.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <future>
#include <iomanip>
#include <map>
#include <numeric>
#include <optional>

#include "base/markup/html.h"
#include "pipeline/article/body/features.h"
#include "pipeline/article/body/paragraphs.h"
#include "pipeline/article/body/running_text.h"
#include "pipeline/article/evidence.h"
#include "pipeline/article/general.h"
#include "pipeline/article/letters.h"
#include "tests/learn/boosted.h"
#include "tests/learn/cases.h"
#include "tests/learn/logistic.h"

namespace bylined::learn {
namespace {

constexpr int kFolds = 6;

constexpr float kBlindWeight = 0.5f;  // of a page without its marks; as it is: 1
constexpr double kPenalty = 0.0001;
constexpr int kRounds = 40;

struct Page {
  const Case& one;
  bool is_blind = false;  // its marks are not seen: it teaches beside the page as it is, and is not reported
  markup::Document document;
  article::Hints hints;
  std::vector<article::Block> blocks;
  std::vector<article::FirstLook> first;
  std::vector<Label> labels;
  int fold = 0;
  std::vector<float> scores;        // of the first look, by weights fitted without this page
  std::vector<float> mended;        // of the second, likewise
  std::vector<float> final_scores;  // of all
};

// What a suite's pages come to, as its scorer counts.
struct Sum {
  double precision = 0, recall = 0;         // of pages whose text is known
  double right = 0, wrong = 0, missed = 0;  // pieces
  int pages = 0;
};

struct Figures {
  std::vector<double> f1, precision, recall;  // each partition
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

article::Outline outline_of(const Page& page) {
  article::Outline outline(page.document, page.blocks);
  if (page.is_blind) outline.forget_marks();
  return outline;
}

std::string chosen_text(const Page& page) { return article::joined(article::chosen(page.blocks, outline_of(page), page.hints, page.final_scores)); }

void count_pieces(const std::string& text, const Case& one, Sum& sum) {
  const std::string squeezed = article::squashed(text);
  const auto is_in = [&](const std::string& piece) { return squeezed.find(article::squashed(piece)) != std::string::npos; };
  const auto kept = std::count_if(one.with.begin(), one.with.end(), is_in);
  sum.right += static_cast<double>(kept);
  sum.missed += static_cast<double>(one.with.size()) - static_cast<double>(kept);
  sum.wrong += static_cast<double>(std::count_if(one.without.begin(), one.without.end(), is_in));
}

void add_figures(const std::vector<Page>& pages, std::map<std::string, Figures>& figures) {
  std::map<std::string, Sum> sums;
  for (const Page& page : pages) {
    if (page.is_blind) continue;
    Sum& sum = sums[page.one.suite];
    ++sum.pages;
    if (page.one.text.empty()) {
      count_pieces(chosen_text(page), page.one, sum);
      continue;
    }
    const Overlap same = overlap(chosen_text(page), page.one.text);
    sum.precision += same.precision;
    sum.recall += same.recall;
  }
  for (const auto& [suite, sum] : sums) {
    const double precision = sum.right > 0 ? sum.right / (sum.right + sum.wrong) : sum.precision / sum.pages;
    const double recall = sum.right > 0 ? sum.right / (sum.right + sum.missed) : sum.recall / sum.pages;
    figures[suite].precision.push_back(precision);
    figures[suite].recall.push_back(recall);
    figures[suite].f1.push_back(2 * precision * recall / (precision + recall));
  }
}

double mean(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size()); }

double spread(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += std::pow(value - mean(values), 2);
  return values.size() > 1 ? std::sqrt(sum / static_cast<double>(values.size() - 1)) : 0;
}

void report(const std::map<std::string, Figures>& figures) {
  for (const auto& [suite, one] : figures) {
    std::printf("%-18s F1 %.4f ± %.4f  P %.4f  R %.4f\n", suite.c_str(), mean(one.f1), spread(one.f1), mean(one.precision), mean(one.recall));
  }
}

// The first look at a page; none where it cannot be parsed.
std::optional<Page> read_page(const Case& one, bool is_blind) {
  auto document = markup::Document::parse(one.html, {});
  if (!document) return {};
  Page page{one, is_blind, *std::move(document), {}, {}, {}, {}, 0, {}, {}, {}};
  page.blocks = article::blocks_of(page.document);
  page.hints = article::hints_of(article::metadata_of(page.document, one.url));
  const article::Outline outline = outline_of(page);
  page.first = article::first_looks(page.blocks, outline, article::Kinship(page.blocks, outline), page.hints);
  page.labels = labels_of(one, page.blocks);
  // What is never text whatever it scores teaches nothing.
  const std::vector<bool> barred = article::barred(page.blocks, outline, page.hints);
  for (std::size_t i = 0; i < barred.size(); ++i) page.labels[i].weight *= barred[i] ? 0.0f : is_blind ? kBlindWeight : 1.0f;
  return page;
}

// Each page as it is, and without its marks.
std::vector<Page> read_pages(const std::vector<Case>& cases) {
  std::vector<Page> pages;
  for (const Case& one : cases) {
    for (const bool is_blind : {false, true}) {
      if (auto page = read_page(one, is_blind)) pages.push_back(*std::move(page));
    }
  }
  return pages;
}

std::vector<article::SecondLook> looks_after(const Page& page, const std::vector<float>& scores) {
  const article::Outline outline = outline_of(page);
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

struct Rows {
  std::vector<Row> first, second, third;
};

// All looks at all pages, each by what was fitted without the page's fold. Another partition has other folds.
Rows look_across(std::vector<Page>& pages, int partition) {
  const std::string salt = partition == 0 ? std::string() : std::to_string(partition);
  for (Page& page : pages) page.fold = static_cast<int>(std::hash<std::string>()(page.one.group + salt) % kFolds);
  Rows rows;
  rows.first = first_rows(pages);
  hand_out(crossed(rows.first, by_weights), pages, &Page::scores);
  rows.second = second_rows(pages);
  const std::vector<float> mended = crossed(rows.second, by_weights);
  hand_out(mended, pages, &Page::mended);
  rows.third = third_rows(pages, rows.second);
  std::vector<float> scores = crossed(rows.third, by_trees);
  std::transform(mended.begin(), mended.end(), scores.begin(), scores.begin(), article::together);
  hand_out(scores, pages, &Page::final_scores);
  return rows;
}

bool write_weights(const Rows& rows, const char* path) {
  std::ofstream out(path);
  out << "// SPDX-License-Identifier: Apache-2.0\n// Fitted by tests/learn/run, not written by hand: what each feature adds to the log-odds of a block.\n";
  write(out, "FIRST", fit(rows.first, kNoFold, kPenalty, kRounds), [](std::size_t f) { return article::first_name(f); });
  write(out, "SECOND", fit(rows.second, kNoFold, kPenalty, kRounds), [](std::size_t f) {
    return f < article::kContexts ? std::string(article::second_name(f)) : article::first_name(f - article::kContexts);
  });
  return out.good();
}

bool write_grove(const Rows& rows, const char* path) {
  std::ofstream out(path);
  out << "// SPDX-License-Identifier: Apache-2.0\n// Fitted by tests/learn/run, not written by hand: trees of questions to all looks (grove.h).\n";
  write(out, grow(rows.third, kNoFold, {}));
  return out.good();
}

int run(const char* cases_path, const char* weights_path, const char* grove_path, int partitions) {
  const std::vector<Case> cases = read_cases(cases_path);
  std::vector<Page> pages = read_pages(cases);
  std::map<std::string, Figures> figures;
  Rows rows;
  for (int partition = partitions; partition-- > 0;) {  // the first one last: what is written does not hang on their number
    rows = look_across(pages, partition);
    add_figures(pages, figures);
  }
  report(figures);
  const bool wrote_weights = write_weights(rows, weights_path);
  return write_grove(rows, grove_path) && wrote_weights ? 0 : 74;
}

}  // namespace
}  // namespace bylined::learn

int main(int count, char** arguments) {
  const int partitions = count == 5 ? std::atoi(arguments[4]) : 1;
  if ((count != 4 && count != 5) || partitions < 1) {
    std::fprintf(stderr, "usage: article_weights CASES WEIGHTS GROVE [PARTITIONS]\n");
    return 64;
  }
  return bylined::learn::run(arguments[1], arguments[2], arguments[3], partitions);
}
