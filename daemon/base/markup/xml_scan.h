// SPDX-License-Identifier: Apache-2.0
// The pieces of an XML document from left to right, whatever its damage: no tree, no copy, no memory
// beyond one tag. Never fails: what is no tag is text.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bylined::markup {

class XmlScanner {
 public:
  enum class Piece { kStart, kEnd, kText, kDone };
  // What has not been taken yet, and the last element that was opened before it.
  struct Place {
    std::string_view rest, open;
  };
  using Attributes = std::vector<std::pair<std::string_view, std::string_view>>;

  // What `from` shows outlives it.
  explicit XmlScanner(Place from) : rest_(from.rest), open_(from.open) {}
  explicit XmlScanner(std::string_view utf8) : rest_(utf8) {}

  Piece next();
  Place place() const { return {rest_, open_}; }
  // A comment, section or instruction was met that does not end: with more text it might.
  bool met_unended() const { return met_unended_; }
  std::string_view name() const { return name_; }       // of a start or end tag, as written
  bool closes_itself() const { return closes_itself_; }  // "<a/>"
  std::string text() const;                              // of a text: references undone
  std::string_view text_in(std::string& copy) const;     // the same without a copy where there is none, else in `copy`
  // Of a start tag, at most 256; values as written, references and all.
  const Attributes& attributes() const { return attributes_; }

 private:
  Piece read_text(std::size_t length, bool verbatim);
  Piece read_cdata();
  Piece read_start();
  Piece read_end();
  std::string_view take_tag(std::size_t mark);
  void read_attributes(std::string_view inside);
  bool skip_mark();  // a comment, processing instruction or document type

  std::string_view rest_;
  std::string_view name_, text_;
  std::string_view open_;  // last start tag: what an unclosed CDATA section ends with
  Attributes attributes_;
  bool closes_itself_ = false;
  bool verbatim_ = false;
  bool met_unended_ = false;
};

// The five names of XML and numbers, undone once; every other "&" stays.
std::string undo_references(std::string_view text);

}  // namespace bylined::markup
