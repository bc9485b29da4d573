// SPDX-License-Identifier: Apache-2.0
// What a person is told of an alert, whatever the channel: who is named, where, in which words, how
// sure we are, and how much could be read. All text in it is fit to be shown; none of it is escaped.
#pragma once

#include <string>
#include <vector>

#include "model/alert.h"

namespace bylined::deliver {

struct Piece {
  std::string text;
  bool marked = false;  // a mention
};
using Pieces = std::vector<Piece>;
std::string plain(const Pieces& pieces);

struct NamedEntity {
  std::string name;  // as it stands in the article, in its fullest form
  bool is_new = false;   // this alert is about it
  bool is_sure = false;  // some mention is
  bool in_headline = false;
  model::How how = model::How::kName;
  double confidence = 0;  // of that mention
  std::size_t mentions = 0;  // 0: it stood in the version before, and does no more
};

struct Brief {
  Pieces headline;
  std::string outlet;
  std::vector<std::string> authors;
  std::string url;        // http or https, else empty
  std::string host;       // of the URL
  std::string text_host;  // where the body was read, where that is another place
  std::vector<NamedEntity> entities;  // new ones first, uncertain ones last
  std::size_t entities_left_out = 0;
  std::vector<Pieces> quotes;  // sentences of the body in its order; each entity's first is among them
  std::size_t quotes_left_out = 0;
};

Brief make_brief(const model::Alert& alert);

}  // namespace bylined::deliver
