// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/general.h"

#include <vector>

#include "pipeline/article/korean.h"
#include "pipeline/article/linked_data.h"
#include "pipeline/article/metadata.h"
#include "pipeline/article/paragraphs.h"
#include "pipeline/article/running_text.h"

namespace bylined::article {
namespace {

std::vector<std::string> values_of(const std::vector<Claim>& claims) {
  std::vector<std::string> values;
  for (const Claim& claim : claims) values.push_back(claim.values.front());
  return values;
}

}  // namespace

Evidence metadata_of(const markup::Document& document, const std::string& url) {
  Evidence evidence;
  read_metadata(document, url, evidence);
  read_linked_data(document, evidence);
  return evidence;
}

Hints hints_of(const Evidence& evidence) {
  return {values_of(evidence.claims(Field::kTitle)), values_of(evidence.claims(Field::kSummary)), values_of(evidence.claims(Field::kBody))};
}

Result<Evidence> read_general(const model::Page& page, const markup::Document& document) {
  Evidence evidence = metadata_of(document, page.url);
  auto paragraphs = running_text(document, hints_of(evidence));
  if (paragraphs.empty()) return Error(ErrorKind::kInvalid, "the page has no running text");
  const Byline byline = take_bylines(paragraphs);
  evidence.add(Field::kBody, joined(paragraphs), "weighed blocks", 0.5);
  evidence.add(Field::kAuthors, byline.names, "text byline", 0.5);
  evidence.add(Field::kByline, byline.printed, "text byline", 0.5);
  return evidence;
}

}  // namespace bylined::article
