// SPDX-License-Identifier: Apache-2.0
#include "tests/press/pages.h"
#include "tests/press/stamps.h"

namespace bylined::press {
namespace {

std::string article_head(const Copy& copy) {
  return "<!doctype html>\n<html lang=\"" + copy.article->language + "\"><head><meta charset=\"utf-8\">\n<title>" + escaped(copy.title) + " - " +
         escaped(copy.outlet->name) + "</title>\n<link rel=\"canonical\" href=\"" + escaped(copy.url) + "\">\n<meta property=\"og:title\" content=\"" +
         escaped(copy.title) + "\">\n<meta property=\"og:type\" content=\"article\">\n<meta property=\"og:site_name\" content=\"" +
         escaped(copy.outlet->name) + "\">\n<meta property=\"og:url\" content=\"" + escaped(copy.url) +
         "\">\n<meta property=\"article:published_time\" content=\"" + iso(copy.published) +
         "\">\n<meta property=\"article:modified_time\" content=\"" + iso(copy.changed) + "\">\n<meta name=\"author\" content=\"" +
         escaped(copy.article->author) + "\"></head>\n";
}

std::string article_body(const Copy& copy) {
  std::string html = "<article class=\"article\"><header><h1>" + escaped(copy.title) + "</h1>\n<p class=\"byline\">" + escaped(copy.article->author) +
                     " · <time datetime=\"" + iso(copy.published) + "\">" + korean_minutes(copy.published) + "</time></p></header>\n" +
                     "<div class=\"article-body\" itemprop=\"articleBody\">\n";
  for (std::size_t i = 0; i < copy.paragraphs.size(); ++i) {
    html += "<p>" + escaped(copy.paragraphs[i]) + "</p>\n";
    if (i == 0 && !copy.article->caption.empty()) {
      html += "<figure><img src=\"/image/a.jpg\" alt=\"\"><figcaption>" + escaped(copy.article->caption) + "</figcaption></figure>\n";
    }
  }
  return html + "</div></article>\n";
}

std::string side_column(const Copy& copy) {
  std::string html = "<aside class=\"related\"><h2>관련 기사</h2><ul>\n";
  for (const std::string& headline : copy.article->related) html += "<li><a href=\"/article/1\">" + escaped(headline) + "</a></li>\n";
  return html + "</ul></aside>\n";
}

std::string list_row(const Copy& copy) {
  return "<li class=\"row\"><a class=\"row-link\" href=\"" + escaped(copy.url) + "\"><strong class=\"row-title\">" + escaped(copy.title) +
         "</strong></a>\n<p class=\"row-summary\">" + escaped(copy.summary()) + "</p>\n<span class=\"row-by\">" + escaped(copy.article->author) +
         "</span> <time datetime=\"" + iso(copy.published) + "\">" + korean_minutes(copy.published) + "</time></li>\n";
}

}  // namespace

std::string own_article(const Copy& copy) {
  return article_head(copy) + "<body>\n<nav><a href=\"/\">" + escaped(copy.outlet->name) + "</a> <a href=\"/economy\">경제</a> <a href=\"/tech\">기술</a></nav>\n<main>\n" +
         article_body(copy) + side_column(copy) + "</main>\n<footer><p>무단 전재 및 재배포 금지</p></footer></body></html>\n";
}

std::string list_page(const Outlet& outlet, const std::vector<Copy>& copies) {
  std::string html = "<!doctype html>\n<html lang=\"ko\"><head><meta charset=\"utf-8\"><title>" + escaped(outlet.name) +
                     "</title></head>\n<body><h1>" + escaped(outlet.name) + "</h1>\n<ul class=\"rows\">\n";
  for (const Copy& copy : copies) html += list_row(copy);
  return html + "</ul></body></html>\n";
}

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#x27;"; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace bylined::press
