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
  model::How how = model::How::kName;
  const Writing* writing = nullptr;  // null for a short form
  double confidence = 1;
};
// Of a span that has a writing.
inline bool is_person(const Span& span) { return span.writing->kind() == model::EntityKind::kPerson; }

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

// Bytes of a UTF-8 text by code point. Walks from where it was asked last, so questions in order of place are cheap.
class Utf8Places {
 public:
  explicit Utf8Places(std::string_view utf8) : utf8_(utf8) {}

  // Code points [start, end).
  std::string_view slice(std::size_t start, std::size_t end);

 private:
  std::size_t byte_of(std::size_t code_point);

  std::string_view utf8_;
  std::size_t byte_ = 0;    // a multiple of the bytes that are counted at once
  std::size_t before_ = 0;  // code points that begin before it
};

struct FieldText {
  FieldText(model::Field field, std::string_view text) : which(field), utf8(text), folded(text::fold(text)) {}

  std::u32string_view text() const { return folded.text; }
  // What stands in the text as given where [begin, end) of the folded text is.
  std::string_view raw(std::uint32_t begin, std::uint32_t end) { return utf8.slice(folded.start(begin), folded.end(end - 1)); }

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
