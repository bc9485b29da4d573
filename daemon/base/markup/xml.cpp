// SPDX-License-Identifier: Apache-2.0
#include "base/markup/xml.h"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <pugixml.hpp>

#include "base/markup/xml_scan.h"
#include "base/text/ascii.h"

namespace bylined::markup {
namespace {

// An element's text lies in the element itself where nothing stands before it: a smaller tree and fewer steps through it.
constexpr unsigned kPugiOptions = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_wconv_attribute | pugi::parse_embed_pcdata;
constexpr std::size_t kDepth = 256;  // deeper elements are dropped when mending

// The library's handles are pointers, but each of its own conversions and questions for null is a call into it.
pugi::xml_node node_of(void* raw) { return std::bit_cast<pugi::xml_node>(raw); }
void* raw_of(pugi::xml_node node) { return std::bit_cast<void*>(node); }
pugi::xml_attribute attribute_of(void* raw) { return std::bit_cast<pugi::xml_attribute>(raw); }
bool is_element(pugi::xml_node node) { return node.type() == pugi::node_element; }

XmlNode element_from(pugi::xml_node node) {
  while (raw_of(node) != nullptr && !is_element(node)) node = node.next_sibling();
  return XmlNode(raw_of(node));
}

// Elements below a node; walks without recursion, since a hostile feed nests as it likes.
std::size_t elements_below(pugi::xml_node top) {
  std::size_t count = 0;
  pugi::xml_node at = top.first_child();
  while (at) {
    if (is_element(at)) ++count;
    pugi::xml_node next = at.first_child();
    while (!next && at && at != top) {
      next = at.next_sibling();
      if (!next) at = at.parent();
    }
    at = next;
  }
  return count;
}

// Lists never hold one of their members inside another: where one begins, an unclosed one has ended.
bool is_member(std::string_view name) {
  constexpr std::array<std::string_view, 4> kMembers{"item", "entry", "url", "sitemap"};
  return std::find(kMembers.begin(), kMembers.end(), name) != kMembers.end();
}

// Builds a tree from the pieces of a damaged document: an end tag closes what it names, however much is
// open inside; one that names nothing open is skipped.
class Mender {
 public:
  explicit Mender(pugi::xml_document& document) : open_{document} {}

  void start(const XmlScanner& scanner) {
    if (is_member(scanner.name())) close(scanner.name());
    if (open_.size() > kDepth) return;
    pugi::xml_node node = open_.back().append_child(std::string(scanner.name()).c_str());
    for (const auto& [name, value] : scanner.attributes()) {
      node.append_attribute(std::string(name).c_str()) = undo_references(value).c_str();
    }
    if (!scanner.closes_itself()) open_.push_back(node);
  }

  void close(std::string_view name) {
    for (std::size_t at = open_.size(); at-- > 1;) {
      if (open_[at].name() != name) continue;
      open_.resize(at);
      return;
    }
  }

  void text(const std::string& text) {
    if (open_.size() > 1) open_.back().append_child(pugi::node_pcdata).set_value(text.c_str());
  }

 private:
  std::vector<pugi::xml_node> open_;  // the document, then elements
};

std::unique_ptr<pugi::xml_document> mended(std::string_view utf8) {
  auto document = std::make_unique<pugi::xml_document>();
  Mender mender(*document);
  XmlScanner scanner(utf8);
  for (auto piece = scanner.next(); piece != XmlScanner::Piece::kDone; piece = scanner.next()) {
    if (piece == XmlScanner::Piece::kStart) mender.start(scanner);
    if (piece == XmlScanner::Piece::kEnd) mender.close(scanner.name());
    if (piece == XmlScanner::Piece::kText) mender.text(scanner.text());
  }
  return document;
}

std::size_t count_of(std::string_view text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size())) ++count;
  return count;
}

// Looks for the bracket, of which there are fewer than of '<'.
std::size_t sections_begun(std::string_view utf8) {
  constexpr std::string_view kInside = "[CDATA[";
  std::size_t count = 0;
  for (std::size_t at = utf8.find(kInside); at != std::string_view::npos; at = utf8.find(kInside, at + kInside.size())) {
    count += utf8.substr(0, at).ends_with("<!");
  }
  return count;
}

// An unclosed CDATA section reads on to the end of the next one, items and all, without an error.
bool swallows_sections(std::string_view utf8) {
  const std::size_t begun = sections_begun(utf8);
  return begun > 0 && begun > count_of(utf8, "]]>");
}

struct StringWriter : pugi::xml_writer {
  std::string text;
  void write(const void* bytes, std::size_t size) override { text.append(static_cast<const char*>(bytes), size); }
};

std::string printed(pugi::xml_node node, unsigned options) {
  StringWriter writer;
  const auto print = [&](pugi::xml_node child) { child.print(writer, "", options | pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8); };
  pugi::xml_document front;  // the text in front is no child
  if (front.append_child(pugi::node_pcdata).set_value(node.value())) print(front.first_child());
  for (const pugi::xml_node child : node) print(child);
  return std::string(text::trimmed(writer.text));
}

// A warning that a server wrote in front may hold elements of its own: the root is the one with most inside.
pugi::xml_node largest_element(const pugi::xml_document& document) {
  const XmlNode first = element_from(document.first_child());
  if (!first || !first.next_sibling()) return document.document_element();
  pugi::xml_node largest;
  std::size_t most = 0;
  for (const pugi::xml_node top : document) {
    const std::size_t inside = is_element(top) ? elements_below(top) + 1 : 0;
    if (inside > most) largest = top;
    most = std::max(most, inside);
  }
  return largest;
}

}  // namespace

struct XmlDocument::Tree {
  std::string bytes;  // parsed in place
  std::unique_ptr<pugi::xml_document> document;
  pugi::xml_node root;
  bool damaged = false;
};

