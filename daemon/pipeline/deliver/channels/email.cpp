// SPDX-License-Identifier: Apache-2.0
// One mail for one recipient: text and HTML, in the receiver's language.
#include <algorithm>

#include "base/digest.h"
#include "pipeline/deliver/channels/channel.h"
#include "pipeline/deliver/mail/dates.h"
#include "pipeline/deliver/mail/letter.h"
#include "pipeline/deliver/mail/message.h"

namespace bylined::deliver {
namespace {

// The left part of List-Id: the watch's id where it is short and plain, else a name made from it.
std::string list_label(const std::string& watch) {
  const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
  const bool plain = !watch.empty() && watch.size() <= 32 && std::all_of(watch.begin(), watch.end(), is_plain);
  return plain ? watch : id_from({"watch", watch});
}

std::string mail_host(const Mailbox& from, const Style& style) {
  return style.mail_host.empty() ? from.address.substr(from.address.find('@') + 1) : style.mail_host;
}

std::string head(const Telling& telling, const Mailbox& from, const Mailbox& to, const Letter& letter) {
  const std::string host = mail_host(from, telling.style);
  std::string head;
  // A field that cannot be written safely is left out; none of ours is such, for what is foreign in
  // them was made fit to be shown.
  const auto add = [&head](const Result<std::string>& field) {
    if (field) head += *field;
  };
  add(plain_field("Date", mail_date(telling.alert.created, telling.style.timezone)));
  add(mailbox_field("From", from));
  add(mailbox_field("To", to));
  add(text_field("Subject", letter.subject));
  add(plain_field("Message-ID", "<" + telling.delivery.id.value + "@" + host + ">"));
  add(plain_field("List-Id", "<" + list_label(telling.alert.watch.value) + ".watch." + host + ">"));
  add(plain_field("Auto-Submitted", "auto-generated"));
  add(plain_field("MIME-Version", "1.0"));
  return head;
}

std::string compose_email(const Telling& telling) {
  const auto from = parse_mailbox(telling.receiver.from);
  const auto to = parse_mailbox(telling.delivery.recipient);
  if (!from || !to) return {};  // settings refuse them; a row without bytes is refused by its courier
  const Letter letter = write_letter(telling.alert, telling.receiver.language, telling.style);
  const std::string boundary = "=_" + telling.delivery.id.value;  // no line of base64 begins with "--"
  const std::string edge = "--" + boundary;
  return head(telling, *from, *to, letter) + "Content-Type: multipart/alternative; boundary=\"" + boundary + "\"\r\n\r\n" +
         edge + "\r\n" + base64_part("text/plain; charset=utf-8", letter.text) +
         edge + "\r\n" + base64_part("text/html; charset=utf-8", letter.html) +
         edge + "--\r\n";
}

Result<Transmission> address_email(const model::Receiver& receiver, const model::Delivery& delivery, Instant) {
  const auto from = parse_mailbox(receiver.from);
  if (!from) return from.error().within("receiver " + receiver.id.value);
  const auto to = parse_mailbox(delivery.recipient);
  if (!to) return to.error().within("receiver " + receiver.id.value);
  net::Mail mail;
  mail.server = receiver.smtp;
  mail.tls_none = receiver.tls_none;
  mail.user = receiver.user;
  mail.password = receiver.password;
  mail.from = from->address;
  mail.to = to->address;
  mail.message = delivery.payload;
  mail.allow_private = receiver.allow_private;
  return Transmission(std::move(mail));
}

// Replies about who we are (RFC 4954) or about the conversation wherever they come, not about this mail: 530 authenticate first,
// 534 and 538 not this way, 535 wrong credentials, 454 cannot check now, 421 closing, 503 out of sequence (we keep to it).
bool concerns_all(int code) { return code == 421 || code == 454 || code == 503 || code == 530 || code == 534 || code == 535 || code == 538; }

Judgement judge_email(const Answer& answer) {
  Judgement judgement = begin_judgement(answer);
  if (answer.to_us || concerns_all(answer.status)) judgement.whole_receiver = true;
  if (answer.status >= 200 && answer.status < 300) judgement.verdict = Verdict::kDelivered;
  if (answer.status >= 500 && answer.status < 600) judgement.verdict = Verdict::kRefused;
  return judgement;
}

}  // namespace

extern const Channel email{"email", compose_email, address_email, judge_email};

}  // namespace bylined::deliver
