-- What is learnt about a source: its rhythm, how its last good listing read, the further pages that it names; what
-- befell it; and the journalists whose pages and bylines are read.

ALTER TABLE source ADD COLUMN rhythm TEXT NOT NULL DEFAULT '';   -- arrivals by hour of the week, as the schedule writes them
ALTER TABLE source ADD COLUMN usual TEXT NOT NULL DEFAULT '';    -- of its last good listing, as the comparison writes it
ALTER TABLE source ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;  -- rows of source_part
ALTER TABLE source ADD COLUMN person INTEGER REFERENCES journalist (n);
CREATE INDEX source_person ON source (person) WHERE person IS NOT NULL;

-- Pages that a source's own page names and that are asked with it: the sitemaps of an index, the feed of a front page.
CREATE TABLE source_part (
  source INTEGER NOT NULL REFERENCES source (n),
  url TEXT NOT NULL,
  parent TEXT NOT NULL,              -- the page that names it
  kind TEXT NOT NULL,                -- how it is read
  depth INTEGER NOT NULL,
  instead INTEGER NOT NULL,          -- it is read in the place of the page that names it
  changed TEXT NOT NULL,             -- when it last changed, as that page says
  etag TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  asked_at INTEGER,                  -- null: known, never asked
  fresh_at INTEGER,                  -- when it last listed something new
  PRIMARY KEY (source, url)
) WITHOUT ROWID, STRICT;

-- One row where a source fell into trouble, one where it was well again; and what its journalist's page told.
CREATE TABLE source_event (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source INTEGER NOT NULL REFERENCES source (n),
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  reason TEXT NOT NULL,
  was TEXT NOT NULL,
  now TEXT NOT NULL
) STRICT;
CREATE INDEX source_event_source ON source_event (source, n);

-- A person, whatever pages they have and whatever outlet they write for.
CREATE TABLE journalist (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,                -- as they call themselves now
  outlet TEXT NOT NULL,
  since INTEGER NOT NULL,            -- first seen
  closed_at INTEGER                  -- since when their page is gone
) STRICT;

-- Under which names and at which outlets; bylines are theirs by these.
CREATE TABLE journalist_name (
  name TEXT NOT NULL,
  outlet TEXT NOT NULL,
  journalist INTEGER NOT NULL REFERENCES journalist (n),
  since INTEGER NOT NULL,
  PRIMARY KEY (name, outlet, journalist)
) WITHOUT ROWID, STRICT;
CREATE INDEX journalist_name_of ON journalist_name (journalist, since);

-- Who wrote what, desks left out. No reference, as in article_entity.
CREATE TABLE byline (
  name TEXT NOT NULL,
  outlet TEXT NOT NULL,
  first_seen INTEGER NOT NULL,       -- the article's
  article INTEGER NOT NULL,          -- article.n
  PRIMARY KEY (name, outlet, first_seen, article)
) WITHOUT ROWID, STRICT;

-- Calls of a service that counts them by the day.
CREATE TABLE quota (
  name TEXT PRIMARY KEY,
  day TEXT NOT NULL,                 -- in the service's own zone
  used INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
