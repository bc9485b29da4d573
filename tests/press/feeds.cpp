// SPDX-License-Identifier: Apache-2.0
#include "tests/press/pages.h"
#include "tests/press/stamps.h"

namespace bylined::press {
namespace {

std::string rss_item(const Copy& copy) {
  return "<item>\n<title><![CDATA[" + copy.title + "]]></title>\n<link>" + escaped(copy.url) + "</link>\n<guid isPermaLink=\"false\">" +
         escaped(copy.place->number) + "</guid>\n<description>" + escaped(copy.summary()) + "</description>\n<dc:creator>" +
         escaped(copy.article->author) + "</dc:creator>\n<pubDate>" + rfc822(copy.published) + "</pubDate>\n</item>\n";
}

std::string atom_entry(const Copy& copy) {
  return "<entry>\n<id>tag:" + escaped(copy.outlet->id) + ",2025:" + escaped(copy.place->number) + "</id>\n<title type=\"text\">" +
         escaped(copy.title) + "</title>\n<link rel=\"alternate\" type=\"text/html\" href=\"" + escaped(copy.url) + "\"/>\n<author><name>" +
         escaped(copy.article->author) + "</name></author>\n<published>" + iso(copy.published) + "</published>\n<updated>" + iso(copy.changed) +
         "</updated>\n<summary>" + escaped(copy.summary()) + "</summary>\n</entry>\n";
}

}  // namespace

std::string Copy::summary() const {
  if (!article->summary.empty()) return article->summary;
  return paragraphs.front();
}

std::string feed_rss(const Outlet& outlet, const std::vector<Copy>& copies) {
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n<title>" +
                    escaped(outlet.name) + "</title>\n<link>" + escaped(outlet.listing) + "</link>\n<description>" + escaped(outlet.name) +
                    "</description>\n";
  for (const Copy& copy : copies) xml += rss_item(copy);
  return xml + "</channel>\n</rss>\n";
}

std::string feed_atom(const Outlet& outlet, const std::vector<Copy>& copies) {
  std::string xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>" + escaped(outlet.name) +
                    "</title>\n<id>" + escaped(outlet.listing) + "</id>\n<link rel=\"self\" href=\"" + escaped(outlet.listing) + "\"/>\n";
  if (!copies.empty()) xml += "<updated>" + iso(copies.front().changed) + "</updated>\n";
  for (const Copy& copy : copies) xml += atom_entry(copy);
  return xml + "</feed>\n";
}

}  // namespace bylined::press
