// SPDX-License-Identifier: Apache-2.0
// The line in which a fault lies, with a mark under it.
#pragma once

#include <string>
#include <string_view>

#include "settings/settings.h"

namespace bylined::cli {

// Two lines; `column` counts characters from 1. A long line is cut around it.
std::string with_caret(std::string_view line, int column);
// The line of the file; empty where it has no place or cannot be read.
std::string caret_of(const settings::Complaint& complaint);
// Of a faulty query, where its reason names a column; else empty.
std::string caret_of(std::string_view query, const Error& error);

}  // namespace bylined::cli
