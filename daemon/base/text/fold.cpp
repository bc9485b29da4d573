// SPDX-License-Identifier: Apache-2.0
#include "base/text/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>

namespace bylined::text {
namespace {

constexpr char32_t kDrop = 0x1FFFFE;  // no character: it leaves no trace
constexpr char32_t kBlank = U' ';
constexpr char32_t kLineEnd = U'\n';
constexpr std::size_t kLongestReference = 10;  // "&thetasym;" and "&#1114111;" are as long as it gets
constexpr std::size_t kLongestCluster = 64;    // a base and its marks; more is no writing, but an attack

const icu::Normalizer2& normalizer() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* found = icu::Normalizer2::getNFKCCasefoldInstance(status);
  assert(U_SUCCESS(status) && found != nullptr);
  return *found;
}

const icu::Normalizer2& decomposer() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* found = icu::Normalizer2::getNFDInstance(status);
  assert(U_SUCCESS(status) && found != nullptr);
  return *found;
}

bool in(char32_t c, char32_t first, char32_t last) { return first <= c && c <= last; }

// Letters that are no other letter and a mark to Unicode, but to whoever types them without.
char32_t without_stroke(char32_t c) {
  switch (c) {
    case U'æ': return U'a';
    case U'đ': case U'ð': return U'd';
    case U'ħ': return U'h';
    case U'ı': case U'ĳ': return U'i';
    case U'ĸ': return U'k';
    case U'ł': case U'ŀ': return U'l';
    case U'ŋ': case U'ŉ': return U'n';
    case U'ø': case U'œ': return U'o';
    case U'ß': case U'ſ': return U's';
    case U'þ': case U'ŧ': return U't';
    default: return c;
  }
}

// What the normal form leaves apart though readers see one thing, or joins though they see two.
char32_t unified(char32_t c) {
  switch (c) {
    case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2032: case 0x0060: case 0x00B4: return U'\'';
    case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x2033: case 0x00AB: case 0x00BB: return U'"';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212: case 0xFE63: return U'-';
    // U+318D is a letter by its Unicode category, yet Korean keyboards give it as the middle dot.
    case 0x318D: case 0x30FB: case 0xFF65: case 0x2022: case 0x2027: case 0x2219: case 0x22C5: case 0x119E: return U'\u00B7';
    case 0x2122: case 0x2120: case 0x00AE: case 0x00B9: case 0x00B2: case 0x00B3: return kDrop;
    case 0x2028: case 0x2029: case 0x0085: case 0x000B: case 0x000C: case 0x000D: return kLineEnd;
    default: break;
  }
  if (c == 0x24D2) return 0x00A9;            // a c in a circle is how Korean keyboards give the copyright sign
  if (in(c, 0x2070, 0x2079)) return kDrop;   // raised figures: footnotes
  if (in(c, 0x2460, 0x24FF) || in(c, 0x2776, 0x2793) || in(c, 0x3251, 0x325F) || in(c, 0x32B1, 0x32BF)) return kBlank;  // ① …
  if (c != kLineEnd && u_isUWhiteSpace(static_cast<UChar32>(c))) return kBlank;
  return c;
}

// Appends a letter as whoever has no marks on the keyboard types it. A mark that no letter of Unicode has joins the bare one too.
void append_bare(std::u32string& text, char32_t c) {
  const bool mark = in(c, 0x300, 0x36F);
  if (mark && !text.empty() && in(text.back(), U'a', U'z')) return;
  text.push_back(without_marks(c));
  if (c == U'æ' || c == U'œ') text.push_back(U'e');
}

std::u32string normalized(std::u32string_view cluster) {
  icu::UnicodeString in;
  for (const char32_t c : cluster) in.append(static_cast<UChar32>(c));
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString out;
  normalizer().normalize(in, out, status);
  assert(U_SUCCESS(status));
  std::u32string result;
  for (int32_t i = 0; i < out.length(); i = out.moveIndex32(i, 1)) append_bare(result, static_cast<char32_t>(out.char32At(i)));
  return result;
}

// What one character of the basic plane becomes where the next one cannot join it.
class Entry {
 public:
  Entry() = default;
  Entry(char32_t to, bool simple, bool boundary) : bits_(to | (simple ? kSimple : 0U) | (boundary ? kBoundary : 0U)) {}

  char32_t to() const { return bits_ & (kBoundary - 1); }
  bool simple() const { return (bits_ & kSimple) != 0; }      // one character or none, and nothing before it joins
  bool boundary() const { return (bits_ & kBoundary) != 0; }  // joins nothing before it

