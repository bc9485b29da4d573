// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdio>

#include "base/text/decode.h"
#include "pipeline/deliver/channels/channel.h"

namespace bylined::deliver {

#define CHANNEL(name) extern const Channel name;
#include "pipeline/deliver/channels/channels.inc"
#undef CHANNEL

namespace {

const auto& all_channels() {
#define CHANNEL(name) &name,
  static const std::array kAll{
#include "pipeline/deliver/channels/channels.inc"
  };
#undef CHANNEL
  return kAll;
}

}  // namespace

const Channel* find_channel(std::string_view name) {
  for (const Channel* channel : all_channels()) {
    if (channel->name == name) return channel;
  }
  return nullptr;
}

std::vector<std::string_view> channel_names() {
  std::vector<std::string_view> names;
  for (const Channel* channel : all_channels()) names.push_back(channel->name);
  return names;
}

Judgement begin_judgement(const Answer& answer) {
  Judgement judgement;
  judgement.verdict = answer.status == 0 && answer.sent ? Verdict::kAmbiguous : Verdict::kRetry;
  judgement.status = answer.status;
  judgement.reply = excerpt(answer.text);
  judgement.asked_wait = answer.retry_after;
  judgement.whole_receiver = answer.status == 0;
  return judgement;
}

std::string excerpt(std::string_view reply) {
  constexpr std::size_t kMost = 500;
  std::string out;
  for (std::size_t at = 0; at < reply.size();) {
    std::size_t length = 1;
    while (at + length < reply.size() && length < 4 && (static_cast<unsigned char>(reply[at + length]) & 0xC0) == 0x80) ++length;
    std::string letter(reply.substr(at, length));
    const auto first = static_cast<unsigned char>(letter[0]);
    const bool c1 = first == 0xC2 && length == 2 && static_cast<unsigned char>(letter[1]) < 0xA0;
    if (first < 0x20 || first == 0x7F || c1 || !text::valid_utf8(letter)) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\x%02x", c1 ? static_cast<unsigned char>(letter[1]) : first);
      letter = escaped;
      length = c1 ? 2 : 1;
    }
    if (out.size() + letter.size() > kMost) break;
    out += letter;
    at += length;
  }
  return out;
}

std::string compose(const model::Alert& alert, const model::Receiver& receiver, const model::Delivery& delivery, const Style& style) {
  const Channel* channel = find_channel(receiver.kind);
  // Settings know only our channels; a row without bytes is refused by its courier, and seen.
  return channel == nullptr ? std::string() : channel->compose({alert, receiver, delivery, style});
}

}  // namespace bylined::deliver
