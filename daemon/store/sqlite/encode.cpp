// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/encode.h"

#include <bit>
#include <cstring>

#include "base/digest.h"
#include "base/markup/json.h"

namespace bylined::store {
namespace {

namespace json = markup::json;

// Mixes texts word by word. Each step can be undone, so a change inside one word always changes the sum:
// it finds damage, which is all it is for, at a tenth of the price of a digest. Lengths are mixed in, so
// that ("ab", "c") and ("a", "bc") differ.
class Fingerprint {
 public:
  Fingerprint& add(std::string_view text) {
    mix(text.size());
    for (; text.size() >= kWord; text.remove_prefix(kWord)) mix(word(text.substr(0, kWord)));
    if (!text.empty()) mix(word(text));
    return *this;
  }
  Fingerprint& add(std::int64_t number) {
    mix(static_cast<std::uint64_t>(number));
    return *this;
  }
  Fingerprint& add(const std::vector<std::string>& list) {
    mix(list.size());
    for (const std::string& one : list) add(one);
    return *this;
  }
  Fingerprint& add(const std::optional<model::Stamp>& stamp) {
    if (!stamp) return add(std::int64_t{-1});
    return add(stamp->at.time_since_epoch().count()).add(static_cast<std::int64_t>(stamp->precision)).add(stamp->text);
  }
  std::int64_t value() const { return static_cast<std::int64_t>(sum_); }

 private:
  static constexpr std::size_t kWord = 8;

  // Little end first on every machine.
  static std::uint64_t word(std::string_view bytes) {
    std::uint64_t value = 0;
    std::memcpy(&value, bytes.data(), bytes.size());
    return std::endian::native == std::endian::little ? value : __builtin_bswap64(value);
  }
  void mix(std::uint64_t value) {
    sum_ = (sum_ ^ value) * 0x9E3779B97F4A7C15u;
    sum_ ^= sum_ >> 32;
  }

