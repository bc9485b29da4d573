// SPDX-License-Identifier: Apache-2.0
#include "pipeline/match/spans.h"

#include <algorithm>

#include "pipeline/match/context.h"
#include "pipeline/match/names_in.h"
#include "pipeline/match/short_forms.h"

namespace bylined::match {
namespace {

// Short forms beside the names, unless a name lies over them.
std::vector<Span> merged(std::vector<Span> names, const std::vector<Span>& short_forms) {
  if (short_forms.empty()) return names;
  std::vector<Span> all;
  all.reserve(names.size() + short_forms.size());
  auto name = names.begin();
  for (const Span& one : short_forms) {
    while (name != names.end() && name->end <= one.begin) all.push_back(*name++);
    if (name == names.end() || name->begin >= one.end) all.push_back(one);
  }
  all.insert(all.end(), name, names.end());
  return all;
}

}  // namespace

std::array<std::vector<Span>, 2> find_spans(const Names& names, Fields& fields, const Around& around) {
  std::vector<std::uint32_t> contexts;
  for (FieldText& field : fields) find_names({names, around.day}, field, contexts);
  if (!around.section.empty()) {
    FieldText section(model::Field::kBody, around.section);
    find_names({names, around.day}, section, contexts);
  }
  std::sort(contexts.begin(), contexts.end());
  weigh_context(names, fields, contexts);
  const auto short_ones = short_forms(names, fields);
  return {merged(std::move(fields[0].names), short_ones[0]), merged(std::move(fields[1].names), short_ones[1])};
}

}  // namespace bylined::match
