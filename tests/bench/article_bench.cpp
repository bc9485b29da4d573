// SPDX-License-Identifier: Apache-2.0
// Parsing and reading an article beside libxml2's parse alone, over the pages of the benchmark suites where they lie beside
// this checkout, else over the project's own; and hostile pages, by the byte, beside ordinary ones.
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "pipeline/article/article.h"
#include "tests/bench/bench.h"

namespace {

using namespace bylined;
namespace fs = std::filesystem;

constexpr std::size_t kMostPages = 300;

std::string unpacked(const fs::path& path) {
  std::string bytes;
  gzFile file = gzopen(path.c_str(), "rb");  // reads plain files as they are
  if (file == nullptr) return bytes;
  char block[65536];
  for (int read = gzread(file, block, sizeof block); read > 0; read = gzread(file, block, sizeof block)) bytes.append(block, static_cast<std::size_t>(read));
  gzclose(file);
  return bytes;
}

std::vector<model::Page> pages() {
  const fs::path root(BYLINED_SOURCE_DIR), suites = root / "../shared/bench/pages";
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::exists(suites) ? suites : root / "tests/pages/article")) {
    const std::string name = entry.path().filename();
    if (entry.is_regular_file() && (name.ends_with(".gz") || name.ends_with(".html"))) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<model::Page> all;
  for (const fs::path& file : files) {
    std::string bytes = unpacked(file);
    if (bytes.size() < 10'000 || bytes.find("<html") == std::string::npos || all.size() == kMostPages) continue;
    all.push_back({"https://press.example/news/1", "text/html", std::move(bytes), Instant()});
  }
  return all;
}

std::size_t read_all(const std::vector<model::Page>& all) {
  std::size_t letters = 0;
  for (const model::Page& page : all) {
    const auto content = article::extract(page);
    if (content) letters += content->body.size();
  }
  return letters;
}

void parse_all(const std::vector<model::Page>& all) {
  for (const model::Page& page : all) {
    htmlDocPtr document = htmlReadMemory(page.bytes.data(), static_cast<int>(page.bytes.size()), page.url.c_str(), nullptr,
                                         HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    if (document != nullptr) xmlFreeDoc(document);
  }
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

// Each with another number in it.
std::string counted(const std::string& before, const std::string& behind, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += before + std::to_string(i) + behind;
  return all;
}

std::vector<model::Page> hostile() {
  std::string attributes = "<div";
  for (int i = 0; i < 50'000; ++i) attributes += " a" + std::to_string(i) + "=1";
  std::vector<model::Page> all;
  for (const std::string& body : {repeated("<div>", 100'000), repeated("<i><b>", 100'000), attributes + ">", repeated("<p>가나다 ", 100'000), repeated("<a href=/news/1>제목</a>", 50'000),
                                  repeated("<meta property='article:author' content='Jane Doe'>", 20'000), counted("<meta property='article:author' content='Jane Doe", "'>", 20'000),
                                  counted("<time datetime='2025-02-04T10:10:", "'>10:10</time>", 20'000), repeated("<span class=date>2025.02.04</span>", 20'000),
                                  counted("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":\"Jane Doe", "\"}</script>", 20'000),
                                  repeated("<table><tr><td>", 30'000), "<script>" + repeated("x='<p>'", 100'000), repeated("&amp;&#x41;&nosuch;", 50'000)}) {
    all.push_back({"https://press.example/news/1", "text/html", "<!doctype html><html><head><title>제목</title></head><body><article><h1>제목</h1>" + body, Instant()});
  }
  return all;
}

std::size_t bytes_of(const std::vector<model::Page>& all) {
  std::size_t bytes = 0;
  for (const model::Page& page : all) bytes += page.bytes.size();
  return bytes;
}

}  // namespace

int main() {
  const auto ordinary = pages();
  if (ordinary.empty()) return 1;
  bench::Report report("article");
  report.figure("pages", static_cast<double>(ordinary.size()), "pages");
  report.figure("bytes of a page, mean", static_cast<double>(bytes_of(ordinary)) / static_cast<double>(ordinary.size()), "bytes");
  const auto costs = bench::compare([&] { read_all(ordinary); }, [&] { parse_all(ordinary); }, 3);
  report.ratio("parse and extract, time beside libxml2's parse alone", costs.ours, costs.reference, 1.10, bench::Report::Sense::kAtMost);
  report.figure("articles read", static_cast<double>(ordinary.size()) / costs.ours, "pages a CPU second");
  const double usual = costs.ours / static_cast<double>(bytes_of(ordinary));
  double worst = 0;
  for (const model::Page& page : hostile()) worst = std::max(worst, bench::cost([&] { read_all({page}); }) / static_cast<double>(page.bytes.size()));
  report.ratio("the worst hostile page, time a byte beside ordinary ones", worst, usual, 10, bench::Report::Sense::kAtMost);
  return 0;
}
