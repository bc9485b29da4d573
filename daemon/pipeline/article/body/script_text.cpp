// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/script_text.h"

#include <algorithm>

#include "base/markup/json.h"
#include "pipeline/article/body/blocks.h"
#include "pipeline/article/body/script_paragraphs.h"

namespace bylined::article {
namespace {

constexpr std::size_t kScriptBytes = 512u << 10;  // of one script that are looked through
constexpr std::size_t kLeastBytes = 600;          // shorter ones are a teaser or a notice
constexpr int kLeastStarts = 2;

int times_in(std::string_view text, std::string_view part) {
  int count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

bool has_paragraphs(std::string_view quoted) {
  int count = 0;
  for (const std::string_view start : {"<p>", "<p ", "\\u003cp>", "\\u003cp ", "\\u003cp\\u003e", "\\u003Cp\\u003E", "\\u003Cp ", "<br", "\\u003cbr", "\\u003Cbr"}) count += times_in(quoted, start);
  return count >= kLeastStarts;
}

// "$$BANNER$$", "{{promo}}": where the script puts something else.
bool is_placeholder(const std::string& paragraph) {
  if (paragraph.size() < 5 || paragraph.find(' ') != std::string::npos) return false;
  const std::string_view start = std::string_view(paragraph).substr(0, 2), end = std::string_view(paragraph).substr(paragraph.size() - 2);
  for (const auto& [opens, closes] : {std::pair("$$", "$$"), std::pair("{{", "}}"), std::pair("[[", "]]"), std::pair("%%", "%%"), std::pair("##", "##")}) {
    if (start == opens && end == closes) return true;
  }
  return false;
}

// Where the string that begins at `start` ends; a line's end is one too, for a quote may stand in a pattern or a remark.
std::size_t end_of_string(std::string_view script, std::size_t start) {
  std::size_t at = script.find_first_of("\"\\\n", start);
  while (at != std::string_view::npos && script[at] == '\\') at = script.find_first_of("\"\\\n", std::min(at + 2, script.size()));
  return std::min(at, script.size());
}

void take_longest(std::string_view script, std::string_view& longest) {
  script = script.substr(0, kScriptBytes);
  for (std::size_t quote = script.find('"'); quote != std::string_view::npos;) {
    const std::size_t end = end_of_string(script, quote + 1);
    const std::string_view quoted = script.substr(quote, end + 1 - quote);
    const bool closed = end < script.size() && script[end] == '"';
    if (closed && quoted.size() > std::max(kLeastBytes, longest.size()) && has_paragraphs(quoted)) longest = quoted;
    quote = end >= script.size() ? std::string_view::npos : script.find('"', end + 1);
  }
}

}  // namespace

std::string markup_in_scripts(const markup::Document& document) {
  std::string_view longest;
  for (const markup::Node script : document.all("script")) {
    for (markup::Node text = script.first_child(); text; text = text.next_sibling()) take_longest(text.text_content(), longest);
  }
  const auto parsed = longest.empty() ? Result<markup::json::value>(markup::json::value()) : markup::parse_json(longest);
  std::string listed = listed_markup(document, kScriptBytes);
  if (!parsed || !parsed->is_string() || parsed->as_string().size() < listed.size()) return listed;
  return std::string(parsed->as_string());
}

bool has_cut_script(const markup::Document& document) {
  for (const markup::Node script : document.all("script")) {
    for (markup::Node text = script.first_child(); text; text = text.next_sibling()) {
      if (text.text_content().size() > kScriptBytes) return true;
    }
  }
  return false;
}

std::vector<std::string> script_text(const markup::Document& document, const Hints& hints) {
  const std::string written = markup_in_scripts(document);
  if (written.empty()) return {};
  const auto parsed = markup::Document::parse(written, {});
  if (!parsed) return {};
  const std::vector<Block> blocks = blocks_of(*parsed);
  auto paragraphs = running_text(blocks, Outline(*parsed, blocks), hints);
  std::erase_if(paragraphs, is_placeholder);
  return paragraphs;
}

}  // namespace bylined::article
