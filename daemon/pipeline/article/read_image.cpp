// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/read_image.h"

#include <algorithm>
#include <charconv>

#include "base/net/url.h"

namespace bylined::article {
namespace {

using markup::Node;
using markup::Tag;

constexpr int kLeastSide = 150;  // pixels; smaller ones are icons and portraits
constexpr double kTrust = 0.2;
constexpr Marks kBeside(Mark::kComment, Mark::kRelated, Mark::kSidebar, Mark::kFooter, Mark::kNavigation, Mark::kAdvert, Mark::kShare, Mark::kSubscribe,
                        Mark::kByline);
constexpr std::uint32_t kOutside = 1u << static_cast<unsigned>(Kind::kNav) | 1u << static_cast<unsigned>(Kind::kAside) |
                                   1u << static_cast<unsigned>(Kind::kFooter) | 1u << static_cast<unsigned>(Kind::kForm);

bool is_small(Node image) {
  for (const char* const side : {"width", "height"}) {
    const std::string_view written = image.attribute(side);
    int pixels = 0;
    const auto [end, failure] = std::from_chars(written.data(), written.data() + written.size(), pixels);
    if (failure == std::errc() && pixels < kLeastSide && (end == written.data() + written.size() || *end == 'p')) return true;
  }
  return false;
}

// A page may show an image only when it is scrolled to; until then another attribute has its address.
std::string_view address_of(Node image) {
  for (const char* const attribute : {"data-src", "data-original", "data-lazy-src", "src"}) {
    const std::string_view address = image.attribute(attribute);
    if (!address.empty() && !address.starts_with("data:")) return address;
  }
  return {};
}

bool is_ornament(std::string_view address) {
  for (const std::string_view word : {"logo", "icon", "avatar", "spacer", "blank.", "pixel", "button", "banner", ".svg", ".gif", "emoji", "gravatar"}) {
    if (address.find(word) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

void read_image(const Printed& printed, const std::string& url, Evidence& evidence) {
  if (!evidence.claims(Field::kImage).empty() || printed.headline < 0) return;
  const auto base = net::Url::parse(url);
  // What stands before the headline is the site's.
  const int headline = printed.outline.place_of(printed.blocks[static_cast<std::size_t>(printed.headline)].holder);
  const Marks beside = kBeside.without(printed.outline.at(headline).under);
  const auto& elements = printed.outline.elements();
  for (std::size_t e = static_cast<std::size_t>(headline); base && e < elements.size(); ++e) {
    const Element& element = elements[e];
    if (element.node.tag() != Tag::kImg) continue;
    const std::string_view address = address_of(element.node);
    if (address.empty() || element.under.has_one_of(beside) || (element.kinds & kOutside) != 0 || is_small(element.node) || is_ornament(address)) continue;
    const auto full = base->resolve(std::string(address));
    if (full) return evidence.add(Field::kImage, full->text(), "first image with the text", kTrust);
  }
}

}  // namespace bylined::article
