// SPDX-License-Identifier: Apache-2.0
// A database as a daemon left it after an hour with a small press, and the configuration that names it.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>

#include "query/service/service.h"
#include "tests/support/small_world.h"

namespace bylined::tests {

class Lived {
 public:
  Lived() : world_(41, script(), wishes()) {
    world_.outside().receiver_answer = [](const std::string& receiver, Instant) {
      net::HttpResponse response;
      response.status = receiver == "hook" ? 500 : 204;
      return response;
    };
    world_.boot();
    EXPECT_TRUE(world_.run_for(std::chrono::hours(1)));
    now_ = world_.now();
    world_.crash();
    std::ofstream(config()) << "[daemon]\nstate_dir = \"" << world_.folder() << "\"\n[http]\nlisten = [\"unix:" << world_.folder()
                            << "/nobody.sock\"]\n[fetch]\ncontact = \"press@example.com\"\n"
                            << "[[entity]]\nid = \"hanbit\"\nnames = [\"한빛전자\"]\n[[entity]]\nid = \"lee-seojun\"\nnames = [\"이서준\"]\n"
                            << "[[entity]]\nid = \"grid\"\nnames = [\"데이터센터\"]\ncontext_none = [\"전력\"]\n"
                            << "[[watch]]\nid = \"desk\"\nquery = \"entity:hanbit AND NOT 야구\"\n"
                            << "[[watch]]\nid = \"quiet\"\nquery = \"entity:hanbit NEAR/1 데이터센터\"\n";
    settings_ = settings::read(config(), settings::process_environment).settings;
    EXPECT_TRUE(settings_);
  }

  std::string config() const { return world_.folder() + "/bylined.toml"; }
  std::string folder() const { return world_.folder(); }
  std::string database() const { return world_.database(); }
  Instant now() const { return now_; }
  settings::SettingsPtr settings() const { return settings_; }

  Result<query::json::value> ask(const std::string& path, query::Params params = {}, query::json::object facts = {}) const {
    const auto reader = world_.reader();
    return query::answer(query::Sight{*reader, settings_, std::move(facts), now_}, query::Question{path, std::move(params)});
  }
  query::json::value good(const std::string& path, query::Params params = {}) const {
    auto answered = ask(path, std::move(params));
    EXPECT_TRUE(answered) << (answered ? "" : answered.error().text());
    return answered ? *answered : query::json::value();
  }

 private:
  static Wishes wishes() {
    Wishes wishes = small_wishes();
    model::Watch& watch = wishes.watches.front();
    watch.query = "entity:hanbit AND NOT 야구";
    watch.rule = *settings::parse_query(watch.query);
    watch.entities = {wishes.entities.front().id};
    return wishes;
  }

  static press::Script script() {
    press::Script script = feed_press();
    for (int i = 0; i < 3; ++i) script.articles.push_back(filler(std::to_string(100 + i), std::chrono::hours(-9 + i)));
    script.articles.push_back(news("201", "한빛전자, 새 공장 짓는다", std::chrono::minutes(12)));
    script.articles.push_back(filler("202", std::chrono::minutes(22)));
    script.articles.push_back(news("203", "새 공장 두고 지역사회 기대", std::chrono::minutes(32)));
    return script;
  }

  World world_;
  Instant now_;
  settings::SettingsPtr settings_;
};

// One for all tests of a file: nothing changes it.
inline const Lived& lived() {
  static const Lived one;
  return one;
}

}  // namespace bylined::tests
