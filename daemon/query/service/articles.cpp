// SPDX-License-Identifier: Apache-2.0
#include "query/service/params.h"
#include "query/service/rule_trial.h"
#include "query/service/ruled_out.h"
#include "query/service/selection.h"
#include "query/service/shapes.h"

namespace bylined::query {
namespace {

constexpr std::size_t kWatchesShown = 20;

Result<json::value> list_articles(const Sight& sight, const std::string&, const Params& params) {
  store::ArticleFilter filter;
  const auto selection = narrow(filter, sight, params);
  if (!selection) return selection.error();
  const auto slice = [&sight](const store::ArticleFilter& of) { return sight.reader.articles(of); };
  const auto judge = [&](const store::ArticleSummary& one) { return holds(sight, *selection, one.article.id, one.article.versions); };
  const auto found = selection->rule ? select<store::ArticleSummary, store::ArticleFilter>(filter, slice, judge) : slice(filter);
  if (!found) return found.error();
  return json::value(list_of(*found, [](const store::ArticleSummary& one) { return shape(one); }));
}

Result<json::value> one_article(const Sight& sight, const std::string& id, const Params&) {
  const auto found = sight.reader.article(model::ArticleId{id});
  if (!found) return found.error();
  return json::value(shape(*found));
}

// Which clause of which watch kept it out.
Result<json::array> kept_out_by(const Sight& sight, const model::ArticleId& id) {
  json::array watches;
  if (!sight.settings || id.value.empty()) return watches;
  const auto article = sight.reader.article(id);
  if (!article) return article.error();
  for (const model::Watch& watch : sight.settings->watches) {
    auto judged = judge_version(sight.settings, watch, *article, static_cast<int>(article->versions.size()));
    if (!judged) return judged.error();
    const bool out = !judged->is_null() && !judged->at("outcome").at("holds").as_bool();
    if (out && watches.size() < kWatchesShown) watches.push_back(std::move(*judged));
  }
  return watches;
}

// Which names stand in it, and are no mentions.
Result<json::array> names_ruled_out(const Sight& sight, const model::ArticleId& id) {
  if (!sight.settings || id.value.empty()) return json::array();
  const auto article = sight.reader.article(id);
  if (!article) return article.error();
  return article->versions.empty() ? Result<json::array>(json::array()) : ruled_out(*sight.settings, article->versions.back().content);
}

// The first stage that lost an article, or all of them passed.
Result<json::value> why(const Sight& sight, const std::string&, const Params& params) {
  const std::string url = text_param(params, "url");
  if (url.empty()) return Error(ErrorKind::kInvalid, "url is missing");
  const auto steps = sight.reader.trace(url);
  if (!steps) return steps.error();
  json::object out;
  out["url"] = url;
  json::array stages;
  json::value lost = nullptr;
  for (const store::TraceStep& step : *steps) {
    if (!step.passed && lost.is_null()) lost = json::value(step.stage);
    stages.emplace_back(json::object{{"stage", step.stage}, {"passed", step.passed}, {"detail", step.detail}});
  }
  auto watches = steps->back().stage == "alerted" && !steps->back().passed ? kept_out_by(sight, steps->back().article) : Result<json::array>(json::array());
  if (!watches) return watches.error();
  out["kept_out_by"] = std::move(*watches);
  auto names = steps->back().stage == "matched" && !steps->back().passed ? names_ruled_out(sight, steps->back().article) : Result<json::array>(json::array());
  if (!names) return names.error();
  out["ruled_out"] = std::move(*names);
  out["lost_at"] = lost;
  out["stages"] = std::move(stages);
  return json::value(std::move(out));
}

}  // namespace

extern const Route articles_route, article_route, why_route;
const Route articles_route{"articles", {"since", "entity", "query", "source", "limit", "cursor"}, "articles, newest first", list_articles};
const Route article_route{"articles/{id}", {}, "one article with all its versions", one_article};
const Route why_route{"why", {"url"}, "the first stage that lost an article", why};

}  // namespace bylined::query
