// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/article.h"
#include "query/plumbing/plumbing.h"

namespace bylined::plumbing {
namespace {

json::value stamp_or_null(const std::optional<model::Stamp>& stamp) { return text_or_null(stamp ? stamp->text : std::string()); }

json::array texts(const std::vector<std::string>& values) { return json::array(values.begin(), values.end()); }

json::object as_json(const std::string& url, const model::Content& content) {
  json::object reply;
  reply["url"] = url;
  reply["canonical_url"] = text_or_null(content.canonical_url);
  reply["title"] = text_or_null(content.title);
  reply["authors"] = texts(content.authors);
  reply["published"] = stamp_or_null(content.published);
  reply["modified"] = stamp_or_null(content.modified);
  reply["language"] = text_or_null(content.language);
  reply["text"] = text_or_null(content.body);
  reply["site_name"] = text_or_null(content.outlet);
  reply["description"] = text_or_null(content.summary);
  reply["image"] = text_or_null(content.image);
  reply["section"] = text_or_null(content.section);
  reply["original_url"] = text_or_null(content.original_url);
  reply["byline"] = text_or_null(content.byline);
  reply["captions"] = texts(content.captions);
  return reply;
}

// Long texts are named, not repeated.
json::object as_json(const article::Claim& claim, article::Field field) {
  json::object one;
  one["from"] = claim.from;
  one["weight"] = claim.weight;
  const bool text = field == article::Field::kBody;
  if (!text) one["value"] = claim.values.size() == 1 ? json::value(claim.values[0]) : json::value(texts(claim.values));
  return one;
}

// The winner's place and weight, what lost against it, and what was not weighed (weight 0).
json::object why(const article::Verdict& verdict) {
  json::object reply;
  json::array lost;
  for (const article::Claim& claim : verdict.claims) {
    if (reply.empty()) reply = as_json(claim, verdict.field);
    else lost.push_back(as_json(claim, verdict.field));
  }
  for (const article::Claim& claim : verdict.aside) lost.push_back(as_json(claim, verdict.field));
  reply["lost"] = lost;
  return reply;
}

Result<json::object> answer(const json::object& request) {
  auto bytes = read_file(request);
  if (!bytes) return bytes.error();
  const model::Page page{text_of(request, "url"), text_of(request, "content_type"), *std::move(bytes), Instant()};
  const auto reading = article::extract_explained(page);
  if (!reading) return reading.error();
  json::object reply = as_json(page.url, reading->content);
  if (!request.contains("explain")) return reply;
  json::object& reasons = reply["why"].emplace_object();
  for (const article::Verdict& verdict : reading->verdicts) reasons[article::field_name(verdict.field)] = why(verdict);
  return reply;
}

Result<Answerer> prepare(const json::object&) { return Answerer(answer); }

}  // namespace

extern const Tool extract_tool;
const Tool extract_tool{"extract", "headline, authors, times and text of an article's page; --explain says what each was read from",
                        {"--url", "--content-type"}, {"--explain"}, {"file"}, prepare, nullptr};

}  // namespace bylined::plumbing
