// SPDX-License-Identifier: Apache-2.0
#include "base/markup/xml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <pugixml.hpp>

namespace bylined::markup {
namespace {

constexpr unsigned kPugiOptions = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_wconv_attribute;
constexpr int kDepth = 256;

pugi::xml_node node_of(void* raw) { return pugi::xml_node(static_cast<pugi::xml_node_struct*>(raw)); }

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return std::string_view();
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// Elements below a node; walks without recursion, since a hostile feed nests as it likes.
std::size_t elements_below(pugi::xml_node top) {
  std::size_t count = 0;
  pugi::xml_node at = top.first_child();
  while (at) {
    if (at.type() == pugi::node_element) ++count;
    pugi::xml_node next = at.first_child();
    while (!next && at != top) {
      next = at.next_sibling();
      if (!next) at = at.parent();
    }
    at = next;
  }
  return count;
}

std::string text_of(const xmlChar* text) { return text == nullptr ? std::string() : reinterpret_cast<const char*>(text); }

std::string full_name(const xmlChar* name, const xmlNs* space) {
  const std::string prefix = space == nullptr ? std::string() : text_of(space->prefix);
  return prefix.empty() ? text_of(name) : prefix + ":" + text_of(name);
}

void copy_attributes(const xmlNode* from, pugi::xml_node to) {
  for (const xmlNs* space = from->nsDef; space != nullptr; space = space->next) {
    const std::string prefix = text_of(space->prefix);
    to.append_attribute(prefix.empty() ? "xmlns" : ("xmlns:" + prefix).c_str()) = text_of(space->href).c_str();
  }
  for (const xmlAttr* one = from->properties; one != nullptr; one = one->next) {
    xmlChar* value = xmlNodeListGetString(from->doc, one->children, 1);
    to.append_attribute(full_name(one->name, one->ns).c_str()) = text_of(value).c_str();
    xmlFree(value);
  }
}

void copy_children(const xmlNode* from, pugi::xml_node to, int depth) {
  for (const xmlNode* one = from->children; one != nullptr; one = one->next) {
    if (one->type == XML_TEXT_NODE) to.append_child(pugi::node_pcdata).set_value(text_of(one->content).c_str());
    if (one->type == XML_CDATA_SECTION_NODE) to.append_child(pugi::node_cdata).set_value(text_of(one->content).c_str());
    if (one->type != XML_ELEMENT_NODE || depth >= kDepth) continue;
    pugi::xml_node child = to.append_child(full_name(one->name, one->ns).c_str());
    copy_attributes(one, child);
    copy_children(one, child, depth + 1);
  }
}

// What libxml2 makes of it in recovery, as a tree of the same kind.
std::unique_ptr<pugi::xml_document> recovered(std::string_view utf8) {
  auto tree = std::make_unique<pugi::xml_document>();
  constexpr int kOptions = XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  if (utf8.size() > 64u << 20) return tree;
  xmlDoc* document = xmlReadMemory(utf8.data(), static_cast<int>(utf8.size()), nullptr, "UTF-8", kOptions);
  if (document == nullptr) return tree;
  xmlNode* root = xmlDocGetRootElement(document);
  if (root != nullptr) {
    pugi::xml_node top = tree->append_child(full_name(root->name, root->ns).c_str());
    copy_attributes(root, top);
    copy_children(root, top, 0);
  }
  xmlFreeDoc(document);
  return tree;
}

}  // namespace

struct XmlDocument::Tree {
  std::string bytes;  // parsed in place
  std::unique_ptr<pugi::xml_document> document;
  bool damaged = false;
};

std::string_view XmlNode::name() const { return node_of(raw_).name(); }

std::string_view XmlNode::local_name() const {
  const std::string_view full = name();
  return full.substr(full.find(':') == std::string_view::npos ? 0 : full.find(':') + 1);
}

std::string XmlNode::text() const {
  std::string joined;
  for (const pugi::xml_node child : node_of(raw_)) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) joined += child.value();
  }
  return std::string(trimmed(joined));
}

std::string_view XmlNode::attribute(std::string_view name) const {
  for (const pugi::xml_attribute one : node_of(raw_).attributes()) {
    if (one.name() == name) return one.value();
  }
  return std::string_view();
}

std::vector<XmlNode> XmlNode::children() const {
  std::vector<XmlNode> found;
  for (const pugi::xml_node child : node_of(raw_)) {
    if (child.type() == pugi::node_element) found.emplace_back(child.internal_object());
  }
  return found;
}

std::vector<XmlNode> XmlNode::children(std::string_view name) const {
  std::vector<XmlNode> found;
  for (const pugi::xml_node child : node_of(raw_)) {
    if (child.type() == pugi::node_element && child.name() == name) found.emplace_back(child.internal_object());
  }
  return found;
}

XmlNode XmlNode::child(std::string_view name) const {
  for (const pugi::xml_node child : node_of(raw_)) {
    if (child.type() == pugi::node_element && child.name() == name) return XmlNode(child.internal_object());
  }
  return XmlNode();
}

XmlDocument::XmlDocument(std::unique_ptr<Tree> tree) : tree_(std::move(tree)) {}
XmlDocument::~XmlDocument() = default;
XmlDocument::XmlDocument(XmlDocument&&) noexcept = default;
XmlDocument& XmlDocument::operator=(XmlDocument&&) noexcept = default;

Result<XmlDocument> XmlDocument::parse(std::string_view utf8) {
  auto tree = std::make_unique<Tree>();
  tree->bytes = utf8;
  tree->document = std::make_unique<pugi::xml_document>();
  const auto outcome = tree->document->load_buffer_inplace(tree->bytes.data(), tree->bytes.size(), kPugiOptions, pugi::encoding_utf8);
  if (!outcome) {
    tree->damaged = true;
    auto second = recovered(utf8);
    if (elements_below(*second) > elements_below(*tree->document)) tree->document = std::move(second);
  }
  if (!tree->document->document_element()) {
    return Error(ErrorKind::kInvalid, std::string("no XML element in it: ") + outcome.description());
  }
  return XmlDocument(std::move(tree));
}

XmlNode XmlDocument::root() const { return XmlNode(tree_->document->document_element().internal_object()); }
bool XmlDocument::damaged() const { return tree_->damaged; }

}  // namespace bylined::markup
