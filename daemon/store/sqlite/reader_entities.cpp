// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "store/sqlite/encode.h"
#include "store/sqlite/sqlite_reader.h"
#include "store/sqlite/stored.h"

namespace bylined::store {
Result<EntityUse> SqliteReader::entity_use(const model::EntityId& id) {
  Snapshot snapshot(*database_);
  EntityUse use;
  {
    Rows rows = database_->rows(R"sql(SELECT count(*), min(first_seen), max(first_seen) FROM article_entity WHERE entity = ?1)sql", id);
    if (rows.next()) {
      use.articles = rows.integer();
      use.first = rows.maybe_instant();
      use.last = rows.maybe_instant();
    }
  }
  std::map<std::pair<std::string, model::How>, EntityUse::Form> forms;
  {
    Rows rows = database_->rows(R"sql(SELECT m.text, m.how, m.confidence FROM
                                        (SELECT article FROM article_entity WHERE entity = ?1 ORDER BY first_seen DESC, article DESC LIMIT ?2) e
                                      JOIN version v ON v.article = e.article JOIN mention m ON m.version = v.n WHERE m.entity = ?1)sql",
                                id, kUseArticles);
    while (rows.next()) {
      model::Mention mention;
      mention.text = rows.text();
      mention.how = model::how_from_name(rows.text()).value_or(model::How::kName);
      mention.confidence = rows.real();
      EntityUse::Form& form = forms[{mention.text, mention.how}];
      ++form.mentions;
      form.sure += mention.sure() ? 1 : 0;
    }
  }
  for (auto& [key, form] : forms) use.forms.push_back({key.first, key.second, form.mentions, form.sure});
  std::stable_sort(use.forms.begin(), use.forms.end(), [](const EntityUse::Form& a, const EntityUse::Form& b) { return a.mentions > b.mentions; });
  if (use.forms.size() > kMostForms) use.forms.resize(kMostForms);
  if (auto seen = snapshot.end(); !seen) return seen.error().within("how entity " + quoted(id.value) + " is met");
  return use;
}

Result<NameUse> SqliteReader::name_use(const std::vector<std::string>& names) {
  Snapshot snapshot(*database_);
  NameUse use;
  use.looked_at = one_number(database_->rows(R"sql(SELECT count(*) FROM (SELECT n FROM version ORDER BY n DESC LIMIT ?1))sql", kUseArticles)).value_or(0);
  for (const std::string& name : names) {
    const auto count = one_number(database_->rows(R"sql(SELECT sum(instr(title, ?1) > 0 OR instr(body, ?1) > 0) FROM
                                                        (SELECT title, body FROM version ORDER BY n DESC LIMIT ?2))sql",
                                                  name, kUseArticles));
    use.texts.push_back(count.value_or(0));
  }
  if (auto seen = snapshot.end(); !seen) return seen.error().within("how often names stand in the texts");
  return use;
}

}  // namespace bylined::store
