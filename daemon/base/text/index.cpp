// SPDX-License-Identifier: Apache-2.0
#include "base/text/index.h"

#include <unicode/ucnv.h>

#include <array>
#include <cassert>
#include <cstring>
#include <map>
#include <memory>
#include <string_view>
#include <utility>

namespace bylined::text {
namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

// ICU's converter, asked for one letter at a time.
class Converter {
 public:
  explicit Converter(const char* name) {
    UErrorCode code = U_ZERO_ERROR;
    converter_.reset(ucnv_open(name, &code));
    assert(U_SUCCESS(code) && "ICU has lost a converter");
    ucnv_setToUCallBack(converter_.get(), UCNV_TO_U_CALLBACK_SUBSTITUTE, nullptr, nullptr, nullptr, &code);
  }

  // 0 where these bytes are not exactly one letter.
  char32_t letter(std::string_view bytes) {
    UErrorCode code = U_ZERO_ERROR;
    std::array<UChar, 8> units{};
    ucnv_reset(converter_.get());
    const int32_t length = ucnv_toUChars(converter_.get(), units.data(), static_cast<int32_t>(units.size()), bytes.data(),
                                         static_cast<int32_t>(bytes.size()), &code);
    if (U_FAILURE(code) || length < 1 || length > 2) return 0;
    UChar32 point = units[0];
    if (length == 2 && !U16_IS_SURROGATE(units[0])) return 0;
    if (length == 2) point = U16_GET_SUPPLEMENTARY(units[0], units[1]);
    return point == 0xFFFD || point == 0x1A ? 0 : static_cast<char32_t>(point);
  }

