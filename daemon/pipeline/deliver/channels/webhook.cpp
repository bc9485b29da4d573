// SPDX-License-Identifier: Apache-2.0
// Standard Webhooks 1.0: the body is composed once, timestamp and signature belong to the attempt.
#include "base/markup/json.h"
#include "model/alert_json.h"
#include "pipeline/deliver/channels/channel.h"

namespace bylined::deliver {
namespace {

std::string compose_webhook(const Telling& telling) {
  markup::json::object body;
  body["type"] = telling.delivery.type;
  body["timestamp"] = rfc3339(telling.alert.created);
  body["data"] = model::to_json(telling.alert);
  return markup::to_text(body);
}

Result<Transmission> address_webhook(const model::Receiver& receiver, const model::Delivery& delivery, Instant now) {
  auto url = net::Url::parse(receiver.url);
  if (!url) return url.error().within("receiver " + receiver.id.value);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  auto signature = sign(receiver.secrets, delivery.id.value, seconds, delivery.payload);
  if (!signature) return signature.error().within("receiver " + receiver.id.value);

  net::HttpRequest request;
  request.method = "POST";
  request.url = std::move(*url);
  request.headers = {{"content-type", "application/json"},
                     {"webhook-id", delivery.id.value},
                     {"webhook-timestamp", std::to_string(seconds)},
                     {"webhook-signature", *signature}};
  request.body = delivery.payload;
  request.timeout = Millis(20'000);  // the specification advises 15 to 30 s
  request.max_body = 64 << 10;
  request.allow_private = receiver.allow_private;
  request.receiver = true;
  return Transmission(std::move(request));
}

// Worth another try at the usual pace, and a sign that the whole receiver is in trouble.
bool passes(int status) { return status == 408 || status == 425 || status == 429 || status >= 500; }
// Every delivery would be answered so: redirects we do not follow, and our credentials.
bool refuses_all(int status) { return status < 400 || status == 401 || status == 403 || status == 407; }

Judgement judge_webhook(const Answer& answer) {
  Judgement judgement = begin_judgement(answer);
  if (answer.status == 0) return judgement;
  if (answer.status >= 200 && answer.status < 300) {
    judgement.verdict = Verdict::kDelivered;
    return judgement;
  }
  if (answer.status == 404 || answer.status == 410) {
    judgement.verdict = Verdict::kPause;
    judgement.whole_receiver = true;
  } else if (passes(answer.status)) {
    judgement.whole_receiver = true;
  } else {
    judgement.verdict = Verdict::kRefused;
    judgement.whole_receiver = refuses_all(answer.status);
  }
  return judgement;
}

}  // namespace

extern const Channel webhook{"webhook", compose_webhook, address_webhook, judge_webhook};

}  // namespace bylined::deliver
