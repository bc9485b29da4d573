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

// How often the doubted names' letters stand in what is stored. Empty where nothing is stored yet.
class Letters {
 public:
  Letters(const settings::Checked& checked, std::ostream& remarks) {
    std::vector<std::string> names;
    for (const settings::Complaint& complaint : checked.complaints) {
      if (!complaint.name.empty()) names.push_back(complaint.name);
    }
    const std::string& database = checked.whereabouts.database;
    if (names.empty() || !std::filesystem::exists(database)) return;
    const auto reader = store::open_reader(database);
    const auto use = reader ? (*reader)->name_use(names) : reader.error();
    if (!use) {
      remarks << "byline: how often names stand in the stored texts is not known: " << use.error().text() << "\n";
      return;
    }
    looked_at_ = use->looked_at;
    for (std::size_t i = 0; i < names.size(); ++i) texts_[names[i]] = use->texts[i];
  }

  std::string line(const std::string& name) const {
    const auto found = texts_.find(name);
    if (found == texts_.end()) return {};
    return "  its letters stand in " + std::to_string(found->second) + " of the last " + std::to_string(looked_at_) + " stored texts\n";
  }

  void fill(const std::string& name, json::object& out) const {
    const auto found = texts_.find(name);
    if (found == texts_.end()) return;
    out["name"] = name;
    out["texts"] = found->second;
    out["of"] = looked_at_;
  }

 private:
  std::int64_t looked_at_ = 0;
  std::map<std::string, std::int64_t> texts_;
};

void show(const Call& call, const settings::Checked& checked) {
  const Letters letters(checked, call.err);
  json::array all;
  for (const settings::Complaint& complaint : checked.complaints) {
    if (!call.globals.json) {
      call.out << (complaint.fatal ? "error: " : "warning: ") << settings::text(complaint) << "\n" << caret_of(complaint) << letters.line(complaint.name);
      continue;
    }
    json::object one{{"fatal", complaint.fatal}, {"file", complaint.file}, {"line", complaint.line}, {"column", complaint.column},
                     {"key", complaint.key}, {"reason", complaint.reason}, {"remedy", complaint.remedy}};
    letters.fill(complaint.name, one);
    all.emplace_back(std::move(one));
  }
  if (call.globals.json) call.out << json::serialize(all) << "\n";
}

int check(const Call& call) {
  const settings::Checked checked = settings::read(call.globals.connection.config, settings::process_environment, settings::Secrets::kCheck);
  show(call, checked);
  if (!checked.settings) return kConfig;
  if (!call.globals.json) {
    call.out << "good: " << checked.settings->sources.size() << " sources, " << checked.settings->entities.size() << " entities, "
             << checked.settings->watches.size() << " watches, " << checked.settings->receivers.size() << " receivers\n";
  }
  return kDone;
}

// The unit gives the daemon folders of its own for /tmp and /var/tmp: what it wrote there nobody else sees, and it goes when the
// daemon stops.
int say_where(const Call& call, const std::string& path) {
  std::error_code forbidden;
  if (!std::filesystem::exists(path, forbidden) && !forbidden) {
    const std::string beside = std::filesystem::path(database_of(call.globals.connection).value_or("/var/lib/bylined/bylined.db")).parent_path().string();
    call.err << "byline: the daemon wrote " << quoted(path) << ", but nothing is there for you: its /tmp is its own, and goes when it stops. "
             << "Name a file in its state folder, such as " << beside << "/copy.db\n";
    return kFailed;
  }
  call.out << "complete and verified: " << path << (forbidden ? " (says the daemon; you may not look there)" : "") << "\n";
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

// The daemon answers within seconds, done or not: asked again, it tells of the same copy.
Status order_copy(Asker& daemon, const std::string& path) {
  for (;;) {
    const auto answer = daemon.order("backup", json::object{{"path", path}});
    if (!answer) return answer.error();
    if (markup::text_at(*answer, "state") != "copying") return Status();
  }
}

// Through the daemon where one runs; else on a reader of our own.
int backup(const Call& call) {
  if (call.word("file").empty()) return call.fail(Error(ErrorKind::kInvalid, "the copy needs a name: byline db backup FILE"));
  const std::string path = std::filesystem::absolute(call.word("file")).string();
  const auto asker = make_asker(call.globals.connection, call.err);
  if (!asker) return call.fail(asker.error());
  if ((*asker)->daemon()) {
    const Status copied = order_copy(**asker, path);
    if (!copied) return call.fail(copied.error());
  } else {
    const auto database = database_of(call.globals.connection);
    if (!database) return call.fail(database.error());
    const auto reader = store::open_reader(*database);
    if (!reader) return call.fail(reader.error());
    const Status copied = (*reader)->backup_to(path);
    if (!copied) return call.fail(copied.error());
  }
  return say_where(call, path);
}

int restore(const Call& call) {
  const auto database = database_of(call.globals.connection);
  if (!database) return call.fail(database.error());
  const auto restored = store::restore(call.word("file"), *database);
  if (!restored) return call.fail(restored.error());
  call.out << "restored " << *database << "\n";
  if (!restored->empty()) call.out << "what was there before is kept as " << *restored << "\n";
  call.out << "what was found and told since the backup was made is found and told again once the daemon runs, under the same ids\n";
  return kDone;
}

}  // namespace

extern const Command config_check_command, db_audit_command, db_backup_command, db_restore_command;
const Command config_check_command{"config check", "What is wrong with the configuration", "설정 파일의 잘못을 모두 알려 줍니다", "byline --config FILE config check", {}, {}, check};
const Command db_audit_command{"db audit", "Check the database's promises", "데이터베이스가 온전한지 검사합니다", "byline db audit", {}, {}, audit};
const Command db_backup_command{"db backup", "A verified copy while the daemon runs", "돌아가는 동안 검증된 사본을 만듭니다", "byline db backup /var/lib/bylined/copy.db", {{"file", "FILE"}}, {}, backup};
const Command db_restore_command{"db restore", "Put a backup back, while the daemon is stopped", "멈춘 상태에서 사본을 되돌립니다", "byline db restore /var/lib/bylined/copy.db", {{"file", "FILE"}}, {}, restore};

}  // namespace bylined::cli
