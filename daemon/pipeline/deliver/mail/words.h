// SPDX-License-Identifier: Apache-2.0
// The words of our mails, in the languages a receiver can ask for. Sentences only: no markup.
#pragma once

#include <array>
#include <string_view>

#include "model/receiver.h"

namespace bylined::deliver {

struct Words {
  std::string_view tag;                          // BCP 47
  std::array<std::string_view, 4> severity;      // low normal high critical; empty: not worth a word
  std::string_view and_more_names[2];            // around the number of names left out
  std::string_view by;                           // before the journalists
  std::string_view by_after;                     // and after them
  std::string_view no_outlet;
  std::string_view read_article;
  std::string_view mention, mentions;            // after their number
  std::string_view told_before;
  std::array<std::string_view, 5> how;           // name alias variant short_form credit
  std::string_view how_sure[2];                  // around the percentage
  std::string_view uncertain;
  std::string_view gone;  // an edit took it away
  std::string_view names_left_out[2];            // around their number
  std::string_view sentences_left_out[2];
  std::array<std::string_view, 4> read;          // full listing_only refused_by_robots failed; {} stands for the host
  std::string_view text_from[2];                 // around the host
  std::string_view why[2];                       // around the watch
  std::string_view first_seen;
  std::string_view alert_id;
  std::string_view days[7];                      // from Sunday
};

const Words& words_in(model::Language language);

}  // namespace bylined::deliver
