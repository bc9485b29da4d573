// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/script_paragraphs.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "base/markup/json.h"

namespace bylined::article {
namespace {

namespace json = markup::json;

constexpr int kMostValues = 16;           // of a page that are read; each costs time in line with its script
constexpr std::size_t kLeastText = 600;   // bytes of a list; shorter ones are a teaser or a notice
constexpr std::size_t kLeastMean = 80;    // bytes of its paragraphs; words on buttons are shorter
constexpr std::size_t kLeastParagraphs = 2;
constexpr std::string_view kBlanks = " \t\r\n";

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

// JSON, and no code: what a member's name or a list's first value begins with.
bool begins_value(std::string_view script, std::size_t at) {
  const std::size_t next = script.find_first_not_of(kBlanks, at + 1);
  if (next == std::string_view::npos) return false;
  return script[at] == '{' ? script[next] == '"' : script[at] == '[' && (script[next] == '{' || script[next] == '"' || script[next] == '[');
}

void read_values(std::string_view script, int& left, std::string& longest) {
  const auto read = [&](std::size_t at) {
    if (left == 0 || at == std::string_view::npos || !begins_value(script, at)) return;
    --left;
    if (const auto parsed = markup::parse_loose_json(script.substr(at))) take_longest_list(*parsed, longest);
  };
  read(script.find_first_not_of(kBlanks));
  for (std::size_t equals = script.find('='); equals != std::string_view::npos && left > 0; equals = script.find('=', equals + 1)) {
    read(script.find_first_not_of(kBlanks, equals + 1));
  }
}

}  // namespace

std::string listed_markup(const markup::Document& document, std::size_t most) {
  std::string longest;
  int left = kMostValues;
  for (const markup::Node script : document.all("script")) {
    for (markup::Node text = script.first_child(); text && left > 0; text = text.next_sibling()) read_values(std::string_view(text.text_content()).substr(0, most), left, longest);
  }
  return longest;
}

}  // namespace bylined::article
