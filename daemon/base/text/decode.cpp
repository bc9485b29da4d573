// SPDX-License-Identifier: Apache-2.0
#include "base/text/decode.h"

#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include <memory>
#include <vector>

namespace bylined::text {
namespace {

constexpr std::size_t kPrescan = 4096;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

std::string lower(std::string_view text) {
  std::string copy(text);
  for (char& c : copy) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return copy;
}

// The label after "charset=" or "encoding=", first of a known charset.
std::string label_after(std::string_view text, std::string_view key) {
  const std::size_t at = text.find(key);
  if (at == std::string_view::npos) return std::string();
  std::size_t from = at + key.size();
  while (from < text.size() && (text[from] == ' ' || text[from] == '"' || text[from] == '\'')) ++from;
  const std::size_t to = text.find_first_of(" \"';,>/?", from);
  return std::string(text.substr(from, to == std::string_view::npos ? to : to - from));
}

std::string name_of_label(const std::string& label) {
  if (label == "utf-8" || label == "utf8") return "utf-8";
  for (const char* one : {"euc-kr", "ks_c_5601-1987", "ksc5601", "ks_c_5601", "windows-949", "x-windows-949", "uhc", "cp949", "ms949"}) {
    if (label == one) return "euc-kr";
  }
  return label;
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

// By ICU's converter of that name; nothing where it has none.
bool convert(std::string_view bytes, const std::string& charset, Decoded& out) {
  UErrorCode code = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open(charset == "euc-kr" ? "windows-949" : charset.c_str(), &code));
  if (U_FAILURE(code)) return false;
  std::vector<UChar> units(bytes.size() * 2 + 1);
  const int32_t length = ucnv_toUChars(converter.get(), units.data(), static_cast<int32_t>(units.size()), bytes.data(),
                                       static_cast<int32_t>(bytes.size()), &code);
  if (U_FAILURE(code)) return false;
  out.text.clear();
  for (int32_t i = 0; i < length;) {
    UChar32 point;
    U16_NEXT(units.data(), i, length, point);
    if (point == 0xFFFD || U_IS_SURROGATE(point)) ++out.replaced;
    char buffer[4];
    int32_t size = 0;
    U8_APPEND_UNSAFE(reinterpret_cast<uint8_t*>(buffer), size, U_IS_SURROGATE(point) ? 0xFFFD : point);
    out.text.append(buffer, static_cast<std::size_t>(size));
  }
  out.charset = charset;
  return true;
}

void repair_utf8(std::string_view bytes, Decoded& out) {
  out.charset = "utf-8";
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  const auto length = static_cast<int32_t>(bytes.size());
  for (int32_t i = 0; i < length;) {
    const int32_t start = i;
    UChar32 point;
    U8_NEXT(data, i, length, point);
    if (point < 0) {
      ++out.replaced;
      out.text += kReplacement;
    } else {
      out.text.append(bytes.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(i - start)));
    }
  }
}

void drop_controls(std::string& text) {
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; });
}

}  // namespace

bool valid_utf8(std::string_view text) {
  const auto* data = reinterpret_cast<const uint8_t*>(text.data());
  const auto length = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < length;) {
    UChar32 point;
    U8_NEXT(data, i, length, point);
    if (point < 0) return false;
  }
  return true;
}

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

Decoded decode(std::string_view bytes, std::string_view content_type) {
  Decoded out;
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    repair_utf8(bytes.substr(3), out);
    drop_controls(out.text);
    return out;
  }
  std::string label = label_after(lower(content_type), "charset=");
  const std::string head = lower(bytes.substr(0, kPrescan));
  if (label.empty()) label = label_after(head, "charset=");
  if (label.empty()) label = label_after(head, "encoding=");
  const std::string charset = name_of_label(label);
  Decoded korean;
  if (valid_utf8(bytes)) {
    repair_utf8(bytes, out);
  } else if (!charset.empty() && charset != "utf-8" && convert(bytes, charset, out)) {
    out.charset = charset;
  } else if (convert(bytes, "euc-kr", korean) && korean.replaced == 0) {
    out = korean;
  } else {
    out = Decoded();
    repair_utf8(bytes, out);
  }
  drop_controls(out.text);
  return out;
}

}  // namespace bylined::text
