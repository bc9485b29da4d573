// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listing/embedded.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/markup/script_json.h"
#include "base/net/url.h"
#include "base/text/date.h"
#include "base/text/decode.h"
#include "pipeline/listing/adapters/adapter.h"
#include "pipeline/listing/entry.h"
#include "pipeline/listing/link.h"
#include "pipeline/listing/words.h"

namespace bylined::listing {
namespace {

namespace json = markup::json;
using markup::text_at;

constexpr std::size_t kFewestEntries = 3;       // entries that make a list
constexpr std::size_t kMostEmbedded = 8;
constexpr std::size_t kMostEntries = 5'000;
constexpr std::size_t kMostBytes = 2u << 20;  // of a script that are read
constexpr int kMostScriptValues = 32;
constexpr std::size_t kMostValues = 200'000;  // in them
constexpr std::size_t kLongestWhere = 100;    // bytes

std::string_view first_of(const json::value& object, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    const std::string_view text = trimmed(text_at(object, key));
    if (!text.empty()) return text;
  }
  return {};
}

// A number, or a word, is the address of nothing.
std::string address_in(const json::value& object, const model::Page& page, const std::string& base) {
  const std::string_view written = first_of(object, {"url", "link", "href", "permalink", "canonicalUrl", "canonical_url", "path"});
  const std::string url = written.find('/') == std::string_view::npos ? std::string() : address_of(base, written);
  return net::is_same_site(url, page.url) ? url : std::string();
}

class Search {
 public:
  Search(const model::Page& page, std::string base) : page_(page), base_(std::move(base)) {}

  void look_into(const json::value& value, const std::string& where) {
    if (++values_ > kMostValues) return;
    if (const json::object* object = value.if_object()) {
      for (const auto& [key, member] : *object) {
        if (member.is_structured()) look_into(member, where.size() > kLongestWhere ? where : where + "." + std::string(key.data(), key.size()));
      }
    }
    const json::array* array = value.if_array();
    if (array == nullptr) return;
    take(*array, where);
    for (const json::value& entry : *array) {
      if (entry.is_structured()) look_into(entry, where);
    }
  }

  std::vector<FoundList> lists() {
    const auto is_longer = [](const FoundList& a, const FoundList& b) { return a.items.size() > b.items.size(); };
    std::stable_sort(found_.begin(), found_.end(), is_longer);
    if (found_.size() > kMostEmbedded) found_.resize(kMostEmbedded);
    return std::move(found_);
  }

 private:
  void take(const json::array& array, const std::string& where) {
    FoundList list{where.substr(0, kLongestWhere), {}};
    std::set<std::string> urls;
    std::size_t dated = 0;
    for (const json::value& entry : array) {
      model::ListedItem item;
      item.title = headline(first_of(entry, {"title", "headline", "subject", "name"}));
      if (text::code_points(item.title) < kShortHeadline || taken_ >= kMostEntries) continue;
      item.url = address_in(entry, page_, base_);
      if (item.url.empty() || !urls.insert(item.url).second) continue;
      const auto date = text::read_date(first_of(entry, {"publishedAt", "published_at", "datePublished", "date_published", "published", "pubDate", "createdAt", "created_at", "regDate", "date"}));
      if (date) item.printed = *date;
      dated += date ? 1 : 0;
      ++taken_;
      list.items.push_back(std::move(item));
    }
    if (list.items.size() >= kFewestEntries && dated * 2 >= list.items.size()) found_.push_back(std::move(list));
  }

  const model::Page& page_;
  std::string base_;
  std::size_t values_ = 0, taken_ = 0;
  std::vector<FoundList> found_;
};

}  // namespace

std::vector<FoundList> find_embedded_lists(const markup::Document& document, const model::Page& page) {
  Search search(page, base_of(document, page.url));
  each_json_in_scripts(document, {kMostBytes, kMostScriptValues}, [&search](markup::Node script, const json::value& value) {
    search.look_into(value, script.attribute("id").empty() ? "script" : "script#" + std::string(script.attribute("id")));
  });
  return search.lists();
}

}  // namespace bylined::listing
