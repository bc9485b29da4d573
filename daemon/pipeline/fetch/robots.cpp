// SPDX-License-Identifier: Apache-2.0
#include "pipeline/fetch/robots.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <iterator>
#include <vector>

#include "base/text/ascii.h"

namespace bylined::fetch {
namespace {

constexpr std::string_view kBlanks = " \t\r";
constexpr std::size_t kLineLimit = 16'664;  // longer lines are cut (Google's limit is 8 times a URL's 2,083)

struct Group {
  std::vector<std::string> agents;  // lower-case product tokens, or "*"
  std::vector<RobotsRule> rules;
  std::optional<double> crawl_delay;
};

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool unreserved(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

void append_encoded(std::string& out, unsigned char byte) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  out += '%';
  out += kHex[byte >> 4];
  out += kHex[byte & 15];
}

// Characters that stand in a path or query as they are (RFC 3986) and mean nothing in a pattern.
bool plain(unsigned char c) { return unreserved(c) || (c != 0 && std::strchr("/?:@!&'()+,;=#[]%", c) != nullptr); }

// The form in which a pattern and a path are compared (RFC 9309, 2.2.2): what a URL may not hold, and
// '*' and '$' where they are letters, are percent-encoded; encoded unreserved characters are decoded.
std::string normal(std::string_view text, std::string_view special) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool encoded = byte == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0;
    const auto meant = encoded ? static_cast<unsigned char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])) : byte;
    const bool keeps = encoded ? unreserved(meant) : plain(meant) || special.find(text[i]) != std::string_view::npos;
    if (keeps) {
      out += static_cast<char>(meant);
    } else {
      append_encoded(out, meant);
    }
    if (encoded) i += 2;
  }
  return out;
}

std::string normal_path(std::string_view path) { return normal(path, ""); }

// A star at the end says nothing; a dollar sign is an anchor only there.
std::string normal_pattern(std::string_view text) {
  const bool anchored = text.ends_with('$');
  if (anchored) text.remove_suffix(1);
  std::string pattern = normal(text, "*");
  if (anchored) return pattern + '$';
  while (pattern.size() > 1 && pattern.ends_with('*')) pattern.pop_back();
  return pattern;
}

// Where `piece` stands first at or behind `from`. By memmem(), which is linear whatever the two are like.
std::size_t find_from(std::string_view text, std::string_view piece, std::size_t from) {
  const void* found = memmem(text.data() + from, text.size() - from, piece.data(), piece.size());
  return found == nullptr ? std::string_view::npos : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

// '*' is any run of characters, '$' at the end anchors. Each piece between two stars is taken where it stands first: what is
// behind it is then as long as it can be. Linear in path and pattern.
bool matches(std::string_view pattern, std::string_view path) {
  const bool anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);
  std::size_t star = std::min(pattern.find('*'), pattern.size());
  if (!path.starts_with(pattern.substr(0, star))) return false;
  std::size_t at = star;
  while (star < pattern.size()) {
    const std::size_t begin = star + 1;
    star = std::min(pattern.find('*', begin), pattern.size());
    const std::string_view piece = pattern.substr(begin, star - begin);
    if (anchored && star == pattern.size()) return path.substr(at).ends_with(piece);
    const std::size_t found = find_from(path, piece, at);
    if (found == std::string_view::npos) return false;
    at = found + piece.size();
  }
  return !anchored || at == path.size();
}

// The product token of a user-agent line: letters, '-' and '_' (RFC 9309, 2.2.1); digits are met too.
std::string product_token(std::string_view value) {
  if (value == "*" || value.starts_with("* ") || value.starts_with("*\t")) return "*";
  std::size_t n = 0;
  while (n < value.size() && (unreserved(static_cast<unsigned char>(value[n])) && value[n] != '.' && value[n] != '~')) ++n;
  return text::lower(value.substr(0, n));
}