 private:
  static constexpr std::uint32_t kBoundary = 1U << 30;
  static constexpr std::uint32_t kSimple = 1U << 31;
  std::uint32_t bits_ = 0;
};

using Plane = std::array<Entry, 0x10000>;

Entry entry_for(char32_t c) {
  const bool boundary = normalizer().hasBoundaryBefore(static_cast<UChar32>(c));
  const char32_t first = unified(c);
  if (first != c) return Entry(first, true, true);
  if (c == U'&' || U_IS_SURROGATE(c)) return Entry(c, false, boundary);
  if (in(c, 0x3131, 0x318E)) return Entry(c, true, true);  // ㅣ ㅠ, keys of their own, join no syllable before them
  const std::u32string result = normalized(std::u32string(1, c));
  if (result.empty()) return Entry(kDrop, true, true);
  if (!boundary) return Entry(c, false, false);
  if (result.size() > 1) return Entry(c, false, true);
  return Entry(unified(result[0]), true, true);
}

const Plane& plane() {
  static const Plane* const table = [] {
    auto* made = new Plane;  // lives as long as the program
    for (char32_t c = 0; c < made->size(); ++c) (*made)[c] = entry_for(c);
    return made;
  }();
  return *table;
}

struct Named {
  std::u32string_view name;
  char32_t c;
};
constexpr std::array<Named, 22> kReferences{{
    {U"amp", U'&'}, {U"lt", U'<'}, {U"gt", U'>'}, {U"quot", U'"'}, {U"apos", U'\''}, {U"nbsp", U' '}, {U"middot", 0xB7},
    {U"hellip", 0x2026}, {U"lsquo", 0x2018}, {U"rsquo", 0x2019}, {U"ldquo", 0x201C}, {U"rdquo", 0x201D}, {U"ndash", 0x2013},
    {U"mdash", 0x2014}, {U"bull", 0x2022}, {U"laquo", 0xAB}, {U"raquo", 0xBB}, {U"shy", 0xAD}, {U"trade", 0x2122},
    {U"reg", 0xAE}, {U"copy", 0xA9}, {U"times", 0xD7},
}};

std::optional<unsigned> digit_of(char32_t c, unsigned base) {
  if (in(c, U'0', U'9')) return c - U'0';
  if (base == 16 && in(c | 0x20, U'a', U'f')) return (c | 0x20) - U'a' + 10;
  return std::nullopt;
}

std::optional<char32_t> numbered(std::u32string_view digits) {
  const bool hex = !digits.empty() && (digits[0] | 0x20) == U'x';
  if (hex) digits.remove_prefix(1);
  if (digits.empty() || digits.size() > 7) return std::nullopt;
  unsigned value = 0;
  for (const char32_t c : digits) {
    const auto digit = digit_of(c, hex ? 16 : 10);
    if (!digit) return std::nullopt;
    value = value * (hex ? 16 : 10) + *digit;
  }
  if (value == 0 || value > 0x10FFFF || U_IS_SURROGATE(value)) return std::nullopt;
  return value;
}

struct Reference {
  char32_t c;
  std::size_t length;
};

// The HTML character reference at the start of `text` (which begins with "&").
std::optional<Reference> reference_at(std::u32string_view text) {
  const std::size_t semicolon = text.substr(0, kLongestReference + 1).find(U';');
  if (semicolon == std::u32string_view::npos) return std::nullopt;
  const std::u32string_view name = text.substr(1, semicolon - 1);
  if (!name.empty() && name[0] == U'#') {
    const auto c = numbered(name.substr(1));
    return c ? std::optional<Reference>({*c, semicolon + 1}) : std::nullopt;
  }
  for (const Named& one : kReferences) {
    if (one.name == name) return Reference{one.c, semicolon + 1};
  }
  return std::nullopt;
}

bool continues(const char* at) { return (static_cast<unsigned char>(*at) & 0xC0) == 0x80; }

// Moves past one code point; of a sequence that is none, past its first byte.
char32_t next_code_point(const char*& at, const char* end) {
  const char32_t lead = static_cast<unsigned char>(*at++);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  if (lead < 0xC2 || lead > 0xF4 || end - at < more) return U'\uFFFD';
  char32_t c = lead & (0x3FU >> more);
  for (int i = 0; i < more; ++i) {
    if (!continues(at + i)) return U'\uFFFD';
    c = c << 6 | (static_cast<unsigned char>(at[i]) & 0x3FU);
  }
  const bool overlong = (more == 2 && c < 0x800) || (more == 3 && c < 0x10000);
  if (overlong || c > 0x10FFFF || U_IS_SURROGATE(c)) return U'\uFFFD';
  at += more;
  return c;
}

}  // namespace

