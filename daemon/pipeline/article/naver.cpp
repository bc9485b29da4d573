// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/naver.h"

#include <algorithm>
#include <utility>

#include "model/identity.h"
#include "pipeline/article/body/edges.h"
#include "pipeline/article/body/paragraphs.h"
#include "pipeline/article/byline/korean.h"
#include "pipeline/article/byline/names.h"

namespace bylined::article {
namespace {

using markup::Document;
using markup::Node;
using markup::Tag;

constexpr double kSure = 1.0;

constexpr const char* kBodies = "#dic_area, #articleBodyContents, #articeBody, #newsEndContents";

std::string meta_content(const Document& page, const char* meta) { return std::string(page.first(meta).attribute("content")); }
std::string text_of(Node node) { return node ? node.text() : std::string(); }

// Tries places in order; the first that says something is the claim.
class First {
 public:
  First(Evidence& evidence, Field field) : evidence_(evidence), field_(field) {}
  First& or_from(std::string_view from, std::string value) {
    if (!found_ && !value.empty()) evidence_.add(field_, std::move(value), std::string(from), kSure), found_ = true;
    return *this;
  }

 private:
  Evidence& evidence_;
  Field field_;
  bool found_ = false;
};

// A field of an object literal in a script: `office = { …, name : "JTBC", …`. No JSON: keys are bare.
std::string script_field(const Document& page, std::string_view object, std::string_view key) {
  for (const Node script : page.all("script")) {
    const std::string_view code = script.first_child().text_content();
    std::size_t at = code.find(object);
    if (at == std::string_view::npos) continue;
    const std::size_t end = std::min(code.find('}', at), code.size());
    at = code.find(key, at);
    const std::size_t quote = at < end ? code.find('"', at) : std::string_view::npos;
    if (quote >= end || code.find_first_not_of(" :", at + key.size()) != quote) continue;
    return std::string(code.substr(quote + 1, code.find('"', quote + 1) - quote - 1));
  }
  return std::string();
}

std::string before_bar(const std::string& text) {
  const std::size_t bar = text.find(" | ");
  return bar == std::string::npos ? std::string() : text.substr(0, bar);
}

void read_head(const model::Page& page, const Document& document, Evidence& evidence) {
  First(evidence, Field::kTitle)
      .or_from("mark #title_area", text_of(document.first("#title_area")))
      .or_from("mark .media_end_head_headline", text_of(document.first(".media_end_head_headline")))
      .or_from("meta og:title", meta_content(document, "meta[property='og:title']"));
  const auto numbers = model::naver_numbers(page.url);
  First(evidence, Field::kOutlet)
      .or_from("script office.name", script_field(document, "office = {", "name"))
      .or_from("meta twitter:creator", meta_content(document, "meta[name='twitter:creator']"))
      .or_from("meta og:article:author", before_bar(meta_content(document, "meta[property='og:article:author']")))
      .or_from("mark .media_end_head_top_logo img", std::string(document.first(".media_end_head_top_logo img[alt]").attribute("alt")))
      .or_from("url press code", numbers ? std::string(model::name_of_office(numbers->office)) : std::string());
  const auto stamp = [&](Field field, const char* css, const char* attribute) {
    const auto read = text::read_date(document.first(css).attribute(attribute));
    if (read) evidence.add(field, *read, std::string("mark ") + attribute, kSure);
  };
  stamp(Field::kPublished, "._ARTICLE_DATE_TIME[data-date-time]", "data-date-time");
  stamp(Field::kModified, "._ARTICLE_MODIFY_DATE_TIME[data-modify-date-time]", "data-modify-date-time");
  evidence.add(Field::kOriginalUrl, std::string(document.first("a.media_end_head_origin_link").attribute("href")), "mark .media_end_head_origin_link", kSure);
  std::string sections;
  for (const Node item : document.all("em.media_end_categorize_item")) sections += (sections.empty() ? "" : ", ") + item.text();
  evidence.add(Field::kSection, std::move(sections), "mark .media_end_categorize_item", kSure);
  evidence.add(Field::kImage, meta_content(document, "meta[property='og:image']"), "meta og:image", kSure);
  evidence.add(Field::kCanonicalUrl, meta_content(document, "meta[property='og:url']"), "meta og:url", kSure);
  evidence.add(Field::kLanguage, std::string("ko"), "site", kSure);
}

bool is_photo(Node node) { return node.has_class("end_photo_org") || node.has_class("nbd_im_w") || node.has_class("img_desc"); }

// The photo tables of the older layout: a photo in one cell, its caption in another.
bool is_photo_table(const Document& document, Node node) {
  if (node.tag() != Tag::kTable || !document.first(".end_photo_org, .nbd_im_w, img", node)) return false;
  std::size_t texts = 0;
  for (const Node cell : document.all("td", node)) {
    if (!document.first("td", cell) && !cell.text().empty()) ++texts;
  }
  return texts <= 1;
}

bool is_video(Node node) { return node.has_class("vod_player_wrap") || node.has_class("_VIDEO_AREA_WRAP"); }

void read_body(const Document& document, Node body, Evidence& evidence) {
  std::vector<std::string> captions;
  std::string summary;
  auto paragraphs = paragraphs_of(body, [&](Node node) {
    const bool summarises = node.has_class("media_end_summary");
    const bool pictures = is_photo(node) || is_photo_table(document, node);
    if (summarises) summary = joined(paragraphs_of(node, [](Node) { return false; }));
    if (pictures && !node.text().empty()) captions.push_back(node.text());
    return summarises || pictures || is_video(node);
  });
  Byline byline = take_bylines(paragraphs);
  const bool only_pictures = paragraphs.empty();  // photo news: what the pictures show is all there is to tell
  if (only_pictures) join(byline, take_bylines(paragraphs = std::exchange(captions, {})));
  evidence.add(Field::kBody, joined(paragraphs), only_pictures ? "mark .img_desc of a page without text" : "mark #" + std::string(body.attribute("id")), kSure);
  evidence.add(Field::kSummary, std::move(summary), "mark .media_end_summary", kSure);
  evidence.add(Field::kSummary, meta_content(document, "meta[property='og:description']"), "meta og:description", kSure / 2);
  evidence.add(Field::kCaptions, std::move(captions), "mark .img_desc", kSure);
  evidence.add(Field::kAuthors, byline.names, "text byline", kSure / 2);
  evidence.add(Field::kByline, byline.printed, "text byline", kSure / 2);
}

void add_new(std::vector<std::string>& names, const std::vector<std::string>& more) {
  for (const std::string& name : more) add_name(names, name);
}

// A reporter without a page of his own stands in the byline only, so both are read.
void read_authors(const Document& document, Evidence& evidence) {
  std::vector<std::string> names;
  for (const Node node : document.all("em.media_end_head_journalist_name")) add_new(names, korean_names(node.text()));
  std::string printed;
  for (const Node node : document.all(".byline_s")) {
    add_new(names, korean_names(node.text()));
    printed += (printed.empty() ? "" : ", ") + node.text();
  }
  evidence.add(Field::kAuthors, std::move(names), "mark .media_end_head_journalist_name, .byline_s", kSure);
  evidence.add(Field::kByline, std::move(printed), "mark .byline_s", kSure);
}

}  // namespace

bool is_naver_article(const model::Page& page, const Document& document) {
  return model::naver_numbers(page.url).has_value() && (document.first(kBodies) || document.first("#title_area, .media_end_head_headline"));
}

Result<Evidence> read_naver(const model::Page& page, const Document& document) {
  const Node body = document.first(kBodies);
  if (!body) return Error(ErrorKind::kInvalid, "Naver's page has no article body (#dic_area)");
  Evidence evidence;
  read_head(page, document, evidence);
  read_authors(document, evidence);
  read_body(document, body, evidence);
  if (evidence.claims(Field::kTitle).empty()) return Error(ErrorKind::kInvalid, "Naver's page has no headline (#title_area)");
  if (evidence.claims(Field::kPublished).empty()) return Error(ErrorKind::kInvalid, "Naver's page has no time (data-date-time)");
  return evidence;
}

}  // namespace bylined::article
