// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>

#include "pipeline/deliver/mail/letter.h"
#include "pipeline/deliver/mail/message.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace bylined;

using fuzz::is_control;
using fuzz::require;

model::Alert alert_of(const std::string& text) {
  model::Alert alert;
  alert.article.url = text;
  alert.watch.value = text;
  model::Content& content = alert.version.content;
  content.title = content.body = content.outlet = text;
  content.authors = {text};
  model::Mention mention;
  mention.text = mention.sentence = text;
  mention.start = text.size() / 3;
  mention.end = text.size() / 2;
  alert.mentions = {mention, mention};
  alert.mentions[0].field = model::Field::kTitle;
  alert.entities = {mention.entity};
  return alert;
}

// Lines of at most 76 ASCII characters, ended by CR LF, all but the first begun with a blank.
void check_field(std::string_view field) {
  for (bool first = true; !field.empty(); first = false) {
    const std::size_t end = field.find("\r\n");
    require(end != std::string_view::npos && end <= 76);
    for (const char c : field.substr(0, end)) require(!is_control(c) && static_cast<unsigned char>(c) < 0x80);
    require(first || field.front() == ' ');
    field.remove_prefix(end + 2);
  }
}

// Only our own tags stand in the page.
void check_page(std::string_view page) {
  for (std::size_t at = page.find('<'); at != std::string_view::npos; at = page.find('<', at + 1)) {
    const std::string_view tag = page.substr(at + 1, page.find_first_of(" >", at) - at - 1);
    const std::string_view known = " !DOCTYPE html head meta title body table tr td h1 p a b span br blockquote ";
    const std::string word = " " + std::string(tag.starts_with('/') ? tag.substr(1) : tag) + " ";
    require(known.find(word) != std::string_view::npos);
  }
}

}  // namespace

// Whatever an article says, its mail is a mail with our headers and our tags; an address that we take
// holds nothing but an address.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view raw(reinterpret_cast<const char*>(data), size);
  const auto letter = deliver::write_letter(alert_of(std::string(raw)), model::Language::kKorean, deliver::Style());
  const auto subject = deliver::text_field("Subject", letter.subject);
  require(subject.has_value());
  require(text::valid_utf8(letter.subject) && text::code_points(letter.subject) <= 200);
  check_field(*subject);
  check_page(letter.html);

  const auto mailbox = deliver::parse_mailbox(raw);
  if (!mailbox) return 0;
  require(mailbox->address.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.@_+=&~-") == std::string::npos);
  const auto field = deliver::mailbox_field("From", *mailbox);
  require(field.has_value());
  return 0;
}
