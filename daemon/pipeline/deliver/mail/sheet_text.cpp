// SPDX-License-Identifier: Apache-2.0
#include "pipeline/deliver/mail/sheet.h"

namespace bylined::deliver {
namespace {

constexpr std::string_view kEnd = "\r\n";

// A text has no highlighter: a mention stands in brackets that Korean print uses for emphasis.
std::string marked_text(const Pieces& pieces) {
  std::string out;
  for (const Piece& piece : pieces) out += piece.marked ? "【" + piece.text + "】" : piece.text;
  return out;
}

void add_line(std::string& out, std::string_view line) {
  if (!line.empty()) out.append(line).append(kEnd);
}

}  // namespace

std::string sheet_text(const Sheet& sheet) {
  std::string out;
  if (!sheet.kicker.empty()) out.append("[").append(sheet.kicker).append("] ");
  add_line(out, plain(sheet.headline));
  add_line(out, sheet.credit);
  if (!sheet.link.url.empty()) add_line(out, sheet.link.label + ": " + sheet.link.url);
  for (const std::string& notice : sheet.notices) out.append(kEnd).append("※ ").append(notice).append(kEnd);
  out.append(kEnd);
  for (const SheetEntity& entity : sheet.entities) add_line(out, "■ " + entity.name + " — " + entity.line);
  add_line(out, sheet.entities_left_out);
  for (const Pieces& quote : sheet.quotes) out.append(kEnd).append("“").append(marked_text(quote)).append("”").append(kEnd);
  if (!sheet.quotes_left_out.empty()) out.append(kEnd).append(sheet.quotes_left_out).append(kEnd);
  out.append(kEnd).append("-- ").append(kEnd);
  for (const std::string& line : sheet.footer) add_line(out, line);
  add_line(out, sheet.record);
  return out;
}

}  // namespace bylined::deliver
