// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listing/words.h"

#include <algorithm>
#include <array>
#include <type_traits>

#include "base/markup/html.h"
#include "base/markup/html_references.h"
#include "base/text/hangul.h"

namespace bylined::listing {
namespace {

constexpr std::string_view kHardBlank = "\xC2\xA0";

// Tags that part no words.
bool is_inline(std::string_view name) {
  constexpr std::array<std::string_view, 16> kInline{"a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "mark", "small", "span", "strong", "sub", "sup", "u"};
  return std::any_of(kInline.begin(), kInline.end(), [&](std::string_view one) { return same_name(one, name); });
}

// The name of the tag that starts `text`, and empty where it is only a '<'.
std::string_view tag_name(std::string_view text) {
  const std::string_view behind = text.substr(text.starts_with("</") ? 2 : 1, 16);  // none we know is longer
  const auto ends = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '/' || c == '>'; };
  return behind.substr(0, static_cast<std::size_t>(std::find_if(behind.begin(), behind.end(), ends) - behind.begin()));
}

// Of a run of blanks; control characters too, which references may stand for.
std::size_t blanks_length(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const bool is_hard = text.substr(at).starts_with(kHardBlank);
    if (!is_hard && static_cast<unsigned char>(text[at]) > ' ') break;
    at += is_hard ? kHardBlank.size() : 1;
  }
  return at;
}

std::size_t word_length(std::string_view text) {
  const auto ends = [&](const char& c) {
    return static_cast<unsigned char>(c) <= ' ' || (c == kHardBlank[0] && text.substr(static_cast<std::size_t>(&c - text.data())).starts_with(kHardBlank));
  };
  return static_cast<std::size_t>(std::find_if(text.begin(), text.end(), ends) - text.begin());
}

constexpr std::size_t kBlock = 16;

// Some byte among `count` behind the first one makes a run of blanks, or is no plain blank. Asked of all of them
// without a branch, so that the compiler can ask many at once.
template <class Count>
bool has_run(const char* text, Count count) {
  unsigned char found = 0;
  for (std::size_t i = 1; i <= count; ++i) {
    const auto c = static_cast<unsigned char>(text[i]), before = static_cast<unsigned char>(text[i - 1]);
    found |= static_cast<unsigned char>((c < ' ') | ((c == ' ') & (before == ' ')) | ((c == 0xA0) & (before == 0xC2)));
  }
  return found != 0;
}

// Most texts are: then they need only be copied.
bool is_squeezed(std::string_view text) {
  if (text.empty()) return true;
  if (static_cast<unsigned char>(text.front()) <= ' ' || text.back() == ' ') return false;
  constexpr std::integral_constant<std::size_t, kBlock> kWhole;
  if (text.size() <= kBlock) return !has_run(text.data(), text.size() - 1);
  for (std::size_t at = 0; at + kBlock < text.size(); at += kBlock) {
    if (has_run(text.data() + at, kWhole)) return false;
  }
  return !has_run(text.data() + text.size() - kBlock - 1, kWhole);  // some of them once more
}

std::string_view without_edges(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

std::string joined_words(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t blanks = blanks_length(text);
    text.remove_prefix(blanks);
    const std::size_t word = word_length(text);
    if (blanks > 0 && word > 0 && !out.empty()) out += ' ';
    out += text.substr(0, word);
    text.remove_prefix(word);
  }
  return out;
}

bool has_markup(std::string_view text) { return text.find('<') != std::string_view::npos || text.find('&') != std::string_view::npos; }

// Bytes before the next tag or reference.
std::size_t mark_ahead(std::string_view text) {
  const auto is_mark = [](char c) { return c == '<' || c == '&'; };
  return static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_mark) - text.begin());
}

// Both answer how much of `text` they took: a tag of emphasis leaves nothing, and what is none stays as it is.
std::size_t take_tag(std::string& out, std::string_view text) {
  constexpr std::array<std::string_view, 14> kTags{"b", "strong", "em", "i", "u", "mark", "br", "span", "font", "small", "sup", "sub", "a", "p"};
  const std::string_view name = tag_name(text);
  if (std::any_of(kTags.begin(), kTags.end(), [&](std::string_view tag) { return same_name(tag, name); })) return std::min(text.find('>'), text.size() - 1) + 1;
  out += '<';
  return 1;
}

std::size_t take_reference(std::string& out, std::string_view text) {
  const markup::Reference reference = markup::read_reference(text, false);
  if (reference.length == 0) out += '&';
  if (reference.length > 0) markup::append_utf8(out, reference.first);
  if (reference.second != 0) markup::append_utf8(out, reference.second);
  return std::max<std::size_t>(reference.length, 1);
}

// Where the element that starts `text` ends, tag and all: its words are not for people.
std::size_t silent_length(std::string_view text, std::string_view name) {
  std::size_t at = 1;
  for (at = text.find("</", at); at != std::string_view::npos; at = text.find("</", at + 2)) {
    if (same_name(tag_name(text.substr(at)), name)) break;
  }
  const std::size_t end = at == std::string_view::npos ? at : text.find('>', at);
  return end == std::string_view::npos ? text.size() : end + 1;
}

