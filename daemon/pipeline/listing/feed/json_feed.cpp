// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listing/feed/json_feed.h"

#include <array>
#include <iterator>

#include "base/markup/json_document.h"
#include "pipeline/listing/adapters/adapter.h"
#include "pipeline/listing/feed/fields.h"

namespace bylined::listing {
namespace {

namespace json = markup::json;
using markup::text_at;

// The members of an item that say something, found in one walk.
struct Members {
  const json::value *id = nullptr, *url = nullptr, *external_url = nullptr, *title = nullptr, *authors = nullptr, *author = nullptr;
  const json::value *published = nullptr, *modified = nullptr, *summary = nullptr, *html = nullptr, *text = nullptr;
};
struct Named {
  std::string_view key;
  const json::value* Members::*value;
};
constexpr std::array<Named, 11> kNamed{{{"id", &Members::id},
                                        {"url", &Members::url},
                                        {"external_url", &Members::external_url},
                                        {"title", &Members::title},
                                        {"authors", &Members::authors},
                                        {"author", &Members::author},
                                        {"date_published", &Members::published},
                                        {"date_modified", &Members::modified},
                                        {"summary", &Members::summary},
                                        {"content_html", &Members::html},
                                        {"content_text", &Members::text}}};

Members members_of(const json::value& owner) {
  Members members;
  const json::object* object = owner.if_object();
  if (object == nullptr) return members;
  for (const json::key_value_pair& member : *object) {
    const std::string_view key(member.key().data(), member.key().size());
    for (const Named& named : kNamed) {
      if (named.key == key) members.*named.value = &member.value();
    }
  }
  return members;
}

// Empty where there is none or it is no text.
std::string_view text_of(const json::value* value) {
  const json::string* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string_view() : std::string_view(text->data(), text->size());
}

std::string_view id_of(const json::value* id, Texts& texts) { return id != nullptr && id->is_number() ? texts.keep(json::serialize(*id)) : text_of(id); }

std::string_view squeezed_text(std::string_view text, Texts& texts) {
  std::string copy;
  const std::string_view squeezed = squeezed_in(text, copy);
  return texts.keep(squeezed, std::move(copy));
}

// Both the "authors" of version 1.1 and the "author" of 1.0.
std::vector<std::string> authors_of(const Members& members) {
  std::vector<std::string> names;
  const auto add = [&](const json::value& author) {
    std::vector<std::string> said = person_names(text_at(author, "name"));
    if (names.empty()) names = std::move(said);
    else std::move(said.begin(), said.end(), std::back_inserter(names));
  };
  if (members.authors != nullptr && members.authors->is_array()) {
    for (const json::value& author : members.authors->get_array()) add(author);
  }
  if (members.author != nullptr) add(*members.author);
  return names;
}

void read_into(std::optional<text::PrintedDate>& slot, std::string_view printed) {
  if (printed.empty()) return;
  auto date = text::read_printed_date(printed);
  if (date) slot = std::move(*date);
}

void read_into(FeedEntry& entry, const json::value& item, const std::string& base, Texts& texts) {
  const Members members = members_of(item);
  entry.id = id_of(members.id, texts);
  entry.url = absolute_in(base, text_of(members.url), texts);
  if (entry.url.empty()) entry.url = absolute_in(base, text_of(members.external_url), texts);
  if (entry.url.empty()) {
    if (const auto id = net::Url::parse(entry.id)) entry.url = texts.keep(id->text());
  }
  entry.title = squeezed_text(text_of(members.title), texts);
  entry.authors = authors_of(members);
  read_into(entry.published, text_of(members.published));
  read_into(entry.updated, text_of(members.modified));
  entry.summary.text = text_of(members.summary);
  const std::string_view html = text_of(members.html);
  entry.content.is_markup = !html.empty();
  entry.content.text = html.empty() ? text_of(members.text) : html;
}

// A feed that was cut has the items before.
Result<markup::JsonDocument> parse(std::string_view utf8, bool& cut) {
  auto document = markup::JsonDocument::parse(utf8);
  const auto rest = document ? std::nullopt : markup::without_cut_end(utf8);
  if (!rest) return document;
  auto mended = markup::JsonDocument::parse(*rest);
  cut = mended.has_value();
  return cut ? std::move(mended) : std::move(document);
}

}  // namespace

Result<FeedDocument> read_json_feed(std::string_view utf8, const std::string& url) {
  bool cut = false;
  auto document = parse(utf8, cut);
  if (!document) return document.error();
  const json::value& root = document->root();
  const json::object* members = root.if_object();
  const json::value* items = members == nullptr ? nullptr : members->if_contains("items");
  if (items == nullptr || !items->is_array()) return Error(ErrorKind::kInvalid, "no feed but JSON without \"items\"");
  FeedDocument feed;
  feed.damaged = cut;
  feed.title = squeezed_text(text_at(root, "title"), feed.texts);
  feed.url = absolute_in(url, text_at(root, "home_page_url"), feed.texts);
  feed.description = FeedText{text_at(root, "description"), false};
  feed.language = text_at(root, "language");
  feed.next_page = absolute_in(url, text_at(root, "next_url"), feed.texts);
  feed.entries.reserve(items->get_array().size());
  for (const json::value& item : items->get_array()) read_into(feed.entries.emplace_back(), item, url, feed.texts);
  sign(feed, authors_of(members_of(root)));
  feed.texts.hold(std::make_shared<markup::JsonDocument>(*std::move(document)));
  return feed;
}

}  // namespace bylined::listing
