// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "base/text/shown.h"
#include "base/text/width.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace bylined;
using fuzz::require;

constexpr const char* kTypes[] = {"", "text/html; charset=utf-8", "text/html; charset=euc-kr", "text/xml; charset=utf-16", "text/html; charset=shift_jis",
                                  "text/html; charset=gb18030", "text/html; charset=iso-2022-jp", "text/html; charset=big5"};

}  // namespace

// The length chooses what the server says. Whatever comes is UTF-8 without controls, the same each time, and not much
// longer than it was.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  const char* const type = kTypes[size % std::size(kTypes)];
  const text::Decoded decoded = text::decode(bytes, type);
  fuzz::require_running_text(decoded.text);
  require(decoded.text.size() <= 4 * bytes.size() + 16);
  require(text::decode(bytes, type).text == decoded.text);
  const text::Decoded verbatim = text::decode_verbatim(bytes, type);
  require(text::valid_utf8(verbatim.text) && verbatim.text.size() <= 4 * bytes.size() + 16);

  const std::string shown = text::shown(decoded.text);
  require(text::valid_utf8(shown) && shown.find('\n') == std::string::npos);
  for (const char c : shown) require(!fuzz::is_control(c));
  const std::string cut = text::cut(shown, 20);
  require(text::valid_utf8(cut) && text::code_points(cut) <= 20);
  return 0;
}
