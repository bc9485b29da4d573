// SPDX-License-Identifier: Apache-2.0
// One field of an article while it is being matched: its folded text and what stands where in it.
// Plain values that the steps of matching hand on; lives no longer than one call.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/fold.h"
#include "model/entity.h"
#include "pipeline/match/names.h"

namespace bylined::match {

// Offsets are into the folded text until a mention is made of it.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t entity = 0;
  const Writing* writing = nullptr;  // null for a short form
  model::How how = model::How::kName;
  double confidence = 1;
};

// A writing that is no name by itself: a title, or a foreign person's last word.
struct Anchor {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  const Writing* writing = nullptr;
};

// A word that speaks for one of the meanings of a homograph.
struct Cue {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint8_t homograph = 0;
  bool own = false;  // for the name, not for the word
};

// Bytes of a UTF-8 text by code point, through a step of every 256th.
class Utf8Places {
 public:
  explicit Utf8Places(std::string_view utf8) : utf8_(utf8) {}

  // Code points [start, end). Cheap where asked for in any order.
  std::string_view slice(std::uint32_t start, std::uint32_t end) {
    const std::size_t from = byte_of(start);
    return utf8_.substr(from, byte_of(end) - from);
  }

 private:
  static constexpr std::uint32_t kStep = 256;

  static bool leads(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

  void make_steps() {
    std::uint32_t seen = 0;
    for (std::size_t i = 0; i < utf8_.size(); ++i) {
      if (leads(utf8_[i]) && seen++ % kStep == 0) steps_.push_back(i);
    }
  }

  std::size_t byte_of(std::uint32_t code_point) {
    if (steps_.empty()) make_steps();
    if (code_point / kStep >= steps_.size()) return utf8_.size();
    std::size_t i = steps_[code_point / kStep];
    for (std::uint32_t left = code_point % kStep; left > 0 && i < utf8_.size(); --left) {
      do ++i; while (i < utf8_.size() && !leads(utf8_[i]));
    }
    return i;
  }

  std::string_view utf8_;
  std::vector<std::size_t> steps_;
};

struct FieldText {
  FieldText(model::Field field, std::string_view text) : which(field), utf8(text), folded(text::fold(text)) {}

  std::u32string_view text() const { return folded.text; }
  // What stands in the text as given where [begin, end) of the folded text is.
  std::string_view raw(std::uint32_t begin, std::uint32_t end) { return utf8.slice(folded.start[begin], folded.end[end - 1]); }

  model::Field which;
  Utf8Places utf8;
  text::Folded folded;
  std::vector<Span> names;         // that hold, in order of place
  std::vector<Anchor> titles;      // in order of place
  std::vector<Anchor> last_words;
  std::vector<Cue> cues;           // in order of place
};

using Fields = std::array<FieldText, 2>;  // title, body

}  // namespace bylined::match
