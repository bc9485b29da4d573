// SPDX-License-Identifier: Apache-2.0
// Whom to tell, and how to reach them. As configured; whether a receiver answers lives in the store.
#pragma once

#include <string>
#include <vector>

#include "base/secret.h"
#include "model/ids.h"

namespace bylined::model {

enum class Language { kKorean, kEnglish };

struct Receiver {
  ReceiverId id;
  std::string kind;  // a channel's name: "webhook" or "email"
  Language language = Language::kKorean;

  // webhook
  std::string url;
  std::vector<Secret> secrets;  // whsec_…; two while rotating, the first signs first
  std::vector<std::string> allow_private;  // CIDR ranges this receiver may be reached in

  // email
  std::string smtp;  // smtp://host:port (STARTTLS required unless tls_none) or smtps://
  bool tls_none = false;
  std::string user;
  Secret password;
  std::string from;             // "Name <address>" or an address
  std::vector<std::string> to;  // addresses; each gets a delivery of its own

  bool operator==(const Receiver&) const = default;
};

}  // namespace bylined::model
