// SPDX-License-Identifier: Apache-2.0
// The questions on SQLite, over a connection that cannot write. Each is answered from one snapshot.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "store/reader.h"
#include "store/sqlite/cursor.h"
#include "store/sqlite/database.h"

namespace bylined::store {

class SqliteReader final : public Reader {
 public:
  explicit SqliteReader(std::unique_ptr<Database> database) : database_(std::move(database)) {}

  Result<Slice<model::Alert>> alerts(const AlertFilter& filter) override;
  Result<model::Alert> alert(const model::AlertId& id) override;
  Result<Slice<ArticleSummary>> articles(const ArticleFilter& filter) override;
  Result<ArticleDetail> article(const model::ArticleId& id) override;
  Result<Slice<ArticleTexts>> texts(Instant since, int limit, const std::optional<std::string>& cursor) override;
  Result<std::int64_t> count_articles(Instant since) override;
  Result<std::vector<SourceStatus>> sources() override;
  Result<std::vector<StoredDefinition>> definitions(model::DefinitionKind kind, const std::string& id) override;
  Result<EntityUse> entity_use(const model::EntityId& id) override;
  Result<NameUse> name_use(const std::vector<std::string>& names) override;
  Result<std::vector<StoredDefinition>> definitions_in_force() override;
  Result<std::optional<StoredDefinition>> definition_at(model::DefinitionKind kind, const std::string& id, std::int64_t load) override;
  Result<std::vector<SourceEvent>> source_events(const model::SourceId& source, int limit) override;
  Result<std::vector<JournalistSummary>> journalists() override;
  Result<JournalistDetail> journalist(const std::string& id) override;
  Result<Slice<model::Delivery>> deliveries(const DeliveryFilter& filter) override;
  Result<DeliveryDetail> delivery(const model::DeliveryId& id) override;
  Result<std::vector<ReceiverHealth>> receivers() override;
  Result<std::vector<std::pair<model::ReceiverId, std::int64_t>>> waiting_for_others(const std::vector<model::ReceiverId>& configured) override;
  Result<std::vector<TraceStep>> trace(const std::string& url) override;
  Result<Counts> counts() override;
  Status backup_to(const std::string& path, std::stop_token stop) override;

 private:
  using Row = std::int64_t;

  // reader_alerts.cpp
  std::vector<Place> alert_places(const AlertFilter& filter, const Span& span);

  // reader_articles.cpp
  std::vector<Place> article_places(const ArticleFilter& filter, const Span& span);
  ArticleSummary load_summary(Row row);
  ArticleDetail load_detail(Row row);
  std::vector<Row> versions_of(Row article);

  // reader_journalists.cpp
  std::vector<SourceEvent> load_events(const model::SourceId& source, int limit);
  void add_pages(Row person, JournalistSummary& summary);
  std::vector<ArticleSummary> signed_by(const std::vector<JournalistName>& names);

  // reader_deliveries.cpp
  std::vector<Place> delivery_places(const DeliveryFilter& filter, const Span& span);

  // reader_trace.cpp
  struct Traced;
  TraceStep trace_listed(Traced& traced);
  std::string troubled_sources();
  TraceStep trace_read(Traced& traced);
  std::string how_it_was_read(const Traced& traced);
  std::string why_unread(Row item, bool is_article);
  std::vector<std::pair<std::string, model::Mention>> mentions_of(Row article);
  TraceStep trace_matched(Traced& traced);
  TraceStep trace_alerted(Traced& traced);
  TraceStep trace_delivered(Traced& traced);

  std::unique_ptr<Database> database_;
};

}  // namespace bylined::store
