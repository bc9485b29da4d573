// SPDX-License-Identifier: Apache-2.0
// What the installation wants its messages to look like.
#pragma once

#include <string>

namespace bylined::deliver {

struct Style {
  std::string public_url;    // for links in messages; may be empty
  std::string mail_host;     // right side of Message-ID; from the sender's address where empty
  std::string timezone = "Asia/Seoul";
};

}  // namespace bylined::deliver
