// SPDX-License-Identifier: Apache-2.0
#include "base/markup/html.h"

#include "base/markup/html_arena.h"
#include "base/markup/html_index.h"
#include "base/markup/html_tree.h"

namespace bylined::markup {
namespace {

const RawAttribute* find_attribute(const RawNode* node, std::string_view name) {
  if (node == nullptr) return nullptr;
  for (const RawAttribute* attribute = node->attributes; attribute != node->attributes + node->attribute_count; ++attribute) {
    if (attribute->name == name) return attribute;
  }
  return nullptr;
}

Error too_long(std::string_view page, const HtmlLimits& limits) {
  return Error(ErrorKind::kExhausted, "the page has " + std::to_string(page.size()) + " bytes; at most " + std::to_string(limits.bytes) + " are read");
}

}  // namespace

std::string_view Node::attribute(std::string_view name) const {
  const RawAttribute* attribute = find_attribute(raw_, name);
  return attribute == nullptr ? std::string_view() : attribute->value;
}

bool Node::has_attribute(std::string_view name) const { return find_attribute(raw_, name) != nullptr; }

Node Node::next_behind(Node top) const {
  const RawNode* node = raw_;
  while (node != nullptr && node != top.raw_ && node->next == nullptr) node = node->parent;
  return Node(node == nullptr || node == top.raw_ ? nullptr : node->next);
}

struct Document::Tree {
  std::string page;  // texts and attributes lie in it
  Arena arena;
  const RawNode* root = nullptr;
  std::uint32_t nodes = 0;
  bool cut = false;
  std::optional<ElementIndex> index;
};

Document::Document(std::unique_ptr<Tree> tree) : tree_(std::move(tree)) {}
Document::~Document() = default;
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;

bool Document::cut() const { return tree_->cut; }
Node Document::root() const { return Node(tree_->root); }
const ElementIndex& Document::index() const { return *tree_->index; }
std::span<const Node> Document::elements() const { return tree_->index->all(); }
std::uint32_t Document::size() const { return tree_->nodes; }

Result<Document> Document::parse(std::string_view utf8, const HtmlLimits& limits) {
  return utf8.size() > limits.bytes ? too_long(utf8, limits) : parse_owned(std::string(utf8), limits);
}

Result<Document> Document::parse_owned(std::string utf8, const HtmlLimits& limits) {
  if (utf8.size() > limits.bytes) return too_long(utf8, limits);
  auto tree = std::make_unique<Tree>();
  tree->page = std::move(utf8);
  TreeBuilder builder(tree->arena, tree->page.data(), tree->page.data() + tree->page.size(), limits);
  tree->root = builder.build();
  tree->nodes = builder.nodes();
  tree->cut = builder.cut();
  tree->index.emplace(Node(tree->root), tree->nodes);
  return Document(std::move(tree));
}

}  // namespace bylined::markup
