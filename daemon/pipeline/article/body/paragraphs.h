// SPDX-License-Identifier: Apache-2.0
// Running text from a tree: blanks squeezed, paragraphs parted by blank lines, single line breaks kept.
// Which nodes belong to the text is the caller's choice.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/markup/html.h"

namespace bylined::article {

class Paragraphs {
 public:
  void add_text(std::string_view text);
  void add_line_break() { ++breaks_; }
  void end_line() { breaks_ = breaks_ == 0 ? 1 : breaks_; }
  void end_paragraph() { breaks_ = kParting; }

  // Without empty ones.
  std::vector<std::string> take();

 private:
  static constexpr int kParting = 2;

  void start_word();

  std::vector<std::string> done_;
  std::string open_;
  int breaks_ = 0;
  bool blank_ = false;
};

// The text below `node`; elements for which `skip` says so are left out with all they hold.
std::vector<std::string> paragraphs_of(markup::Node node, const std::function<bool(markup::Node)>& skip);
std::string joined(const std::vector<std::string>& paragraphs);

}  // namespace bylined::article
