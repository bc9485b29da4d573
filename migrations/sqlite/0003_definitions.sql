-- Every entity and watch that was ever in force, with the time and the place it came from, so that an old alert can name
-- its own and be judged by it again.

-- One row each time that something of them changed.
CREATE TABLE load (
  n INTEGER PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE definition (
  n INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('entity', 'watch')),
  id TEXT NOT NULL,
  number INTEGER NOT NULL,           -- from 1, of this id
  text TEXT NOT NULL,                -- JSON
  place TEXT NOT NULL,               -- file and line
  first_load INTEGER NOT NULL REFERENCES load (n),
  last_load INTEGER REFERENCES load (n),  -- the first in which it is no more; null while it is in force
  checksum INTEGER NOT NULL,
  UNIQUE (kind, id, number)
) STRICT;
CREATE INDEX definition_in_force ON definition (kind, id) WHERE last_load IS NULL;
CREATE INDEX definition_first ON definition (first_load);
CREATE INDEX definition_last ON definition (last_load) WHERE last_load IS NOT NULL;

-- Under which its mentions were found and its alerts decided; null before this schema. No reference: it would walk this
-- table for each load that is deleted, and none ever is.
ALTER TABLE version ADD COLUMN load INTEGER;