// Goes over the bytes once. What is plain is written on at once; what joins the character before it (marks,
// Hangul letters) takes that one back and is composed with it.
class Folder {
 public:
  explicit Folder(std::string_view utf8) : begin_(utf8.data()), at_(begin_), end_(begin_ + utf8.size()), plane_(plane()) { out_.text.reserve(utf8.size() / 2); }

  Folded run() && {
    while (at_ != end_) {
      if (!plain_hangul()) other();
    }
    flush();
    return std::move(out_);
  }

 private:
  static constexpr std::size_t kChunk = 256;

  bool plain_hangul() {
    if (end_ - at_ < 3) return false;
    const auto byte = [this](int i) { return static_cast<unsigned char>(at_[i]); };
    const std::uint32_t lead = byte(0) ^ 0xE0U;
    const std::uint32_t middle = byte(1) ^ 0x80U;
    const std::uint32_t last = byte(2) ^ 0x80U;
    const char32_t c = lead << 12 | middle << 6 | last;
    if (lead > 0xF || middle > 0x3F || last > 0x3F || c - 0xAC00 > 0xD7A3 - 0xAC00) return false;
    at_ += 3;
    write(c);
    return true;
  }

  void other() {
    const char* const from = at_;
    const char32_t c = next_code_point(at_, end_);
    if (c >= plane_.size()) return rare(c, from);
    const Entry entry = plane_[c];
    if (!entry.boundary()) return join(from);
    if (!entry.simple()) return c == U'&' ? ampersand() : expand(std::u32string(1, c), 1);
    const char32_t to = entry.to();
    if (to == kDrop) return drop();
    if ((to == kBlank || to == kLineEnd) && ends_in_blank()) return widen_blank(to);
    write(to);
  }

  void rare(char32_t c, const char* from) {
    if (!normalizer().hasBoundaryBefore(static_cast<UChar32>(c))) return join(from);
    expand(std::u32string(1, c), 1);
  }

  void ampersand() {
    const std::u32string ahead = U"&" + next_code_points(at_, kLongestReference);
    const auto reference = reference_at(ahead);
    if (!reference) return write(U'&');
    at_ += reference->length - 1;  // all of it is ASCII
    expand(std::u32string(1, reference->c), static_cast<std::uint32_t>(reference->length));
  }

  std::u32string next_code_points(const char* at, std::size_t limit) const {
    std::u32string ahead;
    while (at != end_ && ahead.size() < limit) ahead.push_back(next_code_point(at, end_));
    return ahead;
  }

  // The code point at `from` joins the one before it: both, and all that join them too, are composed anew.
  void join(const char* from) {
    flush();
    std::u32string cluster;
    if (take_back()) cluster.push_back(code_point_before(from));
    at_ = from;
    do cluster.push_back(next_code_point(at_, end_));
    while (at_ != end_ && cluster.size() < kLongestCluster && !boundary(peek()));
    expand(cluster, static_cast<std::uint32_t>(cluster.size()));
  }

  char32_t peek() const {
    const char* at = at_;
    return next_code_point(at, end_);
  }

  char32_t code_point_before(const char* from) const {
    for (std::ptrdiff_t length = std::min<std::ptrdiff_t>(4, from - begin_); length > 0; --length) {
      const char* at = from - length;
      const char32_t c = next_code_point(at, end_);
      if (at == from) return c;
    }
    return U'\uFFFD';
  }

  bool boundary(char32_t c) const { return c < plane_.size() ? plane_[c].boundary() : normalizer().hasBoundaryBefore(static_cast<UChar32>(c)) != 0; }

  // Forgets what the last code point became; false where nothing of its own did.
  bool take_back() {
    const std::size_t before = out_.text.size();
    while (!out_.text.empty() && out_.start(out_.text.size() - 1) + 1 >= read_) {
      out_.text.pop_back();
      while (!out_.stretches_.empty() && out_.stretches_.back().at >= out_.text.size()) out_.stretches_.pop_back();
    }
    if (out_.text.size() == before) return false;
    --read_;
    return true;
  }

  // Writes what `width` code points are together, each character standing for all of them.
  void expand(const std::u32string& raw, std::uint32_t width) {
    std::u32string cleaned;
    for (const char32_t c : raw) {
      const char32_t one = unified(c);
      if (one != kDrop) cleaned.push_back(one);
    }
    flush();
    for (const char32_t c : normalized(cleaned)) {
      const char32_t one = unified(c);
      if (one == kDrop) continue;
      const bool blank = one == kBlank || one == kLineEnd;
      if (blank && ends_in_blank()) {
        widen(one, read_ + width);
        continue;
      }
      out_.stretches_.push_back({static_cast<std::uint32_t>(out_.text.size()), read_, width});
      out_.text.push_back(one);
    }
    read_ += width;
    broken_ = true;
  }

