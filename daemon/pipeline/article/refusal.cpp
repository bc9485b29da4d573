// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/refusal.h"

#include <array>
#include <string>

namespace bylined::article {
namespace {

// A tombstone's text is short; an article about deletions is not.
constexpr std::size_t kShort = 80;
constexpr std::size_t kPageLimit = 20'000;

struct Sign {
  std::string_view words;
  ErrorKind kind;
};

constexpr std::array<Sign, 31> kSigns{{
    {"삭제된 기사", ErrorKind::kNotFound},
    {"삭제되었거나", ErrorKind::kNotFound},
    {"존재하지 않는 기사", ErrorKind::kNotFound},
    {"존재하지 않는 페이지", ErrorKind::kNotFound},
    {"기사를 찾을 수 없", ErrorKind::kNotFound},
    {"페이지를 찾을 수 없", ErrorKind::kNotFound},
    {"노출이 중단된 기사", ErrorKind::kNotFound},
    {"노출 중단 된 기사", ErrorKind::kNotFound},
    {"요청하신 페이지를 찾", ErrorKind::kNotFound},
    {"article has been removed", ErrorKind::kNotFound},
    {"page not found", ErrorKind::kNotFound},
    {"page you requested could not be found", ErrorKind::kNotFound},
    {"page you are looking for", ErrorKind::kNotFound},
    {"404 not found", ErrorKind::kNotFound},
    {"로그인이 필요", ErrorKind::kInvalid},
    {"로그인 후 이용", ErrorKind::kInvalid},
    {"로그인 해 주", ErrorKind::kInvalid},
    {"로그인 해주", ErrorKind::kInvalid},
    {"아이디와 비밀번호", ErrorKind::kInvalid},
    {"비밀번호를 입력", ErrorKind::kInvalid},
    {"enter your password", ErrorKind::kInvalid},
    {"please log in", ErrorKind::kInvalid},
    {"please sign in", ErrorKind::kInvalid},
    {"service unavailable", ErrorKind::kInvalid},
    {"service temporarily unavailable", ErrorKind::kInvalid},
    {"서비스 점검", ErrorKind::kInvalid},
    {"access denied", ErrorKind::kInvalid},
    {"are you a robot", ErrorKind::kInvalid},
    {"verify you are human", ErrorKind::kInvalid},
    {"enable javascript and cookies", ErrorKind::kInvalid},
    {"비정상적인 접근", ErrorKind::kInvalid},
}};

std::string folded(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

}  // namespace

std::optional<Error> refusal_of(const markup::Document& document, std::size_t body_letters) {
  if (body_letters >= kShort) return std::nullopt;
  const std::string text = folded(document.root().text()).substr(0, kPageLimit);
  for (const Sign& sign : kSigns) {
    if (text.find(sign.words) == std::string::npos) continue;
    return Error(sign.kind, "no article: the page says \"" + std::string(sign.words) + "\"");
  }
  return std::nullopt;
}

}  // namespace bylined::article
