// SPDX-License-Identifier: Apache-2.0
// A watch tried on stored articles, beside finding the same names and words alone in the same texts held in memory; and how the cost of an
// article grows with their number. Names and texts are generated here.
#include <cassert>

#include "base/random.h"
#include "pipeline/rule/rule.h"
#include "pipeline/words.h"
#include "query/service/backtest.h"
#include "store/reader.h"
#include "tests/bench/bench.h"
#include "tests/store/values.h"

namespace {

using namespace bylined;
using namespace bylined::store;
using namespace bylined::store::test;

constexpr std::string_view kSyllables[] = {"가", "나", "다", "라", "마", "바", "사", "아", "자", "차", "카", "타", "파", "하", "고", "노", "도", "로", "모", "보"};
constexpr std::string_view kEndings[] = {"는", "가", "를", "에서", "했다.", "", "", ""};
constexpr int kNames = 1'000;
constexpr int kBatch = 200;

std::string word(std::uint64_t number, int letters) {
  std::string made;
  for (int i = 0; i < letters; ++i, number /= 20) made += kSyllables[number % 20];
  return made;
}

std::string name(std::uint64_t number) { return word(number * 7'919, 4) + "전자"; }

std::string text_of(Random& random, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) {
    text += random.below(40) == 0 ? name(random.below(kNames)) : word(random.below(8'000), 3);
    text += kEndings[random.below(8)];
    text += ' ';
  }
  return text;
}

settings::Settings tracked() {
  settings::Settings settings;
  for (int i = 0; i < kNames; ++i) {
    model::Entity& entity = settings.entities.emplace_back();
    entity.id.value = "e" + std::to_string(i);
    entity.kind = model::EntityKind::kOrganisation;
    entity.names = {name(static_cast<std::uint64_t>(i))};
  }
  model::Watch& watch = settings.watches.emplace_back();
  watch.id.value = "desk";
  watch.query = "(entity:e1 OR entity:e2 OR entity:e3) AND NOT title:" + word(17, 3);
  watch.rule = *settings::parse_query(watch.query);
  watch.entities = {{"e1"}, {"e2"}, {"e3"}};
  return settings;
}

// Articles of 4 KB, an hour apart.
void fill(Store& store, const settings::Settings& settings, int count) {
  std::vector<model::Definition> in_force;
  for (const model::Entity& one : settings.entities) in_force.push_back({model::DefinitionKind::kEntity, one.id.value, model::definition_text(one), ""});
  in_force.push_back({model::DefinitionKind::kWatch, "desk", model::definition_text(settings.watches.front()), ""});
  [[maybe_unused]] bool good = store.record_load(in_force, kStart).has_value();
  good = good && store.sync_sources({source("a")}, [](std::size_t) { return kStart; }, kStart);
  assert(good);
  Random random(1);
  for (int done = 0; done < count; done += kBatch) {
    DueSources wanted;
    wanted.now = kStart + done * 1h;
    wanted.horizon = 24h;
    wanted.limit = 1;
    wanted.lease = Lease{"bench", wanted.now + 240h};
    const auto claimed = *store.claim_due_sources(wanted, [&wanted](const SourceFacts&) { return wanted.now + 1min; });
    ListingRecord record;
    record.claim = claimed.at(0).claim;
    record.source = claimed.at(0).id;
    record.read_fresh = true;
    record.at = wanted.now;
    for (int i = 0; i < kBatch; ++i) record.fresh.push_back(item(std::to_string(done + i), text_of(random, 60)));
    good = store.record_listing(record).has_value();
    const auto reads = *store.claim_due_reads(wanted.now, kBatch, wanted.lease);
    const Status stored = store.group([&] {
      for (const ClaimedRead& read : reads) good = store.record_finding(finding(read, version(text_of(random, 4'096), read.item.title), {}, wanted.now), desk()).has_value() && good;
    });
    assert(good && stored);
  }
}

}  // namespace

int main() {
  const settings::Settings settings = tracked();
  bench::Report report("backtest");
  double before = 0;
  for (const int count : {2'000, 20'000}) {
    const Folder folder;
    {
      auto store = std::move(*open_store(options_for(folder.path())));
      fill(*store, settings, count);
    }
    const auto reader = std::move(*open_reader(folder.path()));
    query::BacktestOptions options;
    options.watch.value = "desk";
    options.query = "(entity:e1 OR entity:e2) AND NOT " + word(4'711, 3);
    const auto all = reader->texts(Instant(), kSliceMax, std::nullopt);
    const auto names = *match::compile(settings.entities);
    const auto rule = *rule::parse(*options.query);
    const auto words = *pipeline::compile_words({&rule, &*settings.watches.front().rule});
    std::size_t found = 0;
    const auto pair = bench::compare(
        [&] {
          const auto answer = query::backtest(*reader, settings, options, [](std::size_t, std::size_t) {});
          assert(answer && answer->at("articles").to_number<int>() == count);
        },
        [&] {
          for (const ArticleTexts& one : all->items) {
            found += pipeline::find_names(*names, one.versions.front().content).mentions.size();
            found += pipeline::look_for(words, one.versions.front().content).words.size();
          }
        },
        1);
    const double ours = pair.ours / count, alone = pair.reference / static_cast<double>(all->items.size());
    if (found == 0) return 1;
    if (count < 20'000) report.figure("an article of 4 KB tried, of 2,000", ours * 1e6, "CPU us");
    else report.ratio("an article of 4 KB tried, of " + std::to_string(count) + ", CPU beside finding its names and words alone", ours, alone, 2, bench::Report::Sense::kAtMost);
    if (before > 0) report.ratio("an article tried of 20,000, beside one of 2,000", ours, before, 1.3, bench::Report::Sense::kAtMost);
    before = ours;
  }
  return 0;
}
