// SPDX-License-Identifier: Apache-2.0
// A mail's content in the order in which it is read, in the receiver's words, still without markup; and
// its two looks. The HTML loads nothing, runs nothing and links only where `link` and `record` point.
#pragma once

#include <string>
#include <vector>

#include "model/entity.h"
#include "pipeline/deliver/brief.h"

namespace bylined::deliver {

struct SheetLink {
  std::string label;
  std::string url;  // empty: no link
};

struct SheetEntity {
  std::string name;
  std::string line;  // how often, how, how sure
  bool sure = true;
};

struct Sheet {
  std::string language;
  model::Severity severity = model::Severity::kNormal;
  std::string kicker;
  Pieces headline;
  std::string credit;
  SheetLink link;
  std::vector<std::string> notices;
  std::vector<SheetEntity> entities;
  std::string entities_left_out;
  std::vector<Pieces> quotes;
  std::string quotes_left_out;
  std::vector<std::string> footer;
  std::string record;  // URL of the alert's record, or empty
};

std::string sheet_text(const Sheet& sheet);
std::string sheet_html(const Sheet& sheet);

}  // namespace bylined::deliver
