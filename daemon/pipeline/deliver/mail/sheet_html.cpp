// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "pipeline/deliver/mail/sheet.h"

namespace bylined::deliver {
namespace {

// Mail programs know neither style sheets nor modern layout: one table, styles at each element.
constexpr std::array<std::string_view, 4> kAccent{"#8a94a0", "#1f4e79", "#b45309", "#b91c1c"};  // by severity

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string marked_html(const Pieces& pieces) {
  std::string out;
  for (const Piece& piece : pieces) {
    const std::string text = escaped(piece.text);
    out += piece.marked ? "<b style=\"background-color:#fff2a8;color:#1a1a1a;font-weight:600\">" + text + "</b>" : text;
  }
  return out;
}

std::string element(std::string_view name, std::string_view style, const std::string& content) {
  return "<" + std::string(name) + " style=\"" + std::string(style) + "\">" + content + "</" + std::string(name) + ">\r\n";
}

std::string link(const std::string& url, std::string_view style, const std::string& label) {
  return "<a href=\"" + escaped(url) + "\" rel=\"noopener noreferrer nofollow\" style=\"" + std::string(style) + "\">" + escaped(label) + "</a>";
}

std::string head(const Sheet& sheet) {
  const std::string accent(kAccent[static_cast<std::size_t>(sheet.severity)]);
  std::string out;
  if (!sheet.kicker.empty()) {
    out += element("p", "margin:0 0 8px;font-size:13px;font-weight:700;color:" + accent, escaped(sheet.kicker));
  }
  out += element("h1", "margin:0 0 10px;font-size:22px;line-height:1.4;font-weight:700;color:#14181d", marked_html(sheet.headline));
  out += element("p", "margin:0 0 16px;font-size:14px;line-height:1.5;color:#56606b", escaped(sheet.credit));
  if (!sheet.link.url.empty()) {
    const std::string button = link(sheet.link.url, "display:inline-block;padding:9px 16px;border-radius:4px;background-color:" + accent +
                                                        ";color:#ffffff;font-size:14px;font-weight:600;text-decoration:none", sheet.link.label);
    out += element("p", "margin:0 0 6px", button);
    out += element("p", "margin:0 0 16px;font-size:12px;line-height:1.5;color:#6a747e;word-break:break-all", escaped(sheet.link.url));
  }
  for (const std::string& notice : sheet.notices) {
    out += element("p", "margin:0 0 16px;padding:10px 14px;border-left:4px solid #d9a400;background-color:#fff8e1;"
                        "font-size:14px;line-height:1.6;color:#4a3b00", escaped(notice));
  }
  return out;
}

std::string paragraph(std::string_view style, std::string_view text) {
  return text.empty() ? std::string() : element("p", style, escaped(text));
}

std::string middle(const Sheet& sheet) {
  constexpr std::string_view kAside = "margin:0 0 12px;font-size:13px;line-height:1.6;color:#6a747e";
  std::string out;
  for (const SheetEntity& entity : sheet.entities) {
    const std::string_view colour = entity.sure ? "#14181d" : "#6a747e";
    out += element("p", "margin:0 0 4px;font-size:15px;line-height:1.6;color:" + std::string(colour),
                   "<b>" + escaped(entity.name) + "</b> <span style=\"font-size:13px;color:#6a747e\">&nbsp;" + escaped(entity.line) + "</span>");
  }
  out += paragraph(kAside, sheet.entities_left_out);
  for (const Pieces& quote : sheet.quotes) {
    out += element("blockquote", "margin:14px 0;padding:2px 0 2px 14px;border-left:3px solid #d5dbe1;font-size:15px;line-height:1.75;color:#2b323a",
                   marked_html(quote));
  }
  return out + paragraph(kAside, sheet.quotes_left_out);
}

std::string foot(const Sheet& sheet) {
  std::string lines;
  for (const std::string& line : sheet.footer) lines += (lines.empty() ? "" : "<br>") + escaped(line);
  if (!sheet.record.empty()) lines += "<br>" + link(sheet.record, "color:#56606b", sheet.record);
  return element("p", "margin:22px 0 0;padding-top:14px;border-top:1px solid #e4e8ec;font-size:12px;line-height:1.7;color:#6a747e", lines);
}

}  // namespace

std::string sheet_html(const Sheet& sheet) {
  const std::string content = head(sheet) + middle(sheet) + foot(sheet);
  const std::string accent(kAccent[static_cast<std::size_t>(sheet.severity)]);
  return "<!DOCTYPE html>\r\n<html lang=\"" + escaped(sheet.language) + "\">\r\n<head><meta charset=\"utf-8\">"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" + escaped(plain(sheet.headline)) + "</title></head>\r\n"
         "<body style=\"margin:0;padding:0;background-color:#f2f4f6\">\r\n"
         "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td align=\"center\" style=\"padding:20px 10px\">\r\n"
         "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"max-width:640px;background-color:#ffffff;"
         "border-top:4px solid " + accent + "\"><tr><td style=\"padding:24px 26px;text-align:left;word-break:keep-all;overflow-wrap:anywhere;"
         "font-family:'Apple SD Gothic Neo','Malgun Gothic','Noto Sans KR','Noto Sans CJK KR',sans-serif\">\r\n" +
         content + "</td></tr></table>\r\n</td></tr></table>\r\n</body>\r\n</html>\r\n";
}

}  // namespace bylined::deliver
