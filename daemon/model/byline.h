// SPDX-License-Identifier: Apache-2.0
// Who signs an article: a person, or a desk ("온라인뉴스팀") that is nobody.
#pragma once

#include <string_view>

namespace bylined::model {

bool names_a_desk(std::string_view byline);

}  // namespace bylined::model
