// SPDX-License-Identifier: Apache-2.0
// Where a sequence cannot be read, its last byte is looked at again if it is ASCII: so damage never swallows a tag.
#include "base/text/decoders.h"

#include "base/text/index.h"

namespace bylined::text {
namespace {

// Walks over bytes; runs of ASCII are handed on whole.
class Input {
 public:
  explicit Input(std::string_view bytes) : bytes_(bytes) {}

  // Hands on ASCII; false at the end.
  bool to_next(Utf8Sink& out) {
    const std::size_t run = ascii_length(bytes_.substr(at_));
    if (run > 0) out.add_run(bytes_.substr(at_, run));
    at_ += run;
    return at_ < bytes_.size();
  }
  std::size_t left() const { return bytes_.size() - at_; }
  int peek(std::size_t ahead) const { return at_ + ahead < bytes_.size() ? static_cast<unsigned char>(bytes_[at_ + ahead]) : -1; }
  void skip(std::size_t count) { at_ += std::min(count, left()); }

  // A pair at the front stands for `letter`, or for nothing where that is 0.
  void settle(char32_t letter, int trail, Utf8Sink& out) {
    if (letter != 0) {
      out.add(letter);
      skip(2);
      return;
    }
    out.add_damage();
    skip(trail >= 0x80 ? 2 : 1);
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

bool within(int byte, int low, int high) { return byte >= low && byte <= high; }

char32_t at(const Index& index, int pointer) { return pointer >= 0 && static_cast<std::size_t>(pointer) < index.size() ? index[static_cast<std::size_t>(pointer)] : 0; }

// How many bytes at the front, where no letter of UTF-8 stands, are the longest beginning of one.
std::size_t damage_length(std::string_view bytes) {
  const auto peek = [bytes](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : -1; };
  const int lead = peek(0);
  const int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  const std::size_t length = within(lead, 0xC2, 0xDF) ? 2 : within(lead, 0xE0, 0xEF) ? 3 : within(lead, 0xF0, 0xF4) ? 4 : 1;
  std::size_t good = 1;
  while (good < length && within(peek(good), good == 1 ? low : 0x80, good == 1 ? high : 0xBF)) ++good;
  return good;
}

void decode_utf16(std::string_view bytes, bool big, Utf8Sink& out) {
  const auto unit = [&](std::size_t at) {
    const int a = static_cast<unsigned char>(bytes[at]), b = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(big ? a * 256 + b : b * 256 + a);
  };
  std::size_t at = 0;
  for (; at + 2 <= bytes.size(); at += 2) {
    const char32_t one = unit(at);
    if (one < 0xD800 || one > 0xDFFF) {
      out.add(one);
      continue;
    }
    const char32_t two = at + 4 <= bytes.size() ? unit(at + 2) : 0;
    if (one > 0xDBFF || two < 0xDC00 || two > 0xDFFF) {
      // A leading half at the very end and an odd byte behind it are one damage.
      if (one <= 0xDBFF && at + 4 > bytes.size()) return out.add_damage();
      out.add_damage();
      continue;
    }
    out.add(0x10000 + ((one - 0xD800) << 10) + (two - 0xDC00));
    at += 2;
  }
  if (at < bytes.size()) out.add_damage();
}

char32_t four_bytes(const Input& bytes) {
  const int pointer = ((bytes.peek(0) - 0x81) * 10 + bytes.peek(1) - 0x30) * 1'260 + (bytes.peek(2) - 0x81) * 10 + bytes.peek(3) - 0x30;
  if (pointer < 39'420) return at(chinese_ranges(), pointer);
  return pointer >= 189'000 && pointer <= 1'237'575 ? static_cast<char32_t>(0x10000 + pointer - 189'000) : 0;
}

void take_four(Input& bytes, Utf8Sink& out) {
  const int third = bytes.peek(2), fourth = bytes.peek(3);
  if (third < 0 || (within(third, 0x81, 0xFE) && fourth < 0)) {  // cut off: one damage
    out.add_damage();
    return bytes.skip(4);
  }
  if (!within(third, 0x81, 0xFE) || !within(fourth, 0x30, 0x39)) {
    out.add_damage();
    return bytes.skip(1);
  }
  const char32_t letter = four_bytes(bytes);
  letter == 0 ? out.add_damage() : out.add(letter);
  bytes.skip(4);
}

}  // namespace

void decode_utf8(const Encoding&, std::string_view text, Utf8Sink& out) {
  while (!text.empty()) {
    const std::size_t run = utf8_run(text);
    out.add_run(text.substr(0, run));
    text.remove_prefix(run);
    if (text.empty()) return;
    out.add_damage();
    text.remove_prefix(damage_length(text));
  }
}

void decode_single(const Encoding& self, std::string_view text, Utf8Sink& out) {
  const Index& index = single_byte_index(self.name == "iso-8859-8-i" ? "iso-8859-8" : self.name.data());
  for (Input bytes(text); bytes.to_next(out); bytes.skip(1)) {
    const char32_t letter = at(index, bytes.peek(0) - 0x80);
    letter == 0 ? out.add_damage() : out.add(letter);
  }
}

void decode_euc_kr(const Encoding&, std::string_view text, Utf8Sink& out) {
  const Index& index = korean_index();
  for (Input bytes(text); bytes.to_next(out);) {
    const int lead = bytes.peek(0), trail = bytes.peek(1);
    const bool pair = within(lead, 0x81, 0xFE) && within(trail, 0x41, 0xFE);
    // Neither 0x80 nor 0xFF leads: alone, it is damage.
    if (!within(lead, 0x81, 0xFE)) {
      out.add_damage();
      bytes.skip(1);
    } else {
      bytes.settle(pair ? at(index, (lead - 0x81) * 190 + trail - 0x41) : 0, trail, out);
    }
  }
}

void decode_gb18030(const Encoding&, std::string_view text, Utf8Sink& out) {
  const Index& index = chinese_index();
  for (Input bytes(text); bytes.to_next(out);) {
    const int lead = bytes.peek(0), trail = bytes.peek(1);
    if (lead == 0x80 || lead == 0xFF) {
      lead == 0x80 ? out.add(0x20AC) : out.add_damage();
      bytes.skip(1);
    } else if (within(trail, 0x30, 0x39)) {
      take_four(bytes, out);
    } else {
      const bool pair = within(trail, 0x40, 0x7E) || within(trail, 0x80, 0xFE);
      bytes.settle(pair ? at(index, (lead - 0x81) * 190 + trail - (trail < 0x7F ? 0x40 : 0x41)) : 0, trail, out);
    }
  }
}

void decode_big5(const Encoding&, std::string_view text, Utf8Sink& out) {
  const Index& index = big5_index();
  for (Input bytes(text); bytes.to_next(out);) {
    const int lead = bytes.peek(0), trail = bytes.peek(1);
    if (!within(lead, 0x81, 0xFE)) {
      out.add_damage();
      bytes.skip(1);
      continue;
    }
    const bool pair = within(trail, 0x40, 0x7E) || within(trail, 0xA1, 0xFE);
    const int pointer = pair ? (lead - 0x81) * 157 + trail - (trail < 0x7F ? 0x40 : 0x62) : -1;
    if (pointer == 1133 || pointer == 1135 || pointer == 1164 || pointer == 1166) {  // a letter and its accent
      out.add(pointer < 1150 ? 0xCA : 0xEA);
      out.add(pointer == 1133 || pointer == 1164 ? 0x304 : 0x30C);
      bytes.skip(2);
      continue;
    }
    bytes.settle(at(index, pointer), trail, out);
  }
}

void decode_shift_jis(const Encoding&, std::string_view text, Utf8Sink& out) {
  const Index& index = japanese_index();
  for (Input bytes(text); bytes.to_next(out);) {
    const int lead = bytes.peek(0), trail = bytes.peek(1);
    if (lead == 0x80 || within(lead, 0xA1, 0xDF)) {
      out.add(lead == 0x80 ? U'\x80' : static_cast<char32_t>(0xFF61 - 0xA1 + lead));
      bytes.skip(1);
    } else if (!within(lead, 0x81, 0x9F) && !within(lead, 0xE0, 0xFC)) {
      out.add_damage();
      bytes.skip(1);
    } else {
      const bool pair = within(trail, 0x40, 0x7E) || within(trail, 0x80, 0xFC);
      const int pointer = (lead - (lead < 0xA0 ? 0x81 : 0xC1)) * 188 + trail - (trail < 0x7F ? 0x40 : 0x41);
      const bool is_private = pair && within(pointer, 8'836, 10'715);
      bytes.settle(is_private ? static_cast<char32_t>(0xE000 + pointer - 8'836) : pair ? at(index, pointer) : 0, trail, out);
    }
  }
}

void decode_euc_jp(const Encoding&, std::string_view text, Utf8Sink& out) {
  for (Input bytes(text); bytes.to_next(out);) {
    const int lead = bytes.peek(0), trail = bytes.peek(1), third = bytes.peek(2);
    if (lead == 0x8E && within(trail, 0xA1, 0xDF)) {
      bytes.settle(static_cast<char32_t>(0xFF61 - 0xA1 + trail), trail, out);
    } else if (lead == 0x8F && within(trail, 0xA1, 0xFE)) {
      bytes.skip(1);
      if (third < 0) bytes.skip(1);
      bytes.settle(within(third, 0xA1, 0xFE) ? at(japanese_supplement(), (trail - 0xA1) * 94 + third - 0xA1) : 0, third, out);
    } else if (lead == 0x8E || lead == 0x8F || within(lead, 0xA1, 0xFE)) {
      const bool pair = within(lead, 0xA1, 0xFE) && within(trail, 0xA1, 0xFE);
      bytes.settle(pair ? at(japanese_index(), (lead - 0xA1) * 94 + trail - 0xA1) : 0, trail, out);
    } else {
      out.add_damage();
      bytes.skip(1);
    }
  }
}

namespace {

// ISO-2022-JP: what an escape sequence at the front switches to.
enum class Mode { kNone, kAscii, kRoman, kKatakana, kTwoBytes };

Mode mode_after(std::string_view escape) {
  if (escape.starts_with("\x1B(B")) return Mode::kAscii;
  if (escape.starts_with("\x1B(J")) return Mode::kRoman;
  if (escape.starts_with("\x1B(I")) return Mode::kKatakana;
  if (escape.starts_with("\x1B$@") || escape.starts_with("\x1B$B")) return Mode::kTwoBytes;
  return Mode::kNone;
}

// One letter in one of the modes of one byte; 0 where there is none.
char32_t single_of(Mode mode, int byte) {
  if (mode == Mode::kKatakana) return within(byte, 0x21, 0x5F) ? static_cast<char32_t>(0xFF61 - 0x21 + byte) : 0;
  if (mode == Mode::kRoman && byte == 0x5C) return 0xA5;
  if (mode == Mode::kRoman && byte == 0x7E) return 0x203E;
  return byte < 0x80 && byte != 0x0E && byte != 0x0F ? static_cast<char32_t>(byte) : 0;
}

}  // namespace

void decode_iso_2022_jp(const Encoding&, std::string_view text, Utf8Sink& out) {
  Mode mode = Mode::kAscii;
  bool just_escaped = false;
  for (std::size_t i = 0; i < text.size();) {
    const int byte = static_cast<unsigned char>(text[i]);
    const Mode next = byte == 0x1B ? mode_after(text.substr(i)) : Mode::kNone;
    if (next != Mode::kNone) {
      if (just_escaped) out.add_damage();  // two escapes with nothing between
      mode = next;
      just_escaped = true;
      i += 3;
      continue;
    }
    just_escaped = false;
    if (mode != Mode::kTwoBytes || byte == 0x1B) {
      const char32_t letter = byte == 0x1B ? 0 : single_of(mode, byte);
      (letter == 0 && byte != 0) ? out.add_damage() : out.add(letter);
      ++i;
      continue;
    }
    const int trail = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : -1;
    if (!within(byte, 0x21, 0x7E)) {
      out.add_damage();
      ++i;
      continue;
    }
    const char32_t letter = within(trail, 0x21, 0x7E) ? at(japanese_index(), (byte - 0x21) * 94 + trail - 0x21) : 0;
    letter == 0 ? out.add_damage() : out.add(letter);
    i += trail == 0x1B ? 1 : 2;
  }
}

void decode_replacement(const Encoding&, std::string_view text, Utf8Sink& out) {
  if (!text.empty()) out.add_damage();
}

void decode_utf16be(const Encoding&, std::string_view text, Utf8Sink& out) { decode_utf16(text, true, out); }
void decode_utf16le(const Encoding&, std::string_view text, Utf8Sink& out) { decode_utf16(text, false, out); }

void decode_user_defined(const Encoding&, std::string_view text, Utf8Sink& out) {
  for (Input bytes(text); bytes.to_next(out); bytes.skip(1)) out.add(static_cast<char32_t>(0xF780 + bytes.peek(0) - 0x80));
}

}  // namespace bylined::text