  std::uint64_t sum_ = 0x62796C64;  // not zero: leading empty texts count too
};

template <class E>
std::optional<E> named(std::string_view name, std::string_view (*name_of)(E), std::initializer_list<E> all) {
  for (const E one : all) {
    if (name_of(one) == name) return one;
  }
  return std::nullopt;
}

// What we wrote ourselves: any bytes that were text to us are text again.
std::optional<json::array> array_from(std::string_view text) {
  json::parse_options options;
  options.allow_invalid_utf8 = true;
  boost::system::error_code failed;
  json::value parsed = json::parse(json::string_view(text.data(), text.size()), failed, json::storage_ptr(), options);
  if (failed || !parsed.is_array()) return std::nullopt;
  return std::move(parsed.get_array());
}

constexpr std::string_view kScheme = "https://";

// The first so many bits of a digest, as a signed number: nobody makes texts that share them but by trying.
std::int64_t digest_bits(std::string_view text, int bits) {
  const std::string digest = sha256(text);
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | static_cast<unsigned char>(digest[static_cast<std::size_t>(i)]);
  return static_cast<std::int64_t>(value) >> (64 - bits);
}

}  // namespace

std::string list_text(const std::vector<std::string>& list) {
  std::string text = "[";
  for (const std::string& one : list) text += (text.size() > 1 ? "," : "") + json::serialize(json::string_view(one.data(), one.size()));
  return text + "]";
}

std::optional<std::vector<std::string>> list_from_text(std::string_view text) {
  if (text == "[]") return std::vector<std::string>();
  const auto parsed = array_from(text);
  if (!parsed) return std::nullopt;
  std::vector<std::string> list;
  for (const json::value& one : *parsed) {
    if (!one.is_string()) return std::nullopt;
    list.emplace_back(one.get_string().data(), one.get_string().size());
  }
  return list;
}

std::string ids_text(const std::vector<model::EntityId>& ids) {
  std::vector<std::string> list;
  for (const model::EntityId& id : ids) list.push_back(id.value);
  return list_text(list);
}

std::string positions_text(const std::vector<int>& positions) {
  std::string text = "[";
  for (const int position : positions) text += (text.size() > 1 ? "," : "") + std::to_string(position);
  return text + "]";
}

std::optional<std::vector<int>> positions_from_text(std::string_view text) {
  const auto parsed = array_from(text);
  if (!parsed) return std::nullopt;
  std::vector<int> positions;
  for (const json::value& one : *parsed) {
    if (!one.is_int64()) return std::nullopt;
    positions.push_back(static_cast<int>(one.get_int64()));
  }
  return positions;
}

StampColumns::StampColumns(const std::optional<model::Stamp>& stamp) {
  if (!stamp) return;
  at = stamp->at;
  precision = static_cast<int>(stamp->precision);
  text = stamp->text;
}

std::optional<model::SourceState> source_state_from(std::string_view name) {
  using S = model::SourceState;
  return named(name, model::state_name, {S::kNew, S::kOk, S::kFailing, S::kSuspect, S::kQuiet, S::kRefusedByRobots, S::kRobotsUnreachable});
}

std::optional<model::AlertState> alert_state_from(std::string_view name) {
  using S = model::AlertState;
  return named(name, model::alert_state_name, {S::kOpen, S::kAcknowledged, S::kResolved});
}

std::optional<model::DeliveryState> delivery_state_from(std::string_view name) {
  using S = model::DeliveryState;
  return named(name, model::delivery_state_name, {S::kPending, S::kDelivered, S::kDead});
}

std::optional<model::Field> field_from(std::string_view name) {
  return named(name, model::field_name, {model::Field::kTitle, model::Field::kBody});
}

std::int64_t identity_hash(std::string_view identity) { return digest_bits(identity, 48); }

std::int64_t title_hash(std::string_view title_key) { return digest_bits(title_key, 32); }

std::string claimed_name(const model::ArticleIdentity& identity) { return "claimed:" + identity.value; }

std::string identity_stem(std::string_view identity) {
  const bool short_form = identity.starts_with(kScheme) && !identity.substr(kScheme.size()).starts_with('=');
  return short_form ? std::string(identity.substr(kScheme.size())) : "=" + std::string(identity);
}

std::string address_beside(std::string_view identity, std::string_view url) {
  constexpr std::string_view kBegin = "http";
  if (url == identity) return std::string();
  if (!identity.starts_with(kScheme) || !url.starts_with(kBegin)) return std::string(url);
  const std::string_view rest = identity.substr(kScheme.size());
  const std::string_view tail = url.substr(kBegin.size());
  if (!tail.ends_with(rest)) return std::string(url);
  return "+" + std::string(tail.substr(0, tail.size() - rest.size()));
}

std::string authors_text(const std::vector<std::string>& authors) { return authors.empty() ? std::string() : list_text(authors); }

std::int64_t checksum(std::initializer_list<std::string_view> texts) {
  Fingerprint print;
  for (const std::string_view text : texts) print.add(text);
  return print.value();
}

std::int64_t checksum(const model::ListedItem& item) {
  return static_cast<std::int32_t>(
      Fingerprint().add(item.identity.value).add(item.url).add(item.title).add(item.summary).add(item.authors).add(item.printed).value());
}

std::int64_t checksum(const model::Host& host) { return checksum({host.origin, host.robots_body}); }

std::int64_t checksum(const model::Article& article) { return checksum({article.id.value, article.identity, article.url}); }

std::int64_t checksum(const model::Version& version, const std::vector<model::Mention>& mentions) {
  const model::Content& content = version.content;
  Fingerprint print;
  print.add(version.number).add(model::read_name(version.read)).add(content.title).add(content.body).add(content.summary);
  print.add(content.captions).add(content.authors).add(content.byline).add(content.published).add(content.modified);
  print.add(content.outlet).add(content.section).add(content.language).add(content.image);
  print.add(content.canonical_url).add(content.original_url).add(version.text_url).add(version.hash);
  for (const model::Mention& mention : mentions) {
    print.add(mention.entity.value).add(model::how_name(mention.how)).add(model::field_name(mention.field));
    print.add(static_cast<std::int64_t>(mention.confidence * 1e6));
    print.add(static_cast<std::int64_t>(mention.start)).add(static_cast<std::int64_t>(mention.end));
    print.add(mention.text).add(mention.sentence);
  }
  return print.value();
}

std::int64_t checksum(const model::Alert& alert, std::string_view entities, std::string_view mentions) {
  return checksum({alert.id.value, alert.key, alert.watch.value, model::severity_name(alert.severity), entities, mentions});
}

std::int64_t checksum(const model::Delivery& delivery) {
  return checksum({delivery.id.value, delivery.receiver.value, delivery.recipient, delivery.type, delivery.payload});
}

// What it says, not where it stood: a line moved in a file is no other rule.
std::int64_t checksum(const model::Definition& definition) { return checksum({definition.id, definition.text}); }

}  // namespace bylined::store
