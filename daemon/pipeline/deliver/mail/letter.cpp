// SPDX-License-Identifier: Apache-2.0
#include "pipeline/deliver/mail/letter.h"

#include <cmath>

#include "base/text/shown.h"
#include "pipeline/deliver/brief.h"
#include "pipeline/deliver/mail/dates.h"
#include "pipeline/deliver/mail/sheet.h"

namespace bylined::deliver {
namespace {

constexpr std::size_t kMostSubject = 200;
constexpr std::size_t kNamesInSubject = 3;

std::string around(const std::string_view (&frame)[2], const std::string& text) {
  return std::string(frame[0]) + text + std::string(frame[1]);
}

std::string with_host(std::string_view sentence, const std::string& host) {
  std::string out(sentence);
  const std::size_t place = out.find("{}");
  return place == std::string::npos ? out : out.replace(place, 2, host);
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

std::string credit_line(const Brief& brief, const model::Alert& alert, const Words& words, model::Language language, const Style& style) {
  const std::string authors = joined(brief.authors, ", ");
  const auto& published = alert.version.content.published;
  return joined({brief.outlet.empty() ? std::string(words.no_outlet) : brief.outlet,
                 authors.empty() ? std::string() : std::string(words.by) + authors + std::string(words.by_after),
                 published ? printed_date_text(*published, style.timezone, language) : std::string()},
                " · ");
}

std::string entity_line(const NamedEntity& entity, const Words& words) {
  if (entity.mentions == 0) return std::string(words.gone);
  const std::string percent = around(words.how_sure, std::to_string(std::lround(entity.confidence * 100)));
  const bool told = !entity.is_new && entity.is_sure;
  return joined({std::to_string(entity.mentions) + std::string(entity.mentions == 1 ? words.mention : words.mentions),
                 std::string(words.how[static_cast<std::size_t>(entity.how)]),
                 entity.is_sure ? percent : percent + " (" + std::string(words.uncertain) + ")",
                 told ? std::string(words.told_before) : std::string()},
                " · ");
}

// Why we could not read more than we did, and where the text came from.
std::vector<std::string> notices(const Brief& brief, const model::Alert& alert, const Words& words) {
  std::vector<std::string> lines;
  const std::string_view read = words.read[static_cast<std::size_t>(alert.version.read)];
  if (!read.empty()) lines.push_back(with_host(read, brief.host));
  if (alert.version.read == model::ReadState::kFull && !brief.text_host.empty()) lines.push_back(around(words.text_from, brief.text_host));
  return lines;
}

Sheet make_sheet(const Brief& brief, const model::Alert& alert, model::Language language, const Style& style) {
  const Words& words = words_in(language);
  Sheet sheet;
  sheet.language = words.tag;
  sheet.severity = alert.severity;
  sheet.kicker = words.severity[static_cast<std::size_t>(alert.severity)];
  sheet.headline = brief.headline;
  sheet.credit = credit_line(brief, alert, words, language, style);
  sheet.link = {std::string(words.read_article), brief.url};
  sheet.notices = notices(brief, alert, words);
  for (const NamedEntity& entity : brief.entities) sheet.entities.push_back({entity.name, entity_line(entity, words), entity.is_sure});
  if (brief.entities_left_out > 0) sheet.entities_left_out = around(words.names_left_out, std::to_string(brief.entities_left_out));
  sheet.quotes = brief.quotes;
  if (brief.quotes_left_out > 0) sheet.quotes_left_out = around(words.sentences_left_out, std::to_string(brief.quotes_left_out));
  sheet.footer.push_back(around(words.why, text::shown(alert.watch.value)));
  sheet.footer.push_back(std::string(words.first_seen) + ": " + date_text(alert.article.first_seen, style.timezone, language) + " (" + style.timezone + ")");
  sheet.footer.push_back(std::string(words.alert_id) + ": " + alert.id.value);
  if (!style.public_url.empty()) sheet.record = style.public_url + "/api/v1/alerts/" + alert.id.value;
  return sheet;
}

// Who is named and does not stand in the headline, for a narrow screen: "이재용, 삼성전자 외 1".
std::string unseen_names(const Brief& brief, const Words& words) {
  std::vector<std::string> names;
  std::size_t more = 0;
  for (const NamedEntity& entity : brief.entities) {
    if (!entity.is_new || entity.in_headline) continue;
    if (names.size() < kNamesInSubject) names.push_back(entity.name);
    else ++more;
  }
  return joined(names, ", ") + (more > 0 ? around(words.and_more_names, std::to_string(more)) : std::string());
}

std::string subject_line(const Brief& brief, const Words& words, model::Severity severity) {
  const std::string_view kicker = words.severity[static_cast<std::size_t>(severity)];
  const std::string names = unseen_names(brief, words);
  const std::string subject = (kicker.empty() ? std::string() : "[" + std::string(kicker) + "] ") + (names.empty() ? names : names + " | ") + plain(brief.headline);
  return text::cut(subject, kMostSubject);
}

}  // namespace

Letter write_letter(const model::Alert& alert, model::Language language, const Style& style) {
  const Brief brief = make_brief(alert);
  const Sheet sheet = make_sheet(brief, alert, language, style);
  return {subject_line(brief, words_in(language), alert.severity), sheet_text(sheet), sheet_html(sheet)};
}

}  // namespace bylined::deliver
