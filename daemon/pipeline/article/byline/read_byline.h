// SPDX-License-Identifier: Apache-2.0
// Authors as they are printed beside the headline: in a line that calls itself a byline, that begins with "By", or that has
// a name and the date; and those who sign the text at its end. Claims weaker than those of metadata.
#pragma once

#include <string>
#include <vector>

#include "pipeline/article/body/features.h"
#include "pipeline/article/evidence.h"

namespace bylined::article {

void read_byline(const markup::Document& document, const Printed& printed, Evidence& evidence);
// A name alone that the text ends with goes out of it.
void read_signature(std::vector<std::string>& paragraphs, Evidence& evidence);

}  // namespace bylined::article
