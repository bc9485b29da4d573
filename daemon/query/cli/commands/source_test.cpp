// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "base/net/url.h"
#include "base/text/shown.h"
#include "query/cli/command.h"
#include "query/cli/going_out.h"
#include "query/cli/table.h"
#include "query/service/dry_run.h"
#include "settings/settings.h"

namespace bylined::cli {
namespace {

namespace json = query::json;

void show_article(const Call& call, const json::value& article) {
  if (article.as_object().contains("obstacle")) {
    call.out << "first article: not read: " << text::shown(shown_at(article, "reason")) << "\n";
    return;
  }
  call.out << "first article, as it is read:\n";
  for (const char* const field : {"title", "authors", "published", "modified", "outlet", "section", "language", "original_url", "body"}) {
    const std::string value = shown_at(article, field);
    if (!value.empty()) call.out << "  " << field << ": " << text::shown(value) << "\n";
  }
}

void show_listing(const Call& call, const json::value& listing) {
  if (listing.as_object().contains("obstacle")) {
    call.out << "not read: " << text::shown(shown_at(listing, "reason")) << "\n";
    return;
  }
  Table table({"PRINTED", "AUTHORS", "HEADLINE", "READ FROM", "URL"});
  for (const json::value& item : listing.at("items").as_array()) {
    table.add({shown_at(item, "printed"), shown_at(item, "authors"), shown_at(item, "title"), shown_at(item, "origin"), shown_at(item, "url")});
  }
  if (!table.empty()) table.print(call.out, terminal_columns());
  for (const char* const field : {"outlet", "journalist", "next_page"}) {
    const std::string value = shown_at(listing, field);
    if (!value.empty()) call.out << field << ": " << text::shown(value) << "\n";
  }
  call.out << listing.at("items").as_array().size() << " items, " << shown_at(listing, "skipped") << " skipped\n";
  if (listing.at("suspect").as_bool()) call.out << "as a source it would be suspect: nothing is taken from such a page\n";
  for (const json::value& remark : listing.at("remarks").as_array()) call.out << "remark: " << text::shown(std::string(remark.as_string())) << "\n";
  constexpr std::size_t kPartsShown = 10;
  const json::array& parts = listing.at("parts").as_array();
  for (std::size_t i = 0; i < parts.size() && i < kPartsShown; ++i) {
    call.out << "names a " << shown_at(parts[i], "kind") << ": " << text::shown(shown_at(parts[i], "url")) << " " << shown_at(parts[i], "changed") << "\n";
  }
  if (parts.size() > kPartsShown) call.out << "and " << parts.size() - kPartsShown << " more\n";
}

void show(const Call& call, const json::value& answer) {
  const std::string robots = shown_at(answer, "robots");
  const bool is_told_below = robots == shown_at(answer.at("listing"), "reason");  // why neither could be asked
  call.out << "kind:   " << shown_at(answer, "kind") << "\n";
  if (!is_told_below) call.out << "robots: " << text::shown(robots) << "\n";
  show_listing(call, answer.at("listing"));
  const json::value* const followed = answer.as_object().if_contains("followed");
  for (const json::value& part : followed != nullptr ? followed->as_array() : json::array()) {
    call.out << "\nfollowed: " << text::shown(shown_at(part, "url")) << " as " << shown_at(part, "kind") << "\n";
    show_listing(call, part.at("listing"));
  }
  const json::value* const article = answer.as_object().if_contains("first_article");
  if (article != nullptr) show_article(call, *article);
}

// The source of the configuration with this address, or what was given.
model::Source source_in(const Call& call, const settings::Settings& settings) {
  model::Source source;
  source.id.value = "test";
  source.url = call.word("url");
  source.kind = call.word("kind");
  for (const model::Source& one : settings.sources) {
    if (one.url == source.url && source.kind.empty()) source = one;
  }
  return source;
}

// Its key is read only where there is one, since others' secrets may be closed to who asks.
Result<model::Source> source_for(const Call& call, const settings::Settings& settings) {
  const model::Source source = source_in(call, settings);
  if (source.client_id.empty()) return source;
  const auto with_keys = configured(call.globals.connection, settings::Secrets::kCheck);
  if (!with_keys) return with_keys.error();
  model::Source keyed = source_in(call, **with_keys);
  if (!keyed.client_secret.empty()) return keyed;
  return Error(ErrorKind::kRefused, "the key of source " + quoted(source.id.value) + " is given to the service only: write client_secret = { file = \"…\" } to test it here");
}

Status check_address(const std::string& address) {
  const auto url = net::Url::parse(address);
  if (url) return Status();
  const bool is_bare = address.find(':') == std::string::npos && net::Url::parse("https://" + address);
  return Error(ErrorKind::kInvalid, url.error().text() + "; write " + (is_bare ? "https://" + address : "an address such as https://example.com/news"));
}

int test(const Call& call) {
  if (const Status address = check_address(call.word("url")); !address) return call.fail(address.error());
  const auto settings = ways_out(call.globals.connection);
  if (!settings) {
    const int status = call.fail(settings.error());
    return settings.error().kind() == ErrorKind::kInvalid ? kConfig : status;
  }
  const auto source = source_for(call, **settings);
  if (!source) return call.fail(source.error());
  json::object answer;
  const Status gone = go_out(**settings, [&](fetch::Fetcher& fetcher) -> Task<void> { answer = co_await query::dry_run(fetcher, *source); });
  if (!gone) return call.fail(gone.error());
  const json::object& listing = answer["listing"].as_object();
  const bool read = !listing.contains("obstacle") && !listing.at("suspect").as_bool();
  if (call.globals.json) {
    call.out << json::serialize(answer) << "\n";
  } else {
    show(call, answer);
  }
  return read ? kDone : kNothingFound;
}

}  // namespace

extern const Command source_test_command;
const Command source_test_command{"source test",
                                  "What an address would be read as, and why; stores nothing",
                                  "주소를 어떻게 읽을지 미리 보여 줍니다 (저장하지 않음)",
                                  "byline source test https://media.naver.com/journalist/277/72385",
                                  {{"url", "URL"}},
                                  {{"--kind", "kind", "read it as this kind instead of finding out"}},
                                  test};

}  // namespace bylined::cli
