// SPDX-License-Identifier: Apache-2.0
#include "tests/support/small_world.h"

namespace bylined::tests {
namespace {

model::Entity entity(const std::string& id, model::EntityKind kind, std::vector<std::string> names) {
  model::Entity one;
  one.id.value = id;
  one.kind = kind;
  one.names = std::move(names);
  return one;
}

}  // namespace

press::Script feed_press() {
  press::Outlet naru;
  naru.id = "naru";
  naru.shape = press::Shape::kRss;
  naru.name = "나루일보";
  naru.listing = kFeed;
  naru.article_prefix = "https://www.naru.example/news/";
  press::Script script;
  script.outlets.push_back(naru);
  return script;
}

press::Article filler(const std::string& number, Millis appears) {
  press::Article article;
  article.key = "filler-" + number;
  article.places.push_back(press::Place{"naru", number, appears});
  article.title = "데이터센터 전력 수요 늘어 " + number;
  article.author = "윤가람 기자";
  article.paragraphs = {"전국 데이터센터의 전력 수요가 늘었다.", "관계 기관은 대책을 내놓을 예정이다."};
  return article;
}

press::Article news(const std::string& number, const std::string& title, Millis appears) {
  press::Article article = filler(number, appears);
  article.key = "news-" + number;
  article.title = title;
  article.paragraphs = {"한빛전자가 새 반도체 공장을 짓는다고 밝혔다.", "공장은 내년에 문을 연다."};
  article.alerts.push_back(press::ExpectedAlert{"desk", {"hanbit"}});
  return article;
}

Wishes small_wishes() {
  Wishes wishes;
  model::Source source;
  source.id.value = "naru-feed";
  source.kind = "feed";
  source.url = kFeed;
  source.every = model::Period{Millis(300'000), Millis(300'000)};
  wishes.sources.push_back(source);
  wishes.entities.push_back(entity("hanbit", model::EntityKind::kOrganisation, {"한빛전자", "Hanbit Electronics"}));
  wishes.entities.push_back(entity("lee-seojun", model::EntityKind::kPerson, {"이서준"}));
  wishes.entities.back().titles = {"회장"};
  model::Receiver hook;
  hook.id.value = "hook";
  hook.kind = "webhook";
  hook.url = std::string("https://") + kReceiversHost + "/hook";
  hook.secrets.emplace_back("whsec_c2ltdWxhdGVkIHNlY3JldCBvZiB0aGUgaG9vaw==");
  wishes.receivers.push_back(hook);
  model::Receiver mail;
  mail.id.value = "desk";
  mail.kind = "email";
  mail.smtp = "smtps://mail.example:465";
  mail.from = "언론 모니터 <press@example.com>";
  mail.to = {"desk@receivers.example"};
  wishes.receivers.push_back(mail);
  model::Watch watch;
  watch.id.value = "desk";
  watch.entities = {wishes.entities[0].id, wishes.entities[1].id};
  watch.receivers = {hook.id, mail.id};
  wishes.watches.push_back(watch);
  return wishes;
}

}  // namespace bylined::tests