// "mail@host (Name)" and "Name <mail@host>" without the mail: it is nobody's name.
std::string without_mail(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0) return std::string(text);
  const std::size_t open = text.find('('), close = text.rfind(')');
  if (open != std::string_view::npos && close != std::string_view::npos && open < close) {
    const std::string_view inside = trimmed(text.substr(open + 1, close - open - 1));
    return std::string(inside.find('@') == std::string_view::npos ? inside : trimmed(text.substr(0, open)));
  }
  std::size_t from = text.find_last_of(" \t<,", at), to = text.find_first_of(" \t>,", at);
  from = from == std::string_view::npos ? 0 : from;
  to = to == std::string_view::npos ? text.size() : to + (text[to] == '>' ? 1 : 0);
  std::string rest(trimmed(text.substr(0, from)));
  const std::string_view behind = trimmed(text.substr(to));
  if (!behind.empty()) rest += (rest.empty() ? "" : " ") + std::string(behind);
  while (!rest.empty() && (rest.back() == '<' || rest.back() == ' ')) rest.pop_back();
  return rest;
}

std::string_view without_role(std::string_view text) {
#define ROLE(word) word,
  constexpr auto kRoles = std::to_array<std::string_view>({
#include "model/korean_roles.inc"
  });
#undef ROLE
  const std::size_t blank = text.rfind(' ');
  if (blank == std::string_view::npos || blank == 0) return trimmed(text);
  const std::string_view word = text.substr(blank + 1);
  const bool is_role = std::any_of(kRoles.begin(), kRoles.end(), [word](std::string_view role) { return word == role || (word.ends_with(role) && text::has_hangul(role)); });
  return trimmed(is_role ? text.substr(0, blank) : text);
}

// The mark between two names that `text` begins with; 0 where there is none.
std::size_t mark_length(std::string_view text, bool commas) {
  constexpr std::string_view kMiddleDot = "·", kLetterDot = "ㆍ";
  const char first = text.empty() ? '\0' : text.front();
  if (first == ';' || (commas && first == ',')) return 1;
  if (first == kMiddleDot[0] && text.starts_with(kMiddleDot)) return kMiddleDot.size();
  return first == kLetterDot[0] && text.starts_with(kLetterDot) ? kLetterDot.size() : 0;
}

// By its first byte.
bool may_part_names(char c) { return c == ';' || c == ',' || c == '\xC2' || c == '\xE3'; }

}  // namespace

std::string squeezed(std::string_view text) {
  text = without_edges(text);
  return is_squeezed(text) ? std::string(text) : joined_words(text);
}

std::string_view squeezed_in(std::string_view text, std::string& copy) {
  text = without_edges(text);
  if (is_squeezed(text)) return text;
  return copy = joined_words(text);
}

bool same_name(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  if (a == b) return true;  // as most are that have one length
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

std::vector<std::string> person_names(std::string_view byline) {
  std::string copy;
  std::string_view text = trimmed(byline);
  if (text.find('@') != std::string_view::npos) text = copy = without_mail(text);
  if (text.starts_with("By ") || text.starts_with("by ")) text.remove_prefix(3);
  text = without_role(text);
  std::vector<std::string> names;
  const bool commas = text::has_hangul(text);
  for (std::size_t from = 0; from <= text.size();) {
    std::size_t to = from, mark = 0;
    while (to < text.size() && (!may_part_names(text[to]) || (mark = mark_length(text.substr(to), commas)) == 0)) ++to;
    const std::string_view name = without_role(trimmed(text.substr(from, to - from)));
    if (!name.empty()) names.emplace_back(name);
    from = to + std::max<std::size_t>(mark, 1);
  }
  return names;
}

std::string headline(std::string_view html) {
  if (!has_markup(html)) return squeezed(html);
  std::string kept;
  kept.reserve(html.size());
  while (!html.empty()) {
    const std::size_t mark = mark_ahead(html);
    kept += html.substr(0, mark);
    html.remove_prefix(mark);
    if (!html.empty()) html.remove_prefix(html.front() == '<' ? take_tag(kept, html) : take_reference(kept, html));
  }
  if (is_squeezed(kept)) return kept;
  return squeezed(kept);
}

std::string_view headline_in(std::string_view html, std::string& copy) {
  return has_markup(html) ? copy = headline(html) : squeezed_in(html, copy);
}

std::string text_of_markup(std::string_view html) {
  if (!has_markup(html)) return squeezed(html);
  std::string kept;
  for (std::size_t at = 0; at < html.size();) {
    const std::size_t mark = std::min(html.find('<', at), html.size());
    kept += html.substr(at, mark - at);
    at = mark;
    if (at == html.size()) break;
    const std::string_view rest = html.substr(at);
    const std::string_view name = tag_name(rest);
    if (same_name(name, "script") || same_name(name, "style")) {
      at += silent_length(rest, name);
      continue;
    }
    if (!is_inline(name)) kept += ' ';
    kept += '<';
    ++at;
  }
  return squeezed(markup::plain_text(kept));
}

std::string kind_of_wall(std::string_view utf8) {
  struct Sign {
    std::string_view words, kind;
  };
  constexpr std::array<Sign, 12> kSigns{{{"로그인이 필요", "a login page"},
                                         {"로그인 후 이용", "a login page"},
                                         {"type=\"password\"", "a login page"},
                                         {"captcha", "a page that asks for proof of being human"},
                                         {"자동입력 방지", "a page that asks for proof of being human"},
                                         {"Just a moment...", "a page that asks for proof of being human"},
                                         {"Access Denied", "a refusal"},
                                         {"접근이 차단", "a refusal"},
                                         {"비정상적인 접근", "a refusal"},
                                         {"페이지를 찾을 수 없습니다", "an error page"},
                                         {"Service Unavailable", "an error page"},
                                         {"점검 중", "a maintenance page"}}};
  const std::string_view head = utf8.substr(0, 64u << 10);
  for (const Sign& sign : kSigns) {
    if (head.find(sign.words) != std::string_view::npos) return std::string(sign.kind);
  }
  return std::string();
}

}  // namespace bylined::listing