 private:
  std::unique_ptr<UConverter, CloseConverter> converter_;
};

bool is_private(char32_t c) { return c >= 0xE000 && c <= 0xF8FF; }

void drop_private(Index& index) {
  for (char32_t& c : index) c = is_private(c) ? 0 : c;
}

// Fills rows of two bytes: `trail` gives the second one for a place in a row.
template <class Lead, class Trail>
Index two_bytes(const char* converter, std::size_t rows, std::size_t row, Lead lead, Trail trail) {
  Converter from(converter);
  Index index(rows * row);
  for (std::size_t at = 0; at < index.size(); ++at) {
    const std::array<char, 2> bytes{static_cast<char>(lead(at / row)), static_cast<char>(trail(at % row))};
    index[at] = from.letter(std::string_view(bytes.data(), bytes.size()));
  }
  return index;
}

using Fix = std::pair<std::size_t, char32_t>;

template <std::size_t n>
void put_right(Index& index, const std::array<Fix, n>& fixes) {
  for (const auto& [pointer, letter] : fixes) index[pointer] = letter;
}

Index make_chinese() {
  // GB18030-2022 moved these out of the private area.
  constexpr std::array<Fix, 19> kFixes{{{6555, 0x3000}, {7182, 0xFE10}, {7183, 0xFE12}, {7184, 0xFE11}, {7185, 0xFE13}, {7186, 0xFE14}, {7187, 0xFE15},
                                        {7188, 0xFE16}, {7201, 0xFE17}, {7202, 0xFE18}, {7208, 0xFE19}, {23775, 0x9FB4}, {23783, 0x9FB5}, {23788, 0x9FB6},
                                        {23789, 0x9FB7}, {23795, 0x9FB8}, {23812, 0x9FB9}, {23829, 0x9FBA}, {23845, 0x9FBB}}};
  Index index = two_bytes("gb18030", 126, 190, [](std::size_t row) { return row + 0x81; }, [](std::size_t at) { return at + (at < 0x3F ? 0x40 : 0x41); });
  put_right(index, kFixes);
  return index;
}

Index make_big5() {
  static constexpr std::array<Fix, 157> kFixes{{
#include "base/text/big5_table.inc"
  }};
  Index index = two_bytes("Big5-HKSCS", 126, 157, [](std::size_t row) { return row + 0x81; }, [](std::size_t at) { return at + (at < 0x3F ? 0x40 : 0x62); });
  drop_private(index);
  put_right(index, kFixes);
  return index;
}

Index make_supplement() {
  Converter from("EUC-JP");
  Index index(94 * 94);
  constexpr std::size_t kEnd = 7708;  // what lies behind is a vendor's
  for (std::size_t at = 0; at < kEnd; ++at) {
    const std::array<char, 3> bytes{'\x8F', static_cast<char>(at / 94 + 0xA1), static_cast<char>(at % 94 + 0xA1)};
    index[at] = from.letter(std::string_view(bytes.data(), bytes.size()));
  }
  return index;
}

Index make_ranges() {
  Converter from("gb18030");
  Index index(39'420);
  for (std::size_t at = 0; at < index.size(); ++at) {
    const std::array<char, 4> bytes{static_cast<char>(0x81 + at / 12'600), static_cast<char>(0x30 + at / 1'260 % 10),
                                    static_cast<char>(0x81 + at / 10 % 126), static_cast<char>(0x30 + at % 10)};
    index[at] = from.letter(std::string_view(bytes.data(), bytes.size()));
  }
  return index;
}

Index make_latin10() {
  constexpr std::u32string_view kUpper =
      U"\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ";
  Index index;
  for (char32_t c = 0x80; c < 0xA0; ++c) index.push_back(c);
  index.insert(index.end(), kUpper.begin(), kUpper.end());
  return index;
}

Index make_single(const char* converter) {
  const std::string_view name = converter;
  if (name == "iso-8859-16") return make_latin10();  // ICU has none
  Converter from(converter);
  Index index;
  for (int byte = 0x80; byte <= 0xFF; ++byte) {
    const char c = static_cast<char>(byte);
    index.push_back(from.letter(std::string_view(&c, 1)));
  }
  drop_private(index);
  const auto fix = [&](std::string_view whose, int byte, char32_t letter) {
    if (whose == name) index[static_cast<std::size_t>(byte - 0x80)] = letter;
  };
  fix("koi8-u", 0xAE, 0x45E);
  fix("koi8-u", 0xBE, 0x40E);
  fix("windows-1253", 0xAA, 0);
  fix("windows-1255", 0xCA, 0x5BA);
  return index;
}

}  // namespace

const Index& korean_index() {
  static const Index kIndex = [] {
    Index index = two_bytes("windows-949", 126, 190, [](std::size_t row) { return row + 0x81; }, [](std::size_t at) { return at + 0x41; });
    drop_private(index);
    return index;
  }();
  return kIndex;
}

const Index& japanese_index() {
  static const Index kIndex = two_bytes("Shift_JIS", 60, 188, [](std::size_t row) { return row + (row < 0x1F ? 0x81 : 0xC1); },
                                        [](std::size_t at) { return at + (at < 0x3F ? 0x40 : 0x41); });
  return kIndex;
}

const Index& chinese_index() {
  static const Index kIndex = make_chinese();
  return kIndex;
}

const Index& chinese_ranges() {
  static const Index kIndex = make_ranges();
  return kIndex;
}

const Index& big5_index() {
  static const Index kIndex = make_big5();
  return kIndex;
}

const Index& japanese_supplement() {
  static const Index kIndex = make_supplement();
  return kIndex;
}

const Index& single_byte_index(const char* converter) {
  static const std::map<std::string_view, Index> kAll = [] {
    std::map<std::string_view, Index> all;
    for (const char* name :
         {"ibm866", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8", "iso-8859-10", "iso-8859-13",
          "iso-8859-14", "iso-8859-15", "iso-8859-16", "koi8-r", "koi8-u", "macintosh", "windows-874", "windows-1250", "windows-1251", "windows-1252",
          "windows-1253", "windows-1254", "windows-1255", "windows-1256", "windows-1257", "windows-1258", "x-mac-cyrillic"}) {
      all.emplace(name, make_single(name));
    }
    return all;
  }();
  const auto found = kAll.find(converter);
  assert(found != kAll.end());
  return found->second;
}

}  // namespace bylined::text
