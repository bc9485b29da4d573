// SPDX-License-Identifier: Apache-2.0
#include "settings/reading.h"

#include "settings/checks.h"

namespace bylined::settings {
namespace {

std::optional<model::Language> language_from_name(std::string_view name) {
  if (name == "ko") return model::Language::kKorean;
  return name == "en" ? std::optional(model::Language::kEnglish) : std::nullopt;
}

// What is wrong with an address, without what may be the key to it: of a faulty one nothing from its path on is named.
std::string fault_of(const std::string& address, const Error& error) {
  const std::string whole = "URL " + quoted(address) + " ";
  const std::string why = error.text().starts_with(whole) ? error.text().substr(whole.size()) : "is not one that we can call";
  const std::size_t scheme = address.find("://");
  const std::size_t end = scheme == std::string::npos ? 0 : address.find_first_of("/?#\\", scheme + 3);
  const bool has_host = scheme != std::string::npos && address.find_first_of("/?#\\") > scheme;
  return has_host ? "URL " + quoted(address.substr(0, end)) + " " + why : "the URL " + why;
}

}  // namespace

std::string_view noun_name(Noun noun) {
  switch (noun) {
    case Noun::kSource: return "source";
    case Noun::kEntity: return "entity";
    case Noun::kWatch: return "watch";
    case Noun::kReceiver: return "receiver";
  }
  return {};
}

std::string read_id(Table& table, Noun noun, Reading& reading) {
  const auto value = table.need("id", "give it a name of your own that stays the same");
  const auto id = value ? value->text() : std::nullopt;
  if (!id) return {};
  const Status good = check_id(*id);
  if (!good) value->refuse(good.error().text());
  const auto [first, fresh] = reading.ids[noun].emplace(*id, value->place());
  if (!fresh) {
    const Place& place = first->second;
    value->refuse("the id " + quoted(*id) + " is taken by " + place.file + ":" + std::to_string(place.line), "give one of them another id");
  }
  return *id;
}

const Place* place_of(Noun noun, const std::string& id, const Reading& reading) {
  const auto ids = reading.ids.find(noun);
  if (id.empty() || ids == reading.ids.end()) return nullptr;
  const auto found = ids->second.find(id);
  return found == ids->second.end() ? nullptr : &found->second;
}

std::optional<model::Language> read_language(Table& table) {
  return table.word("language", language_from_name, "a language of ours", "write \"ko\" or \"en\"");
}

bool holds_login(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return false;
  const std::size_t host = scheme + 3;
  return std::string_view(url).substr(host, url.find_first_of("/?#", host) - host).find('@') != std::string_view::npos;
}

std::optional<net::Url> read_web_url(const Value& value, const std::string& remedy) {
  const auto text = value.text();
  if (!text) return std::nullopt;
  if (holds_login(*text)) {
    value.refuse("a user name or password does not stand in a URL", remedy);
    return std::nullopt;
  }
  auto url = net::Url::parse(*text);
  if (url) return std::move(*url);
  value.refuse(fault_of(*text, url.error()), remedy);
  return std::nullopt;
}

std::vector<std::string> read_ranges(const Value& value, Reading& reading) {
  std::vector<std::string> ranges;
  for (auto& range : value.texts(100)) {
    const Status good = check_range(range.value);
    if (!good) reading.complaints.refuse(range.place, good.error().text(), "write it as \"10.1.2.0/24\" or \"10.1.2.3\"");
    else ranges.push_back(std::move(range.value));
  }
  return ranges;
}

std::vector<std::string> read_hosts(Table& table, const std::string& key, Reading& reading) {
  std::vector<std::string> hosts;
  for (const auto& host : table.texts(key, 100)) {
    auto name = normal_host(host.value);
    if (!name) reading.complaints.refuse(host.place, name.error().text());
    else hosts.push_back(std::move(*name));
  }
  return hosts;
}

}  // namespace bylined::settings
