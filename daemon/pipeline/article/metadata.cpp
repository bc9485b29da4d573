// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/metadata.h"

#include <algorithm>

#include "base/net/url.h"
#include "base/text/date.h"
#include "pipeline/article/names.h"

namespace bylined::article {
namespace {

using markup::Document;
using markup::Node;

// Where a claim stands and how far it is to be trusted; the value is an attribute, or the text where none is named.
struct Place {
  const char* selector;
  const char* attribute;
  double weight;
};

constexpr Place kTitles[] = {{"meta[property='og:title']", "content", 0.75}, {"meta[name='twitter:title']", "content", 0.5}, {"h1[itemprop=headline]", "", 0.8},
                             {"h1", "", 0.7}, {"title", "", 0.4}};
constexpr Place kAuthors[] = {{"meta[name=author]", "content", 0.7}, {"meta[property='article:author']", "content", 0.6}, {"meta[name=byl]", "content", 0.7},
                              {"meta[property='dable:author']", "content", 0.7}, {"meta[name='dable:author']", "content", 0.7},
                              {"meta[name='parsely-author']", "content", 0.7}, {"meta[name='sailthru.author']", "content", 0.7},
                              {"meta[name='dc.creator']", "content", 0.6}, {"meta[name='DC.creator']", "content", 0.6}, {"[itemprop=author] [itemprop=name]", "", 0.6},
                              {"[itemprop=author]", "", 0.5}, {"a[rel=author]", "", 0.6}, {".byline__name", "", 0.5}, {".author-name", "", 0.5}, {".author a", "", 0.4},
                              {".byline a", "", 0.4}, {".byline", "", 0.35}, {".author", "", 0.35}};
constexpr Place kPublished[] = {{"meta[property='article:published_time']", "content", 0.9}, {"meta[itemprop=datePublished]", "content", 0.9},
                                {"[itemprop=datePublished]", "datetime", 0.8}, {"[itemprop=datePublished]", "content", 0.8},
                                {"meta[property='og:article:published_time']", "content", 0.8}, {"meta[property='og:published_time']", "content", 0.8},
                                {"meta[name='article:published_time']", "content", 0.8}, {"meta[name=pubdate]", "content", 0.8},
                                {"meta[name=publishdate]", "content", 0.8}, {"meta[name='parsely-pub-date']", "content", 0.8}, {"meta[name='sailthru.date']", "content", 0.7},
                                {"meta[name='dc.date']", "content", 0.6}, {"meta[name='DC.date.issued']", "content", 0.8}, {"meta[name='dcterms.created']", "content", 0.7},
                                {"meta[name='dcterms.date']", "content", 0.7}, {"meta[property='og:regDate']", "content", 0.8}, {"meta[name=date]", "content", 0.7},
                                {"time[pubdate]", "datetime", 0.7}, {"article time", "datetime", 0.6}, {"time", "datetime", 0.5}, {"time", "", 0.4}, {".published", "", 0.4},
                                {".entry-date", "", 0.4}, {".post-date", "", 0.4}, {".date", "", 0.3}};
constexpr Place kModified[] = {{"meta[property='article:modified_time']", "content", 0.9}, {"meta[property='og:updated_time']", "content", 0.6},
                               {"[itemprop=dateModified]", "content", 0.8}, {"[itemprop=dateModified]", "datetime", 0.8}, {"meta[name='last-modified']", "content", 0.5}};
constexpr Place kOutlets[] = {{"meta[property='og:site_name']", "content", 0.9}, {"meta[name='application-name']", "content", 0.5}};
constexpr Place kSummaries[] = {{"meta[property='og:description']", "content", 0.7}, {"meta[name=description]", "content", 0.6}, {"meta[name='twitter:description']", "content", 0.4}};
constexpr Place kSections[] = {{"meta[property='article:section']", "content", 0.8}};
constexpr Place kLanguages[] = {{"html", "lang", 0.8}, {"meta[http-equiv='content-language']", "content", 0.5}, {"meta[property='og:locale']", "content", 0.5}};
constexpr Place kImages[] = {{"meta[property='og:image']", "content", 0.8}, {"meta[name='twitter:image']", "content", 0.5}, {"link[rel=image_src]", "href", 0.4}};
constexpr Place kCanonicals[] = {{"link[rel=canonical]", "href", 0.9}, {"meta[property='og:url']", "content", 0.6}};

std::string value_at(const Document& document, const Place& place) {
  const Node node = document.first(place.selector);
  if (!node) return {};
  return place.attribute[0] == '\0' ? node.text() : std::string(node.attribute(place.attribute));
}

template <std::size_t N, class F>
void each(const Document& document, const Place (&places)[N], F take) {
  for (const Place& place : places) {
    std::string value = value_at(document, place);
    if (!value.empty()) take(std::move(value), place);
  }
}

std::string absolute(const std::string& url, const std::string& reference) {
  const auto base = net::Url::parse(url);
  const auto full = base ? base->resolve(reference) : net::Url::parse(reference);
  return full ? full->text() : std::string();
}

// "ko_KR" is "ko-KR".
std::string language_tag(std::string text) {
  std::replace(text.begin(), text.end(), '_', '-');
  return text.size() >= 2 && text.size() <= 16 && text.find(' ') == std::string::npos ? text : std::string();
}

// A headline without the outlet's name behind it: what stands before the last bar or dash, where the page's
// own heading or the outlet's name says so.
std::string headline(std::string title, const std::string& outlet, const std::string& heading) {
  for (const std::string_view bar : {" | ", " - ", " – ", " — ", " :: ", " : ", " » ", " · ", "|"}) {
    const std::size_t at = title.rfind(bar);
    if (at == std::string::npos || at == 0) continue;
    const std::string before = title.substr(0, at);
    const std::string after = title.substr(at + bar.size());
    const bool names_outlet = !outlet.empty() && (after.find(outlet) != std::string::npos || outlet.find(after) != std::string::npos);
    if (names_outlet || before == heading) return before;
  }
  return title;
}

}  // namespace

void read_metadata(const Document& document, const std::string& url, Evidence& evidence) {
  const std::string outlet = value_at(document, kOutlets[0]);
  const Node h1 = document.first("h1");
  const std::string heading = h1 ? h1.text() : std::string();
  each(document, kTitles, [&](std::string value, const Place& place) { evidence.add(Field::kTitle, headline(std::move(value), outlet, heading), place.selector, place.weight); });
  each(document, kAuthors, [&](const std::string& value, const Place& place) { evidence.add(Field::kAuthors, person_names(value), place.selector, place.weight); });
  each(document, kOutlets, [&](std::string value, const Place& place) { evidence.add(Field::kOutlet, std::move(value), place.selector, place.weight); });
  each(document, kSummaries, [&](std::string value, const Place& place) { evidence.add(Field::kSummary, std::move(value), place.selector, place.weight); });
  each(document, kSections, [&](std::string value, const Place& place) { evidence.add(Field::kSection, std::move(value), place.selector, place.weight); });
  each(document, kLanguages, [&](std::string value, const Place& place) { evidence.add(Field::kLanguage, language_tag(std::move(value)), place.selector, place.weight); });
  each(document, kImages, [&](const std::string& value, const Place& place) { evidence.add(Field::kImage, absolute(url, value), place.selector, place.weight); });
  each(document, kCanonicals, [&](const std::string& value, const Place& place) { evidence.add(Field::kCanonicalUrl, absolute(url, value), place.selector, place.weight); });
  const auto stamps = [&evidence](Field field) {
    return [&evidence, field](const std::string& value, const Place& place) {
      const auto stamp = text::read_date(value);
      if (stamp) evidence.add(field, *stamp, place.selector, place.weight);
    };
  };
  each(document, kPublished, stamps(Field::kPublished));
  each(document, kModified, stamps(Field::kModified));
}

}  // namespace bylined::article
