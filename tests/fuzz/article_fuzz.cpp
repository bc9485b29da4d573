// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "base/net/url.h"
#include "model/article.h"
#include "model/page.h"
#include "pipeline/article/article.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace bylined;

void check(const model::Content& content) {
  for (const std::string* text : {&content.title, &content.body, &content.summary, &content.byline, &content.outlet, &content.section, &content.language}) {
    fuzz::require_running_text(*text);
  }
  for (const std::string& name : content.authors) fuzz::require_running_text(name);
  for (const std::string& caption : content.captions) fuzz::require_running_text(caption);
  for (const std::string* url : {&content.image, &content.canonical_url, &content.original_url}) {
    fuzz::require(url->empty() || net::Url::parse(*url).has_value());
  }
}

}  // namespace

// A page of any bytes is an article of clean text, or a reason why not; the same each time. The length chooses
// whose page it is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const char* const urls[] = {"https://www.example.co.kr/news/1", "https://n.news.naver.com/article/277/0005642161"};
  const model::Page page{urls[size % 2], "text/html", std::string(fuzz::text_of(data, size)), Instant(std::chrono::seconds(1'750'000'000))};
  const auto content = article::extract(page);
  if (content) check(*content);
  const auto again = article::extract(page);
  fuzz::require(again.has_value() == content.has_value() && (!content || *again == *content));
  return 0;
}
