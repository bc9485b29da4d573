// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/markup/xml.h"
#include "base/text/decode.h"
#include "pipeline/listing/adapters/adapter.h"
#include "pipeline/listing/feed/fields.h"
#include "pipeline/listing/feed/json_feed.h"

namespace bylined::listing {
namespace {

using markup::XmlNode;

constexpr int kSearchDepth = 4;  // a feed inside something else, a channel inside another

bool is_root(XmlNode node) {
  for (const std::string_view name : {"rss", "rdf", "feed", "channel"}) {
    if (same_name(node.local_name(), name)) return true;
  }
  return false;
}

bool is_entry(std::string_view name) { return same_name(name, "item") || same_name(name, "entry"); }

XmlNode find_root(XmlNode node, int depth) {
  if (is_root(node)) return node;
  if (depth == 0) return XmlNode();
  for (XmlNode child = node.first_child(); child; child = child.next_sibling()) {
    if (const XmlNode found = find_root(child, depth - 1)) return found;
  }
  return XmlNode();
}

// Reads a feed's tree once, from the root down to its entries.
class Reader {
 public:
  Reader(XmlNode root, std::string url)
      : root_(root),
        vocabulary_(root),
        is_atom_(same_name(root.local_name(), "feed")),
        url_(std::move(url)),
        base_(root.attribute("xml:base"), url_),
        feed_(vocabulary_, is_atom_, base_.url(), said_, document_.texts) {}

  FeedDocument read() {
    walk(root_, base_.url(), kSearchDepth);
    feed_.into(document_);
    if (document_.url.empty()) document_.url = absolute_in(url_, root_.attribute("HREF"), document_.texts);  // CDF
    if (document_.language.empty()) document_.language = root_.attribute("xml:lang");
    sign(document_, said_.authors);
    return std::move(document_);
  }

 private:
  void walk(XmlNode node, const std::string& base, int depth) {
    for (XmlNode child = node.first_child(); child; child = child.next_sibling()) {
      const Element element(child);
      if (is_entry(element.name.local)) {
        add_entry(child, Base(element.marks.base, base).url());
      } else if (same_name(element.name.local, "channel")) {
        if (depth > 0) walk(child, Base(element.marks.base, base).url(), depth - 1);
        else ++document_.channels_left_out;
      } else {
        feed_.take(element);
      }
    }
  }

  void add_entry(XmlNode node, const std::string& base) {
    if (document_.entries.empty()) make_room(node);
    FeedEntry& entry = document_.entries.emplace_back();
    Fields fields(vocabulary_, is_atom_, base, entry, document_.texts);
    for (XmlNode child = node.first_child(); child; child = child.next_sibling()) fields.take(Element(child));
    if (entry.id.empty()) entry.id = node.attribute("rdf:about");
    if (entry.url.empty()) entry.url = absolute_in(base, node.attribute("rdf:about"), document_.texts);
    if (entry.url.empty()) entry.url = absolute_in(base, node.attribute("HREF"), document_.texts);
  }

  // For whatever follows the first entry: it moves none of those before it.
  void make_room(XmlNode node) {
    std::size_t count = 0;
    for (; node; node = node.next_sibling()) ++count;
    document_.entries.reserve(count);
  }

  XmlNode root_;
  Vocabulary vocabulary_;
  bool is_atom_;
  std::string url_;
  Base base_;
  FeedDocument document_;
  FeedEntry said_;  // what the feed says of itself
  Fields feed_;
};

bool opens_address(std::string_view tag) {
  const std::string_view name = tag.substr(1, tag.find_first_of(" \t\r\n>") - 1);
  for (const std::string_view one : {"link", "guid", "id", "feedburner:origLink"}) {
    if (same_name(name, one)) return true;
  }
  return false;
}

// The bytes end amid an address: what stands there so far is another address. Looked for behind CDATA and
// behind a tag that was begun.
bool ends_in_address(std::string_view utf8) {
  std::size_t at = utf8.rfind('<');
  for (int back = 0; back < 3 && at != std::string_view::npos; ++back) {
    const std::string_view tag = utf8.substr(at);
    if (opens_address(tag)) return true;
    if (!tag.starts_with("<!") && tag.find('>') != std::string_view::npos) return false;
    at = at == 0 ? std::string_view::npos : utf8.rfind('<', at - 1);
  }
  return false;
}

bool begins_object(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

Error no_feed(std::string_view utf8, std::string_view found) {
  const std::string wall = kind_of_wall(utf8);
  return Error(ErrorKind::kInvalid, "no feed but " + (wall.empty() ? std::string(found) : wall));
}

}  // namespace

Result<FeedDocument> read_feed(const model::Page& page) {
  if (begins_object(page.bytes) && text::claims_utf8(page.bytes, page.content_type)) {
    if (auto feed = read_json_feed(page.bytes, page.url)) return feed;  // its reader checks every letter
  }
  std::string copy;
  const std::string_view utf8 = text::decoded_in(page.bytes, page.content_type, copy);
  if (trimmed(utf8).empty()) return Error(ErrorKind::kInvalid, "the answer is empty");
  if (begins_object(utf8)) return read_json_feed(utf8, page.url);
  auto document = markup::XmlDocument::parse(utf8);
  if (!document) return document.error().kind() == ErrorKind::kInvalid ? no_feed(utf8, "a text") : document.error();
  const XmlNode root = find_root(document->root(), kSearchDepth);
  if (!root) {
    const bool is_html = same_name(document->root().local_name(), "html");
    return no_feed(utf8, is_html ? "an HTML page" : "XML of another kind, <" + std::string(document->root().name().substr(0, 60)) + ">");
  }
  FeedDocument feed = Reader(root, page.url).read();
  feed.damaged |= document->damaged();
  if (document->damaged() && !feed.entries.empty() && ends_in_address(utf8)) feed.entries.pop_back();
  feed.texts.hold(std::make_shared<markup::XmlDocument>(std::move(*document)));
  return feed;
}

}  // namespace bylined::listing
