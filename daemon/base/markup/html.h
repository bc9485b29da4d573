// SPDX-License-Identifier: Apache-2.0
// Hostile HTML as a small read-only tree, built by the HTML Standard's rules. Knows nothing of articles. Time
// and memory are linear in the page; a page over a limit is refused, or cut and marked.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/markup/html_raw.h"
#include "base/result.h"

namespace bylined::markup {

struct HtmlLimits {
  std::size_t bytes = 16u << 20;      // more is refused
  std::size_t tag_bytes = 64u << 10;  // attributes beyond are dropped
  int attributes = 256;               // on one tag; more are dropped
  int depth = 250;                    // deeper elements become children of the deepest
  std::uint32_t pieces = 1'000'000;   // elements, texts and attributes, 100 bytes each at most; the page is cut behind them
};

// A place in a Document; cheap to copy, valid as long as the Document lives. A default Node is none.
class Node {
 public:
  Node() = default;
  explicit operator bool() const { return raw_ != nullptr; }
  bool operator==(const Node&) const = default;

  bool is_element() const;
  bool is_text() const;
  Tag tag() const;                                     // kText for a text and for none
  std::string_view name() const;                       // lower case; empty for a text
  std::string_view attribute(std::string_view name) const;  // empty where absent
  bool has_attribute(std::string_view name) const;
  bool has_class(std::string_view name) const;
  // Calls with each (name, value) in the page's order.
  template <class F>
  void each_attribute(F&& call) const {
    for (int i = 0; raw_ != nullptr && i < raw_->attribute_count; ++i) call(raw_->attributes[i].name, raw_->attributes[i].value);
  }
  std::string_view text_content() const;               // of a text node
  Node parent() const;
  Node first_child() const;
  Node next_sibling() const;
  Node previous_sibling() const;
  // All text below, blanks collapsed, <br> and blocks as blanks; scripts and styles left out.
  std::string text() const;

  // The next in document order below `top`, this one's children included or left out.
  Node next_below(Node top) const;
  Node next_behind(Node top) const;
  // Whether it may have all these attributes and classes, told by their signs (html_raw.h).
  bool may_have(std::uint64_t signs) const { return raw_ != nullptr && (raw_->signs & signs) == signs; }
  // A small number of its own in this document, below Document::size().
  std::uint32_t index() const;

  explicit Node(const RawNode* raw) : raw_(raw) {}

 private:
  const RawNode* raw_ = nullptr;
};

inline bool Node::is_element() const { return raw_ != nullptr && raw_->tag != Tag::kText; }
inline bool Node::is_text() const { return raw_ != nullptr && raw_->tag == Tag::kText; }
inline Tag Node::tag() const { return raw_ == nullptr ? Tag::kText : raw_->tag; }
inline std::string_view Node::name() const { return is_element() ? raw_->text : std::string_view(); }
inline std::string_view Node::text_content() const { return is_text() ? raw_->text : std::string_view(); }
inline std::uint32_t Node::index() const { return raw_->index; }
inline Node Node::parent() const { return Node(raw_ == nullptr ? nullptr : raw_->parent); }
inline Node Node::first_child() const { return Node(raw_ == nullptr ? nullptr : raw_->first); }
inline Node Node::next_sibling() const { return Node(raw_ == nullptr ? nullptr : raw_->next); }
inline Node Node::previous_sibling() const { return Node(raw_ == nullptr ? nullptr : raw_->previous); }
inline Node Node::next_below(Node top) const { return raw_->first != nullptr ? Node(raw_->first) : next_behind(top); }

// A CSS selector: type, #id, .class, [attr], [attr=v] [attr^=v] [attr$=v] [attr*=v] [attr~=v],
// :first-child, :nth-child(n), :not(simple), descendant, child '>', next '+' and ',' lists.
class Selector {
 public:
  // kInvalid with the place (column, from 1) and what was expected.
  static Result<Selector> compile(std::string_view css);
  ~Selector();
  Selector(Selector&&) noexcept;
  Selector& operator=(Selector&&) noexcept;
  Selector(const Selector&);
  Selector& operator=(const Selector&);

  bool matches(Node node) const;
  const std::string& css() const;

 private:
  friend class Document;
  struct Parts;
  explicit Selector(std::shared_ptr<const Parts> parts);
  std::shared_ptr<const Parts> parts_;
};

class ElementIndex;

class Document {
 public:
  // `utf8` must be valid UTF-8. kExhausted names the limit that was passed.
  static Result<Document> parse(std::string_view utf8, const HtmlLimits& limits);
  // The same, of a text that nobody else needs: it becomes the document's own.
  static Result<Document> parse_owned(std::string utf8, const HtmlLimits& limits);
  ~Document();
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;

  Node root() const;  // <html>, always there
  std::uint32_t size() const;
  bool cut() const;  // something was dropped at a limit
  std::span<const Node> elements() const;  // all of them in document order
  // In document order, below `below` (the root where it is none).
  std::vector<Node> all(const Selector& selector, Node below = Node()) const;
  Node first(const Selector& selector, Node below = Node()) const;
  // For selectors written in our own code: a bad one is a bug and asserts.
  std::vector<Node> all(const char* css, Node below = Node()) const;
  Node first(const char* css, Node below = Node()) const;

 private:
  struct Tree;
  explicit Document(std::unique_ptr<Tree> tree);
  const ElementIndex& index() const;
  std::unique_ptr<Tree> tree_;
};

// The text of a piece of HTML (titles in JSON or feeds): tags removed, character references decoded once.
std::string plain_text(std::string_view html_fragment);

}  // namespace bylined::markup
