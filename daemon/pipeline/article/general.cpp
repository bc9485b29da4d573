// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/general.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "base/net/url.h"
#include "base/text/hangul.h"
#include "pipeline/article/body/edges.h"
#include "pipeline/article/body/paragraphs.h"
#include "pipeline/article/body/running_text.h"
#include "pipeline/article/body/script_text.h"
#include "pipeline/article/byline/authors.h"
#include "pipeline/article/byline/read_byline.h"
#include "pipeline/article/days/read_days.h"
#include "pipeline/article/days/zones.h"
#include "pipeline/article/headline/address_title.h"
#include "pipeline/article/headline/printed_headline.h"
#include "pipeline/article/letters.h"
#include "pipeline/article/linked_data.h"
#include "pipeline/article/metadata.h"
#include "pipeline/article/read_image.h"
#include "pipeline/article/text_language.h"

namespace bylined::article {
namespace {

constexpr int kLongestHeadline = 300;  // letters
constexpr std::size_t kSlack = 8;      // bytes that lower case may add
constexpr std::size_t kLeastText = 300;  // bytes of an article; below it, other places are looked at

std::vector<std::string> values_of(const std::vector<Claim>& claims) {
  std::vector<std::string> values;
  for (const Claim& claim : claims) values.push_back(claim.values.front());
  return values;
}

// How sure each title is that the page names, by all that name it.
std::unordered_map<std::string, double> named_titles(const Evidence& evidence) {
  std::unordered_map<std::string, double> doubts;
  for (const Claim& claim : evidence.claims(Field::kTitle)) doubts.try_emplace(squashed(claim.values.front()), 1.0).first->second *= 1 - claim.weight;
  return doubts;
}

// Where the printed headline stands, -1: nowhere. Of several titles in print (a site has its own h1), the surest.
int headline_of(const std::vector<Block>& blocks, const Outline& outline, const Evidence& evidence) {
  const auto doubts = named_titles(evidence);
  std::size_t shortest = std::string::npos;
  for (const auto& [title, doubt] : doubts) shortest = std::min(shortest, title.size());
  int headline = -1;
  double best = 2;
  for (int i = 0; i < static_cast<int>(blocks.size()); ++i) {
    const Block& block = blocks[static_cast<std::size_t>(i)];
    const bool may_be = block.letters <= kLongestHeadline && block.text.size() + kSlack >= shortest;  // most are menus' words
    const auto named = may_be ? doubts.find(squashed(block.text)) : doubts.end();
    if (named == doubts.end()) continue;
    const bool is_h1 = outline.at(outline.place_of(block.holder)).node.tag() == markup::Tag::kH1;
    const double doubt = named->second * (is_h1 ? 0.5 : 1.0);
    if (doubt >= best) continue;
    best = doubt;
    headline = i;
  }
  return headline;
}

bool is_korean(const std::string& address, const std::vector<Block>& blocks) {
  const auto url = net::Url::parse(address);
  if (url && url->host().ends_with(".kr")) return true;
  return std::any_of(blocks.begin(), blocks.end(), [](const Block& block) { return text::has_hangul(block.text); });
}

// Drawn in the browser, it may be; a notice or a slogan is what is left of it.
bool shows_no_text(const std::vector<std::string>& paragraphs, const Hints& hints) { return hints.bodies.empty() && joined(paragraphs).size() < kLeastText; }

// Drawn in the browser too, and whole in the linked data: what is seen of it here is a menu, a teaser or a notice.
bool stands_in_linked_data(const std::vector<std::string>& paragraphs, const Hints& hints) {
  const std::size_t seen = joined(paragraphs).size();
  return hints.bodies.size() == 1 && seen < kLeastText && 2 * seen < hints.bodies.front().size();
}

std::vector<std::string> lines_of(const std::string& text) {
  Paragraphs lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.add_text(std::string_view(text).substr(at, end - at));
    lines.end_paragraph();
    at = end + 1;
  }
  return lines.take();
}

bool take_longer(std::vector<std::string>& paragraphs, std::vector<std::string> others) {
  if (joined(others).size() <= joined(paragraphs).size()) return false;
  paragraphs = std::move(others);
  return true;
}

}  // namespace

Evidence metadata_of(const markup::Document& document, const std::string& url) {
  Evidence evidence;
  read_metadata(document, url, evidence);
  read_linked_data(document, url, evidence);
  return evidence;
}

Hints hints_of(const Evidence& evidence) {
  return {values_of(evidence.claims(Field::kTitle)), values_of(evidence.claims(Field::kSummary)), values_of(evidence.claims(Field::kBody))};
}

Evidence read_general(const model::Page& page, const markup::Document& document) {
  Evidence evidence = metadata_of(document, page.url);
  const std::vector<Block> blocks = blocks_of(document);
  const Outline outline(document, blocks);
  read_printed_headline(blocks, outline, evidence);
  const Printed printed{blocks, outline, headline_of(blocks, outline, evidence)};
  read_days(document, page.url, printed, evidence);
  read_byline(document, printed, evidence);
  const Hints hints = hints_of(evidence);
  auto paragraphs = running_text(blocks, outline, hints);
  const bool is_drawn = shows_no_text(paragraphs, hints);
  const bool from_script = is_drawn && take_longer(paragraphs, script_text(document, hints));
  if (is_drawn && has_cut_script(document)) evidence.script_cut = true;
  const bool from_data = stands_in_linked_data(paragraphs, hints);
  if (from_data) paragraphs = lines_of(hints.bodies.front());
  const Byline byline = take_bylines(paragraphs);
  read_signature(paragraphs, evidence);
  const std::string body = joined(paragraphs);
  evidence.add(Field::kBody, body, from_data ? "JSON-LD articleBody of a page without text" : from_script ? "weighed blocks of a script's markup" : "weighed blocks", 0.5);
  evidence.add(Field::kAuthors, byline.names, "text byline", 0.5);
  evidence.add(Field::kByline, byline.printed, "text byline", 0.5);
  settle_title(evidence, page.url);
  settle_authors(evidence, page.url);
  settle_zones(evidence, page, is_korean(page.url, blocks));
  read_image(printed, page.url, evidence);
  read_text_language(body, evidence);
  return evidence;
}

}  // namespace bylined::article
