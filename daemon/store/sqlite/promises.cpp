// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/promises.h"

namespace bylined::store {
namespace {

// Each selects the rows that break it, as one text.
constexpr Promise kPromises[] = {
    {"an article stands under its identity",
     R"sql(SELECT a.id FROM article a LEFT JOIN identity i ON i.identity = a.identity
           WHERE i.article IS NULL OR i.article <> ifnull(a.same_as, a.n))sql"},
    {"an identity names an article that stands for itself",
     R"sql(SELECT i.identity FROM identity i JOIN article a ON a.n = i.article WHERE a.same_as IS NOT NULL)sql"},
    {"a linked article names the oldest one itself",
     R"sql(SELECT a.id FROM article a JOIN article o ON o.n = a.same_as WHERE o.same_as IS NOT NULL)sql"},
    {"an article has its versions from 1 on without a gap",
     R"sql(SELECT a.id FROM article a LEFT JOIN (SELECT article, count(*) AS held, max(number) AS last FROM version GROUP BY article) v
           ON v.article = a.n WHERE a.versions = 0 OR a.versions <> ifnull(v.held, 0) OR a.versions <> ifnull(v.last, 0))sql"},
    {"a mention stands where it says",
     R"sql(SELECT a.id || ' version ' || v.number || ' mention ' || m.position FROM mention m JOIN version v ON v.n = m.version
           JOIN article a ON a.n = v.article
           WHERE substr(CASE m.field WHEN 'title' THEN v.title ELSE v.body END, m."start" + 1, m."end" - m."start") <> m.text)sql"},
    {"whom an article mentions is listed",
     R"sql(SELECT a.id || ' ' || m.entity FROM mention m JOIN version v ON v.n = m.version JOIN article a ON a.n = v.article
           LEFT JOIN article_entity e ON e.entity = m.entity AND e.first_seen = a.first_seen AND e.article = a.n WHERE e.article IS NULL)sql"},
    {"nobody is listed whom an article does not mention",
     R"sql(SELECT e.entity || ' row ' || e.article FROM article_entity e WHERE NOT EXISTS (SELECT 1 FROM article a
           JOIN article o ON o.n = a.n OR o.same_as = a.n JOIN version v ON v.article = o.n JOIN mention m ON m.version = v.n
           WHERE a.n = e.article AND a.first_seen = e.first_seen AND m.entity = e.entity))sql"},
    {"an alert fired on a version of its article",
     R"sql(SELECT a.id FROM alert a JOIN version v ON v.n = a.version WHERE v.article <> a.article)sql"},
    {"an alert is about entities that its version mentions",
     R"sql(SELECT a.id || ' ' || e.value FROM alert a, json_each(CASE WHEN json_valid(a.entities) THEN a.entities ELSE '["?"]' END) e
           WHERE NOT EXISTS (SELECT 1 FROM mention m WHERE m.version = a.version AND m.entity = e.value))sql"},
    {"an alert's mentions are its version's",
     R"sql(SELECT a.id || ' ' || p.value FROM alert a, json_each(CASE WHEN json_valid(a.mentions) THEN a.mentions ELSE '[-1]' END) p
           LEFT JOIN mention m ON m.version = a.version AND m.position = p.value WHERE m.version IS NULL)sql"},
    {"whom an alert mentions is listed",
     R"sql(SELECT a.id || ' ' || e.value FROM alert a, json_each(CASE WHEN json_valid(a.entities) THEN a.entities ELSE '["?"]' END) e
           LEFT JOIN alert_entity x ON x.entity = e.value AND x.created = a.created AND x.alert = a.n WHERE x.alert IS NULL)sql"},
    {"nobody is listed whom an alert does not mention",
     R"sql(SELECT x.entity || ' row ' || x.alert FROM alert_entity x WHERE NOT EXISTS (SELECT 1 FROM alert a
           JOIN mention m ON m.version = a.version WHERE a.n = x.alert AND a.created = x.created AND m.entity = x.entity))sql"},
    {"a delivered row has an attempt that says so",
     R"sql(SELECT d.id FROM delivery d WHERE d.state = 'delivered'
           AND NOT EXISTS (SELECT 1 FROM attempt t WHERE t.delivery = d.n AND t.outcome = 'delivered'))sql"},
    {"a row has the attempts that it counts",
     R"sql(SELECT d.id FROM delivery d WHERE d.attempts > (SELECT count(*) FROM attempt t WHERE t.delivery = d.n)
           OR (d.tried = 0) <> (d.attempts = 0))sql"},
    {"a dead row says why", R"sql(SELECT id FROM delivery WHERE state = 'dead' AND last_error = '')sql"},
    {"an attempt's number follows the one before",
     R"sql(SELECT d.id FROM attempt t JOIN delivery d ON d.n = t.delivery GROUP BY t.delivery HAVING max(t.number) <> count(*))sql"},
    {"a validator is not stored before its items",
     R"sql(SELECT id FROM source WHERE (has_baseline = 0 AND (etag <> '' OR last_modified <> '' OR body_hash <> ''))
           OR (has_baseline = 1 AND items > 0 AND NOT EXISTS (SELECT 1 FROM item i WHERE i.source = source.n)))sql"},
    {"a source has an item once",
     R"sql(SELECT s.id || ' ' || i.identity FROM item i JOIN source s ON s.n = i.source WHERE EXISTS (SELECT 1 FROM item o
           WHERE o.source = i.source AND o.listed IN (0, 1) AND o.identity_hash = i.identity_hash AND o.stem = i.stem AND o.n > i.n))sql"},
    {"an item was not seen last before it was seen first",
     R"sql(SELECT s.id || ' ' || i.identity FROM item i JOIN source s ON s.n = i.source WHERE i.last_seen < i.first_seen)sql"},
    {"a read that is done has its article",
     R"sql(SELECT r.id FROM read r JOIN item i ON i.n = r.item LEFT JOIN identity x ON x.identity = i.identity
           WHERE r.state = 'done' AND x.article IS NULL)sql"},
    {"a read that was given up says why", R"sql(SELECT id FROM read WHERE state = 'given_up' AND reason = '')sql"},
    {"a claim has a token",
     R"sql(SELECT id FROM read WHERE owner IS NOT NULL AND token < 1 UNION ALL
           SELECT id FROM delivery WHERE owner IS NOT NULL AND token < 1 UNION ALL
           SELECT id FROM source WHERE owner IS NOT NULL AND token < 1)sql"},
    {"only a waiting row is claimed",
     R"sql(SELECT id FROM read WHERE owner IS NOT NULL AND state <> 'due' UNION ALL
           SELECT id FROM delivery WHERE owner IS NOT NULL AND state <> 'pending')sql"},
    {"the database knows its installation",
     R"sql(SELECT 'none' WHERE NOT EXISTS (SELECT 1 FROM meta WHERE key = 'installation' AND value <> ''))sql"},
};

}  // namespace

std::span<const Promise> promises() { return kPromises; }

}  // namespace bylined::store
