// SPDX-License-Identifier: Apache-2.0
// The encodings of the Encoding Standard: their labels, and their decoders to the letter. Says nothing about
// which of them a document is in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bylined::text {

// UTF-8 under construction, and how often a sequence could not be read.
class Utf8Sink {
 public:
  explicit Utf8Sink(std::size_t bytes) { text_.reserve(bytes + bytes / 2 + 16); }

  void add(char32_t c);
  void add_run(std::string_view utf8) { text_ += utf8; }
  void add_damage() {
    text_ += "\xEF\xBF\xBD";
    ++replaced_;
  }
  int replaced() const { return replaced_; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  int replaced_ = 0;
};

struct Encoding {
  std::string_view name;  // the standard's, in lower case
  void (*decode)(const Encoding& self, std::string_view bytes, Utf8Sink& out);
  const char* table = nullptr;  // ICU's name of it, for encodings of one byte a letter
};

// A label as pages write it: blanks around and case do not count. Null where there is none of that name.
const Encoding* encoding_for_label(std::string_view label);
// By the standard's name: one that is not there is a bug.
const Encoding& encoding_named(std::string_view name);

// Length of the ASCII run at the front.
std::size_t ascii_length(std::string_view bytes);
// Length of the run of whole letters of UTF-8 at the front.
std::size_t utf8_run(std::string_view bytes);

}  // namespace bylined::text
