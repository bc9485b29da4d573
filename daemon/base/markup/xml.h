// SPDX-License-Identifier: Apache-2.0
// XML feeds, also damaged ones, as a small read-only tree (pugixml; libxml2 in recovery as a second
// try, and the one with more elements wins). No DTD, no entities of the document's own, no network.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bylined::markup {

class XmlNode {
 public:
  XmlNode() = default;
  explicit operator bool() const { return raw_ != nullptr; }

  std::string_view name() const;        // with its prefix as written: "dc:creator"
  std::string_view local_name() const;  // without: "creator"
  std::string text() const;             // own text and CDATA joined, trimmed, markup inside kept as it is
  std::string_view attribute(std::string_view name) const;
  std::vector<XmlNode> children() const;                      // elements
  std::vector<XmlNode> children(std::string_view name) const; // by name as written
  XmlNode child(std::string_view name) const;

  explicit XmlNode(void* raw) : raw_(raw) {}

 private:
  void* raw_ = nullptr;  // pugi::xml_node_struct*
};

class XmlDocument {
 public:
  // `utf8` is valid UTF-8 (text::decode's); a declared encoding is ignored. kInvalid: nothing readable.
  static Result<XmlDocument> parse(std::string_view utf8);
  ~XmlDocument();
  XmlDocument(XmlDocument&&) noexcept;
  XmlDocument& operator=(XmlDocument&&) noexcept;

  XmlNode root() const;
  bool damaged() const;  // repaired or cut

 private:
  struct Tree;
  explicit XmlDocument(std::unique_ptr<Tree> tree);
  std::unique_ptr<Tree> tree_;
};

}  // namespace bylined::markup
