// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text/fold.h"
#include "pipeline/match/match.h"

namespace bylined::match {
namespace {

struct Writing {
  std::u32string folded;
  std::size_t entity = 0;
  model::How how = model::How::kName;
};

struct Hit {
  std::size_t start = 0;
  std::size_t end = 0;
  const Writing* writing = nullptr;
};

constexpr std::size_t kLongestSentence = 300;

constexpr std::u32string_view kEndings[] = {
    U"은", U"는", U"이", U"가", U"을", U"를", U"과", U"와", U"의", U"에", U"에서", U"에게", U"으로", U"로", U"도", U"만", U"까지", U"부터", U"측", U"씨",
    U"에는", U"에서는", U"에게는", U"과의", U"와의", U"으로부터", U"로부터", U"이라는", U"라는", U"이라고", U"라고", U"인", U"이며", U"며", U"이다", U"다", U"처럼", U"보다", U"마저", U"조차", U"뿐",
};

bool hangul(char32_t c) { return U'\uAC00' <= c && c <= U'\uD7A3'; }
bool letter(char32_t c) {
  return hangul(c) || (U'a' <= c && c <= U'z') || (U'0' <= c && c <= U'9') || (0xC0 <= c && c < 0x250) || (0x3400 <= c && c < 0xA000);
}

bool ends_well(std::u32string_view text, std::size_t end) {
  std::size_t to = end;
  while (to < text.size() && letter(text[to])) ++to;
  const std::u32string_view run = text.substr(end, to - end);
  return run.empty() || std::find(std::begin(kEndings), std::end(kEndings), run) != std::end(kEndings);
}

bool starts_well(std::u32string_view text, std::size_t start) { return start == 0 || !letter(text[start - 1]); }

std::u32string_view sentence_around(std::u32string_view text, std::size_t start, std::size_t end) {
  const auto stops = [&](std::size_t i) { return text[i] == U'\n' || (text[i] == U' ' && i > 0 && (text[i - 1] == U'.' || text[i - 1] == U'?' || text[i - 1] == U'!')); };
  std::size_t from = start;
  while (from > 0 && !stops(from - 1) && start - from < kLongestSentence / 3) --from;
  std::size_t to = end;
  while (to < text.size() && !stops(to) && to - from < kLongestSentence) ++to;
  return text.substr(from, to - from);
}

}  // namespace

class Names {
 public:
  std::vector<model::EntityId> ids;
  std::unordered_map<char32_t, std::vector<Writing>> by_first;
};

namespace {

void find_in(const Names& names, const text::Folded& folded, std::vector<Hit>& hits) {
  std::size_t free_from = 0;
  for (std::size_t i = 0; i < folded.text.size(); ++i) {
    const auto found = names.by_first.find(folded.text[i]);
    if (i < free_from || found == names.by_first.end() || !starts_well(folded.text, i)) continue;
    for (const Writing& writing : found->second) {
      if (folded.text.compare(i, writing.folded.size(), writing.folded) != 0) continue;
      const std::size_t end = i + writing.folded.size();
      if (!ends_well(folded.text, end)) continue;
      hits.push_back({i, end, &writing});
      free_from = end;
      break;
    }
  }
}

void put_field(const Names& names, model::Field field, std::string_view utf8, std::vector<model::Mention>& out) {
  const text::Folded folded = text::fold(utf8);
  const std::u32string raw = text::to_utf32(utf8);
  std::vector<Hit> hits;
  find_in(names, folded, hits);
  for (const Hit& hit : hits) {
    const std::size_t start = folded.start[hit.start];
    const std::size_t end = folded.end[hit.end - 1];
    const std::string sentence = text::to_utf8(sentence_around(raw, start, end));
    out.push_back({names.ids[hit.writing->entity], hit.writing->how, 1.0, field, start, end, text::to_utf8(raw.substr(start, end - start)), sentence});
  }
}

}  // namespace

Result<NamesPtr> compile(const std::vector<model::Entity>& entities) {
  auto names = std::make_shared<Names>();
  for (std::size_t i = 0; i < entities.size(); ++i) {
    names->ids.push_back(entities[i].id);
    for (const std::string& name : entities[i].names) {
      const std::u32string folded = text::fold(name).text;
      if (folded.empty()) return Error(ErrorKind::kInvalid, "entity '" + entities[i].id.value + "' has an empty name");
      names->by_first[folded[0]].push_back({folded, i, &name == &entities[i].names[0] ? model::How::kName : model::How::kAlias});
    }
  }
  for (auto& [first, writings] : names->by_first) {
    std::stable_sort(writings.begin(), writings.end(), [](const Writing& a, const Writing& b) { return a.folded.size() > b.folded.size(); });
  }
  return NamesPtr(std::move(names));
}

Found find_mentions(const Names& names, std::string_view title, std::string_view body, std::size_t limit) {
  Found found;
  put_field(names, model::Field::kTitle, title, found.mentions);
  put_field(names, model::Field::kBody, body, found.mentions);
  if (found.mentions.size() > limit) {
    found.dropped = found.mentions.size() - limit;
    found.mentions.resize(limit);
  }
  return found;
}

std::vector<std::string> warnings(const std::vector<model::Entity>&) { return {}; }

}  // namespace bylined::match
