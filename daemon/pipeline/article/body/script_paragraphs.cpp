// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/script_paragraphs.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "base/markup/script_json.h"

namespace bylined::article {
namespace {

namespace json = markup::json;

constexpr int kMostValues = 16;           // of a page that are read
constexpr std::size_t kLeastText = 600;   // bytes of a list; shorter ones are a teaser or a notice
constexpr std::size_t kLeastMean = 80;    // bytes of its paragraphs; words on buttons are shorter
constexpr std::size_t kLeastParagraphs = 2;

// A thing with a title or an address of its own is a teaser or a picture, no paragraph.
bool is_thing(const json::object& object) {
  for (const std::string_view member : {"url", "href", "link", "title", "headline", "name", "src"}) {
    if (object.contains(member)) return true;
  }
  return false;
}

class List {
 public:
  void add(const json::value& value) {
    if (const json::string* text = value.if_string()) return note("", *text);
    const json::object* object = value.if_object();
    if (object == nullptr || is_thing(*object)) return;
    const std::string kind(markup::text_at(value, "type"));
    for (const auto& [key, inner] : *object) {
      if (const json::string* text = inner.if_string(); text != nullptr && key != "type") note(kind + "\n" + std::string(key), *text);
    }
  }

  // Of the kind and member that most of the text stands in; empty where that is no running text.
  std::string markup() const {
    const Texts* most = nullptr;
    for (const auto& [key, texts] : texts_) {
      if (most == nullptr || texts.bytes > most->bytes) most = &texts;
    }
    if (most == nullptr || most->all.size() < kLeastParagraphs || most->bytes < std::max(kLeastText, kLeastMean * most->all.size())) return {};
    std::string markup;
    for (const std::string_view text : most->all) markup.append("<p>").append(text).append("</p>");
    return markup;
  }

 private:
  struct Texts {
    std::vector<std::string_view> all;
    std::size_t bytes = 0;
  };

  void note(const std::string& key, const json::string& text) {
    if (text.find(' ') == json::string::npos) return;
    Texts& texts = texts_[key];
    texts.all.emplace_back(text.data(), text.size());
    texts.bytes += text.size();
  }

  std::map<std::string, Texts> texts_;
};

void take_longest_list(const json::value& value, std::string& longest) {
  if (const json::object* object = value.if_object()) {
    for (const auto& [key, inner] : *object) take_longest_list(inner, longest);
  } else if (const json::array* array = value.if_array()) {
    List list;
    for (const json::value& inner : *array) {
      list.add(inner);
      take_longest_list(inner, longest);
    }
    if (std::string markup = list.markup(); markup.size() > longest.size()) longest = std::move(markup);
  }
}

}  // namespace

std::string listed_markup(const markup::Document& document, std::size_t script_bytes) {
  std::string longest;
  each_json_in_scripts(document, {script_bytes, kMostValues}, [&longest](markup::Node, const json::value& value) { take_longest_list(value, longest); });
  return longest;
}

}  // namespace bylined::article
