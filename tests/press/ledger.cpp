// SPDX-License-Identifier: Apache-2.0
#include "tests/press/ledger.h"

#include <algorithm>

#include <boost/json.hpp>

namespace bylined::press {
namespace {

namespace json = boost::json;

std::string asked_header(const net::Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

}  // namespace

Ledger::Ledger(const Press& press, const std::string& path) : file_(path, std::ios::app) {
  for (const Article& article : press.script().articles) {
    for (const Place& place : article.places) {
      const Outlet& outlet = *press.script().outlet(place.outlet);
      const auto add = [&](const char* what, Millis after) {
        events_.push_back({press.start() + after, what, article.key, outlet.id, outlet.article_prefix + place.number});
      };
      add("appeared", place.appears);
      for (const Edit& edit : article.edits) add("edited", edit.at);
      if (article.vanishes) add("vanished", *article.vanishes);
    }
  }
  std::stable_sort(events_.begin(), events_.end(), [](const Event& a, const Event& b) { return a.at < b.at; });
}

void Ledger::write(const Event& event) {
  json::object line;
  line["event"] = event.what;
  line["at"] = rfc3339(event.at + held_);
  line["article"] = event.article;
  line["outlet"] = event.outlet;
  line["url"] = event.url;
  file_ << json::serialize(line) << '\n';
}

void Ledger::begun(Millis held, Instant now) {
  held_ = held;
  json::object line;
  line["event"] = "begun";
  line["at"] = rfc3339(now + held);
  file_ << json::serialize(line) << '\n';
  file_.flush();
}

void Ledger::publish_until(Instant now) {
  const std::size_t before = written_;
  while (written_ < events_.size() && events_[written_].at <= now) write(events_[written_++]);
  if (written_ != before) file_.flush();
}

void Ledger::served(std::string_view host, std::string_view target, const net::Headers& asked, const Answer& answer, Instant now) {
  publish_until(now);
  json::object line;
  line["event"] = "served";
  line["at"] = rfc3339(now + held_);
  line["host"] = host;
  line["target"] = target;
  line["status"] = answer.status;
  line["bytes"] = answer.body.size();
  line["agent"] = asked_header(asked, "user-agent");
  if (!answer.listed.empty()) line["listed"] = json::value_from(answer.listed);
  if (!answer.shown.empty()) line["article"] = answer.shown;
  file_ << json::serialize(line) << '\n';
  file_.flush();
}

}  // namespace bylined::press
