// SPDX-License-Identifier: Apache-2.0
// A world with one source, whose page a test writes: lists in the shape of feeds and of rows, and what stands behind them.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/ledgers.h"
#include "tests/support/small_world.h"

namespace bylined::tests {

using namespace std::chrono_literals;

inline constexpr const char* kNaru = "www.naru.example";
inline const std::string kNewHeadline = "한빛전자, 새 공장 짓는다";

struct Line {
  std::string path, title;
  std::optional<Millis> printed;  // since the start
};
using Lines = std::vector<Line>;

// Old articles name the entity: whoever reads them as news is found out.
inline press::Script old_news(Millis appears, const std::string& headline = kNewHeadline) {
  press::Script script = feed_press();
  for (int i = 0; i < 10; ++i) {
    script.articles.push_back(news(std::to_string(100 + i), "한빛전자 지난 소식 " + std::to_string(i), -24h * (20 - i)));
    script.articles.back().alerts.clear();
  }
  script.articles.push_back(news("201", headline, appears));
  return script;
}

inline Lines old_lines(const std::string& below = "/news/") {
  Lines lines;
  for (int i = 9; i >= 0; --i) lines.push_back({below + std::to_string(100 + i), "한빛전자 지난 소식 " + std::to_string(i), -24h * (20 - i)});
  return lines;
}

inline Lines with_new(Lines lines, Millis printed) {
  lines.insert(lines.begin(), Line{"/news/201", kNewHeadline, printed});
  return lines;
}

inline std::string date_of(const World& world, const Line& line) { return rfc3339(const_cast<World&>(world).outside().press.start() + *line.printed); }

inline std::string feed_of(const World& world, const Lines& lines) {
  std::string text = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>나루일보</title>";
  for (const Line& line : lines) {
    text += "<item><title>" + line.title + "</title><link>https://" + kNaru + line.path + "</link>";
    text += (line.printed ? "<pubDate>" + date_of(world, line) + "</pubDate>" : "") + "</item>";
  }
  return text + "</channel></rss>";
}

inline constexpr const char* kOverleaf = "/list/2";

inline std::string rows_of(const World& world, const Lines& lines, const std::string& row = "row") {
  std::string text = "<!doctype html><html><head><meta charset=\"utf-8\"><title>목록</title></head><body><ul>";
  for (const Line& line : lines) {
    text += "<li class=\"" + row + "\"><a class=\"h\" href=\"" + line.path + "\">" + line.title + "</a>";
    text += (line.printed ? "<time datetime=\"" + date_of(world, line) + "\"></time>" : "") + "</li>";
  }
  return text + "</ul></body></html>";
}

inline std::string going_on(std::string page) { return page.insert(page.rfind("</body>"), std::string("<a class=\"next\" href=\"") + kOverleaf + "\">다음</a>"); }

inline Wishes watching(const std::string& kind) {
  Wishes wishes = small_wishes();
  model::Source& source = wishes.sources.front();
  source.kind = kind;
  source.url = "https://" + std::string(kNaru) + "/list";
  if (kind == "css_page") {
    model::Recipe recipe;
    recipe.name = "rows";
    recipe.item = "li.row";
    recipe.link = "a.h";
    recipe.time = "time";
    recipe.next_page = "a.next";
    source.recipe = recipe;
  }
  return wishes;
}

// A world whose source shows what one puts there.
struct Shown {
  World world;
  std::string page, overleaf;  // "500": it fails
  std::map<std::string, int> asked;
  std::map<std::string, std::string> calls_itself, leads_to;  // articles: by rel=canonical, by a redirect

  Shown(std::uint64_t seed, Millis appears, const std::string& kind) : Shown(seed, old_news(appears), kind) {}
  Shown(std::uint64_t seed, press::Script script, const std::string& kind) : world(seed, std::move(script), watching(kind)) {
    world.outside().weather = [this](const std::string& host, const std::string& target, Instant) {
      Weather weather;
      if (host != kNaru) return weather;
      ++asked[target];
      if (calls_itself.contains(target)) weather.spoil = [this, target](net::HttpResponse& answer) { rename(answer, calls_itself.at(target)); };
      if (leads_to.contains(target)) weather.instead = redirect(leads_to.at(target));
      if (target != "/list" && target != kOverleaf) return weather;
      net::HttpResponse response;
      response.body = target == "/list" ? page : overleaf;
      response.status = response.body == "500" ? 500 : 200;
      response.headers.emplace_back("content-type", response.body.starts_with("<!doctype") ? "text/html; charset=utf-8" : "application/xml");
      weather.instead = response;
      return weather;
    };
  }
  static void rename(net::HttpResponse& answer, const std::string& path) {
    const std::string mark = "<link rel=\"canonical\" href=\"";
    const std::size_t at = answer.body.find(mark);
    if (at == std::string::npos) return;
    answer.body.replace(at + mark.size(), answer.body.find('"', at + mark.size()) - at - mark.size(), "https://" + std::string(kNaru) + path);
  }
  static net::HttpResponse redirect(const std::string& path) {
    net::HttpResponse response;
    response.status = 302;
    response.headers.emplace_back("location", path);
    return response;
  }
  store::SourceStatus source() { return world.reader()->sources()->front(); }
  std::size_t told() { return world.outside().taken.size(); }
};

}  // namespace bylined::tests
