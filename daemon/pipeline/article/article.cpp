// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/article.h"

#include <algorithm>

#include "base/markup/html.h"
#include "base/net/url.h"
#include "base/text/ascii.h"
#include "base/text/decode.h"
#include "pipeline/article/general.h"
#include "pipeline/article/judge.h"
#include "pipeline/article/naver.h"
#include "pipeline/article/refusal/pointer.h"
#include "pipeline/article/refusal/refusal.h"

namespace bylined::article {
namespace {

constexpr std::size_t kEnd = 4u << 10;  // bytes in which a page's end stands
constexpr std::size_t kOnItsWay = 200;  // letters that a page shows whom it sends on: "이동 중입니다. 여기를 누르세요"

// Readers never see what stands there.
std::optional<Error> only_points(const markup::Document& document, const model::Page& page, const std::string& body, std::string& goal) {
  if (text::code_points(body) > kOnItsWay) return std::nullopt;
  goal = pointed_to(document, page.url).value_or(std::string());
  const auto url = net::Url::parse(goal);
  if (!url) return std::nullopt;
  return Error(ErrorKind::kInvalid, "no article: the page only points to " + url->shown());
}

Result<Reading> read(const model::Page& page, std::string& goal) {
  const auto document = markup::Document::parse_owned(text::decode(page.bytes, page.content_type).text, {});
  if (!document) return document.error().within("article page");
  auto evidence = is_naver_article(page, *document) ? read_naver(page, *document) : Result<Evidence>(read_general(page, *document));
  if (!evidence) {
    if (const auto pointer = only_points(*document, page, std::string(), goal)) return *pointer;
    if (const auto refusal = refusal_of(*document, Reading())) return *refusal;
    return evidence.error();
  }
  const bool cut = document->cut() || evidence->script_cut || evidence->claims_cut;
  Reading reading = judge(*std::move(evidence));
  if (const auto pointer = only_points(*document, page, reading.content.body, goal)) return *pointer;
  if (const auto refusal = refusal_of(*document, reading)) return *refusal;
  reading.content.page_cut = cut;
  return reading;
}

Result<model::Content> content_of(Result<Reading> reading) {
  if (!reading) return reading.error();
  const model::Content& content = reading->content;
  if (content.body.empty() && content.page_cut) return Error(ErrorKind::kExhausted, "the page has no running text in what is read of it");
  if (content.body.empty()) return Error(ErrorKind::kInvalid, "the page has no running text");
  return std::move(reading->content);
}

}  // namespace

Result<Reading> extract_explained(const model::Page& page) {
  std::string goal;
  return read(page, goal);
}

Result<model::Content> extract(const model::Page& page) { return content_of(extract_explained(page)); }

Extract extract_or_pointer(const model::Page& page) {
  std::string goal;
  auto content = content_of(read(page, goal));
  return {std::move(content), std::move(goal)};
}

bool may_be_cut(const model::Page& page) {
  if (page.end_told) return false;
  const std::string end = text::lower(std::string_view(page.bytes).substr(page.bytes.size() - std::min(page.bytes.size(), kEnd)));
  return end.find("</html") == std::string::npos && end.find("</body") == std::string::npos;
}

}  // namespace bylined::article
