// SPDX-License-Identifier: Apache-2.0
#include "pipeline/deliver/mail/sheet.h"

namespace bylined::deliver {
namespace {

constexpr std::string_view kEnd = "\r\n";

// A text has no highlighter: a mention stands in brackets that Korean print uses for emphasis.
std::string marked(const Pieces& pieces) {
  std::string out;
  for (const Piece& piece : pieces) out += piece.marked ? "【" + piece.text + "】" : piece.text;
  return out;
}

void add_entry(std::string& out, const SheetEntry& entry) {
  out.append(kEnd).append("■ ").append(entry.name).append(" — ").append(entry.line).append(kEnd);
  for (const Pieces& quote : entry.quotes) out.append("  “").append(marked(quote)).append("”").append(kEnd);
  if (!entry.remark.empty()) out.append("  ").append(entry.remark).append(kEnd);
}

}  // namespace

std::string sheet_text(const Sheet& sheet) {
  std::string out;
  if (!sheet.kicker.empty()) out.append("[").append(sheet.kicker).append("] ");
  out.append(plain(sheet.headline)).append(kEnd).append(sheet.credit).append(kEnd);
  if (!sheet.link.url.empty()) out.append(sheet.link.label).append(": ").append(sheet.link.url).append(kEnd);
  for (const std::string& notice : sheet.notices) out.append(kEnd).append("※ ").append(notice).append(kEnd);
  for (const SheetEntry& entry : sheet.entries) add_entry(out, entry);
  if (!sheet.left_out.empty()) out.append(kEnd).append(sheet.left_out).append(kEnd);
  out.append(kEnd).append("-- ").append(kEnd);
  for (const std::string& line : sheet.footer) out.append(line).append(kEnd);
  if (!sheet.record.empty()) out.append(sheet.record).append(kEnd);
  return out;
}

}  // namespace bylined::deliver