std::string_view XmlNode::name() const { return node_of(raw_).name(); }

std::string_view XmlNode::local_name() const { return split_name().local; }

XmlName XmlNode::split_name() const {
  const char* const full = node_of(raw_).name();
  const char* at = full;
  while (*at != '\0' && *at != ':') ++at;
  const std::string_view front(full, static_cast<std::size_t>(at - full));
  return *at == '\0' ? XmlName{std::string_view(), front} : XmlName{front, at + 1};
}

std::string XmlNode::text() const {
  std::string joined;
  return std::string(content_in(joined).text);
}

XmlContent XmlNode::content_in(std::string& joined) const {
  const pugi::xml_node node = node_of(raw_);
  XmlContent content{node.value(), XmlNode()};
  bool is_copy = false;
  for (pugi::xml_node child = node.first_child(); raw_of(child) != nullptr; child = child.next_sibling()) {
    const pugi::xml_node_type type = child.type();
    if (type == pugi::node_element && !content.element) content.element = XmlNode(raw_of(child));
    if (type != pugi::node_pcdata && type != pugi::node_cdata) continue;
    const std::string_view piece = child.value();
    if (content.text.empty()) {
      content.text = piece;
      continue;
    }
    if (!is_copy) joined = content.text;
    is_copy = true;
    joined += piece;
    content.text = joined;
  }
  content.text = text::trimmed(content.text);
  return content;
}

std::string XmlNode::markup() const { return printed(node_of(raw_), 0); }
std::string XmlNode::loose_markup() const { return printed(node_of(raw_), pugi::format_no_escapes); }

std::string_view XmlNode::attribute(std::string_view name) const {
  for (XmlAttribute one = first_attribute(); one; one = one.next()) {
    if (one.name() == name) return one.value();
  }
  return std::string_view();
}

std::vector<std::pair<std::string_view, std::string_view>> XmlNode::attributes() const {
  std::vector<std::pair<std::string_view, std::string_view>> all;
  for (XmlAttribute one = first_attribute(); one; one = one.next()) all.emplace_back(one.name(), one.value());
  return all;
}

XmlAttribute XmlNode::first_attribute() const { return XmlAttribute(std::bit_cast<void*>(node_of(raw_).first_attribute())); }
std::string_view XmlAttribute::name() const { return attribute_of(raw_).name(); }
std::string_view XmlAttribute::value() const { return attribute_of(raw_).value(); }
XmlAttribute XmlAttribute::next() const { return XmlAttribute(std::bit_cast<void*>(attribute_of(raw_).next_attribute())); }

bool XmlNode::has_elements() const { return static_cast<bool>(first_child()); }
XmlNode XmlNode::parent() const {
  const pugi::xml_node above = node_of(raw_).parent();
  return is_element(above) ? XmlNode(raw_of(above)) : XmlNode();
}
XmlNode XmlNode::first_child() const { return element_from(node_of(raw_).first_child()); }
XmlNode XmlNode::next_sibling() const { return element_from(node_of(raw_).next_sibling()); }

XmlNode XmlNode::child(std::string_view name) const {
  XmlNode one = first_child();
  while (one && one.name() != name) one = one.next_sibling();
  return one;
}

std::vector<XmlNode> XmlNode::children() const {
  std::vector<XmlNode> found;
  for (XmlNode one = first_child(); one; one = one.next_sibling()) found.push_back(one);
  return found;
}

std::vector<XmlNode> XmlNode::children(std::string_view name) const {
  std::vector<XmlNode> found = children();
  std::erase_if(found, [&](const XmlNode& one) { return one.name() != name; });
  return found;
}

XmlDocument::XmlDocument(std::unique_ptr<Tree> tree) : tree_(std::move(tree)) {}
XmlDocument::~XmlDocument() = default;
XmlDocument::XmlDocument(XmlDocument&&) noexcept = default;
XmlDocument& XmlDocument::operator=(XmlDocument&&) noexcept = default;

Result<XmlDocument> XmlDocument::parse(std::string_view utf8) { return parse_within(utf8, XmlLimits()); }

Result<XmlDocument> XmlDocument::parse_within(std::string_view utf8, const XmlLimits& limits) {
  if (utf8.size() > limits.bytes) return Error(ErrorKind::kExhausted, "XML of more than " + std::to_string(limits.bytes) + " bytes");
  const auto is_mark = [](char c) { return c == '<' || c == '='; };
  if (utf8.size() > limits.marks && static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), is_mark)) > limits.marks) {
    return Error(ErrorKind::kExhausted, "XML with more than " + std::to_string(limits.marks) + " tags and attributes");
  }
  auto tree = std::make_unique<Tree>();
  tree->bytes = utf8;
  tree->document = std::make_unique<pugi::xml_document>();
  // With the string's own end: else the parser puts one in place of the last byte, and a text that is cut there loses a part of a letter.
  const auto outcome = tree->document->load_buffer_inplace(tree->bytes.data(), tree->bytes.size() + 1, kPugiOptions, pugi::encoding_utf8);
  if (!outcome || swallows_sections(utf8)) {
    tree->damaged = true;
    auto second = mended(utf8);
    const std::size_t here = elements_below(*tree->document), there = elements_below(*second);
    if (there > here || (!outcome && there == here)) tree->document = std::move(second);  // after an error the first lost words
  }
  tree->root = largest_element(*tree->document);
  if (!tree->root) return Error(ErrorKind::kInvalid, std::string("no XML element in it: ") + outcome.description());
  return XmlDocument(std::move(tree));
}

XmlNode XmlDocument::root() const { return XmlNode(raw_of(tree_->root)); }
bool XmlDocument::damaged() const { return tree_->damaged; }

}  // namespace bylined::markup
