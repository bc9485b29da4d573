// SPDX-License-Identifier: Apache-2.0
// What the stages of the path cost on one page, and the whole path beside their sum: listing, diff, fetch, reading,
// matching, deciding, composing and storing of the same articles, in the simulated world with real SQLite.
#include "base/log.h"
#include "base/text/decode.h"
#include "pipeline/alert/alert.h"
#include "pipeline/article/article.h"
#include "pipeline/match/match.h"
#include "tests/bench/bench.h"
#include "tests/support/small_world.h"

namespace {

using namespace bylined;
using namespace std::chrono_literals;

constexpr int kArticles = 200;

// A page of 64 KB as outlets make them: the press's article among menus, scripts and lists of others.
model::Page page_of(const press::Press& press, const std::string& number) {
  std::string html = press.answer("www.naru.example", "/news/" + number, {}, press.start() + 24h).body;
  std::string around;
  for (int i = 0; around.size() < 60'000; ++i) around += "<li class=\"list\"><a href=\"/news/" + std::to_string(i) + "\">다른 기사 제목이 여기에 있습니다 " + std::to_string(i) + "</a></li>";
  html.insert(html.rfind("</body>"), "<ul>" + around + "</ul>");
  return model::Page{"https://www.naru.example/news/" + number, "text/html; charset=utf-8", html, press.start()};
}

press::Script many() {
  press::Script script = tests::feed_press();
  for (int i = 0; i < 5; ++i) script.articles.push_back(tests::filler(std::to_string(100 + i), -24h));
  for (int i = 0; i < kArticles; ++i) script.articles.push_back(tests::news(std::to_string(1000 + i), "한빛전자 소식 " + std::to_string(i), 6min + i * 3min));
  return script;
}

// CPU seconds an article of the path in the simulated world.
double whole_path() {
  tests::Wishes wishes = tests::small_wishes();
  wishes.options.idle = 10min;
  tests::World world(1, many(), std::move(wishes));
  world.boot();
  const double start = bench::cpu_seconds();
  world.run_for(12h);
  return (bench::cpu_seconds() - start) / kArticles;
}

}  // namespace

int main() {
  bench::Report report("path");
  const press::Press press(many(), Instant(1'738'660'000'000ms));
  const model::Page page = page_of(press, "1000");
  const tests::Wishes wishes = tests::small_wishes();
  const auto names = match::compile(wishes.entities);
  const auto content = article::extract(page);
  if (!names || !content) return 1;

  const double decode = bench::cost([&] { text::decode(page.bytes, page.content_type); });
  const double extract = bench::cost([&] { return article::extract(page).has_value(); });
  const double found = bench::cost([&] { return match::find_mentions(**names, {content->title, content->body}).mentions.size(); });
  report.figure("bytes of the page", static_cast<double>(page.bytes.size()), "bytes");
  report.ratio("decode / decode and read", decode, extract, 0.5, bench::Report::Sense::kAtMost);
  report.ratio("match / decode and read", found, extract, 0.2, bench::Report::Sense::kAtMost);

  log::open_sink(nullptr);
  const double whole = whole_path();
  report.figure("whole path, an article, two receivers", whole * 1e6, "CPU us");
  const model::Page served{page.url, page.content_type, press.answer("www.naru.example", "/news/1000", {}, press.start() + 24h).body, press.start()};
  const double read = bench::cost([&] { return article::extract(served).has_value(); });
  report.ratio("read the same small page / whole path", read, whole, 1.0, bench::Report::Sense::kAtMost);
  return 0;
}
