// SPDX-License-Identifier: Apache-2.0
#include "base/text/pattern.h"

#include <re2/re2.h>

namespace bylined::text {
namespace {

constexpr std::int64_t kMemory = 8 << 20;  // bytes of one compiled expression; beyond it matching is slower, not wrong

}  // namespace

Result<Pattern> Pattern::compile(std::string expression) {
  if (expression.size() > kMostBytes) return Error(ErrorKind::kInvalid, "is longer than " + std::to_string(kMostBytes) + " bytes");
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMemory);
  Pattern pattern;
  pattern.compiled_ = std::make_shared<const re2::RE2>(expression, options);
  if (!pattern.compiled_->ok()) return Error(ErrorKind::kInvalid, pattern.compiled_->error());
  if (re2::RE2::FullMatch("", *pattern.compiled_)) return Error(ErrorKind::kInvalid, "matches where nothing stands: ask for one letter at least");
  pattern.expression_ = std::move(expression);
  return pattern;
}

std::vector<std::pair<std::size_t, std::size_t>> Pattern::find(std::string_view utf8, std::size_t most) const {
  std::vector<std::pair<std::size_t, std::size_t>> found;
  if (compiled_ == nullptr) return found;
  const re2::StringPiece whole(utf8.data(), utf8.size());
  re2::StringPiece match;
  std::size_t at = 0;
  for (std::size_t looks = 0; at < utf8.size() && looks < most; ++looks) {
    if (!compiled_->Match(whole, at, utf8.size(), re2::RE2::UNANCHORED, &match, 1)) break;
    const auto first = static_cast<std::size_t>(match.data() - utf8.data());
    if (!match.empty()) found.emplace_back(first, first + match.size());
    at = first + std::max<std::size_t>(match.size(), 1);
  }
  return found;
}

}  // namespace bylined::text
