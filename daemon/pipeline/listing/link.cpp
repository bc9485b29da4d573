// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listing/link.h"

#include <algorithm>
#include <array>

#include "base/text/ascii.h"
#include "pipeline/listing/adapters/adapter.h"

namespace bylined::listing {
namespace {

using markup::Document;
using markup::Node;

constexpr std::size_t kLongestScript = 2'000;  // bytes of an attribute that are looked through
constexpr std::string_view kScript = "javascript:";

bool is_of_a_name(char c) {
  c = text::lower(c);
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

// The text in quotes that `script` begins with, if it is all of a value: what is put together with a + is none.
std::string literal_at(std::string_view script) {
  if (script.empty() || (script[0] != '\'' && script[0] != '"')) return {};
  const std::size_t closed = script.find(script[0], 1);
  if (closed == std::string_view::npos) return {};
  const std::string_view rest = text::trimmed(script.substr(closed + 1));
  if (!rest.empty() && std::string_view(";),}").find(rest[0]) == std::string_view::npos) return {};
  std::string literal(script.substr(1, closed - 1));
  for (std::size_t at = literal.find("\\/"); at != std::string::npos; at = literal.find("\\/", at)) literal.erase(at, 1);
  return literal.find('\\') == std::string::npos ? literal : std::string();
}

// What stands behind "location", ".href", ".assign(": the value that is gone to.
std::string_view value_of(std::string_view rest) {
  for (const std::string_view method : {".assign", ".replace"}) {
    if (!rest.starts_with(method)) continue;
    rest = text::trimmed(rest.substr(method.size()));
    return rest.starts_with('(') ? text::trimmed(rest.substr(1)) : std::string_view();
  }
  if (rest.starts_with(".href")) rest.remove_prefix(5);
  rest = text::trimmed(rest);
  return rest.starts_with('=') && !rest.starts_with("==") ? text::trimmed(rest.substr(1)) : std::string_view();
}

std::string first_behind(std::string_view script, std::string_view word, std::string_view (*value)(std::string_view)) {
  for (std::size_t at = script.find(word); at != std::string_view::npos; at = script.find(word, at + 1)) {
    if (at > 0 && is_of_a_name(script[at - 1])) continue;
    const std::string literal = literal_at(value(script.substr(at + word.size())));
    if (!literal.empty()) return literal;
  }
  return {};
}

std::string_view argument_of(std::string_view rest) {
  rest = text::trimmed(rest);
  return rest.starts_with('(') ? text::trimmed(rest.substr(1)) : std::string_view();
}

bool is_script(std::string_view href) { return text::lower(href.substr(0, kScript.size())) == kScript; }

// An attribute that holds whatever its page likes: an address there says that it is one.
bool looks_like_address(std::string_view value) {
  return value.starts_with('/') || value.starts_with("./") || value.starts_with("../") || value.starts_with("http://") || value.starts_with("https://");
}

}  // namespace

std::string base_of(const Document& document, const std::string& page_url) {
  const Node base = document.first("base[href]");
  const std::string url = base ? absolute(page_url, base.attribute("href")) : std::string();
  return url.empty() ? page_url : url;
}

std::string address_of(const std::string& base, std::string_view href) {
  const std::string_view written = trimmed(href);
  const bool is_button = written.starts_with('#') && !written.starts_with("#/") && !written.starts_with("#!");
  return is_button ? std::string() : absolute(base, written);
}

std::string address_in_script(std::string_view script) {
  script = script.substr(0, kLongestScript);
  const std::string gone_to = first_behind(script, "location", value_of);
  return gone_to.empty() ? first_behind(script, "window.open", argument_of) : gone_to;
}

std::string address_at(const std::string& base, Node node) {
  const std::string_view href = trimmed(node.attribute("href"));
  std::string url = address_of(base, href);
  if (!url.empty()) return url;
  for (const char* name : {"data-href", "data-url", "data-link"}) {
    const std::string_view value = trimmed(node.attribute(name));
    if (!looks_like_address(value)) continue;
    url = address_of(base, value);
    if (!url.empty()) return url;
  }
  const std::string script = address_in_script(is_script(href) ? href.substr(kScript.size()) : node.attribute("onclick"));
  if (!script.empty()) return address_of(base, script);
  return is_script(href) ? address_of(base, address_in_script(node.attribute("onclick"))) : std::string();
}

}  // namespace bylined::listing
