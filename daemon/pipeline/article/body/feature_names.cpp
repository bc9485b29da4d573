// SPDX-License-Identifier: Apache-2.0
#include "pipeline/article/body/features.h"

namespace bylined::article {

std::string first_name(std::size_t feature) {
  static constexpr std::string_view kScalarNames[] = {
#define FEATURE(scalar, name) name,
#include "pipeline/article/body/features.inc"
#undef FEATURE
  };
  static constexpr std::string_view kHolderNames[] = {
#define HOLDER(name) #name,
      ARTICLE_HOLDERS(HOLDER)
#undef HOLDER
      "another element"};
  static constexpr std::string_view kKindNames[] = {
#define SECTION(name) #name,
      ARTICLE_SECTIONS(SECTION)
#undef SECTION
  };
  if (feature < kFirstStart) return std::string(kScalarNames[feature]);
  if (feature < kFirstAnywhere) return "starts with words of " + std::string(purpose_name(static_cast<Purpose>(feature - kFirstStart)));
  if (feature < kFirstHolder) return "has words of " + std::string(purpose_name(static_cast<Purpose>(feature - kFirstAnywhere)));
  if (feature < kFirstKind) return "is " + std::string(kHolderNames[feature - kFirstHolder]);
  if (feature < kFirstNear) return "in " + std::string(kKindNames[feature - kFirstKind]);
  if (feature < kFirstUnder) return "near mark " + std::string(mark_name(static_cast<Mark>(feature - kFirstNear)));
  return "under mark " + std::string(mark_name(static_cast<Mark>(feature - kFirstUnder)));
}

}  // namespace bylined::article