  void drop() {
    ++read_;
    broken_ = true;
  }

  void write(char32_t c) {
    if (broken_) out_.stretches_.push_back({static_cast<std::uint32_t>(out_.text.size() + filled_), read_, 1});
    broken_ = false;
    ++read_;
    chunk_[filled_] = c;
    if (++filled_ == kChunk) flush();
  }

  void flush() {
    out_.text.append(chunk_.data(), filled_);
    filled_ = 0;
  }

  bool ends_in_blank() const {
    if (filled_ == 0 && out_.text.empty()) return false;
    const char32_t last = filled_ > 0 ? chunk_[filled_ - 1] : out_.text.back();
    return last == kBlank || last == kLineEnd;
  }

  void widen_blank(char32_t blank) {
    flush();
    ++read_;
    widen(blank, read_);
    broken_ = true;
  }

  // The blank at the end reaches up to code point `to`.
  void widen(char32_t blank, std::uint32_t to) {
    if (blank == kLineEnd) out_.text.back() = kLineEnd;
    const std::size_t last = out_.text.size() - 1;
    const std::uint32_t start = out_.start(last);
    if (out_.stretches_.back().at < last) out_.stretches_.push_back({static_cast<std::uint32_t>(last), start, 1});
    out_.stretches_.back().width = to - start;
  }

  const char* const begin_;
  const char* at_;
  const char* const end_;
  const Plane& plane_;
  Folded out_;
  std::array<char32_t, kChunk> chunk_;  // written, not yet in out_
  std::size_t filled_ = 0;
  std::uint32_t read_ = 0;  // code points
  bool broken_ = true;      // the next character begins a stretch
};

const Folded::Stretch& Folded::stretch_of(std::size_t i) const {
  assert(i < text.size());
  const auto after = std::upper_bound(stretches_.begin(), stretches_.end(), i, [](std::size_t wanted, const Stretch& one) { return wanted < one.at; });
  return *std::prev(after);
}

std::uint32_t Folded::start(std::size_t i) const {
  const Stretch& stretch = stretch_of(i);
  return stretch.start + static_cast<std::uint32_t>(i - stretch.at);
}

std::uint32_t Folded::end(std::size_t i) const {
  const Stretch& stretch = stretch_of(i);
  return stretch.start + static_cast<std::uint32_t>(i - stretch.at) + stretch.width;
}

Folded fold(std::string_view utf8) { return Folder(utf8).run(); }

char32_t without_marks(char32_t letter) {
  constexpr char32_t kAscii = 0x80, kLatinEnds = 0x250, kMoreLatin = 0x1E00, kMoreLatinEnds = 0x1EFF;
  if (letter < kAscii || (letter >= kLatinEnds && !in(letter, kMoreLatin, kMoreLatinEnds))) return letter;
  icu::UnicodeString parts;
  if (!decomposer().getDecomposition(static_cast<UChar32>(letter), parts)) return without_stroke(letter);
  return without_stroke(static_cast<char32_t>(parts.char32At(0)));
}

bool has_letters(std::string_view utf8) {
  const std::u32string folded = fold(utf8).text;
  return std::any_of(folded.begin(), folded.end(), [](char32_t c) { return u_isalnum(static_cast<UChar32>(c)) != 0; });
}

std::u32string to_utf32(std::string_view utf8) {
  std::u32string out;
  out.reserve(utf8.size() / 2);
  const char* at = utf8.data();
  const char* const end = at + utf8.size();
  while (at != end) out.push_back(next_code_point(at, end));
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 3);
  const auto tail = [&](char32_t c, int shift) { out.push_back(static_cast<char>(0x80U | ((c >> shift) & 0x3FU))); };
  for (const char32_t c : text) {
    if (c < 0x80) {
      out.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
      out.push_back(static_cast<char>(0xC0U | c >> 6));
      tail(c, 0);
    } else if (c < 0x10000) {
      out.push_back(static_cast<char>(0xE0U | c >> 12));
      tail(c, 6);
      tail(c, 0);
    } else {
      out.push_back(static_cast<char>(0xF0U | c >> 18));
      tail(c, 12);
      tail(c, 6);
      tail(c, 0);
    }
  }
  return out;
}

}  // namespace bylined::text
