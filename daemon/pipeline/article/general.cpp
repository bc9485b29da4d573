// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/general.h"

#include <vector>

#include "pipeline/article/korean.h"
#include "pipeline/article/linked_data.h"
#include "pipeline/article/metadata.h"
#include "pipeline/article/paragraphs.h"
#include "pipeline/article/running_text.h"

namespace bylined::article {

Result<Evidence> read_general(const model::Page& page, const markup::Document& document) {
  Evidence evidence;
  read_metadata(document, page.url, evidence);
  read_linked_data(document, evidence);
  auto paragraphs = running_text(document);
  if (paragraphs.empty()) return Error(ErrorKind::kInvalid, "the page has no running text");
  const Byline byline = take_bylines(paragraphs);
  evidence.add(Field::kBody, joined(paragraphs), "text density", 0.5);
  evidence.add(Field::kAuthors, byline.names, "text byline", 0.5);
  evidence.add(Field::kByline, byline.printed, "text byline", 0.5);
  return evidence;
}

}  // namespace bylined::article
