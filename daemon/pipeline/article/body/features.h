// SPDX-License-Identifier: Apache-2.0
// What can be said of a block in numbers. A first look at the block and its place, a second look at how its
// neighbours did at the first. Numbers only: what they weigh stands in weights.inc.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/article/body/blocks.h"
#include "pipeline/article/body/kin.h"
#include "pipeline/article/body/marks.h"
#include "pipeline/article/body/outline.h"
#include "pipeline/article/body/phrases.h"

namespace bylined::article {

// The elements that a text may stand in, told apart.
#define ARTICLE_HOLDERS(HOLDER)                                                                                              \
  HOLDER(P) HOLDER(Div) HOLDER(Li) HOLDER(H1) HOLDER(H2) HOLDER(H3) HOLDER(H4) HOLDER(H5) HOLDER(H6) HOLDER(Td) HOLDER(Th)   \
  HOLDER(Blockquote) HOLDER(Pre) HOLDER(Dd) HOLDER(Dt) HOLDER(Section) HOLDER(Article) HOLDER(Figcaption) HOLDER(A)          \
  HOLDER(Main) HOLDER(Header) HOLDER(Footer) HOLDER(Address) HOLDER(Center) HOLDER(Body)

enum class Holder : std::uint8_t {
#define HOLDER(name) k##name,
  ARTICLE_HOLDERS(HOLDER)
#undef HOLDER
  kOther,
  kCount,
};
inline constexpr std::size_t kHolders = static_cast<std::size_t>(Holder::kCount);

enum class Scalar : std::uint8_t {
#define FEATURE(scalar, name) k##scalar,
#include "pipeline/article/body/features.inc"
#undef FEATURE
  kCount,
};
inline constexpr std::size_t kScalars = static_cast<std::size_t>(Scalar::kCount);

// Features of the first look: scalars, then one a purpose, holder, kind and mark.
inline constexpr std::size_t kFirstStart = kScalars;
inline constexpr std::size_t kFirstAnywhere = kFirstStart + kPurposes;
inline constexpr std::size_t kFirstHolder = kFirstAnywhere + kPurposes;
inline constexpr std::size_t kFirstKind = kFirstHolder + kHolders;
inline constexpr std::size_t kFirstNear = kFirstKind + kKinds;
inline constexpr std::size_t kFirstUnder = kFirstNear + kMarks;
inline constexpr std::size_t kFirstFeatures = kFirstUnder + kMarks;

enum class Context : std::uint8_t {
#define FEATURE(context, name) k##context,
#include "pipeline/article/body/context.inc"
#undef FEATURE
  kCount,
};
inline constexpr std::size_t kContexts = static_cast<std::size_t>(Context::kCount);

using FirstLook = std::array<float, kFirstFeatures>;
using SecondLook = std::array<float, kContexts>;

// All that is seen of a block: the second look, the first, and the second once more, after what it led to.
inline constexpr std::size_t kAllFeatures = kContexts + kFirstFeatures + kContexts;

std::string first_name(std::size_t feature);
std::string_view second_name(std::size_t feature);

// What the page's metadata says, to be found again in the text.
struct Hints {
  std::vector<std::string> titles;
  std::vector<std::string> descriptions;
  std::vector<std::string> bodies;  // articleBody of JSON-LD
};

std::vector<FirstLook> first_looks(const std::vector<Block>& blocks, const Outline& outline, const Kinship& kinship, const Hints& hints);
// `scores`: log-odds of each block after the first look.
std::vector<SecondLook> second_looks(const std::vector<Block>& blocks, const Outline& outline, const Kinship& kinship, const std::vector<float>& scores);

}  // namespace bylined::article