std::optional<double> seconds(std::string_view value) {
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end == value.data() || number < 0) return std::nullopt;
  return number;
}

class Reader {
 public:
  void line(std::string_view line) {
    line = line.substr(0, std::min(line.find('#'), kLineLimit));
    line = text::trimmed(line, kBlanks);
    std::size_t colon = line.find(':');
    // Some write "disallow /x": a blank for the colon.
    if (colon == std::string_view::npos) colon = line.find_first_of(" \t");
    if (colon == std::string_view::npos) return;
    directive(text::lower(text::trimmed(line.substr(0, colon), kBlanks)), text::trimmed(line.substr(colon + 1), kBlanks), line);
  }

  std::vector<Group> take() { return std::move(groups_); }

 private:
  void directive(const std::string& name, std::string_view value, std::string_view line) {
    if (name == "user-agent" || name == "useragent" || name == "user agent") return agent(value);
    if (groups_.empty()) return;
    in_agents_ = false;
    Group& group = groups_.back();
    if (name == "allow" || name == "disallow") {
      if (!value.empty()) group.rules.push_back(RobotsRule{name == "allow", normal_pattern(value), std::string(line)});
    } else if (name == "crawl-delay") {
      if (const auto delay = seconds(value)) group.crawl_delay = delay;
    }
  }

  void agent(std::string_view value) {
    if (!in_agents_) groups_.emplace_back();
    in_agents_ = true;
    groups_.back().agents.push_back(product_token(value));
  }

  std::vector<Group> groups_;
  bool in_agents_ = false;
};

std::vector<Group> read_groups(std::string_view body) {
  for (const char mark : {'\xEF', '\xBB', '\xBF'}) {  // a byte order mark, also a cut one
    if (body.starts_with(mark)) body.remove_prefix(1);
  }
  Reader reader;
  while (!body.empty()) {
    const std::size_t end = std::min(body.find_first_of("\r\n"), body.size());
    reader.line(body.substr(0, end));
    body.remove_prefix(std::min(end + 1, body.size()));
  }
  return reader.take();
}

bool names(const Group& group, const std::string& agent) {
  return std::find(group.agents.begin(), group.agents.end(), agent) != group.agents.end();
}

// The longest match wins, allow wins a tie (RFC 9309, 2.2.2).
void weigh(const RobotsRule& rule, std::string_view path, const RobotsRule*& best) {
  const bool longer = best == nullptr || rule.pattern.size() > best->pattern.size();
  const bool tie = best != nullptr && rule.pattern.size() == best->pattern.size();
  if ((longer || (tie && rule.allow && !best->allow)) && matches(rule.pattern, path)) best = &rule;
}

}  // namespace

RobotsRules::RobotsRules(std::string_view body, std::string_view agent) {
  std::vector<Group> groups = read_groups(body);
  const std::string token = product_token(agent);
  const bool ours = std::any_of(groups.begin(), groups.end(), [&](const Group& group) { return names(group, token); });
  for (Group& group : groups) {  // all groups that name us count as one (RFC 9309, 2.2.1)
    if (!names(group, ours ? token : "*")) continue;
    if (group.crawl_delay) crawl_delay_ = group.crawl_delay;
    std::move(group.rules.begin(), group.rules.end(), std::back_inserter(rules_));
  }
}

RobotsVerdict RobotsRules::judge(std::string_view path) const {
  RobotsVerdict verdict;
  verdict.crawl_delay = crawl_delay_;
  const std::string asked = normal_path(path.empty() ? "/" : path);
  const RobotsRule* best = nullptr;
  for (const RobotsRule& rule : rules_) weigh(rule, asked, best);
  if (path == "/robots.txt" || best == nullptr) return verdict;
  verdict.allowed = best->allow;
  verdict.rule = best->line;
  return verdict;
}

RobotsVerdict judge_robots(std::string_view body, std::string_view agent, std::string_view path) { return RobotsRules(body, agent).judge(path); }

}  // namespace bylined::fetch
