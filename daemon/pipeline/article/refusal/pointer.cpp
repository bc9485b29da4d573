// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/refusal/pointer.h"

#include <algorithm>

#include "base/net/url.h"
#include "base/text/ascii.h"

namespace bylined::article {
namespace {

using markup::Node;

constexpr int kLongestWait = 5;  // seconds in which nobody has read an article
constexpr std::string_view kBlanks = " \t\r\n\f";

// "0; url='…'": the address, where the wait is short. As browsers read it, "url=" may be left out.
std::string_view address_in(std::string_view content) {
  content = text::trimmed(content, kBlanks);
  const std::size_t digits = std::min(content.find_first_not_of("0123456789"), content.size());
  const bool waits = digits > 1 || (digits == 1 && content.front() - '0' > kLongestWait);
  const std::size_t mark = content.find_first_of(";,", digits);
  if (digits == 0 || waits || mark == std::string_view::npos) return {};
  std::string_view address = text::trimmed(content.substr(mark + 1), kBlanks);
  if (text::lower(address.substr(0, 3)) == "url") {
    const std::string_view behind = text::trimmed(address.substr(3), kBlanks);
    if (behind.starts_with('=')) address = text::trimmed(behind.substr(1), kBlanks);
  }
  const char quote = address.empty() ? '\0' : address.front();
  if (quote != '"' && quote != '\'') return address;
  address.remove_prefix(1);
  return address.substr(0, address.find(quote));
}

bool is_for_scriptless(Node node) {
  for (; node; node = node.parent()) {
    if (node.tag() == markup::Tag::kNoscript) return true;
  }
  return false;
}

std::string without_place(const net::Url& url) { return url.text().substr(0, url.text().find('#')); }

}  // namespace

std::optional<std::string> pointed_to(const markup::Document& document, const std::string& url) {
  const auto base = net::Url::parse(url);
  for (const Node meta : document.all("meta[http-equiv]")) {
    if (text::lower(meta.attribute("http-equiv")) != "refresh" || is_for_scriptless(meta)) continue;
    const std::string_view address = address_in(meta.attribute("content"));
    if (address.empty()) continue;
    const auto goal = base ? base->resolve(address) : net::Url::parse(address);
    if (!goal || (base && without_place(*goal) == without_place(*base))) continue;
    return goal->text();
  }
  return std::nullopt;
}

}  // namespace bylined::article
