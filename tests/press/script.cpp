// SPDX-License-Identifier: Apache-2.0
#include "tests/press/script.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <boost/json.hpp>

namespace bylined::press {
namespace {

namespace json = boost::json;

std::string text_of(const json::object& object, std::string_view key, std::string_view otherwise = "") {
  const json::value* value = object.if_contains(key);
  if (!value || !value->is_string()) return std::string(otherwise);
  return std::string(value->as_string());
}

std::vector<std::string> texts_of(const json::object& object, std::string_view key) {
  std::vector<std::string> texts;
  const json::value* value = object.if_contains(key);
  if (!value || !value->is_array()) return texts;
  for (const json::value& one : value->as_array()) {
    if (one.is_string()) texts.emplace_back(one.as_string());
  }
  return texts;
}

std::vector<json::object> objects_of(const json::object& object, std::string_view key) {
  std::vector<json::object> objects;
  const json::value* value = object.if_contains(key);
  if (!value || !value->is_array()) return objects;
  for (const json::value& one : value->as_array()) {
    if (one.is_object()) objects.push_back(one.as_object());
  }
  return objects;
}

// "12s", "-3h": a moment counted from the start.
Result<Millis> moment(const json::object& object, std::string_view key) {
  const std::string text = text_of(object, key, "0s");
  const bool before = text.starts_with('-');
  const auto length = parse_duration(std::string_view(text).substr(before ? 1 : 0));
  if (!length) return length.error().within(key);
  return before ? -*length : *length;
}

Result<Shape> shape_named(std::string_view name) {
  if (name == "naver_journalist") return Shape::kNaverJournalist;
  if (name == "rss") return Shape::kRss;
  if (name == "atom") return Shape::kAtom;
  if (name == "list") return Shape::kList;
  return Error(ErrorKind::kInvalid, "no shape of an outlet: " + quoted(name));
}

Result<Outlet> read_outlet(const json::object& object) {
  Outlet outlet;
  outlet.id = text_of(object, "id");
  const auto shape = shape_named(text_of(object, "shape"));
  if (!shape) return shape.error().within("outlet " + outlet.id);
  outlet.shape = *shape;
  outlet.name = text_of(object, "name");
  outlet.listing = text_of(object, "listing");
  outlet.article_prefix = text_of(object, "article_prefix");
  outlet.office = text_of(object, "office");
  outlet.journalist = text_of(object, "journalist");
  if (const json::value* size = object.if_contains("page_size"); size && size->is_int64()) {
    outlet.page_size = static_cast<std::size_t>(std::clamp<std::int64_t>(size->as_int64(), 1, 1000));
  }
  if (outlet.id.empty() || outlet.listing.empty() || outlet.article_prefix.empty()) {
    return Error(ErrorKind::kInvalid, "an outlet needs id, listing and article_prefix");
  }
  return outlet;
}

Status read_places(const json::object& object, const Script& script, Article& article) {
  for (const json::object& one : objects_of(object, "places")) {
    Place place;
    place.outlet = text_of(one, "outlet");
    place.number = text_of(one, "number");
    const auto appears = moment(one, "appears");
    if (!appears) return appears.error();
    place.appears = *appears;
    if (!script.outlet(place.outlet) || place.number.empty()) {
      return Error(ErrorKind::kInvalid, "a place needs a known outlet and a number, not " + quoted(place.outlet));
    }
    article.places.push_back(std::move(place));
  }
  return article.places.empty() ? Status(Error(ErrorKind::kInvalid, "no place")) : Status();
}

Status read_edits(const json::object& object, Article& article) {
  for (const json::object& one : objects_of(object, "edits")) {
    const auto at = moment(one, "at");
    if (!at) return at.error();
    article.edits.push_back(Edit{*at, text_of(one, "title"), texts_of(one, "paragraphs")});
  }
  std::stable_sort(article.edits.begin(), article.edits.end(), [](const Edit& a, const Edit& b) { return a.at < b.at; });
  if (!object.contains("vanishes")) return Status();
  const auto vanishes = moment(object, "vanishes");
  if (!vanishes) return vanishes.error();
  article.vanishes = *vanishes;
  return Status();
}

Status read_alerts(const json::object& object, Article& article) {
  for (const json::object& one : objects_of(object, "alerts")) {
    ExpectedAlert alert{text_of(one, "watch"), texts_of(one, "entities"), article.places.front().appears};
    std::sort(alert.entities.begin(), alert.entities.end());
    const auto from = moment(one, "from");
    if (!from) return from.error();
    if (one.contains("from")) alert.from = *from;
    article.alerts.push_back(std::move(alert));
  }
  return Status();
}

Result<Article> read_article(const json::object& object, const Script& script) {
  Article article;
  article.key = text_of(object, "key");
  article.title = text_of(object, "title");
  article.summary = text_of(object, "summary");
  article.author = text_of(object, "author");
  article.section = text_of(object, "section");
  article.language = text_of(object, "language", "ko");
  article.paragraphs = texts_of(object, "paragraphs");
  article.caption = text_of(object, "caption");
  article.related = texts_of(object, "related");
  if (article.key.empty() || article.title.empty() || article.paragraphs.empty()) {
    return Error(ErrorKind::kInvalid, "an article needs key, title and paragraphs").within(article.key);
  }
  if (const auto places = read_places(object, script, article); !places) return places.error().within(article.key);
  if (const auto edits = read_edits(object, article); !edits) return edits.error().within(article.key);
  if (const auto alerts = read_alerts(object, article); !alerts) return alerts.error().within(article.key);
  return article;
}

Status read_all(const json::object& root, Script& script) {
  for (const json::object& one : objects_of(root, "outlets")) {
    auto outlet = read_outlet(one);
    if (!outlet) return outlet.error();
    script.outlets.push_back(std::move(*outlet));
  }
  if (const json::value* robots = root.if_contains("robots"); robots && robots->is_object()) {
    for (const auto& [host, text] : robots->as_object()) {
      if (text.is_string()) script.robots.emplace(std::string(host), std::string(text.as_string()));
    }
  }
  for (const json::object& one : objects_of(root, "articles")) {
    auto article = read_article(one, script);
    if (!article) return article.error();
    script.articles.push_back(std::move(*article));
  }
  return Status();
}

}  // namespace

const Outlet* Script::outlet(std::string_view id) const {
  for (const Outlet& one : outlets) {
    if (one.id == id) return &one;
  }
  return nullptr;
}

Result<Script> parse_script(std::string_view text) {
  boost::system::error_code bad;
  const json::value root = json::parse(text, bad);
  if (bad || !root.is_object()) return Error(ErrorKind::kInvalid, "a script is one JSON object: " + bad.message());
  Script script;
  if (const auto read = read_all(root.as_object(), script); !read) return read.error().within("script");
  return script;
}

Result<Script> read_script(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error(ErrorKind::kNotFound, "cannot read " + quoted(path));
  std::ostringstream text;
  text << file.rdbuf();
  auto script = parse_script(text.str());
  if (!script) return script.error().within(path);
  return script;
}

std::string title_at(const Article& article, Millis elapsed) {
  std::string title = article.title;
  for (const Edit& edit : article.edits) {
    if (edit.at <= elapsed && !edit.title.empty()) title = edit.title;
  }
  return title;
}

const std::vector<std::string>& paragraphs_at(const Article& article, Millis elapsed) {
  const std::vector<std::string>* paragraphs = &article.paragraphs;
  for (const Edit& edit : article.edits) {
    if (edit.at <= elapsed && !edit.paragraphs.empty()) paragraphs = &edit.paragraphs;
  }
  return *paragraphs;
}

bool listed_at(const Article& article, const Place& place, Millis elapsed) {
  return place.appears <= elapsed && (!article.vanishes || elapsed < *article.vanishes);
}

Millis changed_at(const Article& article, const Place& place, Millis elapsed) {
  Millis changed = place.appears;
  for (const Edit& edit : article.edits) {
    if (edit.at <= elapsed) changed = std::max(changed, edit.at);
  }
  return changed;
}

}  // namespace bylined::press
