-- The first schema: sources and what they list, reads, articles and their versions, alerts, deliveries.
-- `n` is a row's number inside this file only; nothing outside ever sees it. Times are milliseconds since
-- 1970 UTC, given by the daemon. `checksum` covers a row's texts.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID, STRICT;

-- ---- sources ----

CREATE TABLE source (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  url TEXT NOT NULL,
  retired_at INTEGER,                -- null while it is configured
  state TEXT NOT NULL,
  state_since INTEGER NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  due INTEGER NOT NULL,
  owner TEXT,                        -- of the last claim
  token INTEGER NOT NULL DEFAULT 0,  -- rises with each claim: an answer under an older one is late
  claimed_at INTEGER,                -- null once the claim was answered
  failures INTEGER NOT NULL DEFAULT 0,
  has_baseline INTEGER NOT NULL DEFAULT 0,
  last_complete INTEGER,             -- when it was last fetched whole, an unchanged page included
  etag TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT '',
  body_hash TEXT NOT NULL DEFAULT '',
  items INTEGER NOT NULL DEFAULT 0,
  outlet TEXT NOT NULL DEFAULT '',
  journalist TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX source_due ON source (due) WHERE retired_at IS NULL;

-- What a source lists or listed. One row for each source and identity, kept after the item left the page.
CREATE TABLE item (
  n INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source (n),
  identity TEXT NOT NULL,
  url TEXT NOT NULL,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  authors TEXT NOT NULL,             -- JSON array
  printed_at INTEGER,
  printed_precision INTEGER,
  printed_text TEXT,
  title_key TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER,                 -- null while it is listed: then it is the source's last_complete
  checksum INTEGER NOT NULL,
  UNIQUE (source, identity)
) STRICT;
CREATE INDEX item_listed ON item (source) WHERE last_seen IS NULL;
CREATE INDEX item_title ON item (title_key, first_seen) WHERE title_key <> '';
CREATE INDEX item_identity ON item (identity);

CREATE TABLE host (
  origin TEXT PRIMARY KEY,
  not_before INTEGER NOT NULL,
  robots_fetched INTEGER NOT NULL,
  robots_tried INTEGER NOT NULL,
  robots_status INTEGER NOT NULL,
  robots_body TEXT NOT NULL,
  checksum INTEGER NOT NULL
) STRICT;

-- ---- reads: items whose article is to be fetched ----

CREATE TABLE read (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  item INTEGER NOT NULL UNIQUE REFERENCES item (n),
  state TEXT NOT NULL CHECK (state IN ('due', 'done', 'given_up')),
  due INTEGER NOT NULL,              -- of a claimed read: the end of its lease
  owner TEXT,                        -- null unless it is claimed
  token INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,    -- failed ones
  unanswered INTEGER NOT NULL DEFAULT 0,  -- claims since the last answer
  headline INTEGER NOT NULL DEFAULT 0,    -- a version without body was recorded
  reason TEXT NOT NULL DEFAULT '',
  changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX read_due ON read (due) WHERE state = 'due';
CREATE INDEX read_claimed ON read (n) WHERE owner IS NOT NULL;
CREATE INDEX read_given_up ON read (n) WHERE state = 'given_up';

-- Fetches that changed or failed something; an unchanged page leaves no row.
CREATE TABLE fetch (
  n INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source (n),
  read INTEGER REFERENCES read (n),  -- null: the listing
  at INTEGER NOT NULL,
  status INTEGER NOT NULL,           -- HTTP; 0 where there was no answer
  hash TEXT NOT NULL,                -- of the bytes; empty where there were none
  reason TEXT NOT NULL               -- of a failure
) STRICT;
CREATE INDEX fetch_source ON fetch (source, at);
CREATE INDEX fetch_read ON fetch (read, at) WHERE read IS NOT NULL;

-- ---- articles ----

CREATE TABLE article (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  identity TEXT NOT NULL,            -- the first one; all stand in `identity`
  url TEXT NOT NULL,
  source INTEGER NOT NULL REFERENCES source (n),  -- where it was first seen
  first_seen INTEGER NOT NULL,
  versions INTEGER NOT NULL DEFAULT 0,
  same_as INTEGER REFERENCES article (n),  -- the older article that this one turned out to be
  checksum INTEGER NOT NULL
) STRICT;
CREATE INDEX article_seen ON article (first_seen, n) WHERE same_as IS NULL;
CREATE INDEX article_source ON article (source, first_seen, n);
CREATE INDEX article_same ON article (same_as) WHERE same_as IS NOT NULL;

CREATE TABLE identity (
  identity TEXT PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (n)
) WITHOUT ROWID, STRICT;
CREATE INDEX identity_article ON identity (article);

-- A text at one moment; never changed.
CREATE TABLE version (
  n INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (n),
  number INTEGER NOT NULL,
  read TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  summary TEXT NOT NULL,
  captions TEXT NOT NULL,            -- JSON array, as `authors`
  authors TEXT NOT NULL,
  byline TEXT NOT NULL,
  published_at INTEGER,
  published_precision INTEGER,
  published_text TEXT,
  modified_at INTEGER,
  modified_precision INTEGER,
  modified_text TEXT,
  outlet TEXT NOT NULL,
  section TEXT NOT NULL,
  language TEXT NOT NULL,
  image TEXT NOT NULL,
  canonical_url TEXT NOT NULL,
  original_url TEXT NOT NULL,
  text_url TEXT NOT NULL,
  fetched_at INTEGER NOT NULL,
  hash TEXT NOT NULL,
  checksum INTEGER NOT NULL,         -- mentions included
  UNIQUE (article, number)
) STRICT;

CREATE TABLE mention (
  version INTEGER NOT NULL REFERENCES version (n),
  position INTEGER NOT NULL,
  entity TEXT NOT NULL,
  how TEXT NOT NULL,
  confidence REAL NOT NULL,
  field TEXT NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  sentence TEXT NOT NULL,
  PRIMARY KEY (version, position)
) WITHOUT ROWID, STRICT;

-- Whom an article mentions in any of its versions, in the order in which lists are read. No reference: it
-- would walk this table for each article that is deleted. The audit looks both ways.
CREATE TABLE article_entity (
  entity TEXT NOT NULL,
  first_seen INTEGER NOT NULL,       -- the article's
  article INTEGER NOT NULL,          -- article.n
  PRIMARY KEY (entity, first_seen, article)
) WITHOUT ROWID, STRICT;

-- ---- alerts ----

CREATE TABLE alert (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  key TEXT NOT NULL UNIQUE,          -- for ever: it is what keeps an alert from being raised twice
  created INTEGER NOT NULL,
  watch TEXT NOT NULL,
  severity TEXT NOT NULL,
  state TEXT NOT NULL,
  article INTEGER NOT NULL REFERENCES article (n),
  version INTEGER NOT NULL REFERENCES version (n),  -- the one it fired on
  source INTEGER NOT NULL REFERENCES source (n),    -- the article's
  entities TEXT NOT NULL,            -- JSON array: those new in it
  mentions TEXT NOT NULL,            -- JSON array: positions in `mention`
  checksum INTEGER NOT NULL
) STRICT;
CREATE INDEX alert_created ON alert (created, n);
CREATE INDEX alert_watch ON alert (watch, created, n);
CREATE INDEX alert_source ON alert (source, created, n);
CREATE INDEX alert_article ON alert (article);
CREATE INDEX alert_version ON alert (version);

-- Whom an alert mentions, in the order in which lists are read. No reference, as above.
CREATE TABLE alert_entity (
  entity TEXT NOT NULL,
  created INTEGER NOT NULL,          -- the alert's
  alert INTEGER NOT NULL,            -- alert.n
  PRIMARY KEY (entity, created, alert)
) WITHOUT ROWID, STRICT;

-- ---- deliveries ----

CREATE TABLE delivery (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  alert INTEGER REFERENCES alert (n),
  receiver TEXT NOT NULL,
  recipient TEXT NOT NULL,
  type TEXT NOT NULL,
  payload BLOB NOT NULL,             -- composed once; every attempt sends these bytes
  created INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'dead')),
  tried INTEGER NOT NULL,            -- 0 until the first attempt
  due INTEGER NOT NULL,              -- of a claimed one: the end of its lease
  attempts INTEGER NOT NULL DEFAULT 0,  -- since it was made or replayed
  owner TEXT,                        -- null unless it is claimed
  token INTEGER NOT NULL DEFAULT 0,
  last_error TEXT NOT NULL DEFAULT '',
  checksum INTEGER NOT NULL
) STRICT;
CREATE INDEX delivery_due ON delivery (receiver, tried, due) WHERE state = 'pending';
CREATE INDEX delivery_claimed ON delivery (n) WHERE owner IS NOT NULL;
CREATE INDEX delivery_state ON delivery (state, created, n);
CREATE INDEX delivery_receiver ON delivery (receiver, created, n);
CREATE INDEX delivery_created ON delivery (created, n);
CREATE INDEX delivery_alert ON delivery (alert);

CREATE TABLE attempt (
  delivery INTEGER NOT NULL REFERENCES delivery (n),
  number INTEGER NOT NULL,           -- from 1, replays included
  started INTEGER NOT NULL,
  took INTEGER NOT NULL,
  status INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  reply TEXT NOT NULL,
  PRIMARY KEY (delivery, number)
) WITHOUT ROWID, STRICT;

CREATE TABLE receiver (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  since INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  retry_at INTEGER NOT NULL
) WITHOUT ROWID, STRICT;

-- What people ordered.
CREATE TABLE order_given (
  n INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  about TEXT NOT NULL
) STRICT;
