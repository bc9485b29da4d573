// SPDX-License-Identifier: Apache-2.0
// XML feeds, also damaged ones, as a small read-only tree (pugixml; where it gives up, a mending reader of
// our own, and the one with more elements wins). No DTD, no entities of the document's own, no network.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace bylined::markup {

struct XmlLimits {
  std::size_t bytes = 32u << 20;
  std::size_t marks = 2'000'000;  // '<' and '=' in the document: bounds the tree's memory before it is built
};

// "dc:creator" in its two parts; without a colon the prefix is empty.
struct XmlName {
  std::string_view prefix, local;
};

struct XmlContent;

// The same of an attribute.
class XmlAttribute {
 public:
  explicit operator bool() const { return raw_ != nullptr; }
  std::string_view name() const;
  std::string_view value() const;
  XmlAttribute next() const;

  explicit XmlAttribute(void* raw) : raw_(raw) {}

 private:
  void* raw_;  // pugi::xml_attribute_struct*
};

// A place in an XmlDocument; cheap to copy, valid as long as the document lives. A default one is none.
class XmlNode {
 public:
  XmlNode() = default;
  explicit operator bool() const { return raw_ != nullptr; }
  bool operator==(const XmlNode&) const = default;

  std::string_view name() const;        // with its prefix as written: "dc:creator"
  std::string_view local_name() const;  // without: "creator"
  XmlName split_name() const;
  std::string text() const;             // own text and CDATA joined, trimmed; of elements inside nothing
  XmlContent content_in(std::string& joined) const;  // the same without a copy where it stands in one piece, else in `joined`
  std::string markup() const;           // all inside, as markup: text escaped, elements as they are
  std::string loose_markup() const;     // the same with the text as it is, for markup that was written as text
  std::string_view attribute(std::string_view name) const;
  std::vector<std::pair<std::string_view, std::string_view>> attributes() const;
  XmlAttribute first_attribute() const;
  bool has_elements() const;

  XmlNode parent() const;        // elements only, here and below
  XmlNode first_child() const;
  XmlNode next_sibling() const;
  XmlNode child(std::string_view name) const;                 // the first of that name as written
  std::vector<XmlNode> children() const;
  std::vector<XmlNode> children(std::string_view name) const;

  explicit XmlNode(void* raw) : raw_(raw) {}

 private:
  void* raw_ = nullptr;  // pugi::xml_node_struct*
};

// What lies in an element, found in one walk.
struct XmlContent {
  std::string_view text;
  XmlNode element;  // the first; none where there is only text
};

class XmlDocument {
 public:
  // `utf8` is valid UTF-8 (text::decode's); a declared encoding is ignored. kInvalid: nothing readable.
  // kExhausted names the limit.
  static Result<XmlDocument> parse(std::string_view utf8);
  static Result<XmlDocument> parse_within(std::string_view utf8, const XmlLimits& limits);
  ~XmlDocument();
  XmlDocument(XmlDocument&&) noexcept;
  XmlDocument& operator=(XmlDocument&&) noexcept;

  XmlNode root() const;
  bool damaged() const;  // mended or cut

 private:
  struct Tree;
  explicit XmlDocument(std::unique_ptr<Tree> tree);
  std::unique_ptr<Tree> tree_;
};

}  // namespace bylined::markup
