// SPDX-License-Identifier: Apache-2.0
#include "base/markup/html.h"

#include <cassert>
#include <cstring>

#include <libxml/HTMLparser.h>

#include "base/markup/html_guard.h"

namespace bylined::markup {
namespace {

xmlNodePtr to_node(void* raw) { return static_cast<xmlNodePtr>(raw); }

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

bool is_content(xmlNodePtr node) {
  return node->type == XML_ELEMENT_NODE || node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

xmlNodePtr next_content(xmlNodePtr node) {
  while (node != nullptr && !is_content(node)) node = node->next;
  return node;
}

xmlNodePtr previous_content(xmlNodePtr node) {
  while (node != nullptr && !is_content(node)) node = node->prev;
  return node;
}

xmlAttrPtr find_attribute(void* raw, std::string_view name) {
  const xmlNodePtr node = to_node(raw);
  if (node == nullptr || node->type != XML_ELEMENT_NODE) return nullptr;
  for (xmlAttrPtr attribute = node->properties; attribute != nullptr; attribute = attribute->next) {
    if (view(attribute->name) == name) return attribute;
  }
  return nullptr;
}

struct FreeContext {
  void operator()(htmlParserCtxtPtr context) const { htmlFreeParserCtxt(context); }
};
struct FreeDocument {
  void operator()(htmlDocPtr document) const { xmlFreeDoc(document); }
};

}  // namespace

bool Node::is_element() const { return raw_ != nullptr && to_node(raw_)->type == XML_ELEMENT_NODE; }
bool Node::is_text() const { return raw_ != nullptr && !is_element(); }
std::string_view Node::name() const { return is_element() ? view(to_node(raw_)->name) : std::string_view(); }
std::string_view Node::text_content() const { return is_text() ? view(to_node(raw_)->content) : std::string_view(); }

std::string_view Node::attribute(std::string_view name) const {
  const xmlAttrPtr attribute = find_attribute(raw_, name);
  return attribute == nullptr || attribute->children == nullptr ? std::string_view() : view(attribute->children->content);
}

bool Node::has_attribute(std::string_view name) const { return find_attribute(raw_, name) != nullptr; }

Node Node::parent() const {
  const xmlNodePtr parent = raw_ == nullptr ? nullptr : to_node(raw_)->parent;
  return parent == nullptr || parent->type != XML_ELEMENT_NODE ? Node() : Node(parent);
}

Node Node::first_child() const { return is_element() ? Node(next_content(to_node(raw_)->children)) : Node(); }
Node Node::next_sibling() const { return raw_ == nullptr ? Node() : Node(next_content(to_node(raw_)->next)); }
Node Node::previous_sibling() const { return raw_ == nullptr ? Node() : Node(previous_content(to_node(raw_)->prev)); }

struct Document::Tree {
  std::unique_ptr<xmlDoc, FreeDocument> document;
  bool cut = false;
};

Document::Document(std::unique_ptr<Tree> tree) : tree_(std::move(tree)) {}
Document::~Document() = default;
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;

bool Document::cut() const { return tree_->cut; }
Node Document::root() const { return Node(xmlDocGetRootElement(tree_->document.get())); }

Result<Document> Document::parse(std::string_view utf8, const HtmlLimits& limits) {
  if (utf8.size() > limits.bytes) {
    return Error(ErrorKind::kExhausted,
                 "the page has " + std::to_string(utf8.size()) + " bytes; at most " + std::to_string(limits.bytes) + " are read");
  }
  const Guarded guarded = guard(utf8, limits);
  const std::unique_ptr<htmlParserCtxt, FreeContext> context(htmlNewParserCtxt());
  if (context == nullptr) return Error(ErrorKind::kExhausted, "no memory for the page");
  const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_NODEFDTD |
                      HTML_PARSE_COMPACT;
  auto tree = std::make_unique<Tree>();
  tree->document.reset(htmlCtxtReadMemory(context.get(), guarded.text.data(), static_cast<int>(guarded.text.size()), nullptr,
                                          "UTF-8", options));
  tree->cut = guarded.cut || context->nodeMax > limits.depth + 6;
  return Document(std::move(tree));
}

}  // namespace bylined::markup
