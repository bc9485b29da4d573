// SPDX-License-Identifier: Apache-2.0
#include "query/cli/clauses.h"

#include <ostream>
#include <string>

#include "base/text/shown.h"

namespace bylined::cli {
namespace {

namespace json = query::json;

void show(std::ostream& out, const json::object& clause, int depth) {
  const json::value* const why = clause.if_contains("why");
  out << std::string(static_cast<std::size_t>(depth) * 2 + 2, ' ') << (clause.at("holds").as_bool() ? "yes  " : "no   ")
      << text::shown(std::string(clause.at("clause").as_string()));
  if (why != nullptr) out << "   (" << std::string_view(why->as_string()) << ")";
  out << "\n";
  const json::value* const parts = clause.if_contains("parts");
  if (parts == nullptr) return;
  for (const json::value& part : parts->as_array()) show(out, part.as_object(), depth + 1);
}

}  // namespace

void show_clauses(std::ostream& out, const json::object& outcome) { show(out, outcome, 0); }

}  // namespace bylined::cli
