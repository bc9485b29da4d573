// SPDX-License-Identifier: Apache-2.0
#include <boost/json.hpp>

#include "base/digest.h"
#include "tests/press/pages.h"
#include "tests/press/stamps.h"

namespace bylined::press {
namespace {

// Names of persons and firms beside the article, where nobody may look for mentions or authors.
constexpr std::string_view kElsewhere =
    R"(<div class="media_journalistcard"><div class="media_journalistcard_morenews"><ul>)"
    R"(<li><a href="/article/277/0005600001?type=journalists">다른 기사 하나</a></li></ul></div></div>)"
    R"(<script type="text/x-template" class="_RECOMMEND_JOURNALIST_TEMPLATE"><b>{{name}} 기자</b></script>)";

std::string item_link(const Copy& copy) { return copy.url + "?type=journalists"; }

std::string item(const Copy& copy, const Outlet& outlet, Instant now) {
  const bool old = now - copy.published > std::chrono::hours(24 * 7);
  std::string html = "<li class=\"press_edit_news_item as_no_thumb _rcount\" data-comment='{\"gno\":\"news" + outlet.office + "," +
                     copy.place->number + "\",\"type\":\"press\"}' data-service-datetime=\"" + korean_digits(copy.published) + "\">\n";
  html += "<a class=\"press_edit_news_link\" href=\"" + escaped(item_link(copy)) + "\"><span class=\"press_edit_news_text\">";
  html += "<span class=\"press_edit_news_title\">" + escaped(copy.title) + "</span>";
  html += std::string("<span class=\"r_ico_b r_modify ") + (old ? "is_outdated" : "is_recent") + "\"><b>" + korean_ago(copy.published, now) +
          "</b></span></span></a></li>\n";
  return html;
}

std::string list(const std::vector<Copy>& copies, std::size_t from, std::size_t to, const Outlet& outlet, Instant now) {
  std::string html = "<ul class=\"press_edit_news_list as_5item_separator\">\n";
  for (std::size_t i = from; i < to; ++i) html += item(copies[i], outlet, now);
  return html + "</ul>\n";
}

std::string profile(const Outlet& outlet) {
  return "<div class=\"journalist_profile_body\"><div class=\"media_reporter_basic_text\"><a href=\"/press/" + outlet.office +
         "\"><span class=\"media_reporter_basic_press_txt\">" + escaped(outlet.name) + "</span></a>\n<h2 class=\"media_reporter_basic_name\">" +
         escaped(outlet.journalist) + " 기자</h2></div>\n<p class=\"media_reporter_profile_introduce\">산업과 기술을 씁니다.</p></div>\n";
}

std::string date_stamps(const Copy& copy) {
  std::string html = "<div class=\"media_end_head_info_datestamp_bunch\"><em class=\"media_end_head_info_datestamp_term\">입력</em>"
                     "<span class=\"media_end_head_info_datestamp_time _ARTICLE_DATE_TIME\" data-date-time=\"" +
                     korean_seconds(copy.published) + "\">" + korean_minutes(copy.published) + "</span></div>\n";
  if (copy.changed > copy.published) {
    html += "<div class=\"media_end_head_info_datestamp_bunch\"><em class=\"media_end_head_info_datestamp_term\">수정</em>"
            "<span class=\"media_end_head_info_datestamp_time _ARTICLE_MODIFY_DATE_TIME\" data-modify-date-time=\"" +
            korean_seconds(copy.changed) + "\">" + korean_minutes(copy.changed) + "</span></div>\n";
  }
  return html;
}

std::string head(const Copy& copy) {
  std::string html = "<div class=\"media_end_head go_trans\"><h2 id=\"title_area\" class=\"media_end_head_headline\"><span>" + escaped(copy.title) +
                     "</span></h2>\n<div class=\"media_end_head_info nv_notrans\"><div class=\"media_end_head_info_datestamp\">\n" +
                     date_stamps(copy);
  if (!copy.original_url.empty()) {
    html += "<a class=\"media_end_head_origin_link\" href=\"" + escaped(copy.original_url) + "\">기사원문</a>";
  }
  return html + "</div>\n<div class=\"media_end_head_journalist\"><a class=\"media_end_head_journalist_box\" href=\"" + escaped(copy.outlet->listing) +
         "\"><em class=\"media_end_head_journalist_name\">" + escaped(copy.article->author) + "</em></a></div></div></div>\n";
}

std::string body(const Copy& copy) {
  std::string html = "<div id=\"newsct_article\" class=\"newsct_article _article_body\"><article id=\"dic_area\" class=\"go_trans _article_content\">";
  html += "[" + escaped(copy.outlet->name) + " " + escaped(copy.article->author) + "] ";
  for (std::size_t i = 0; i < copy.paragraphs.size(); ++i) {
    if (i > 0) html += "<br><br>";
    html += escaped(copy.paragraphs[i]);
    if (i == 0 && !copy.article->caption.empty()) {
      html += "<br><br><span class=\"end_photo_org\"><div class=\"nbd_im_w\"><img data-src=\"/image/a.jpg\"></div><em class=\"img_desc\">" +
              escaped(copy.article->caption) + "</em></span>";
    }
  }
  return html + "</article></div>\n<div class=\"byline\"><p class=\"byline_p\"><span class=\"byline_s\">" + escaped(copy.article->author) +
         " desk@press.example</span></p></div>\n";
}

std::string related(const Copy& copy) {
  std::string html = "<div class=\"rl_section\"><ul class=\"rl_list\">\n";
  for (const std::string& headline : copy.article->related) {
    html += "<li class=\"rl_item\"><a href=\"/article/001/0000000001\">" + escaped(headline) + "</a></li>\n";
  }
  return html + "</ul></div>\n";
}

std::string page_head(const Copy& copy) {
  return "<!doctype html>\n<html lang=\"ko\"><head><meta charset=\"utf-8\"><title>" + escaped(copy.title) +
         "</title>\n<meta property=\"og:title\" content=\"" + escaped(copy.title) + "\">\n<meta property=\"og:type\" content=\"article\">\n" +
         "<meta property=\"og:article:author\" content=\"" + escaped(copy.outlet->name) + " | 네이버\">\n<meta name=\"twitter:creator\" content=\"" +
         escaped(copy.outlet->name) + "\">\n<script>var office = { isChannel: true, name : \"" + escaped(copy.outlet->name) +
         "\" };</script></head>\n";
}

}  // namespace

std::string more_articles_path(const Outlet& outlet) {
  const std::string seed = hex(sha256(outlet.id));
  return "/j/moreArticles/" + seed.substr(0, 8) + "-" + seed.substr(8, 4) + "-" + seed.substr(12, 4) + "-" + seed.substr(16, 4) + "-" +
         seed.substr(20, 12) + "?cursor=10203040";
}

std::string journalist_page(const Outlet& outlet, const std::vector<Copy>& copies, Instant now) {
  const std::size_t latest = std::min(copies.size(), outlet.page_size);
  const std::size_t most_read = std::min<std::size_t>(copies.size(), 3);
  std::string html = "<!doctype html>\n<html lang=\"ko\"><head><meta charset=\"utf-8\"><title>" + escaped(outlet.journalist) +
                     " 기자 : 네이버 뉴스</title></head>\n<body>\n" + profile(outlet);
  html += "<div class=\"press_edit_news _ranking\"><h3>많이 본 기사</h3>\n" + list(copies, copies.size() - most_read, copies.size(), outlet, now) + "</div>\n";
  html += "<div class=\"press_edit_news _latest\" data-more-url=\"" + escaped(more_articles_path(outlet)) + "\"><h3>최신 기사</h3>\n" +
          list(copies, 0, latest, outlet, now) + "<button class=\"press_edit_news_more\" data-cursor=\"10203040\">더보기</button></div>\n";
  return html + "</body></html>\n";
}

std::string more_articles(const Outlet& outlet, const std::vector<Copy>& copies, std::size_t page, Instant now) {
  boost::json::array rows;
  const std::size_t from = (page == 0 ? 0 : page - 1) * outlet.page_size;
  for (std::size_t i = from; i < std::min(copies.size(), from + outlet.page_size); ++i) {
    boost::json::object row;
    row["title"] = copies[i].title;
    row["linkUrl"] = item_link(copies[i]);
    row["serviceTimeForCardList"] = korean_ago(copies[i].published, now);
    rows.push_back(std::move(row));
  }
  boost::json::object root;
  root["result"] = std::move(rows);
  return boost::json::serialize(root);
}

std::string portal_article(const Copy& copy) {
  return page_head(copy) + "<body>\n<div id=\"ct_wrap\"><div id=\"contents\" class=\"newsct_body\">\n" + head(copy) + body(copy) + related(copy) +
         std::string(kElsewhere) + "</div></div></body></html>\n";
}

std::string gone_page() {
  return "<!doctype html>\n<html lang=\"ko\"><head><meta charset=\"utf-8\"><title>오류</title></head>\n<body><p>페이지를 찾을 수 없습니다.</p></body></html>\n";
}

}  // namespace bylined::press
