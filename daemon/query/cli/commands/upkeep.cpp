// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <ostream>

#include "query/cli/caret.h"
#include "query/cli/command.h"
#include "settings/settings.h"
#include "store/reader.h"

namespace bylined::cli {
namespace {

namespace json = query::json;

int check(const Call& call) {
  const std::string& file = call.globals.connection.config;
  const settings::Checked checked = settings::read(file, settings::process_environment, settings::Secrets::kCheck);
  json::array all;
  for (const settings::Complaint& complaint : checked.complaints) {
    if (call.globals.json) {
      all.emplace_back(json::object{{"fatal", complaint.fatal}, {"file", complaint.file}, {"line", complaint.line}, {"column", complaint.column},
                                    {"key", complaint.key}, {"reason", complaint.reason}, {"remedy", complaint.remedy}});
    } else {
      call.out << (complaint.fatal ? "error: " : "warning: ") << settings::text(complaint) << "\n" << caret_of(complaint);
    }
  }
  if (call.globals.json) call.out << json::serialize(all) << "\n";
  if (!checked.settings) return kConfig;
  if (!call.globals.json) {
    call.out << "good: " << checked.settings->sources.size() << " sources, " << checked.settings->entities.size() << " entities, "
             << checked.settings->watches.size() << " watches, " << checked.settings->receivers.size() << " receivers\n";
  }
  return kDone;
}

int audit(const Call& call) {
  const auto database = database_of(call.globals.connection);
  if (!database) return call.fail(database.error());
  const auto audit = store::audit(*database);
  if (!audit) return call.fail(audit.error());
  if (call.globals.json) {
    call.out << json::serialize(json::object{{"findings", json::value_from(audit->findings)}, {"checked", json::value_from(audit->checked)}}) << "\n";
  } else {
    for (const std::string& line : audit->checked) call.out << "checked: " << line << "\n";
    for (const std::string& line : audit->findings) call.out << "FOUND: " << line << "\n";
    call.out << (audit->findings.empty() ? "all good\n" : "restore a backup: byline db restore FILE\n");
  }
  return audit->findings.empty() ? kDone : kBadData;
}

// Through the daemon where one runs; else on a reader of our own.
int backup(const Call& call) {
  const std::string path = std::filesystem::absolute(call.word("file")).string();
  const auto asker = make_asker(call.globals.connection, call.err);
  if (!asker) return call.fail(asker.error());
  if ((*asker)->daemon()) {
    const auto answer = (*asker)->order("backup", json::object{{"path", path}});
    if (!answer) return call.fail(answer.error());
  } else {
    const auto database = database_of(call.globals.connection);
    if (!database) return call.fail(database.error());
    const auto reader = store::open_reader(*database);
    if (!reader) return call.fail(reader.error());
    const Status copied = (*reader)->backup_to(path);
    if (!copied) return call.fail(copied.error());
  }
  call.out << "complete and verified: " << path << "\n";
  return kDone;
}

int restore(const Call& call) {
  const auto database = database_of(call.globals.connection);
  if (!database) return call.fail(database.error());
  const auto restored = store::restore(call.word("file"), *database);
  if (!restored) return call.fail(restored.error());
  call.out << "restored " << *database << "\n";
  if (!restored->empty()) call.out << "what was there before is kept as " << *restored << "\n";
  return kDone;
}

}  // namespace

extern const Command config_check_command, db_audit_command, db_backup_command, db_restore_command;
const Command config_check_command{"config check", "What is wrong with the configuration", "설정 파일의 잘못을 모두 알려 줍니다", "byline --config FILE config check", {}, {}, check};
const Command db_audit_command{"db audit", "Check the database's promises", "데이터베이스가 온전한지 검사합니다", "byline db audit", {}, {}, audit};
const Command db_backup_command{"db backup", "A verified copy while the daemon runs", "돌아가는 동안 검증된 사본을 만듭니다", "byline db backup /var/backups/bylined.db", {{"file", "FILE"}}, {}, backup};
const Command db_restore_command{"db restore", "Put a backup back, while the daemon is stopped", "멈춘 상태에서 사본을 되돌립니다", "byline db restore /var/backups/bylined.db", {{"file", "FILE"}}, {}, restore};

}  // namespace bylined::cli
