// SPDX-License-Identifier: Apache-2.0
// Alerts to compose messages from. Names and words are invented.
#pragma once

#include <string>
#include <string_view>

#include "base/text/decode.h"
#include "base/text/fold.h"
#include "model/alert.h"
#include "model/receiver.h"
#include "pipeline/deliver/deliver.h"

namespace bylined::deliver::samples {

inline std::string repeated(const std::string& piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

// The mention of `text` that begins at its `nth` place (from 0) in the field; its sentence is the line.
inline model::Mention mention(const model::Content& content, model::Field field, const std::string& entity, const std::string& text, std::size_t nth = 0) {
  const std::string& whole = field == model::Field::kTitle ? content.title : content.body;
  std::size_t place = whole.find(text);
  for (; nth > 0; --nth) place = whole.find(text, place + 1);
  const std::size_t begin = whole.rfind('\n', place) + 1;
  model::Mention one;
  one.entity.value = entity;
  one.field = field;
  one.text = text;
  one.start = text::code_points(whole.substr(0, place));
  one.end = one.start + text::code_points(text);
  one.sentence = whole.substr(begin, std::min(whole.find('\n', begin), whole.size()) - begin);
  return one;
}

inline model::Alert ordinary() {
  model::Alert alert;
  alert.id.value = "q2w3e4r5t6y7u2i3o4p5a6s7d2";
  alert.created = *parse_rfc3339("2025-02-04T09:32:10.120Z");
  alert.watch.value = "desk";
  alert.severity = model::Severity::kHigh;
  alert.article.id.value = "article-1";
  alert.article.identity = "naver:277/0005642161";
  alert.article.url = "https://n.news.naver.com/article/277/0005642161?sid=101&type=\"x\"";
  alert.article.source.value = "asiae-72385";
  alert.article.first_seen = *parse_rfc3339("2025-02-04T09:32:08.004Z");
  alert.version.number = 1;
  model::Content& content = alert.version.content;
  content.title = "한빛전자 김한빛 회장 \"올해 반도체에 10조 투자\"";
  content.body =
      "김한빛 한빛전자 회장은 4일 서울에서 열린 간담회에서 새 공장 계획을 밝혔다.\n\n"
      "이날 김 회장은 \"한빛전자는 A&B < C 원칙을 지킨다\"며 김 회장다운 답을 내놓았다.\n\n"
      "시장에서는 별하늘도 뒤따를 것으로 본다.";
  content.authors = {"나기자"};
  content.outlet = "아시아경제";
  content.published = text::Stamp{*parse_rfc3339("2025-02-04T18:30:00+09:00"), text::Precision::kSecond, "2025-02-04T18:30:00+09:00"};
  alert.mentions = {mention(content, model::Field::kTitle, "hanbit", "한빛전자"),
                    mention(content, model::Field::kTitle, "kim", "김한빛"),
                    mention(content, model::Field::kBody, "kim", "김한빛"),
                    mention(content, model::Field::kBody, "hanbit", "한빛전자"),
                    mention(content, model::Field::kBody, "kim", "김 회장"),
                    mention(content, model::Field::kBody, "hanbit", "한빛전자", 1),
                    mention(content, model::Field::kBody, "kim", "김 회장", 1),
                    mention(content, model::Field::kBody, "byeol", "별하늘")};
  alert.mentions[4].how = alert.mentions[6].how = model::How::kShortForm;
  alert.mentions[4].confidence = alert.mentions[6].confidence = 0.9;
  alert.mentions[7].confidence = 0.4;
  alert.entities = {model::EntityId{"hanbit"}, model::EntityId{"kim"}};
  return alert;
}

// Its article may not be read.
inline model::Alert headline_only() {
  model::Alert alert = ordinary();
  alert.id.value = "h2w3e4r5t6y7u2i3o4p5a6s7d2";
  alert.severity = model::Severity::kNormal;
  alert.version.read = model::ReadState::kRefusedByRobots;
  alert.version.content.body.clear();
  alert.version.content.authors.clear();
  alert.version.content.published = text::Stamp{*parse_rfc3339("2025-02-03T15:00:00Z"), text::Precision::kDay, "2025-02-04"};
  alert.mentions.resize(2);
  return alert;
}

inline model::Receiver webhook() {
  model::Receiver receiver;
  receiver.id.value = "ops";
  receiver.kind = "webhook";
  receiver.url = "https://hooks.example.com/press";
  receiver.secrets = {Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")};
  return receiver;
}

inline model::Receiver email() {
  model::Receiver receiver;
  receiver.id.value = "desk-mail";
  receiver.kind = "email";
  receiver.smtp = "smtps://mail.example.com:465";
  receiver.user = "press";
  receiver.password = Secret("hidden");
  receiver.from = "언론 모니터 <press@example.com>";
  receiver.to = {"desk@example.com"};
  return receiver;
}

inline Style style() {
  Style style;
  style.public_url = "https://press.example.com";
  return style;
}

inline model::Delivery delivery(const model::Alert& alert, const model::Receiver& receiver) {
  model::Delivery delivery;
  delivery.id.value = "d2w3e4r5t6y7u2i3o4p5a6s7d2";
  delivery.alert = alert.id;
  delivery.receiver = receiver.id;
  delivery.recipient = receiver.to.empty() ? std::string() : receiver.to.front();
  delivery.type = "alert.created";
  delivery.created = alert.created;
  delivery.payload = compose(alert, receiver, delivery, style());
  return delivery;
}

}  // namespace bylined::deliver::samples
